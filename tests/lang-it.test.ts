/** Italian. Every headline is invented. */
import { describe, expect, test } from 'vitest';
import { alertsOf, brief, shippedDetector } from './detect-harness.ts';

const detector = shippedDetector();
const alerted = (title: string) => alertsOf(detector, title).map((found) => `${brief(found)} ${found.status}`);

describe('reported', () => {
  test.each([
    ["L'Italia chiude l'ambasciata a Kabul", 'embassy-closure IT>AF happening'],
    ["Usa chiudono l'ambasciata a Kiev per timore di un attacco", 'embassy-closure US>UA happening'],
    ["Chiusa l'ambasciata italiana a Teheran", 'embassy-closure IT>IR happening'],
    ["Chiude l'ambasciata d'Italia a Damasco", 'embassy-closure IT>SY happening'],
    ["La Norvegia chiuderà l'ambasciata a Baghdad", 'embassy-closure NO>IQ planned'],
    ["Svezia annuncia la chiusura dell'ambasciata in Mali", 'embassy-closure SE>ML planned'],
    ["Gran Bretagna chiude temporaneamente l'ambasciata in Sud Sudan", 'embassy-closure GB>SS happening'],
    ["Trasferita a Leopoli l'ambasciata italiana in Ucraina", 'embassy-relocation IT>UA happening'],
    ["Il Canada sposta l'ambasciata da Kiev a Leopoli", 'embassy-relocation CA>UA happening'],
    ["Il Paraguay trasferisce l'ambasciata a Gerusalemme", 'embassy-relocation PY>IL happening'],
    ["L'ambasciata degli Stati Uniti ad Haiti sospende le attività", 'embassy-suspension US>HT happening'],
    ["La Svizzera sospende le attività dell'ambasciata a Teheran", 'embassy-suspension CH>IR happening'],
    ["Sospese le attività dell'ambasciata italiana in Niger", 'embassy-suspension IT>NE happening'],
    ["L'Italia riapre l'ambasciata a Damasco", 'embassy-reopening IT>SY happening'],
    ["Riapre l'ambasciata italiana a Kiev", 'embassy-reopening IT>UA happening'],
    ["Gli Usa riapriranno l'ambasciata a Caracas", 'embassy-reopening US>VE planned'],
    ["Israele inaugura l'ambasciata in Bahrein", 'embassy-opening IL>BH happening'],
    ["L'Italia apre un'ambasciata in Ciad", 'embassy-opening IT>TD happening'],
    ["Usa ordinano la partenza del personale non essenziale dell'ambasciata in Iraq", 'staff-departure-ordered US>IQ happening'],
    ["Gli Stati Uniti ordinano ai familiari dei diplomatici di lasciare l'Ucraina", 'staff-departure-ordered US>UA happening'],
    ['Usa autorizzano la partenza volontaria del personale diplomatico dal Libano', 'staff-departure-authorized US>LB happening'],
    [
      "Gli Stati Uniti autorizzano la partenza del personale non essenziale dell'ambasciata in Mali",
      'staff-departure-authorized US>ML happening',
    ],
    ['La Francia ritira i diplomatici dal Niger', 'staff-drawdown FR>NE happening'],
    ['Londra evacua i diplomatici dal Sudan', 'staff-drawdown GB>SD happening'],
    ["La Farnesina riduce il personale dell'ambasciata a Teheran", 'staff-drawdown IT>IR happening'],
    ["Usa riducono il personale dell'ambasciata a Cuba", 'staff-drawdown US>CU happening'],
    ["L'Italia evacua 140 connazionali dal Sudan", 'evacuation IT>SD happening'],
    ['Sudan, evacuati gli italiani', 'evacuation IT>SD happening'],
    ['Evacuati 83 italiani dal Niger', 'evacuation IT>NE happening'],
    ['Farnesina, rimpatriati 200 italiani da Israele', 'evacuation IT>IL happening'],
    ['Atterrato a Ciampino il volo con gli italiani evacuati dal Niger', 'evacuation IT>NE happening'],
    ['La Francia rimpatria i suoi cittadini da Israele', 'evacuation FR>IL happening'],
    ["L'India evacua gli studenti dall'Iran", 'evacuation IN>IR happening'],
    ['Aereo militare con 60 italiani decolla da Kabul', 'evacuation IT>AF happening'],
    ['Evacuazione degli italiani da Gaza, 19 connazionali in Egitto', 'evacuation IT>PS happening'],
    ['La Farnesina invita gli italiani a lasciare il Libano', 'travel-advisory IT>LB happening'],
    ['Farnesina sconsiglia viaggi in Israele', 'travel-advisory IT>IL happening'],
    ['La Farnesina sconsiglia tutti i viaggi in Iran', 'travel-advisory IT>IR happening'],
    ["Usa ai cittadini: lasciate subito l'Iran", 'travel-advisory US>IR happening'],
    ['Gli Stati Uniti invitano i cittadini a lasciare Haiti', 'travel-advisory US>HT happening'],
    ['Il Canada esorta i suoi cittadini a lasciare il Libano', 'travel-advisory CA>LB happening'],
    ['Ministero degli Esteri raccomanda di non recarsi in Venezuela', 'travel-advisory IT>VE happening'],
    ['Gli Usa alzano il livello di allerta viaggi per la Colombia', 'travel-advisory US>CO happening'],
    ['Gli italiani invitati a lasciare il Niger', 'travel-advisory IT>NE happening'],
    ["L'ambasciata Usa a Beirut invita i cittadini a mettersi al riparo", 'security-alert US>LB happening'],
    ["L'ambasciata Usa in Nigeria avverte di possibili attacchi terroristici", 'security-alert US>NG happening'],
    ["L'Iran chiude lo spazio aereo", 'border-airspace ->IR happening'],
    ["L'Iraq riapre lo spazio aereo", 'border-airspace ->IQ happening'],
    ['La Polonia chiude il confine con la Bielorussia', 'border-airspace ->BY,PL happening'],
    ["L'Italia espelle 30 diplomatici russi", 'diplomatic-expulsion RU>IT happening'],
    ['Espulsi due diplomatici russi dalla Norvegia', 'diplomatic-expulsion RU>NO happening'],
    ['Mosca espelle 24 diplomatici italiani', 'diplomatic-expulsion IT>RU happening'],
    ["L'ambasciatore francese in Niger dichiarato persona non grata", 'diplomatic-expulsion FR>NE happening'],
    ['La Bolivia rompe le relazioni diplomatiche con Israele', 'diplomatic-expulsion IL>BO happening'],
    ["La Turchia richiama l'ambasciatore in Israele", 'ambassador-recall TR>IL happening'],
    ["Roma richiama l'ambasciatore al Cairo per consultazioni", 'ambassador-recall IT>EG happening'],
    ["La Farnesina convoca l'ambasciatore russo", 'ambassador-summoned RU>IT happening'],
    ["Convocato alla Farnesina l'ambasciatore iraniano", 'ambassador-summoned IR>IT happening'],
    ["Manifestanti assaltano l'ambasciata svedese a Baghdad", 'mission-attack SE>IQ happening'],
    ["Attentato contro l'ambasciata russa a Kabul", 'mission-attack RU>AF happening'],
    ["L'ambasciata italiana a Islamabad sospende il rilascio dei visti", 'consular-service-change IT>PK happening'],
    ["Regno Unito: chiusa temporaneamente l'ambasciata in Iran", 'embassy-closure GB>IR happening'],
    ["Iran, la Farnesina: ridotto il personale dell'ambasciata", 'staff-drawdown IT>IR happening'],
    [
      "Gli Stati Uniti ordinano l'evacuazione del personale non essenziale dall'ambasciata di Baghdad",
      'staff-departure-ordered US>IQ happening',
    ],
    ['La Cina invita i cittadini a non andare in Giappone', 'travel-advisory CN>JP happening'],
  ])('%s', (title, expected) => {
    expect(alerted(title)).toContain(expected);
  });
});

