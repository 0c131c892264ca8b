import type { WrongReason } from '../../model/alert.ts';
import { formsOf, lowerFirst } from '../forms.ts';
import type { AnswerWords } from '../words.ts';
import { drop, roles, topic } from './tables.ts';

const forms = formsOf({ locale: 'uk', more: (number) => `ще ${number}`, quoted: (text) => `«${text}»` });
const { count, word, list, echo } = forms;
const events = (number: number) => count(number, { one: 'подія', few: 'події', other: 'подій' });
const subscriptions = (number: number) => count(number, { one: 'підписка', few: 'підписки', other: 'підписок' });
const within = (places: string | undefined, words: string | undefined) => {
  const asked = [...(places === undefined ? [] : [places]), ...(words === undefined ? [] : [`зі словами ${words}`])];
  return asked.length > 0 ? ` (${asked.join('; ')})` : '';
};

const severity = { 0: 'без змін', 1: 'інфо', 2: 'увага', 3: 'попередження', 4: 'критично' } as const;

const common: AnswerWords['common'] = {
  andMore: (number) => `і ще ${number}`,
  example: (line) => `Наприклад: ${line}`,
  watchesNothing: (line) => `Цей канал ще ні за чим не стежить. Спробуйте: ${line}`,
  coverage: (words) => `Охоплення: ${words}.`,
  disclaimer:
    'Attaché переказує відкриті джерела, може щось пропустити чи хибно прочитати й не замінює ні офіційних порад, ні реєстрації у вашому посольстві.',
  everywhere: 'усюди',
  on: 'увімкнено',
  off: 'вимкнено',
};

const buttons: AnswerWords['buttons'] = {
  undo: 'Скасувати',
  showLatest: 'Показати останні',
  showThem: 'Показати їх',
  sample: 'Надіслати зразок',
  dailyDigest: 'Щоденний дайджест',
  checkAgain: 'Перевірити знову',
  subscribe: 'Підписатися',
  watch: 'Стежити',
  resume: 'Поновити',
  end: (id) => `Завершити № ${id}`,
  unmute: (name) => `Увімкнути знову: ${name}`,
};

const wrong: AnswerWords['wrong'] = {
  mayNotChange: (command) => `Ви не можете змінювати, що отримує цей канал: для «${command}» потрібне право керувати ним.`,
  leftOver: (words, command) => `Команда «${command}» не знає, що таке ${echo(words)}.`,
  needs: (command, what) => `Для ${command} бракує: ${lowerFirst(what)}.`,
  noCommand: (name) => `Немає команди ${echo(name)}.`,
  maybe: (what) => `${what}?`,
  helpLists: (line) => `Усі команди: ${line}.`,
  helpListsAll: (line, number) => `${line} показує їх усі (${count(number, { one: 'команда', few: 'команди', other: 'команд' })}).`,
  noPlace: (typed) => `Немає місця ${echo(typed)}.`,
  nameOne: 'Назвіть країну, наприклад Ukraine, або регіон, наприклад Sahel.',
  which: (typed) => `${typed}: що саме?`,
  manyCountries: (number, names) =>
    `Це ${count(number, { one: 'країна', few: 'країни', other: 'країн' })}: назвіть одну, наприклад із таких: ${list(names)}.`,
  oneAtATime: (line) => `По одному місцю за раз: ${line}`,
  namePlace: (line) => `Назвіть місце: ${line}; або subscribe everywhere.`,
  nameGovernments: (line) => `Назвіть уряди після «from»: ${line}; або subscribe everywhere.`,
  nameWords: (option, line) => `Назвіть слова після «${option}»: ${line}`,
  tooManyWords: (most, option) => `Після «${option}» не більше ніж ${most} слів чи виразів у лапках.`,
  switchOnly: (option, typed) => `Для «${option}» немає значення ${echo(typed)}. Скажіть on або off.`,
  noTopic: (typed, all) => `Немає теми ${echo(typed)}. Є ${list(all, 20)} або everything (усе).`,
  nameTopics: (all) => `Назвіть теми після «about»: ${list(all, 20)}.`,
  noSeverity: (typed) => `Немає рівня серйозності ${echo(typed)}. Є info, notice, warning і critical.`,
  noQuiet: (typed) => `Не вдалося зрозуміти тихі години: ${echo(typed)}. Назвіть час, наприклад 23-07 чи 22:30-06:30, або off.`,
  noDuration: (typed) => `Не вдалося зрозуміти тривалість: ${echo(typed)}. Скажіть 6h, 24h, 3d чи 2w, не більше 90 днів; або off.`,
  noDigest: (typed) =>
    `Не вдалося зрозуміти дайджест: ${echo(typed)}. Скажіть daily 08:00, weekdays 08:00, weekly mon 07:30, cron і п’ять полів або off.`,
  noDigestPlan: (typed) =>
    `Не вдалося зрозуміти дайджест: ${echo(typed)}. Після «cron» ідуть п’ять полів (хвилина, година, день, місяць, день тижня), які називають справжній час.`,
  onceAnHour: 'Дайджест надходить не частіше ніж раз на годину.',
  noZone: (typed) => `Немає часового поясу ${echo(typed)}. Назвіть його, наприклад Europe/Kyiv чи UTC.`,
  noZoneNear: (typed, near) => `Немає часового поясу ${echo(typed)}. ${near.map((zone) => `${zone}?`).join(' ')}`,
  noLanguage: (typed, all) => `Мови ${echo(typed)} ще немає. Є ${all}.`,
  noPing: (typed) => `У ${echo(typed)} нема кого згадати. Виберіть роль, групу чи особу або скажіть off.`,
  noEscalation: (typed) =>
    `Не вдалося зрозуміти ескалацію: ${echo(typed)}. Скажіть, за який час і кого: 15m і роль, групу чи особу (від 1 хвилини до 12 годин), або off.`,
  lacksPermissions: (names) => `надайте мені ${list(names)} (Редагувати канал → Права)`,
  notInvited: 'наберіть тут /invite @attache',
  mayNotMention: (role) =>
    `Я не можу згадувати @${role}: дозвольте всім згадувати цю роль (Налаштування сервера → Ролі) або надайте мені тут Mention Everyone`,
  severalEvents: (typed, ids) => `З ${echo(typed)} починаються коди кількох подій (${ids.length}): ${list(ids)}. Наберіть більше знаків.`,
};

