/** French. Every headline is invented. */
import { describe, expect, test } from 'vitest';
import { alertsOf, brief, shippedDetector } from './detect-harness.ts';

const detector = shippedDetector();
const alerted = (title: string) => alertsOf(detector, title).map((found) => `${brief(found)} ${found.status}`);

describe('reported', () => {
  test.each([
    ['La France ferme son ambassade au Niger', 'embassy-closure FR>NE happening'],
    ["Fermeture de l'ambassade de France à Niamey", 'embassy-closure FR>NE happening'],
    ["L'ambassade des États-Unis à Kiev fermée par crainte d'une attaque", 'embassy-closure US>UA happening'],
    ["L'ambassade de France au Soudan ferme ses portes", 'embassy-closure FR>SD happening'],
    ['Le Royaume-Uni va fermer temporairement son ambassade au Soudan du Sud', 'embassy-closure GB>SS planned'],
    ['La Norvège annonce la fermeture de son ambassade au Mali', 'embassy-closure NO>ML planned'],
    ['La Suède fermera ses ambassades au Mali et au Burkina Faso', 'embassy-closure SE>BF,ML planned'],
    ['Le Canada déplace son ambassade de Kiev à Lviv', 'embassy-relocation CA>UA happening'],
    ['Le Paraguay transfère son ambassade à Jérusalem', 'embassy-relocation PY>IL happening'],
    ["Transfert de l'ambassade de Belgique de Kiev à Lviv", 'embassy-relocation BE>UA happening'],
    ['Les États-Unis suspendent les activités de leur ambassade en Haïti', 'embassy-suspension US>HT happening'],
    ["L'ambassade du Canada en Haïti suspend ses activités", 'embassy-suspension CA>HT happening'],
    ['La Suisse suspend les activités de son ambassade à Téhéran', 'embassy-suspension CH>IR happening'],
    ['La France rouvre son ambassade à Damas', 'embassy-reopening FR>SY happening'],
    ["Réouverture de l'ambassade d'Italie à Tripoli", 'embassy-reopening IT>LY happening'],
    ["L'ambassade du Canada à Kiev rouvre ses portes", 'embassy-reopening CA>UA happening'],
    ['La Russie rouvrira son ambassade au Burkina Faso', 'embassy-reopening RU>BF planned'],
    ['Israël ouvre une ambassade à Bahreïn', 'embassy-opening IL>BH happening'],
    ['La France va ouvrir une ambassade au Guyana', 'embassy-opening FR>GY planned'],
    ["Washington ordonne à son personnel non essentiel de quitter l'Irak", 'staff-departure-ordered US>IQ happening'],
    [
      'Les États-Unis ordonnent au personnel non essentiel de leur ambassade au Niger de quitter le pays',
      'staff-departure-ordered US>NE happening',
    ],
    ['Washington autorise le départ volontaire de son personnel diplomatique de Bamako', 'staff-departure-authorized US>ML happening'],
    [
      'Les États-Unis autorisent le départ du personnel non essentiel de leur ambassade au Liban',
      'staff-departure-authorized US>LB happening',
    ],
    ['La France retire ses diplomates du Niger', 'staff-drawdown FR>NE happening'],
    ['Le Royaume-Uni évacue ses diplomates du Soudan', 'staff-drawdown GB>SD happening'],
    ['Londres retire une partie du personnel de son ambassade à Kiev', 'staff-drawdown GB>UA happening'],
    ['Le Canada réduit le personnel de son ambassade en Ukraine', 'staff-drawdown CA>UA happening'],
    ['La France évacue ses ressortissants du Niger', 'evacuation FR>NE happening'],
    ['La France a évacué plus de 500 personnes du Soudan', 'evacuation FR>SD happening'],
    ["Soudan : la France a évacué 388 personnes, annonce le Quai d'Orsay", 'evacuation FR>SD happening'],
    ["L'armée française évacue 250 Français du Niger", 'evacuation FR>NE happening'],
    ["Niger : début de l'évacuation des ressortissants français", 'evacuation FR>NE happening'],
    ['Un premier vol de rapatriement décolle de Tel-Aviv pour Paris', 'evacuation ->IL happening'],
    ["La Belgique rapatrie ses ressortissants d'Israël", 'evacuation BE>IL happening'],
    ["Des Français évacués de Gaza vers l'Égypte", 'evacuation FR>PS happening'],
    ['Un avion de rapatriement avec 150 Belges à bord a quitté Beyrouth', 'evacuation BE>LB happening'],
    ["La France appelle ses ressortissants à quitter l'Iran", 'travel-advisory FR>IR happening'],
    ["Le Quai d'Orsay appelle les Français à quitter le Mali dès que possible", 'travel-advisory FR>ML happening'],
    ['Mali : la France demande à ses ressortissants de quitter le pays', 'travel-advisory FR>ML happening'],
    ['Le Canada exhorte ses citoyens à quitter immédiatement le Liban', 'travel-advisory CA>LB happening'],
    ['La France déconseille tout voyage au Burkina Faso', 'travel-advisory FR>BF happening'],
    ["Le Quai d'Orsay déconseille formellement les voyages en Israël", 'travel-advisory FR>IL happening'],
    ['La France déconseille à ses ressortissants de se rendre au Liban', 'travel-advisory FR>LB happening'],
    ['Les Français appelés à quitter le Niger', 'travel-advisory FR>NE happening'],
    ["Washington relève son niveau d'alerte pour le Mali", 'travel-advisory US>ML happening'],
    ['Le Canada met à jour ses conseils aux voyageurs pour le Mexique', 'travel-advisory CA>MX happening'],
    ["L'ambassade des États-Unis à Beyrouth appelle ses citoyens à se mettre à l'abri", 'security-alert US>LB happening'],
    ['Alerte de sécurité : ambassade des États-Unis à Bamako', 'security-alert US>ML happening'],
    ["L'ambassade américaine au Nigeria met en garde contre des attentats terroristes", 'security-alert US>NG happening'],
    ['Le Niger ferme son espace aérien', 'border-airspace ->NE happening'],
    ["L'Iran rouvre son espace aérien", 'border-airspace ->IR happening'],
    ['La Finlande ferme sa frontière avec la Russie', 'border-airspace ->FI,RU happening'],
    ["L'Algérie expulse douze diplomates français", 'diplomatic-expulsion FR>DZ happening'],
    ['La France expulse 35 diplomates russes', 'diplomatic-expulsion RU>FR happening'],
    ["L'ambassadeur de France au Burkina Faso déclaré persona non grata", 'diplomatic-expulsion FR>BF happening'],
    ["Le Mali expulse l'ambassadeur de France", 'diplomatic-expulsion FR>ML happening'],
    ["L'Algérie rompt ses relations diplomatiques avec le Maroc", 'diplomatic-expulsion MA>DZ happening'],
    ['Expulsion de trois diplomates suédois par le Burkina Faso', 'diplomatic-expulsion SE>BF happening'],
    ['Paris rappelle son ambassadeur en Algérie', 'ambassador-recall FR>DZ happening'],
    ['La Turquie rappelle son ambassadeur en Israël pour consultations', 'ambassador-recall TR>IL happening'],
    ["Le Quai d'Orsay convoque l'ambassadeur de Russie", 'ambassador-summoned RU>FR happening'],
    ["L'ambassadeur d'Iran convoqué à Paris", 'ambassador-summoned IR>FR happening'],
    ["L'ambassade de France à Ouagadougou attaquée par des manifestants", 'mission-attack FR>BF happening'],
    ["Attaque contre l'ambassade de Russie à Kaboul", 'mission-attack RU>AF happening'],
    ["Des manifestants prennent d'assaut l'ambassade de Suède à Bagdad", 'mission-attack SE>IQ happening'],
    ["L'ambassade de France à Bamako suspend la délivrance de visas", 'consular-service-change FR>ML happening'],
    ['La France suspend ses services consulaires au Niger', 'consular-service-change FR>NE happening'],
    ['Haïti : le Canada évacue par hélicoptère ses citoyens vers la République dominicaine', 'evacuation CA>HT happening'],
    ["Opération d'évacuation au Soudan : 436 personnes évacuées par la France", 'evacuation FR>SD happening'],
    ['Paris « déconseille fortement » tout voyage en Iran', 'travel-advisory FR>IR happening'],
  ])('%s', (title, expected) => {
    expect(alerted(title)).toContain(expected);
  });
});

