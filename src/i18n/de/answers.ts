import type { WrongReason } from '../../model/alert.ts';
import { formsOf } from '../forms.ts';
import type { AnswerWords } from '../words.ts';
import { drop, roles, topic } from './tables.ts';

const forms = formsOf({
  locale: 'de',
  more: (number) => `${number} ${number === 1 ? 'weiteres' : 'weitere'}`,
  quoted: (text) => `„${text}“`,
});
const { count, list, echo } = forms;
const events = (number: number) => count(number, { one: 'Ereignis', other: 'Ereignisse' });
const subscriptions = (number: number) => count(number, { one: 'Abo', other: 'Abos' });
const sources = (number: number) => count(number, { one: 'Quelle', other: 'Quellen' });
const within = (places: string | undefined, words: string | undefined) => {
  const asked = [...(places === undefined ? [] : [places]), ...(words === undefined ? [] : [`mit ${words}`])];
  return asked.length > 0 ? ` (${asked.join('; ')})` : '';
};

const severity = { 0: 'Unverändert', 1: 'Info', 2: 'Hinweis', 3: 'Warnung', 4: 'Kritisch' } as const;

const common: AnswerWords['common'] = {
  andMore: (number) => `und ${number} weitere`,
  example: (line) => `Zum Beispiel: ${line}`,
  watchesNothing: (line) => `Dieser Kanal beobachtet noch nichts. Versuchen Sie: ${line}`,
  coverage: (words) => `Abdeckung: ${words}.`,
  disclaimer:
    'Attaché gibt öffentliche Quellen wieder, kann etwas übersehen oder falsch lesen und ersetzt weder amtliche Hinweise noch die Registrierung bei Ihrer Botschaft.',
  everywhere: 'überall',
  on: 'an',
  off: 'aus',
};

const buttons: AnswerWords['buttons'] = {
  undo: 'Rückgängig',
  showLatest: 'Neueste zeigen',
  showThem: 'Zeigen',
  sample: 'Beispiel senden',
  dailyDigest: 'Täglicher Überblick',
  checkAgain: 'Erneut prüfen',
  subscribe: 'Abonnieren',
  watch: 'Beobachten',
  resume: 'Fortsetzen',
  end: (id) => `Abo ${id} beenden`,
  unmute: (name) => `Nicht mehr stumm: ${name}`,
};

