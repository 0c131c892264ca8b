import type { WrongReason } from '../../model/alert.ts';
import { formsOf, lowerFirst } from '../forms.ts';
import type { AnswerWords } from '../words.ts';
import { drop, roles, topic } from './tables.ts';

const forms = formsOf({
  locale: 'fr',
  more: (number) => `${number} ${number === 1 ? 'autre' : 'autres'}`,
  quoted: (text) => `« ${text} »`,
});
const { count, list, echo } = forms;
const events = (number: number) => count(number, { one: 'événement', other: 'événements' });
const subscriptions = (number: number) => count(number, { one: 'abonnement', other: 'abonnements' });
const within = (places: string | undefined, words: string | undefined) => {
  const asked = [...(places === undefined ? [] : [places]), ...(words === undefined ? [] : [`avec ${words}`])];
  return asked.length > 0 ? ` (${asked.join(' ; ')})` : '';
};

const severity = { 0: 'inchangé', 1: 'info', 2: 'avis', 3: 'alerte', 4: 'critique' } as const;

const common: AnswerWords['common'] = {
  andMore: (number) => `et ${number} de plus`,
  example: (line) => `Par exemple : ${line}`,
  watchesNothing: (line) => `Ce salon ne suit encore rien. Essayez : ${line}`,
  coverage: (words) => `Couverture : ${words}.`,
  disclaimer:
    'Attaché relaie des sources publiques, peut en manquer ou mal les lire, et ne remplace ni les conseils officiels ni l’inscription auprès de votre ambassade.',
  everywhere: 'partout',
  on: 'activé',
  off: 'désactivé',
};

const buttons: AnswerWords['buttons'] = {
  undo: 'Annuler',
  showLatest: 'Voir les derniers',
  showThem: 'Les voir',
  sample: 'Envoyer un exemple',
  dailyDigest: 'Résumé quotidien',
  checkAgain: 'Vérifier à nouveau',
  subscribe: 'S’abonner',
  watch: 'Suivre',
  resume: 'Reprendre',
  end: (id) => `Mettre fin au n° ${id}`,
  unmute: (name) => `Rétablir ${name}`,
};

const wrong: AnswerWords['wrong'] = {
  mayNotChange: (command) => `Vous ne pouvez pas changer ce que reçoit ce salon : « ${command} » demande le droit de le gérer.`,
  leftOver: (words, command) => `« ${command} » ne connaît pas ${echo(words)}.`,
  needs: (command, what) => `${command} a besoin de ceci : ${lowerFirst(what)}.`,
  noCommand: (name) => `Aucune commande ${echo(name)}.`,
  maybe: (what) => `${what} ?`,
  helpLists: (line) => `${line} en donne la liste.`,
  helpListsAll: (line, number) => `${line} en donne la liste (${count(number, { one: 'commande', other: 'commandes' })}).`,
  noPlace: (typed) => `Aucun lieu ${echo(typed)}.`,
  nameOne: 'Nommez un pays, comme Ukraine, ou une région, comme Sahel.',
  which: (typed) => `${typed} : lequel ?`,
  manyCountries: (number, names) => `Cela fait ${number} pays : nommez-en un seul, par exemple parmi ${list(names)}.`,
  oneAtATime: (line) => `Un lieu à la fois : ${line}`,
  namePlace: (line) => `Nommez un lieu : ${line} ; ou subscribe everywhere.`,
  nameGovernments: (line) => `Nommez des gouvernements après « from » : ${line} ; ou subscribe everywhere.`,
  nameWords: (option, line) => `Donnez des mots après « ${option} » : ${line}`,
  tooManyWords: (most, option) => `Au plus ${most} mots ou expressions entre guillemets après « ${option} ».`,
  switchOnly: (option, typed) => `Valeur inconnue pour « ${option} » : ${echo(typed)}. Dites on ou off.`,
  noTopic: (typed, all) => `Aucun sujet ${echo(typed)}. Il y a ${list(all, 20)}, ou everything (tout).`,
  nameTopics: (all) => `Nommez des sujets après « about » : ${list(all, 20)}.`,
  noSeverity: (typed) => `Aucune gravité ${echo(typed)}. Il y a info, notice, warning et critical.`,
  noQuiet: (typed) => `Heures calmes non comprises : ${echo(typed)}. Donnez des heures comme 23-07 ou 22:30-06:30, ou off.`,
  noDuration: (typed) => `Durée non comprise : ${echo(typed)}. Dites 6h, 24h, 3d ou 2w, 90 jours au plus ; ou off.`,
  noDigest: (typed) =>
    `Résumé non compris : ${echo(typed)}. Dites daily 08:00, weekdays 08:00, weekly mon 07:30, cron et cinq champs, ou off.`,
  noDigestPlan: (typed) =>
    `Résumé non compris : ${echo(typed)}. Après « cron » viennent cinq champs (minute, heure, jour, mois, jour de la semaine) qui désignent un moment réel.`,
  onceAnHour: 'Un résumé vient au plus une fois par heure.',
  noZone: (typed) => `Aucun fuseau horaire ${echo(typed)}. Donnez un nom comme Europe/Kyiv ou UTC.`,
  noZoneNear: (typed, near) => `Aucun fuseau horaire ${echo(typed)}. ${near.map((zone) => `${zone} ?`).join(' ')}`,
  noLanguage: (typed, all) => `Pas encore de langue ${echo(typed)}. Il y a ${all}.`,
  noPing: (typed) => `Personne à mentionner dans ${echo(typed)}. Choisissez un rôle, un groupe ou une personne, ou dites off.`,
  noEscalation: (typed) =>
    `Escalade non comprise : ${echo(typed)}. Dites dans combien de temps et qui : 15m et un rôle, un groupe ou une personne (d’une minute à 12 heures), ou off.`,
  lacksPermissions: (names) => `donnez-moi ${list(names)} (Modifier le salon → Permissions)`,
  notInvited: 'tapez ici /invite @attache',
  mayNotMention: (role) =>
    `Je ne peux pas mentionner @${role} : permettez à tous de le mentionner (Paramètres du serveur → Rôles), ou donnez-moi ici Mention Everyone`,
  severalEvents: (typed, ids) =>
    `Les identifiants de ${ids.length} événements commencent par ${echo(typed)} : ${list(ids)}. Tapez-en davantage.`,
};