const subscribing: AnswerWords['subscribing'] = {
  watching: (filter, caught, open) => `Підписку створено: ${filter}. За останні 30 днів: ${caught}. Тривають зараз: ${open}.`,
  previewed: (filter, caught) => `${filter}: ${caught} за останні 30 днів`,
  alerts: (number, isLeast) =>
    `${isLeast ? 'щонайменше ' : ''}${count(number, { one: 'сповіщення', few: 'сповіщення', other: 'сповіщень' })}`,
  already: (id) => `Цей канал уже стежить за цим: підписка ${id}.`,
  tooMany: (most, line) => `Підписок у цього каналу ${most}, більше не можна: спершу завершіть одну командою ${line}.`,
  cannotPost: 'Збережено, але я ще не можу писати тут',
  widerCatches: (id) => `Підписка ${id} вже охоплює все це`,
  endWider: (filter, line) => `: ${filter}. Щоб не отримувати нічого іншого, завершіть її: ${line}`,
  zone: (zone, whence) => `Часовий пояс: ${zone}${whence}.`,
  zoneUnknown: (line) => ` (жодного не відомо; задати: ${line})`,
  zoneOfProfile: ' (з вашого профілю)',
  zoneOfChannel: ' (цього каналу)',
  language: (name, line) => `Мова: ${name}; іншу обирає ${line}.`,
  paused: 'Цей канал на паузі',
  resumes: (line) => `: поновити можна командою ${line}.`,
  undo: (id, line) => `Підписка ${id}; скасувати: ${line}`,
  subscriptions,
  muted: 'Стишено',
  settings: 'Налаштування',
  none: 'У цього каналу немає підписок.',
  allEnded: (number) => `Завершено: ${subscriptions(number)}. Тепер цей канал ні за чим не стежить.`,
  noSuch: (typed, ids) => `Немає підписки ${echo(typed)}. Є ${list(ids, 20)}; або all (усі).`,
  ended: (id, filter) => `Підписку ${id} завершено: ${filter}.`,
  endedMany: (ids) => `Завершено підписки ${list(ids, 20)}.`,
  nothingLeft: 'Тепер цей канал ні за чим не стежить.',
  left: (line, number) => `${line} показує решту (${number}).`,
  goesOn: (id, filter) => `Підписка ${id} діє далі: ${filter}.`,
  stillEverywhere: (ids) => `За всім світом і далі ${ids.length === 1 ? 'стежить підписка' : 'стежать підписки'} ${list(ids)}.`,
  noneNames: (places) => `Жодна підписка цього каналу не називає такого: ${places}.`,
  noLonger: (places) => `Канал більше не стежить: ${places}`,
};