const wrong: AnswerWords['wrong'] = {
  mayNotChange: (command) => `Sie dürfen nicht ändern, was dieser Kanal bekommt: „${command}“ verlangt das Recht, ihn zu verwalten.`,
  leftOver: (words, command) => `${echo(words)} kennt „${command}“ nicht.`,
  needs: (command, what) => `Zu ${command} fehlt: ${what}.`,
  noCommand: (name) => `Einen Befehl ${echo(name)} gibt es nicht.`,
  maybe: (what) => `${what}?`,
  helpLists: (line) => `${line} zählt alle auf.`,
  helpListsAll: (line, number) => `${line} zählt alle auf (${count(number, { one: 'Befehl', other: 'Befehle' })}).`,
  noPlace: (typed) => `Einen Ort ${echo(typed)} gibt es nicht.`,
  nameOne: 'Nennen Sie ein Land wie Ukraine oder eine Region wie Sahel.',
  which: (typed) => `Welches ${typed}?`,
  manyCountries: (number, names) => `Das sind ${number} Länder: Nennen Sie eines, etwa aus ${list(names)}.`,
  oneAtATime: (line) => `Ein Ort nach dem anderen: ${line}`,
  namePlace: (line) => `Nennen Sie einen Ort: ${line}; oder subscribe everywhere.`,
  nameGovernments: (line) => `Nennen Sie nach „from“ Regierungen: ${line}; oder subscribe everywhere.`,
  nameWords: (option, line) => `Nennen Sie nach „${option}“ Wörter: ${line}`,
  tooManyWords: (most, option) => `Nach „${option}“ höchstens ${most} Wörter oder Ausdrücke in Anführungszeichen.`,
  switchOnly: (option, typed) => `Für „${option}“ gibt es ${echo(typed)} nicht. Sagen Sie on oder off.`,
  noTopic: (typed, all) => `Ein Thema ${echo(typed)} gibt es nicht. Es gibt ${list(all, 20)}, oder everything (alles).`,
  nameTopics: (all) => `Nennen Sie nach „about“ Themen: ${list(all, 20)}.`,
  noSeverity: (typed) => `Eine Schwere ${echo(typed)} gibt es nicht. Es gibt info, notice, warning und critical.`,
  noQuiet: (typed) => `Ruhezeit nicht verstanden: ${echo(typed)}. Nennen Sie Zeiten wie 23-07 oder 22:30-06:30, oder off.`,
  noDuration: (typed) => `Dauer nicht verstanden: ${echo(typed)}. Nennen Sie 6h, 24h, 3d oder 2w, höchstens 90 Tage; oder off.`,
  noDigest: (typed) =>
    `Überblick nicht verstanden: ${echo(typed)}. Nennen Sie daily 08:00, weekdays 08:00, weekly mon 07:30, cron und fünf Felder, oder off.`,
  noDigestPlan: (typed) =>
    `Überblick nicht verstanden: ${echo(typed)}. Nach „cron“ stehen fünf Felder (Minute, Stunde, Tag, Monat, Wochentag), die einen wirklichen Zeitpunkt nennen.`,
  onceAnHour: 'Ein Überblick kommt höchstens einmal in der Stunde.',
  noZone: (typed) => `Eine Zeitzone ${echo(typed)} gibt es nicht. Nennen Sie einen Namen wie Europe/Kyiv oder UTC.`,
  noZoneNear: (typed, near) => `Eine Zeitzone ${echo(typed)} gibt es nicht. ${near.map((zone) => `${zone}?`).join(' ')}`,
  noLanguage: (typed, all) => `Die Sprache ${echo(typed)} gibt es noch nicht. Es gibt ${all}.`,
  noPing: (typed) => `In ${echo(typed)} ist niemand zum Erwähnen. Wählen Sie eine Rolle, Gruppe oder Person, oder sagen Sie off.`,
  noEscalation: (typed) =>
    `Eskalation nicht verstanden: ${echo(typed)}. Sagen Sie, nach welcher Zeit und wen: 15m und eine Rolle, Gruppe oder Person (1 Minute bis 12 Stunden), oder off.`,
  lacksPermissions: (names) => `geben Sie mir ${list(names)} (Kanal bearbeiten → Berechtigungen)`,
  notInvited: 'tippen Sie hier /invite @attache',
  mayNotMention: (role) =>
    `Ich darf @${role} nicht erwähnen: Erlauben Sie allen, die Rolle zu erwähnen (Servereinstellungen → Rollen), oder geben Sie mir hier Mention Everyone`,
  severalEvents: (typed, ids) =>
    `Mit ${echo(typed)} beginnen die Kennungen von ${ids.length} Ereignissen: ${list(ids)}. Tippen Sie mehr davon.`,
};

