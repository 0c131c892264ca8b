import type { WrongReason } from '../../model/alert.ts';
import { formsOf, lowerFirst } from '../forms.ts';
import type { AnswerWords } from '../words.ts';
import { drop, roles, topic } from './tables.ts';

const forms = formsOf({ locale: 'es', more: (number) => `${number} más`, quoted: (text) => `«${text}»` });
const { count, list, echo } = forms;
const events = (number: number) => count(number, { one: 'suceso', other: 'sucesos' });
const subscriptions = (number: number) => count(number, { one: 'suscripción', other: 'suscripciones' });
const sources = (number: number) => count(number, { one: 'fuente', other: 'fuentes' });
const within = (places: string | undefined, words: string | undefined) => {
  const asked = [...(places === undefined ? [] : [places]), ...(words === undefined ? [] : [`con ${words}`])];
  return asked.length > 0 ? ` (${asked.join('; ')})` : '';
};

const severity = { 0: 'sin cambios', 1: 'información', 2: 'aviso', 3: 'advertencia', 4: 'crítico' } as const;

const common: AnswerWords['common'] = {
  andMore: (number) => `y ${number} más`,
  example: (line) => `Por ejemplo: ${line}`,
  watchesNothing: (line) => `Este canal aún no sigue nada. Pruebe: ${line}`,
  coverage: (words) => `Cobertura: ${words}.`,
  disclaimer:
    'Attaché repite fuentes públicas, puede pasar algo por alto o leerlo mal, y no sustituye ni las recomendaciones oficiales ni el registro en su embajada.',
  everywhere: 'en todas partes',
  on: 'activado',
  off: 'desactivado',
};

const buttons: AnswerWords['buttons'] = {
  undo: 'Deshacer',
  showLatest: 'Ver los últimos',
  showThem: 'Verlas',
  sample: 'Enviar una muestra',
  dailyDigest: 'Resumen diario',
  checkAgain: 'Comprobar de nuevo',
  subscribe: 'Suscribir',
  watch: 'Seguir',
  resume: 'Reanudar',
  end: (id) => `Terminar la ${id}`,
  unmute: (name) => `Dejar de silenciar ${name}`,
};

const wrong: AnswerWords['wrong'] = {
  mayNotChange: (command) => `No puede cambiar lo que recibe este canal: «${command}» exige el derecho a gestionarlo.`,
  leftOver: (words, command) => `«${command}» no conoce ${echo(words)}.`,
  needs: (command, what) => `A ${command} le falta: ${lowerFirst(what)}.`,
  noCommand: (name) => `No hay ninguna orden ${echo(name)}.`,
  maybe: (what) => `¿${what}?`,
  helpLists: (line) => `${line} las enumera.`,
  helpListsAll: (line, number) => `${line} las enumera (${count(number, { one: 'orden', other: 'órdenes' })}).`,
  noPlace: (typed) => `No hay ningún lugar ${echo(typed)}.`,
  nameOne: 'Nombre un país, como Ukraine, o una región, como Sahel.',
  which: (typed) => `¿Cuál: ${typed}?`,
  manyCountries: (number, names) => `Son ${number} países: nombre uno, por ejemplo entre ${list(names)}.`,
  oneAtATime: (line) => `Un lugar cada vez: ${line}`,
  namePlace: (line) => `Nombre un lugar: ${line}; o subscribe everywhere.`,
  nameGovernments: (line) => `Nombre gobiernos tras «from»: ${line}; o subscribe everywhere.`,
  nameWords: (option, line) => `Nombre palabras tras «${option}»: ${line}`,
  tooManyWords: (most, option) => `Como mucho ${most} palabras o expresiones entre comillas tras «${option}».`,
  switchOnly: (option, typed) => `Valor desconocido para «${option}»: ${echo(typed)}. Diga on u off.`,
  noTopic: (typed, all) => `No hay ningún tema ${echo(typed)}. Hay ${list(all, 20)}, o everything (todo).`,
  nameTopics: (all) => `Nombre temas tras «about»: ${list(all, 20)}.`,
  noSeverity: (typed) => `No hay ninguna gravedad ${echo(typed)}. Hay info, notice, warning y critical.`,
  noQuiet: (typed) => `Horas de silencio no entendidas: ${echo(typed)}. Use horas como 23-07 o 22:30-06:30, u off.`,
  noDuration: (typed) => `Duración no entendida: ${echo(typed)}. Use 6h, 24h, 3d o 2w, como mucho 90 días; u off.`,
  noDigest: (typed) =>
    `Resumen no entendido: ${echo(typed)}. Use daily 08:00, weekdays 08:00, weekly mon 07:30, cron y cinco campos, u off.`,
  noDigestPlan: (typed) =>
    `Resumen no entendido: ${echo(typed)}. Tras «cron» van cinco campos (minuto, hora, día, mes, día de la semana) que señalen un momento real.`,
  onceAnHour: 'Un resumen llega como mucho una vez por hora.',
  noZone: (typed) => `No hay ninguna zona horaria ${echo(typed)}. Use un nombre como Europe/Kyiv o UTC.`,
  noZoneNear: (typed, near) => `No hay ninguna zona horaria ${echo(typed)}. ${near.map((zone) => `¿${zone}?`).join(' ')}`,
  noLanguage: (typed, all) => `Todavía no hay idioma ${echo(typed)}. Hay ${all}.`,
  noPing: (typed) => `Nadie a quien mencionar en ${echo(typed)}. Elija un rol, un grupo o una persona, o diga off.`,
  noEscalation: (typed) =>
    `Escalada no entendida: ${echo(typed)}. Diga en cuánto tiempo y a quién: 15m y un rol, un grupo o una persona (de 1 minuto a 12 horas), u off.`,
  lacksPermissions: (names) => `deme ${list(names)} (Editar canal → Permisos)`,
  notInvited: 'escriba aquí /invite @attache',
  mayNotMention: (role) =>
    `No puedo mencionar @${role}: permita que cualquiera lo mencione (Ajustes del servidor → Roles), o deme aquí Mention Everyone`,
  severalEvents: (typed, ids) =>
    `Con ${echo(typed)} empiezan los identificadores de ${ids.length} sucesos: ${list(ids)}. Escriba algo más.`,
};