describe('nothing to report', () => {
  test.each([
    'Incendie en Gironde : 10 000 personnes évacuées',
    'Marseille : un immeuble évacué après une fuite de gaz',
    'Le Louvre évacué après une alerte à la bombe',
    "L'aéroport de Nice évacué en raison d'un colis suspect",
    'Le lycée évacué après une alerte à la bombe',
    'Ukraine : la ville de Pokrovsk évacuée sous les bombes',
    "Israël ordonne l'évacuation de la ville de Gaza",
    "Évacuation d'un camp de migrants à Calais",
    'La police évacue un squat à Paris',
    "Inondations : des centaines d'habitants évacués dans le Pas-de-Calais",
    "La France n'a pas l'intention de fermer son ambassade au Niger",
    'La France ne fermera pas son ambassade à Kaboul',
    'Paris dément la fermeture de son ambassade à Alger',
    'La France envisage de fermer son ambassade au Niger',
    'Les États-Unis pourraient fermer leur ambassade en Haïti',
    "Des députés réclament la fermeture de l'ambassade d'Iran",
    "Le RN demande l'expulsion de l'ambassadeur d'Algérie",
    'La Russie menace de rompre ses relations diplomatiques avec Washington',
    "Il y a 40 ans, l'attentat contre l'ambassade de France à Beyrouth",
    "Procès de l'attaque contre l'ambassade d'Iran à Paris",
    'Pourquoi la France ferme son ambassade au Niger',
    "Manifestation devant l'ambassade d'Israël à Paris",
    'Zidane, nouvel ambassadeur de la marque Alpine',
    'Médecins sans frontières évacue son personnel du Soudan',
    'Total évacue ses employés du Mozambique',
    'Air France suspend ses vols vers Beyrouth',
    'Renault ferme son usine en Russie',
    "L'ambassade de France expose des artistes maliens à Bamako",
    "L'ambassadeur de France au Mali reçu par le président",
    "L'ambassade de France fermée pour le 14 juillet",
    'Rappel de produits : des lardons rappelés dans toute la France',
    'Le gouvernement appelle les Français à réduire leur consommation',
    'Météo : vigilance orange dans le Sud, les habitants appelés à la prudence',
    'Le ministre appelle les touristes à ne pas se baigner',
    'La Russie dénonce la fermeture de ses consulats en Pologne',
    "L'ex-ambassadeur raconte l'évacuation de Kaboul",
    "Comment l'ambassade a été évacuée : récit",
    'Le Sénat vote la fermeture des frontières',
    "L'hôtel de l'Ambassade ferme ses portes",
    'Un touriste français évacué par hélicoptère en Suisse',
    "Retour d'otages français : un avion a quitté Téhéran",
    'Rapatriement des corps des victimes du crash au Liban',
    "Rapatriement d'enfants de djihadistes français de Syrie",
    "La ministre reçoit l'ambassadeur d'Ukraine à Paris",
    "L'armée évacue les civils de Marioupol",
    "Le Sénat réclame des contrôles à la frontière avec l'Espagne",
  ])('%s', (title) => {
    expect(alerted(title)).toEqual([]);
  });
});