const subscribing: AnswerWords['subscribing'] = {
  watching: (filter, caught, open) => `Abonnement créé : ${filter}. Ces 30 derniers jours : ${caught}. En cours : ${open}.`,
  previewed: (filter, caught) => `${filter} : ${caught} ces 30 derniers jours`,
  alerts: (number, isLeast) => `${isLeast ? 'au moins ' : ''}${count(number, { one: 'alerte', other: 'alertes' })}`,
  already: (id) => `Ce salon suit déjà cela : abonnement ${id}.`,
  tooMany: (most, line) => `Ce salon a ${most} abonnements, le maximum : mettez d’abord fin à l’un d’eux par ${line}.`,
  cannotPost: 'Enregistré, mais je ne peux pas encore écrire ici',
  widerCatches: (id) => `L’abonnement ${id} comprend déjà tout cela`,
  endWider: (filter, line) => ` : ${filter}. Pour ne rien recevoir d’autre, mettez-y fin : ${line}`,
  zone: (zone, whence) => `Fuseau : ${zone}${whence}.`,
  zoneUnknown: (line) => ` (aucun connu ; ${line} en fixe un)`,
  zoneOfProfile: ' (celui de votre profil)',
  zoneOfChannel: ' (celui de ce salon)',
  language: (name, line) => `Langue : ${name} ; ${line} en choisit une autre.`,
  paused: 'Ce salon est en pause',
  resumes: (line) => ` : ${line} le relance.`,
  undo: (id, line) => `Abonnement ${id} ; pour l’annuler : ${line}`,
  subscriptions,
  muted: 'En sourdine',
  settings: 'Réglages',
  none: 'Ce salon n’a aucun abonnement.',
  allEnded: (number) => `${count(number, { one: 'abonnement terminé', other: 'abonnements terminés' })} : ce salon ne suit plus rien.`,
  noSuch: (typed, ids) => `Aucun abonnement ${echo(typed)}. Il y a ${list(ids, 20)} ; ou all (tous).`,
  ended: (id, filter) => `Abonnement ${id} terminé : ${filter}.`,
  endedMany: (ids) => `Abonnements ${list(ids, 20)} terminés.`,
  nothingLeft: 'Ce salon ne suit plus rien.',
  left: (line, number) => `${line} montre ${number === 1 ? 'celui qui reste' : `les ${number} qui restent`}.`,
  goesOn: (id, filter) => `L’abonnement ${id} continue : ${filter}.`,
  stillEverywhere: (ids) => `${ids.length === 1 ? 'Suit' : 'Suivent'} encore le monde entier : abonnement ${list(ids)}.`,
  noneNames: (places) => `Aucun abonnement de ce salon ne nomme : ${places}.`,
  noLonger: (places) => `Ce salon ne suit plus : ${places}`,
};