describe('nothing to report', () => {
  test.each([
    'Incendio sul Carso, evacuate centinaia di persone',
    "Bomba d'aereo a Bologna, evacuati 5mila residenti",
    'Fuga di gas a Milano, evacuato un palazzo',
    'Campi Flegrei, evacuate 1500 persone dopo la scossa',
    'Allarme bomba, evacuata la stazione Termini',
    'Aeroporto di Orio evacuato per un bagaglio sospetto',
    "Israele ordina l'evacuazione di Gaza City",
    'Ucraina, evacuati i civili da Pokrovsk',
    'Scuola evacuata a Torino',
    'Terremoto in Turchia: migliaia di evacuati',
    "L'Italia non chiuderà l'ambasciata a Kiev",
    "Tajani esclude la chiusura dell'ambasciata a Teheran",
    "Gli Usa valutano la chiusura dell'ambasciata a Baghdad",
    "Gli Stati Uniti potrebbero riaprire l'ambasciata a Damasco",
    'M5S chiede di rompere le relazioni diplomatiche con Israele',
    "La Lega chiede l'espulsione dell'ambasciatore francese",
    'La Russia minaccia di espellere diplomatici britannici',
    "Quarant'anni fa l'attacco all'ambasciata Usa a Beirut",
    "Processo per l'attacco all'ambasciata dell'Iran",
    "Perché l'Italia chiude l'ambasciata a Kabul",
    "Protesta davanti all'ambasciata israeliana a Roma",
    'Sinner nuovo ambasciatore del marchio',
    'Medici senza frontiere evacua lo staff dal Sudan',
    'Ita Airways sospende i voli per Tel Aviv',
    'Eni ritira i dipendenti dalla Libia',
    'Zara chiude i negozi in Russia',
    "L'ambasciata d'Italia inaugura una mostra a L'Avana",
    "L'ambasciatore italiano in Giappone incontra gli studenti",
    "L'ambasciata Usa chiusa per la festa del 4 luglio",
    'Il governo invita i cittadini a risparmiare acqua',
    'Allerta rossa in Liguria: sindaco invita a non uscire',
    "L'Iran denuncia la chiusura del consolato in Francia",
    "L'ex ambasciatore racconta l'evacuazione da Kabul",
    "Come è andata l'evacuazione degli italiani da Kabul",
    'Rimpatriate le salme degli italiani morti in Egitto',
    'Rimpatriati 40 migranti tunisini irregolari',
    'Gli Usa deportano venezuelani: volo arriva a Caracas',
    "Il presidente riceve l'ambasciatore giapponese",
    'Lufthansa riprende i voli per Beirut',
    'La Nazionale azzurra arriva in Qatar con un volo charter',
    'Chiude lo storico ristorante Ambasciata a Mantova',
    'Turista italiana evacuata in elicottero sul Monte Bianco',
    "Tajani condanna l'attacco all'ambasciata messicana",
    "Arrestati gli autori dell'attacco all'ambasciata italiana",
    'La Svizzera ripristina i controlli al confine',
    "Trump: potremmo riaprire l'ambasciata a Teheran",
  ])('%s', (title) => {
    expect(alerted(title)).toEqual([]);
  });
});