const subscribing: AnswerWords['subscribing'] = {
  watching: (filter, caught, open) => `Suscripción creada: ${filter}. Últimos 30 días: ${caught}. Abiertos ahora: ${open}.`,
  previewed: (filter, caught) => `${filter}: ${caught} en los últimos 30 días`,
  alerts: (number, isLeast) => `${isLeast ? 'al menos ' : ''}${count(number, { one: 'alerta', other: 'alertas' })}`,
  already: (id) => `Este canal ya sigue eso: suscripción ${id}.`,
  tooMany: (most, line) => `Este canal tiene ${most} suscripciones, el máximo: termine antes una con ${line}.`,
  cannotPost: 'Guardado, pero aún no puedo escribir aquí',
  widerCatches: (id) => `La suscripción ${id} ya recoge todo esto`,
  endWider: (filter, line) => `: ${filter}. Para no recibir nada más, termínela: ${line}`,
  zone: (zone, whence) => `Zona horaria: ${zone}${whence}.`,
  zoneUnknown: (line) => ` (no se conoce ninguna; ${line} fija una)`,
  zoneOfProfile: ' (la de su perfil)',
  zoneOfChannel: ' (la de este canal)',
  language: (name, line) => `Idioma: ${name}; ${line} elige otro.`,
  paused: 'Este canal está en pausa',
  resumes: (line) => `: ${line} lo pone de nuevo en marcha.`,
  undo: (id, line) => `Suscripción ${id}; para deshacerla: ${line}`,
  subscriptions,
  muted: 'Silenciado',
  settings: 'Ajustes',
  none: 'Este canal no tiene ninguna suscripción.',
  allEnded: (number) =>
    `${count(number, { one: 'suscripción terminada', other: 'suscripciones terminadas' })}: este canal ya no sigue nada.`,
  noSuch: (typed, ids) => `No hay ninguna suscripción ${echo(typed)}. Hay ${list(ids, 20)}; o all (todas).`,
  ended: (id, filter) => `Suscripción ${id} terminada: ${filter}.`,
  endedMany: (ids) => `Suscripciones ${list(ids, 20)} terminadas.`,
  nothingLeft: 'Este canal ya no sigue nada.',
  left: (line, number) => `${line} muestra ${number === 1 ? 'la que queda' : `las ${number} que quedan`}.`,
  goesOn: (id, filter) => `La suscripción ${id} continúa: ${filter}.`,
  stillEverywhere: (ids) => `${ids.length === 1 ? 'Sigue' : 'Siguen'} todavía todo el mundo: suscripción ${list(ids)}.`,
  noneNames: (places) => `Ninguna suscripción de este canal nombra: ${places}.`,
  noLonger: (places) => `Este canal ya no sigue: ${places}`,
};