const filter: AnswerWords['filter'] = {
  aboutEverything: 'tous les sujets',
  about: (topics) => `sujets : ${list(topics.map((one) => topic[one]))}`,
  from: (governments) => `de : ${list(governments)}`,
  with: (words) => `avec ${list(words.map((word) => `« ${word} »`))}`,
  without: (words) => `sans ${list(words.map((word) => `« ${word} »`))}`,
  least: (least) => (least === 4 ? 'critique seulement' : `à partir de « ${severity[least]} »`),
  sendingState: (governments) =>
    `« from » désigne l’État d’envoi (${list(governments, 3)}) : à qui sont les représentations, le personnel, les citoyens, les ambassadeurs ou les conseils. Pour les expulsions, ce sont celles de ses diplomates, quel que soit le pays qui expulse, et non celles qu’il décide.`,
};

const muting: AnswerWords['muting'] = {
  nothing: 'Rien n’est en sourdine ici.',
  nothingYet: (line) => `Rien n’est en sourdine ici. Pour un temps : ${line}`,
  notMuted: (name, line) => `${name} : pas en sourdine ici. ${line} montre ce qui l’est.`,
  tooMany: (most, line) => `Ce salon a ${most} sourdines, le maximum. ${line} les montre.`,
  everything: 'Tout',
  event: (id) => `Événement ${id}`,
  unmuted: (name) => `${name} : fin de la sourdine. Rien n’a été retenu.`,
  withheld: (name, number) => `${name} : fin de la sourdine. Retenu entre-temps : ${events(number)}`,
  more: (number, line) => `et ${number} de plus : ${line}`,
  muted: (name) => `${name} : en sourdine.`,
  until: (at, passes, line) => ['Jusqu’au ', at, `. ${passes} ; le résumé et ${line} montrent le reste.`],
  criticalPasses: 'Un nouvel événement critique y passe quand même, une rectification aussi',
  correctionPasses: 'Une rectification passe quand même',
  graverPasses: 'Il passe quand même s’il devient plus grave, une rectification aussi',
  mutes: (number) => count(number, { one: 'sourdine', other: 'sourdines' }),
  mutedUntil: (name, at) => [{ strong: name }, ' jusqu’au ', at],
  mayNot: 'Vous ne pouvez pas mettre en sourdine dans ce salon : cela demande le droit de le gérer.',
  notKept: 'Cette alerte n’est plus conservée.',
  which: (act) => `Mettre quoi en sourdine, et pour combien de temps ? ${act}`,
  eventDay: 'Cet événement, 24 h',
  eventWeek: 'Cet événement, 7 jours',
  placeDay: (place) => `${place}, 24 h`,
};

const settings: AnswerWords['settings'] = {
  title: 'Réglages de ce salon',
  saved: 'Enregistré',
  savedWithoutMaps: 'Enregistré. Un terminal ne montre pas de cartes ; Slack et Discord, si',
  savedIdle: 'Enregistré. Un résumé viendra dès que ce salon suivra quelque chose : abonnez-le d’abord',
  unchanged: (problem) => `${problem}. Rien n’a été changé.`,
  toChange: (line) => `Pour en changer un : ${line}`,
  paused: (line) => `En pause : ni alertes ni résumés dans ce salon jusqu’à ${line}`,
  notPaused: 'Ce salon n’est pas en pause.',
  resumed: (line) => `De nouveau des alertes, à partir de maintenant. Ce qui est venu entre-temps : ${line}`,
  quiet: (from, to) => ` de ${from} à ${to} ; le critique passe`,
  digest: (plan, next) => [` ${plan}, prochain le `, next],
  ping: (whom) => ` ${whom}, pour le critique`,
  escalate: (whom, minutes) => ` ${whom}, si personne ne prend acte d’une alerte critique en ${minutes} min`,
  pausedLine: ['pause', ' jusqu’à ce que vous disiez resume'],
};

const mission = { embassy: 'ambassade', consulate: 'consulat', mission: 'représentation' } as const;