const filter: AnswerWords['filter'] = {
  aboutEverything: 'усі теми',
  about: (topics) => `теми: ${list(topics.map((one) => topic[one]))}`,
  from: (governments) => `від: ${list(governments)}`,
  with: (words) => `зі словами ${list(words.map((one) => `«${one}»`))}`,
  without: (words) => `без слів ${list(words.map((one) => `«${one}»`))}`,
  least: (least) => (least === 4 ? 'лише «критично»' : `від рівня «${severity[least]}»`),
  sendingState: (governments) =>
    `«from» — це акредитуюча держава (${list(governments, 3)}): чиї представництва, персонал, громадяни, посли чи поради. З вислань сюди належать вислання її дипломатів, хоч би хто їх висилав, а не ті, які ухвалює вона сама.`,
};

const muting: AnswerWords['muting'] = {
  nothing: 'Тут нічого не стишено.',
  nothingYet: (line) => `Тут нічого не стишено. Стишити на якийсь час: ${line}`,
  notMuted: (name, line) => `${name}: тут не стишено. Що стишено, показує ${line}.`,
  tooMany: (most, line) => `Стишень у цьому каналі ${most}, більше не можна. Їх показує ${line}.`,
  everything: 'Усе',
  event: (id) => `Подія ${id}`,
  unmuted: (name) => `${name}: більше не стишено. Нічого не було затримано.`,
  withheld: (name, number) => `${name}: більше не стишено. Тим часом затримано: ${events(number)}`,
  more: (number, line) => `і ще ${number}: ${line}`,
  muted: (name) => `${name}: стишено.`,
  until: (at, passes, line) => ['До ', at, `. ${passes}; решту показують дайджест і ${line}.`],
  criticalPasses: 'Нова критична подія там усе одно надійде, виправлення теж',
  correctionPasses: 'Виправлення все одно надійде',
  graverPasses: 'Подія все одно надійде, якщо стане серйознішою, виправлення теж',
  mutes: (number) => `Стишено: ${number}`,
  mutedUntil: (name, at) => [{ strong: name }, ' до ', at],
  mayNot: 'Ви не можете нічого стишувати в цьому каналі: для цього потрібне право керувати ним.',
  notKept: 'Це сповіщення більше не зберігається.',
  which: (act) => `Що стишити й на який час? ${act}`,
  eventDay: 'Цю подію, 24 год',
  eventWeek: 'Цю подію, 7 днів',
  placeDay: (place) => `${place}, 24 год`,
};

const settings: AnswerWords['settings'] = {
  title: 'Налаштування цього каналу',
  saved: 'Збережено',
  savedWithoutMaps: 'Збережено. Термінал не показує мап, а Slack і Discord показують',
  savedIdle: 'Збережено. Дайджест надійде, щойно цей канал за чимось стежитиме: спершу підпишіться',
  unchanged: (problem) => `${problem}. Нічого не змінено.`,
  toChange: (line) => `Щоб щось змінити: ${line}`,
  paused: (line) => `Пауза: у цьому каналі немає сповіщень і дайджестів, доки не буде ${line}`,
  notPaused: 'Цей канал не на паузі.',
  resumed: (line) => `Відтепер знову сповіщення. Що надійшло тим часом: ${line}`,
  quiet: (from, to) => ` з ${from} до ${to}; критичне проходить`,
  digest: (plan, next) => [` ${plan}, наступний `, next],
  ping: (whom) => ` ${whom}, для критичного`,
  escalate: (whom, minutes) => ` ${whom}, якщо ніхто не підтвердить критичне за ${minutes} хв`,
  pausedLine: ['пауза', ', доки не скажете resume'],
};

const mission = { embassy: 'посольство', consulate: 'консульство', mission: 'представництво' } as const;