const filter: AnswerWords['filter'] = {
  aboutEverything: 'todos los temas',
  about: (topics) => `temas: ${list(topics.map((one) => topic[one]))}`,
  from: (governments) => `de: ${list(governments)}`,
  with: (words) => `con ${list(words.map((word) => `«${word}»`))}`,
  without: (words) => `sin ${list(words.map((word) => `«${word}»`))}`,
  least: (least) => (least === 4 ? 'solo lo crítico' : `desde «${severity[least]}»`),
  sendingState: (governments) =>
    `«from» es el Estado acreditante (${list(governments, 3)}): de quién son las representaciones, el personal, los ciudadanos, los embajadores o las recomendaciones. De las expulsiones recoge las de sus diplomáticos, expulse quien expulse, y no las que él decide.`,
};

const muting: AnswerWords['muting'] = {
  nothing: 'Aquí no hay nada silenciado.',
  nothingYet: (line) => `Aquí no hay nada silenciado. Por un tiempo: ${line}`,
  notMuted: (name, line) => `${name}: no está silenciado aquí. ${line} muestra qué lo está.`,
  tooMany: (most, line) => `Este canal silencia ${most} cosas, el máximo. ${line} las muestra.`,
  everything: 'Todo',
  event: (id) => `Suceso ${id}`,
  unmuted: (name) => `${name}: ya no está silenciado. No se retuvo nada.`,
  withheld: (name, number) => `${name}: ya no está silenciado. Retenido entretanto: ${events(number)}`,
  more: (number, line) => `y ${number} más: ${line}`,
  muted: (name) => `${name}: silenciado.`,
  until: (at, passes, line) => ['Hasta el ', at, `. ${passes}; el resumen y ${line} muestran el resto.`],
  criticalPasses: 'Un nuevo suceso crítico allí llega de todos modos, y una rectificación también',
  correctionPasses: 'Una rectificación llega de todos modos',
  graverPasses: 'Llega de todos modos si se agrava, y una rectificación también',
  mutes: (number) => count(number, { one: 'silenciado', other: 'silenciados' }),
  mutedUntil: (name, at) => [{ strong: name }, ' hasta el ', at],
  mayNot: 'No puede silenciar en este canal: eso exige el derecho a gestionarlo.',
  notKept: 'Esa alerta ya no se conserva.',
  which: (act) => `¿Qué silenciar, y por cuánto tiempo? ${act}`,
  eventDay: 'Este suceso, 24 h',
  eventWeek: 'Este suceso, 7 días',
  placeDay: (place) => `${place}, 24 h`,
};

const settings: AnswerWords['settings'] = {
  title: 'Ajustes de este canal',
  saved: 'Guardado',
  savedWithoutMaps: 'Guardado. Un terminal no muestra mapas; Slack y Discord sí',
  savedIdle: 'Guardado. El resumen llegará cuando este canal siga algo: suscríbalo primero',
  unchanged: (problem) => `${problem}. No se ha cambiado nada.`,
  toChange: (line) => `Para cambiar uno: ${line}`,
  paused: (line) => `En pausa: ni alertas ni resúmenes en este canal hasta ${line}`,
  notPaused: 'Este canal no está en pausa.',
  resumed: (line) => `Alertas de nuevo, desde ahora. Lo que llegó entretanto: ${line}`,
  quiet: (from, to) => ` de ${from} a ${to}; lo crítico pasa`,
  digest: (plan, next) => [` ${plan}, el próximo el `, next],
  ping: (whom) => ` ${whom}, para lo crítico`,
  escalate: (whom, minutes) => ` ${whom}, si nadie confirma una alerta crítica en ${minutes} min`,
  pausedLine: ['pausa', ' hasta que diga resume'],
};

const mission = { embassy: 'embajada', consulate: 'consulado', mission: 'representación' } as const;