const countries: AnswerWords['countries'] = {
  advice: 'Conseils aux voyageurs',
  missions: 'Représentations',
  open: 'Événements en cours',
  changed: 'Changements en 30 jours',
  noMissionChange: 'Aucun changement de représentation connu.',
  noneKnown: 'Aucun connu.',
  coverage: (words) => `Couverture : ${words}. Inconnu ne veut pas dire sans danger. Pas un conseil officiel.`,
  coverageAlone: (words) => `Couverture : ${words}. Pas un conseil officiel.`,
  strictest: (who, level) => `${list(who, 6)} : ${level}`,
  noLevel: 'aucun niveau de conseil connu',
  notNormal: (number) =>
    count(number, { one: 'représentation ne travaille pas normalement', other: 'représentations ne travaillent pas normalement' }),
  openEvents: (number) => count(number, { one: 'événement en cours', other: 'événements en cours' }),
  noRegister: 'Aucun registre de conseils n’est lu : inconnu, donc pas forcément sans danger.',
  silent: (issuers) => `Aucun conseil lu de : ${list(issuers, 12)}. Inconnu ne veut pas dire sans danger.`,
  noChange: (government, country) => `Ambassade (${government}), ${country} : aucun changement connu ; cela ne veut pas dire sans danger.`,
  known: 'Connu',
  since: (at) => [' depuis le ', at],
  read: (at) => ['lu le ', at],
  confirmedBy: (source) => ` (confirmé : ${source})`,
  reportedBy: (source) => ` (rapporté : ${source})`,
  levelNotStated: 'niveau non indiqué',
  parts: (advice) => ` · par endroits : ${advice.join(' ; ')}`,
  workingFrom: (city) => `travaille depuis ${city}`,
  mission: ({ who, post, city, where }) => `${who}, ${mission[post]}${city ? ` (${city})` : ''} : ${where}`,
};

const happened: AnswerWords['happened'] = {
  nothing: (places, words) => `Rien${within(places, words)}, pour autant qu’Attaché ait vu.`,
  found: (number, isAll, places, words) =>
    `${isAll ? events(number) : count(number, { one: 'dernier événement', other: 'derniers événements' })}${within(places, words)}`,
  noAlert: (typed, line) => `Aucune alerte ${echo(typed)}. Son identifiant est au bas de l’alerte, comme 1a2b3c ; ${line} les montre.`,
  notAlerted: (why) => `Pas d’alerte : ${why}.`,
  nothingCame: 'il n’en est rien sorti',
  firstRead: 'c’était connu d’une première lecture, ou trop ancien',
  why: (id) => `Pourquoi ${id}`,
  matched: (ids) => `Retenu par l’abonnement ${list(ids, 20)} de ce salon.`,
  notMatched: 'Aucun abonnement de ce salon ne le retient.',
  because: (reasons) => `Annoncé parce que : ${reasons.join(' ; ')}.`,
  readAs: (kind, status, sure, from) => `Lu comme : ${kind}, ${status}, sûr à ${sure} (alerte à partir de ${from}).`,
  rule: (name, said) => `Règle ${name} : ${said || 'aucun mot conservé'}.`,
  evidence: (role, words) => `${roles[role] ?? role} ${echo(words)}`,
  tier: { official: 'officiel', wire: 'agence de presse', media: 'média' },
  drop,
};

const reasons: Readonly<Record<WrongReason, string>> = {
  'no-news': 'Rien de tel ne s’est produit',
  'wrong-place': 'Mauvais pays',
  'wrong-kind': 'Autre sorte de nouvelle',
  'not-happening': 'Seulement évoqué',
  old: 'Vieille nouvelle',
  repeated: 'Déjà annoncé',
};

const feedback: AnswerWords['feedback'] = {
  reasons,
  mayNotAcknowledge: 'Vous ne pouvez pas prendre acte d’alertes dans ce salon : cela demande le droit de le gérer.',
  notHere: 'Cette alerte n’est pas dans ce salon.',
  alreadyAcknowledged: 'Vous en avez déjà pris acte.',
  at: (at) => ['Le ', at],
  acknowledged: 'Pris en compte.',
  neverAlerted: 'Cela n’a jamais donné d’alerte.',
  noAlert: (typed) => `Aucune alerte ${echo(typed)} n’est conservée.`,
  notedReason: (reason) => `Noté : ${lowerFirst(reasons[reason])}. Merci.`,
  notedWords: (words) => `Noté : ${echo(words)}. Merci.`,
  whatWasWrong: 'Noté, avec les informations qui la fondent. Qu’est-ce qui était faux ?',
};

const sources = (number: number) => count(number, { one: 'source', other: 'sources' });