const subscribing: AnswerWords['subscribing'] = {
  watching: (filter, caught, open) => `Abonniert: ${filter}. Die letzten 30 Tage: ${caught}. Jetzt offen: ${open}.`,
  previewed: (filter, caught) => `${filter}: ${caught} in den letzten 30 Tagen`,
  alerts: (number, isLeast) => `${isLeast ? 'mindestens ' : ''}${count(number, { one: 'Meldung', other: 'Meldungen' })}`,
  already: (id) => `Das beobachtet dieser Kanal schon: Abo ${id}.`,
  tooMany: (most, line) => `Dieser Kanal hat ${most} Abos, mehr können es nicht sein: Beenden Sie zuerst eines mit ${line}.`,
  cannotPost: 'Gespeichert, aber ich kann hier noch nicht schreiben',
  widerCatches: (id) => `Abo ${id} umfasst das alles schon`,
  endWider: (filter, line) => `: ${filter}. Um nichts anderes zu bekommen, beenden Sie es: ${line}`,
  zone: (zone, whence) => `Zeitzone: ${zone}${whence}.`,
  zoneUnknown: (line) => ` (keine bekannt; ${line} setzt eine)`,
  zoneOfProfile: ' (aus Ihrem Profil)',
  zoneOfChannel: ' (die dieses Kanals)',
  language: (name, line) => `Sprache: ${name}; eine andere setzt ${line}.`,
  paused: 'Dieser Kanal macht Pause',
  resumes: (line) => `: Mit ${line} geht es weiter.`,
  undo: (id, line) => `Abo ${id}; rückgängig: ${line}`,
  subscriptions,
  muted: 'Stumm geschaltet',
  settings: 'Einstellungen',
  none: 'Dieser Kanal hat kein Abo.',
  allEnded: (number) => `${subscriptions(number)} beendet: Dieser Kanal beobachtet jetzt nichts mehr.`,
  noSuch: (typed, ids) => `Ein Abo ${echo(typed)} gibt es nicht. Es gibt ${list(ids, 20)}; oder all (alle).`,
  ended: (id, filter) => `Abo ${id} beendet: ${filter}.`,
  endedMany: (ids) => `Abos ${list(ids, 20)} beendet.`,
  nothingLeft: 'Dieser Kanal beobachtet jetzt nichts mehr.',
  left: (line, number) => `${line} zeigt ${number === 1 ? 'das verbleibende' : `die ${number} verbleibenden`}.`,
  goesOn: (id, filter) => `Abo ${id} läuft weiter: ${filter}.`,
  stillEverywhere: (ids) => `Weiterhin überall ${ids.length === 1 ? 'beobachtet' : 'beobachten'}: Abo ${list(ids)}.`,
  noneNames: (places) => `Kein Abo dieses Kanals nennt: ${places}.`,
  noLonger: (places) => `Nicht mehr beobachtet: ${places}`,
};

const filter: AnswerWords['filter'] = {
  aboutEverything: 'alle Themen',
  about: (topics) => `Themen: ${list(topics.map((one) => topic[one]))}`,
  from: (governments) => `von: ${list(governments)}`,
  with: (words) => `mit ${list(words.map((word) => `„${word}“`))}`,
  without: (words) => `ohne ${list(words.map((word) => `„${word}“`))}`,
  least: (least) => (least === 4 ? 'nur Kritisch' : `ab ${severity[least]}`),
  sendingState: (governments) =>
    `„from“ meint den Entsendestaat (${list(governments, 3)}): um wessen Vertretungen, Personal, Bürger, Botschafter oder Hinweise es geht. Bei Ausweisungen sind es die seiner Diplomaten, wer auch immer ausweist, nicht die, die er selbst verfügt.`,
};

const muting: AnswerWords['muting'] = {
  nothing: 'Hier ist nichts stumm geschaltet.',
  nothingYet: (line) => `Hier ist nichts stumm geschaltet. Für eine Zeit: ${line}`,
  notMuted: (name, line) => `${name}: hier nicht stumm geschaltet. ${line} zeigt, was es ist.`,
  tooMany: (most, line) => `In diesem Kanal ist ${most}-mal etwas stumm geschaltet, mehr geht nicht. ${line} zeigt es.`,
  everything: 'Alles',
  event: (id) => `Ereignis ${id}`,
  unmuted: (name) => `${name}: nicht mehr stumm. Nichts wurde zurückgehalten.`,
  withheld: (name, number) => `${name}: nicht mehr stumm. Inzwischen zurückgehalten: ${events(number)}`,
  more: (number, line) => `und ${number} weitere: ${line}`,
  muted: (name) => `${name}: stumm geschaltet.`,
  until: (at, passes, line) => ['Bis ', at, `. ${passes}; der Überblick und ${line} zeigen das Übrige.`],
  criticalPasses: 'Ein neues kritisches Ereignis dort kommt trotzdem, eine Berichtigung auch',
  correctionPasses: 'Eine Berichtigung kommt trotzdem',
  graverPasses: 'Es kommt trotzdem, wenn es schwerer wird, eine Berichtigung auch',
  mutes: (number) => `${number}-mal stumm geschaltet`,
  mutedUntil: (name, at) => [{ strong: name }, ' bis ', at],
  mayNot: 'Sie dürfen in diesem Kanal nichts stumm schalten: Das verlangt das Recht, ihn zu verwalten.',
  notKept: 'Diese Meldung ist nicht mehr gespeichert.',
  which: (act) => `Was soll wie lange stumm sein? ${act}`,
  eventDay: 'Dieses Ereignis, 24 Std.',
  eventWeek: 'Dieses Ereignis, 7 Tage',
  placeDay: (place) => `${place}, 24 Std.`,
};