const countries: AnswerWords['countries'] = {
  advice: 'Recomendaciones de viaje',
  missions: 'Representaciones',
  open: 'Sucesos abiertos',
  changed: 'Cambios en 30 días',
  noMissionChange: 'No se conoce ningún cambio de una representación.',
  noneKnown: 'No se conoce ninguno.',
  coverage: (words) => `Cobertura: ${words}. Desconocido no significa sin peligro. No es una recomendación oficial.`,
  coverageAlone: (words) => `Cobertura: ${words}. No es una recomendación oficial.`,
  strictest: (who, level) => `${list(who, 6)}: ${level}`,
  noLevel: 'no se conoce ningún nivel de recomendación',
  notNormal: (number) =>
    count(number, { one: 'representación no trabaja con normalidad', other: 'representaciones no trabajan con normalidad' }),
  openEvents: (number) => count(number, { one: 'suceso abierto', other: 'sucesos abiertos' }),
  noRegister: 'No se lee ningún registro de recomendaciones: desconocido no significa sin peligro.',
  silent: (issuers) => `No se ha leído ninguna recomendación de: ${list(issuers, 12)}. Desconocido no significa sin peligro.`,
  noChange: (government, country) => `Embajada (${government}), ${country}: no se conoce ningún cambio; eso no significa sin peligro.`,
  known: 'Conocido',
  since: (at) => [' desde el ', at],
  read: (at) => ['leído el ', at],
  confirmedBy: (source) => ` (confirmado: ${source})`,
  reportedBy: (source) => ` (informa: ${source})`,
  levelNotStated: 'nivel no indicado',
  parts: (advice) => ` · por zonas: ${advice.join('; ')}`,
  workingFrom: (city) => `trabaja desde ${city}`,
  mission: ({ who, post, city, where }) => `${who}, ${mission[post]}${city ? ` (${city})` : ''}: ${where}`,
};

const happened: AnswerWords['happened'] = {
  nothing: (places, words) => `Nada${within(places, words)}, hasta donde Attaché ha visto.`,
  found: (number, isAll, places, words) =>
    `${isAll ? events(number) : count(number, { one: 'último suceso', other: 'últimos sucesos' })}${within(places, words)}`,
  noAlert: (typed, line) => `No hay ninguna alerta ${echo(typed)}. Su identificador está junto a ella, como 1a2b3c; ${line} las muestra.`,
  notAlerted: (why) => `Sin alerta: ${why}.`,
  nothingCame: 'no salió nada de ella',
  firstRead: 'se conocía de una primera lectura, o era demasiado antiguo',
  why: (id) => `Por qué ${id}`,
  matched: (ids) => `Coincide con la suscripción ${list(ids, 20)} de este canal.`,
  notMatched: 'Ninguna suscripción de este canal coincide.',
  because: (reasons) => `Anunciado porque: ${reasons.join('; ')}.`,
  readAs: (kind, status, sure, from) => `Leído como: ${kind}, ${status}, seguridad del ${sure} (alertas desde el ${from}).`,
  rule: (name, said) => `Regla ${name}: ${said || 'no se conservan palabras'}.`,
  evidence: (role, words) => `${roles[role] ?? role} ${echo(words)}`,
  tier: { official: 'oficial', wire: 'agencia de noticias', media: 'medio' },
  drop,
};

const reasons: Readonly<Record<WrongReason, string>> = {
  'no-news': 'No ocurrió tal cosa',
  'wrong-place': 'País equivocado',
  'wrong-kind': 'Otra clase de noticia',
  'not-happening': 'Solo se habla de ello',
  old: 'Noticia vieja',
  repeated: 'Ya anunciado',
};

const feedback: AnswerWords['feedback'] = {
  reasons,
  mayNotAcknowledge: 'No puede confirmar alertas en este canal: eso exige el derecho a gestionarlo.',
  notHere: 'Esa alerta no está en este canal.',
  alreadyAcknowledged: 'Ya la confirmó.',
  at: (at) => ['El ', at],
  acknowledged: 'Confirmada.',
  neverAlerted: 'Eso nunca dio una alerta.',
  noAlert: (typed) => `No se conserva ninguna alerta ${echo(typed)}.`,
  notedReason: (reason) => `Anotado: ${lowerFirst(reasons[reason])}. Gracias.`,
  notedWords: (words) => `Anotado: ${echo(words)}. Gracias.`,
  whatWasWrong: 'Anotado, con las noticias en que se basa. ¿Qué era erróneo?',
};