const status: AnswerWords['status'] = {
  readable: (seen, all) => `${seen} sur ${sources(all)} : lisibles`,
  unreadable: (lost, all) => `${lost} sur ${sources(all)} : illisibles`,
  health: { ok: 'lue', waiting: 'en attente', slowed: 'ralentie', blind: 'illisible', frozen: 'figée', gone: 'supprimée' },
  notAsked: 'pas encore interrogée',
  since: (at) => [' depuis le ', at],
  held: (number, at) => [` (dont ${number} retenus ici par les heures calmes jusqu’au `, at, ')'],
  messages: ({ waiting, held, unknown, dead, version }) => [
    `Messages : ${waiting} en attente`,
    ...held,
    `, ${unknown} au sort inconnu, ${dead > 0 ? `${dead} non remis` : 'aucun non remis'}. Version ${version}.`,
  ],
  away: (at, reason) => [' non connecté depuis le ', at, ` · ${reason} ; nouvel essai en cours`],
  feedKind: { news: 'actualités', mission: 'représentation', register: 'registre' },
  every: (minutes) => `toutes les ${minutes} min`,
  terms: (terms) => `conditions ${terms === 'private' ? 'privées' : 'non vérifiées'}`,
  feeds: (on, off) =>
    `${count(on, { one: 'source active', other: 'sources actives' })}, ${count(off, { one: 'inactive', other: 'inactives' })}`,
  whoAdds: 'Qui exploite Attaché ajoute des sources, dans config/feeds.yaml.',
  noDigest: (typed, line) => `« digest » ne connaît pas ${echo(typed)}. Pour en planifier : ${line}`,
  cannotPost: (why) => `Je ne peux pas encore écrire ici : ${why}.`,
  canPost: 'Je peux écrire ici.',
  undelivered: (number) =>
    `${count(number, { one: 'message n’a pas pu être remis', other: 'messages n’ont pas pu être remis' })} ici jusqu’à présent.`,
  watchesNothing: (line) => `Ce salon ne suit encore rien : ${line}`,
  help: 'Attaché : conseils aux voyageurs et mouvements d’ambassades',
  optional: ' (facultatif)',
  noRegister: 'aucun registre de conseils',
  advice: (issuers) => `conseils ${issuers}`,
  noMission: 'aucune source de représentation',
  missions: (governments) => `représentations ${governments}`,
  noNews: 'aucune actualité',
  news: (languages) => `actualités en ${languages}`,
  notRead: (blind, all) => ` (${blind} sur ${all} non lues)`,
};

const sample: AnswerWords['sample'] = {
  outlet: 'Un média',
  title: 'Les États-Unis déplacent leur ambassade en Ukraine de Kyiv à Lviv',
  summary: 'Une information inventée : voici à quoi ressemble une alerte. Il ne s’est rien passé.',
  mark: 'EXEMPLE, il ne s’est rien passé',
};

const gone: AnswerWords['gone'] = {
  removed: (channel, number) =>
    `Attaché a été retiré de ${channel}, ou ce salon est supprimé ou archivé : ${count(number, { one: 'abonnement y est en pause', other: 'abonnements y sont en pause' })}`,
  unnamed: (id) => `ce salon : ${id}`,
  elsewhere: 'Pour les avoir dans un autre salon, dites-y :',
  back: (line) => `De retour dans le même salon, ${line} les relance.`,
};

const platform: AnswerWords['platform'] = {
  failed: 'Cela a échoué, et ce n’est pas de votre fait : qui exploite Attaché le trouve dans le journal.',
  tryAgain: 'Quelque chose s’est mal passé ici. Réessayez dans une minute.',
  notDone: () => 'Rien n’a été fait : la base de données est injoignable. Réessayez dans une minute.',
  ownError: 'Rien n’a été fait : une erreur d’Attaché lui-même, que son journal nomme.',
  nowhere: 'Discord ne dit pas de quel salon il s’agit. Dites-le dans un salon.',
  typeCountry: 'Commencez à taper un pays',
  typeCity: 'Commencez à taper une ville',
  chooseTopics: 'Choisissez des sujets',
  chooseOne: 'Choisissez',
  home: {
    title: 'Ce que reçoivent vos salons',
    noScope: 'Je n’ai pas le droit de voir dans quels salons vous êtes : il faut les autorisations channels:read et groups:read.',
    noAnswer: 'Slack n’a pas dit à l’instant dans quels salons vous êtes. Rouvrez cet onglet dans une minute.',
    nothing: (line) => `Aucun de vos salons ne suit encore quoi que ce soit. Tapez ${line} dans l’un d’eux.`,
    more: (number, line) => `Et ${number} de plus : ${line} le montre dans chaque salon.`,
  },
};

export const answers: AnswerWords = {
  forms,
  common,
  buttons,
  wrong,
  subscribing,
  filter,
  muting,
  settings,
  countries,
  happened,
  feedback,
  status,
  sample,
  gone,
  platform,
};