const settings: AnswerWords['settings'] = {
  title: 'Einstellungen dieses Kanals',
  saved: 'Gespeichert',
  savedWithoutMaps: 'Gespeichert. Ein Terminal zeigt keine Karten; Slack und Discord schon',
  savedIdle: 'Gespeichert. Ein Überblick kommt, sobald dieser Kanal etwas beobachtet: Abonnieren Sie zuerst etwas',
  unchanged: (problem) => `${problem}. Nichts wurde geändert.`,
  toChange: (line) => `Um etwas zu ändern: ${line}`,
  paused: (line) => `Pause: keine Meldungen und Überblicke in diesem Kanal bis ${line}`,
  notPaused: 'Dieser Kanal macht keine Pause.',
  resumed: (line) => `Ab jetzt wieder Meldungen. Was inzwischen kam: ${line}`,
  quiet: (from, to) => ` ${from} bis ${to}; Kritisches kommt durch`,
  digest: (plan, next) => [` ${plan}, der nächste `, next],
  ping: (whom) => ` ${whom}, bei Kritischem`,
  escalate: (whom, minutes) => ` ${whom}, wenn niemand Kritisches binnen ${minutes} min zur Kenntnis nimmt`,
  pausedLine: ['Pause', ', bis Sie resume sagen'],
};

const mission = { embassy: 'Botschaft', consulate: 'Konsulat', mission: 'Vertretung' } as const;

const countries: AnswerWords['countries'] = {
  advice: 'Reisehinweise',
  missions: 'Vertretungen',
  open: 'Offene Ereignisse',
  changed: 'In 30 Tagen geändert',
  noMissionChange: 'Keine Änderung einer Vertretung bekannt.',
  noneKnown: 'Keine bekannt.',
  coverage: (words) => `Abdeckung: ${words}. Unbekannt heißt nicht ungefährlich. Kein amtlicher Hinweis.`,
  coverageAlone: (words) => `Abdeckung: ${words}. Kein amtlicher Hinweis.`,
  strictest: (who, level) => `${list(who, 6)}: ${level}`,
  noLevel: 'keine Hinweisstufe bekannt',
  notNormal: (number) => count(number, { one: 'Vertretung arbeitet nicht wie üblich', other: 'Vertretungen arbeiten nicht wie üblich' }),
  openEvents: (number) => count(number, { one: 'offenes Ereignis', other: 'offene Ereignisse' }),
  noRegister: 'Kein Verzeichnis von Reisehinweisen wird gelesen: unbekannt, nicht ungefährlich.',
  silent: (issuers) => `Keine Hinweise gelesen von: ${list(issuers, 12)}. Unbekannt heißt nicht ungefährlich.`,
  noChange: (government, country) => `Botschaft (${government}), ${country}: keine Änderung bekannt; das heißt nicht ungefährlich.`,
  known: 'Bekannt',
  since: (at) => [' seit ', at],
  read: (at) => ['gelesen ', at],
  confirmedBy: (source) => ` (bestätigt durch: ${source})`,
  reportedBy: (source) => ` (gemeldet von: ${source})`,
  levelNotStated: 'Stufe nicht genannt',
  parts: (advice) => ` · für Teile: ${advice.join('; ')}`,
  workingFrom: (city) => `arbeitet von ${city} aus`,
  mission: ({ who, post, city, where }) => `${who}, ${mission[post]}${city ? ` (${city})` : ''}: ${where}`,
};