describe('one thing changes', () => {
  test.each([
    ["L'Italia chiude l'ambasciata in Mali", 'embassy-closure IT>ML happening', "L'Italia non chiude l'ambasciata in Mali"],
    [
      "Il Regno Unito chiude l'ambasciata a Damasco",
      'embassy-closure GB>SY happening',
      "Il Regno Unito valuta di chiudere l'ambasciata a Damasco",
    ],
    [
      "La Danimarca annuncia la chiusura dell'ambasciata a Baghdad",
      'embassy-closure DK>IQ planned',
      "La Danimarca smentisce la chiusura dell'ambasciata a Baghdad",
    ],
    ["Chiude l'ambasciata del Canada a Caracas", 'embassy-closure CA>VE happening', "Chiude l'hotel Ambasciatori a Caracas"],
    [
      "Il Belgio trasferisce l'ambasciata a Leopoli",
      'embassy-relocation BE>UA happening',
      "Il Belgio potrebbe trasferire l'ambasciata a Leopoli",
    ],
    [
      "L'ambasciata del Giappone ad Haiti sospende le attività",
      'embassy-suspension JP>HT happening',
      'Una compagnia aerea del Giappone sospende le attività ad Haiti',
    ],
    ["L'Italia riapre l'ambasciata a Kabul", 'embassy-reopening IT>AF happening', "L'Italia esclude di riaprire l'ambasciata a Kabul"],
    ["L'India apre un'ambasciata a Bamako", 'embassy-opening IN>ML happening', "L'India apre una fabbrica a Bamako"],
    ['Gli Usa ritirano i diplomatici dal Niger', 'staff-drawdown US>NE happening', 'Eni ritira i dipendenti dal Niger'],
    ["L'Italia evacua i connazionali dal Sudan", 'evacuation IT>SD happening', "L'Italia non evacua i connazionali dal Sudan"],
    [
      'La Svizzera ha evacuato 30 svizzeri dal Sudan',
      'evacuation CH>SD happening',
      'La Svizzera ha evacuato 30 abitanti di un paese minacciato da una frana',
    ],
    ['Evacuazione dei cittadini italiani dal Sudan', 'evacuation IT>SD happening', 'Evacuazione degli abitanti di Khartoum'],
    [
      'Il Cile organizza un volo di rimpatrio da Tel Aviv',
      'evacuation CL>IL happening',
      'Un tour operator organizza un volo di ritorno da Tel Aviv',
    ],
    [
      "Il Canada invita i cittadini a lasciare l'Iran",
      'travel-advisory CA>IR happening',
      'Il Canada invita i cittadini a risparmiare acqua',
    ],
    ['La Farnesina sconsiglia i viaggi in Niger', 'travel-advisory IT>NE happening', 'I medici sconsigliano i viaggi in gravidanza'],
    ["Gli italiani devono lasciare l'Iran", 'travel-advisory IT>IR happening', 'Gli italiani devono risparmiare acqua'],
    ['Il Ciad chiude lo spazio aereo', 'border-airspace ->TD happening', "Il Ciad chiude l'accademia militare"],
    [
      'La Finlandia chiude il confine con la Russia',
      'border-airspace ->FI,RU happening',
      'La Finlandia minaccia di chiudere il confine con la Russia',
    ],
    ['La Moldavia espelle un diplomatico russo', 'diplomatic-expulsion RU>MD happening', 'La Moldavia riceve un diplomatico russo'],
    [
      "Il Niger espelle l'ambasciatore francese",
      'diplomatic-expulsion FR>NE happening',
      "L'opposizione chiede l'espulsione dell'ambasciatore francese",
    ],
    [
      'La Colombia rompe le relazioni diplomatiche con Israele',
      'diplomatic-expulsion IL>CO happening',
      'La Colombia minaccia di rompere le relazioni diplomatiche con Israele',
    ],
    ["Il Brasile richiama l'ambasciatore in Israele", 'ambassador-recall BR>IL happening', "Il Brasile nomina l'ambasciatore in Israele"],
    ["L'Italia convoca l'ambasciatore russo", 'ambassador-summoned RU>IT happening', "L'Italia ringrazia l'ambasciatore russo"],
    [
      "Manifestanti attaccano l'ambasciata francese a Bamako",
      'mission-attack FR>ML happening',
      "Manifestanti protestano davanti all'ambasciata francese a Bamako",
    ],
  ])('%s', (title, expected, other) => {
    expect(alerted(title)).toContain(expected);
    expect(alerted(other)).toEqual([]);
  });
});

describe('what is told besides', () => {
  test.each([
    ['La Farnesina sconsiglia tutti i viaggi in Iran', { level: 4 }],
    ["Gli Usa alzano a livello 3 l'allerta viaggi per la Colombia", { level: 3, nativeText: 'livello 3', direction: 'raised' }],
    ["Il Canada sposta l'ambasciata da Kiev a Leopoli", { from: { name: 'Kyiv' }, to: { name: 'Lviv' } }],
    ["L'Italia evacua 140 connazionali dal Sudan", { people: 140 }],
    ["L'Italia chiude temporaneamente il consolato a Bengasi", { temporary: true, post: 'consulate' }],
  ])('%s', (title, more) => {
    expect(alertsOf(detector, title)[0]).toMatchObject(more);
  });
});