const status: AnswerWords['status'] = {
  readable: (seen, all) => `Se pueden leer ${seen} de ${sources(all)}`,
  unreadable: (lost, all) => `No se pueden leer ${lost} de ${sources(all)}`,
  health: { ok: 'se lee', waiting: 'en espera', slowed: 'frenada', blind: 'ilegible', frozen: 'congelada', gone: 'retirada' },
  notAsked: 'aún no consultada',
  since: (at) => [' desde el ', at],
  held: (number, at) => [` (de ellos ${number} retenidos aquí por las horas de silencio hasta el `, at, ')'],
  messages: ({ waiting, held, unknown, dead, version }) => [
    `Mensajes: ${waiting} en espera`,
    ...held,
    `, ${unknown} sin aclarar, ${dead > 0 ? dead : 'ninguno'} sin entregar. Versión ${version}.`,
  ],
  away: (at, reason) => [' sin conexión desde el ', at, ` · ${reason}; se vuelve a intentar`],
  feedKind: { news: 'noticias', mission: 'representación', register: 'registro' },
  every: (minutes) => `cada ${minutes} min`,
  terms: (terms) => `condiciones ${terms === 'private' ? 'privadas' : 'sin verificar'}`,
  feeds: (on, off) =>
    `${count(on, { one: 'fuente activa', other: 'fuentes activas' })}, ${count(off, { one: 'inactiva', other: 'inactivas' })}`,
  whoAdds: 'Quien gestiona Attaché añade fuentes, en config/feeds.yaml.',
  noDigest: (typed, line) => `«digest» no conoce ${echo(typed)}. Para programarlos: ${line}`,
  cannotPost: (why) => `Aún no puedo escribir aquí: ${why}.`,
  canPost: 'Puedo escribir aquí.',
  undelivered: (number) =>
    `${count(number, { one: 'mensaje no se ha podido', other: 'mensajes no se han podido' })} entregar aquí hasta ahora.`,
  watchesNothing: (line) => `Este canal aún no sigue nada: ${line}`,
  help: 'Attaché: recomendaciones de viaje y movimientos de embajadas',
  optional: ' (opcional)',
  noRegister: 'ningún registro de recomendaciones',
  advice: (issuers) => `recomendaciones ${issuers}`,
  noMission: 'ninguna fuente de representaciones',
  missions: (governments) => `representaciones ${governments}`,
  noNews: 'ninguna noticia',
  news: (languages) => `noticias en ${languages}`,
  notRead: (blind, all) => ` (${blind} de ${all} sin leer)`,
};

const sample: AnswerWords['sample'] = {
  outlet: 'Un medio',
  title: 'Estados Unidos traslada su embajada en Ucrania de Kyiv a Lviv',
  summary: 'Una noticia inventada: así es una alerta. No ha pasado nada.',
  mark: 'MUESTRA, no ha pasado nada',
};

const gone: AnswerWords['gone'] = {
  removed: (channel, number) =>
    `Attaché fue retirado de ${channel}, o ese canal ya no existe o está archivado: ${count(number, { one: 'suscripción en pausa', other: 'suscripciones en pausa' })} allí`,
  unnamed: (id) => `un canal (${id})`,
  elsewhere: 'Para tenerlas en otro canal, diga allí:',
  back: (line) => `De vuelta en el mismo canal, ${line} las pone de nuevo en marcha.`,
};

const platform: AnswerWords['platform'] = {
  failed: 'Ha fallado, y no es culpa suya: quien gestiona Attaché lo encuentra en el registro de errores.',
  tryAgain: 'Algo ha ido mal aquí. Inténtelo de nuevo en un minuto.',
  notDone: () => 'No se ha hecho nada: la base de datos no responde. Inténtelo de nuevo en un minuto.',
  ownError: 'No se ha hecho nada: un error del propio Attaché, que su registro nombra.',
  nowhere: 'Discord no dice de qué canal se trata. Dígalo en un canal.',
  typeCountry: 'Empiece a escribir un país',
  typeCity: 'Empiece a escribir una ciudad',
  chooseTopics: 'Elija temas',
  chooseOne: 'Elija',
  home: {
    title: 'Lo que reciben sus canales',
    noScope: 'No puedo ver en qué canales está: hacen falta los permisos channels:read y groups:read.',
    noAnswer: 'Slack no ha dicho ahora en qué canales está. Abra esta pestaña de nuevo en un minuto.',
    nothing: (line) => `Ninguno de sus canales sigue nada todavía. Escriba ${line} en uno de ellos.`,
    more: (number, line) => `Y ${number} más: ${line} lo muestra en cada canal.`,
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