const happened: AnswerWords['happened'] = {
  nothing: (places, words) => `Nichts${within(places, words)}, soweit Attaché gesehen hat.`,
  found: (number, isAll, places, words) =>
    `${isAll ? events(number) : count(number, { one: 'neuestes Ereignis', other: 'neueste Ereignisse' })}${within(places, words)}`,
  noAlert: (typed, line) => `Eine Meldung ${echo(typed)} gibt es nicht. Die Kennung steht bei ihr, etwa 1a2b3c; ${line} zeigt sie.`,
  notAlerted: (why) => `Nicht gemeldet: ${why}.`,
  nothingCame: 'daraus wurde nichts',
  firstRead: 'es war vom ersten Lesen bekannt oder zu alt',
  why: (id) => `Warum ${id}`,
  matched: (ids) => `Passt zu Abo ${list(ids, 20)} dieses Kanals.`,
  notMatched: 'Kein Abo dieses Kanals passt dazu.',
  because: (reasons) => `Gemeldet, weil: ${reasons.join('; ')}.`,
  readAs: (kind, status, sure, from) => `Gelesen als: ${kind}, ${status}, zu ${sure} sicher (Meldungen ab ${from}).`,
  rule: (name, said) => `Regel ${name}: ${said || 'keine Wörter gespeichert'}.`,
  evidence: (role, words) => `${roles[role] ?? role} ${echo(words)}`,
  tier: { official: 'amtlich', wire: 'Nachrichtenagentur', media: 'Medium' },
  drop,
};

const reasons: Readonly<Record<WrongReason, string>> = {
  'no-news': 'Nichts dergleichen geschah',
  'wrong-place': 'Falsches Land',
  'wrong-kind': 'Andere Art von Nachricht',
  'not-happening': 'Nur darüber geredet',
  old: 'Alte Nachricht',
  repeated: 'Schon gemeldet',
};

const feedback: AnswerWords['feedback'] = {
  reasons,
  mayNotAcknowledge: 'Sie dürfen in diesem Kanal keine Meldungen zur Kenntnis nehmen: Das verlangt das Recht, ihn zu verwalten.',
  notHere: 'Diese Meldung ist nicht in diesem Kanal.',
  alreadyAcknowledged: 'Sie haben sie schon zur Kenntnis genommen.',
  at: (at) => ['Um ', at],
  acknowledged: 'Zur Kenntnis genommen.',
  neverAlerted: 'Das wurde nie gemeldet.',
  noAlert: (typed) => `Eine Meldung ${echo(typed)} ist nicht gespeichert.`,
  notedReason: (reason) => `Notiert: ${reasons[reason]}. Danke.`,
  notedWords: (words) => `Notiert: ${echo(words)}. Danke.`,
  whatWasWrong: 'Notiert, mit den Berichten, auf denen sie beruht. Was war falsch?',
};