const countries: AnswerWords['countries'] = {
  advice: 'Поради мандрівникам',
  missions: 'Представництва',
  open: 'Події, що тривають',
  changed: 'Зміни за 30 днів',
  noMissionChange: 'Про зміни в представництвах нічого не відомо.',
  noneKnown: 'Нічого не відомо.',
  coverage: (words) => `Охоплення: ${words}. Невідомо не означає безпечно. Не є офіційною порадою.`,
  coverageAlone: (words) => `Охоплення: ${words}. Не є офіційною порадою.`,
  strictest: (who, level) => `${list(who, 6)}: ${level}`,
  noLevel: 'рівень порад невідомий',
  notNormal: (number) =>
    `${count(number, { one: 'представництво', few: 'представництва', other: 'представництв' })} не ${word(number, { one: 'працює', few: 'працюють', other: 'працюють' })} у звичайному режимі`,
  openEvents: (number) => `${events(number)} ${word(number, { one: 'триває', few: 'тривають', other: 'тривають' })}`,
  noRegister: 'Жоден реєстр порад не читається: невідомо не означає безпечно.',
  silent: (issuers) => `Поради не прочитано від таких урядів: ${list(issuers, 12)}. Невідомо не означає безпечно.`,
  noChange: (government, country) => `Посольство (${government}), ${country}: про зміни нічого не відомо; це не означає, що безпечно.`,
  known: 'Відомо',
  since: (at) => [' з ', at],
  read: (at) => ['прочитано ', at],
  confirmedBy: (source) => ` (підтверджено: ${source})`,
  reportedBy: (source) => ` (повідомляє: ${source})`,
  levelNotStated: 'рівень не названо',
  parts: (advice) => ` · для окремих місцевостей: ${advice.join('; ')}`,
  workingFrom: (city) => `працює з іншого міста: ${city}`,
  mission: ({ who, post, city, where }) => `${who}, ${mission[post]}${city ? ` (${city})` : ''}: ${where}`,
};

const happened: AnswerWords['happened'] = {
  nothing: (places, words) => `Нічого${within(places, words)}, наскільки бачив Attaché.`,
  found: (number, isAll, places, words) => `${isAll ? events(number) : `Останні події: ${number}`}${within(places, words)}`,
  noAlert: (typed, line) => `Немає сповіщення ${echo(typed)}. Його код стоїть при ньому, наприклад 1a2b3c; їх показує ${line}.`,
  notAlerted: (why) => `Сповіщення не було: ${why}.`,
  nothingCame: 'з цього нічого не вийшло',
  firstRead: 'про це було відомо з першого читання, або воно надто давнє',
  why: (id) => `Чому ${id}`,
  matched: (ids) => `Відповідає підписці цього каналу: ${list(ids, 20)}.`,
  notMatched: 'Жодна підписка цього каналу не відповідає.',
  because: (reasons) => `Повідомлено, бо: ${reasons.join('; ')}.`,
  readAs: (kind, status, sure, from) => `Прочитано як: ${kind}, ${status}, певність ${sure} (сповіщення від ${from}).`,
  rule: (name, said) => `Правило ${name}: ${said || 'слів не збережено'}.`,
  evidence: (role, words) => `${roles[role] ?? role} ${echo(words)}`,
  tier: { official: 'офіційне джерело', wire: 'інформагентство', media: 'медіа' },
  drop,
};

const reasons: Readonly<Record<WrongReason, string>> = {
  'no-news': 'Такого не було',
  'wrong-place': 'Не та країна',
  'wrong-kind': 'Новина іншого роду',
  'not-happening': 'Про це лише говорять',
  old: 'Стара новина',
  repeated: 'Уже повідомлено',
};

const feedback: AnswerWords['feedback'] = {
  reasons,
  mayNotAcknowledge: 'Ви не можете підтверджувати сповіщення в цьому каналі: для цього потрібне право керувати ним.',
  notHere: 'Цього сповіщення немає в цьому каналі.',
  alreadyAcknowledged: 'Ви його вже підтвердили.',
  at: (at) => ['Коли: ', at],
  acknowledged: 'Підтверджено.',
  neverAlerted: 'Про це сповіщення не було.',
  noAlert: (typed) => `Сповіщення ${echo(typed)} не збережено.`,
  notedReason: (reason) => `Занотовано: ${lowerFirst(reasons[reason])}. Дякуємо.`,
  notedWords: (words) => `Занотовано: ${echo(words)}. Дякуємо.`,
  whatWasWrong: 'Занотовано разом із повідомленнями, на яких воно ґрунтується. Що було хибним?',
};