describe('one thing changes', () => {
  test.each([
    ['La France ferme son ambassade au Mali', 'embassy-closure FR>ML happening', 'La France ne ferme pas son ambassade au Mali'],
    [
      'Le Royaume-Uni ferme son ambassade à Damas',
      'embassy-closure GB>SY happening',
      'Le Royaume-Uni envisage de fermer son ambassade à Damas',
    ],
    [
      "L'ambassade d'Espagne à Niamey ferme",
      'embassy-closure ES>NE happening',
      "L'ambassade d'Espagne à Niamey ferme pour la fête nationale",
    ],
    [
      'Le Danemark annonce la fermeture de son ambassade à Bagdad',
      'embassy-closure DK>IQ planned',
      'Le Danemark dément la fermeture de son ambassade à Bagdad',
    ],
    [
      'La Belgique déplace son ambassade à Lviv',
      'embassy-relocation BE>UA happening',
      'La Belgique pourrait déplacer son ambassade à Lviv',
    ],
    [
      "L'ambassade du Japon en Haïti suspend ses activités",
      'embassy-suspension JP>HT happening',
      "L'hôtel Ambassade en Haïti suspend ses activités",
    ],
    ["L'Italie rouvre son ambassade à Kaboul", 'embassy-reopening IT>AF happening', "L'Italie refuse de rouvrir son ambassade à Kaboul"],
    ["L'Inde ouvre une ambassade à Bamako", 'embassy-opening IN>ML happening', "L'Inde ouvre une usine à Bamako"],
    ['Les États-Unis retirent leurs diplomates du Niger', 'staff-drawdown US>NE happening', 'Orano retire ses employés du Niger'],
    ['La France évacue ses ressortissants du Soudan', 'evacuation FR>SD happening', "La France n'évacue pas ses ressortissants du Soudan"],
    ['La Suisse a évacué 30 Suisses du Soudan', 'evacuation CH>SD happening', "La Suisse a évacué 30 habitants d'un village menacé"],
    [
      'La Belgique organise un vol de rapatriement depuis Beyrouth',
      'evacuation BE>LB happening',
      'Un tour-opérateur organise un vol de retour depuis Beyrouth',
    ],
    ['Évacuation des ressortissants français du Soudan', 'evacuation FR>SD happening', 'Évacuation des habitants de Khartoum'],
    [
      "Le Canada appelle ses citoyens à quitter l'Iran",
      'travel-advisory CA>IR happening',
      "Le Canada appelle ses citoyens à économiser l'eau",
    ],
    ['La France déconseille tout voyage au Niger', 'travel-advisory FR>NE happening', 'La France déconseille toute baignade au Niger'],
    ['Les Français doivent quitter le Burkina Faso', 'travel-advisory FR>BF happening', 'Les Français aiment le Burkina Faso'],
    ['Le Tchad ferme son espace aérien', 'border-airspace ->TD happening', 'Le Tchad ferme son école militaire'],
    [
      'La Pologne ferme sa frontière avec la Biélorussie',
      'border-airspace ->BY,PL happening',
      'La Pologne menace de fermer sa frontière avec la Biélorussie',
    ],
    ['La Moldavie expulse un diplomate russe', 'diplomatic-expulsion RU>MD happening', 'La Moldavie accueille un diplomate russe'],
    [
      "Le Niger expulse l'ambassadeur de France",
      'diplomatic-expulsion FR>NE happening',
      "L'opposition réclame l'expulsion de l'ambassadeur de France",
    ],
    [
      'La Colombie rompt ses relations diplomatiques avec Israël',
      'diplomatic-expulsion IL>CO happening',
      'La Colombie menace de rompre ses relations diplomatiques avec Israël',
    ],
    ['Le Brésil rappelle son ambassadeur en Israël', 'ambassador-recall BR>IL happening', 'Le Brésil nomme son ambassadeur en Israël'],
    ["L'Italie convoque l'ambassadeur de Russie", 'ambassador-summoned RU>IT happening', "L'Italie remercie l'ambassadeur de Russie"],
    [
      "Des manifestants attaquent l'ambassade de France à Ouagadougou",
      'mission-attack FR>BF happening',
      "Des manifestants se rassemblent devant l'ambassade de France à Ouagadougou",
    ],
  ])('%s', (title, expected, other) => {
    expect(alerted(title)).toContain(expected);
    expect(alerted(other)).toEqual([]);
  });
});

describe('what is told besides', () => {
  test.each([
    ['La France déconseille tout voyage au Niger', { level: 4, nativeText: 'déconseille tout voyage' }],
    ['La Belgique déconseille tout voyage non essentiel en Israël', { level: 3 }],
    ['La Belgique déplace son ambassade de Kiev à Lviv', { from: { name: 'Kyiv' }, to: { name: 'Lviv' } }],
    ['La France a évacué 538 personnes du Soudan', { people: 538 }],
    ["L'ambassade de France à Niamey fermée jusqu'à nouvel ordre", { temporary: true, post: 'embassy' }],
  ])('%s', (title, more) => {
    expect(alertsOf(detector, title)[0]).toMatchObject(more);
  });
});