const status: AnswerWords['status'] = {
  readable: (seen, all) => `${seen} von ${sources(all)} lesbar`,
  unreadable: (lost, all) => `${lost} von ${sources(all)} nicht lesbar`,
  health: { ok: 'gelesen', waiting: 'wartet', slowed: 'gebremst', blind: 'nicht lesbar', frozen: 'eingefroren', gone: 'entfernt' },
  notAsked: 'noch nicht abgefragt',
  since: (at) => [' seit ', at],
  held: (number, at) => [` (davon ${number} hier durch Ruhezeit gehalten bis `, at, ')'],
  messages: ({ waiting, held, unknown, dead, version }) => [
    `Nachrichten: ${waiting} warten`,
    ...held,
    `, ${unknown} ungeklärt, ${dead > 0 ? dead : 'keine'} unzustellbar. Version ${version}.`,
  ],
  away: (at, reason) => [' nicht verbunden seit ', at, ` · ${reason}; wird erneut versucht`],
  feedKind: { news: 'Nachrichten', mission: 'Vertretung', register: 'Verzeichnis' },
  every: (minutes) => `alle ${minutes} min`,
  terms: (terms) => `Bedingungen ${terms === 'private' ? 'privat' : 'ungeprüft'}`,
  feeds: (on, off) => `${sources(on)} an, ${off} aus`,
  whoAdds: 'Wer Attaché betreibt, fügt Quellen hinzu, in config/feeds.yaml.',
  noDigest: (typed, line) => `${echo(typed)} kennt „digest“ nicht. Regelmäßig: ${line}`,
  cannotPost: (why) => `Ich kann hier noch nicht schreiben: ${why}.`,
  canPost: 'Ich kann hier schreiben.',
  undelivered: (number) =>
    `${count(number, { one: 'Nachricht konnte', other: 'Nachrichten konnten' })} hier bisher nicht zugestellt werden.`,
  watchesNothing: (line) => `Dieser Kanal beobachtet noch nichts: ${line}`,
  help: 'Attaché: Reisehinweise und Bewegungen von Botschaften',
  optional: ' (kann fehlen)',
  noRegister: 'kein Verzeichnis von Reisehinweisen',
  advice: (issuers) => `Hinweise ${issuers}`,
  noMission: 'keine Quelle einer Vertretung',
  missions: (governments) => `Vertretungen ${governments}`,
  noNews: 'keine Nachrichten',
  news: (languages) => `Nachrichten auf ${languages}`,
  notRead: (blind, all) => ` (${blind} von ${all} nicht gelesen)`,
};

const sample: AnswerWords['sample'] = {
  outlet: 'Ein Medium',
  title: 'USA verlegen ihre Botschaft in der Ukraine von Kyjiw nach Lwiw',
  summary: 'Ein erfundener Bericht: So sieht eine Meldung aus. Nichts ist geschehen.',
  mark: 'BEISPIEL, nichts ist geschehen',
};

const gone: AnswerWords['gone'] = {
  removed: (channel, number) =>
    `Attaché wurde entfernt aus ${channel}, oder der Kanal ist gelöscht oder archiviert: ${count(number, { one: 'Abo pausiert', other: 'Abos pausieren' })} dort`,
  unnamed: (id) => `Kanal ${id}`,
  elsewhere: 'Um sie in einem anderen Kanal zu haben, sagen Sie dort:',
  back: (line) => `Zurück im selben Kanal, startet ${line} sie wieder.`,
};

const platform: AnswerWords['platform'] = {
  failed: 'Das ging schief, und es liegt nicht an Ihnen: Wer Attaché betreibt, findet es im Protokoll.',
  tryAgain: 'Hier ist etwas schiefgegangen. Bitte versuchen Sie es in einer Minute noch einmal.',
  notDone: () => 'Nicht ausgeführt: Die Datenbank ist gerade nicht erreichbar. Versuchen Sie es in einer Minute noch einmal.',
  ownError: 'Nicht ausgeführt: ein Fehler von Attaché selbst, den das Protokoll nennt.',
  nowhere: 'Discord sagt nicht, um welchen Kanal es geht. Bitte sagen Sie es in einem Kanal.',
  typeCountry: 'Beginnen Sie, ein Land zu tippen',
  typeCity: 'Beginnen Sie, eine Stadt zu tippen',
  chooseTopics: 'Wählen Sie Themen',
  chooseOne: 'Wählen Sie',
  home: {
    title: 'Was Ihre Kanäle bekommen',
    noScope: 'Ich darf nicht sehen, in welchen Kanälen Sie sind: Das verlangt die Scopes channels:read und groups:read.',
    noAnswer: 'Slack hat gerade nicht gesagt, in welchen Kanälen Sie sind. Öffnen Sie diesen Tab in einer Minute noch einmal.',
    nothing: (line) => `Keiner Ihrer Kanäle beobachtet schon etwas. Tippen Sie in einem davon ${line}.`,
    more: (number, line) => `Und ${number} weitere: ${line} zeigt es im jeweiligen Kanal.`,
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