const status: AnswerWords['status'] = {
  readable: (seen, all) => `Читаються джерела: ${seen} з ${all}`,
  unreadable: (lost, all) => `Не читаються джерела: ${lost} з ${all}`,
  health: { ok: 'читається', waiting: 'чекає', slowed: 'сповільнено', blind: 'не читається', frozen: 'завмерло', gone: 'прибрано' },
  notAsked: 'ще не опитано',
  since: (at) => [' з ', at],
  held: (number, at) => [` (з них ${number} затримано тут тихими годинами до `, at, ')'],
  messages: ({ waiting, held, unknown, dead, version }) => [
    `Повідомлення: чекають ${waiting}`,
    ...held,
    `, доля невідома ${unknown}, не доставлено ${dead}. Версія ${version}.`,
  ],
  away: (at, reason) => [' без з’єднання з ', at, ` · ${reason}; спроби тривають`],
  feedKind: { news: 'новини', mission: 'представництво', register: 'реєстр' },
  every: (minutes) => `кожні ${minutes} хв`,
  terms: (terms) => `умови ${terms === 'private' ? 'приватні' : 'не перевірено'}`,
  feeds: (on, off) => `Джерел увімкнено: ${on}, вимкнено: ${off}`,
  whoAdds: 'Джерела додає той, хто тримає Attaché, у config/feeds.yaml.',
  noDigest: (typed, line) => `Команда «digest» не знає, що таке ${echo(typed)}. За розкладом: ${line}`,
  cannotPost: (why) => `Я ще не можу писати тут: ${why}.`,
  canPost: 'Я можу писати тут.',
  undelivered: (number) =>
    `Досі не вдалося доставити сюди: ${count(number, { one: 'повідомлення', few: 'повідомлення', other: 'повідомлень' })}.`,
  watchesNothing: (line) => `Цей канал ще ні за чим не стежить: ${line}`,
  help: 'Attaché: поради мандрівникам і зміни в посольствах',
  optional: ' (необов’язково)',
  noRegister: 'жодного реєстру порад',
  advice: (issuers) => `поради ${issuers}`,
  noMission: 'жодного джерела представництв',
  missions: (governments) => `представництва ${governments}`,
  noNews: 'жодних новин',
  news: (languages) => `мови новин: ${languages}`,
  notRead: (blind, all) => ` (не читаються ${blind} з ${all})`,
};

const sample: AnswerWords['sample'] = {
  outlet: 'Видання',
  title: 'США переносять посольство в Україні з Києва до Львова',
  summary: 'Вигадане повідомлення: так виглядає сповіщення. Нічого не сталося.',
  mark: 'ЗРАЗОК, нічого не сталося',
};

const gone: AnswerWords['gone'] = {
  removed: (channel, number) =>
    `Attaché вилучено з каналу ${channel}, або канал видалено чи заархівовано: там на паузі ${count(number, { one: 'підписка', few: 'підписки', other: 'підписок' })}`,
  unnamed: (id) => id,
  elsewhere: 'Щоб мати їх в іншому каналі, скажіть там:',
  back: (line) => `У тому самому каналі їх поновить ${line}.`,
};

const platform: AnswerWords['platform'] = {
  failed: 'Не вдалося, і це не через вас: той, хто тримає Attaché, знайде це в журналі.',
  tryAgain: 'Тут щось пішло не так. Спробуйте ще раз за хвилину.',
  notDone: () => 'Не виконано: база даних зараз недоступна. Спробуйте ще раз за хвилину.',
  ownError: 'Не виконано: помилка самого Attaché, її названо в журналі.',
  nowhere: 'Discord не каже, який це канал. Скажіть це в каналі.',
  typeCountry: 'Почніть набирати країну',
  typeCity: 'Почніть набирати місто',
  chooseTopics: 'Виберіть теми',
  chooseOne: 'Виберіть',
  home: {
    title: 'Що отримують ваші канали',
    noScope: 'Мені не видно, у яких каналах ви є: потрібні дозволи channels:read і groups:read.',
    noAnswer: 'Slack зараз не сказав, у яких каналах ви є. Відкрийте цю вкладку ще раз за хвилину.',
    nothing: (line) => `Жоден із ваших каналів ще нічого не відстежує. Наберіть ${line} в одному з них.`,
    more: (number, line) => `І ще ${number}: ${line} покаже це в кожному каналі.`,
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
