/** Commands and options as people of other languages find them where a platform shows a list; what is typed keeps its one English form. */
import type { CommandSpec, Language, LocalName } from '../message.ts';

type Named = readonly [name: string, description: string];

interface NamesOf {
  readonly commands: Readonly<Record<string, Named>>;
  /** An option means the same in every command. */
  readonly options: Readonly<Record<string, Named>>;
}

const french: NamesOf = {
  commands: {
    subscribe: ['abonner', 'Alertes pour des lieux dans ce salon'],
    preview: ['aperçu', 'Ce qu’une règle aurait retenu en 30 jours, sans abonnement'],
    list: ['liste', 'Ce que reçoit ce salon'],
    unsubscribe: ['désabonner', 'Met fin à un abonnement de ce salon'],
    mute: ['muet', 'Met un lieu ou un événement en sourdine un certain temps ; un nouveau critique passe'],
    settings: ['réglages', 'Comment ce salon reçoit ses alertes : fuseau, heures calmes, résumé'],
    pause: ['pause', 'Plus d’alertes dans ce salon jusqu’à la reprise'],
    resume: ['reprendre', 'De nouveau des alertes'],
    country: ['pays', 'Conseils de chaque gouvernement, état des représentations, événements'],
    embassy: ['ambassade', 'Une représentation : d’où elle travaille, depuis quand, selon qui'],
    latest: ['dernières', 'Les derniers événements'],
    search: ['chercher', 'Événements contenant ces mots'],
    why: ['pourquoi', 'Pourquoi une alerte est partie, ou où une information s’est arrêtée'],
    ack: ['confirmer', 'Confirme une alerte : on voit sous elle qui l’a vue'],
    wrong: ['faux', 'Dit qu’une alerte était fausse'],
    digest: ['résumé', 'Un résumé des dernières 24 heures, maintenant'],
    test: ['essai', 'Un exemple d’alerte, marqué, pour vous seul'],
    check: ['vérifier', 'Si Attaché peut écrire dans ce salon'],
    status: ['état', 'Ce qui est lisible, ce qui ne l’est pas, depuis quand'],
    feeds: ['sources', 'Chaque source avec son état et ses conditions'],
    help: ['aide', 'Ce que l’on peut demander'],
  },
  options: {
    places: ['lieux', 'Pays ou régions, ou everywhere (partout)'],
    about: ['sujets', 'Sujets comme embassy-moves, evacuations, borders ; ou everything (tout)'],
    from: ['de', 'Seulement les représentations et conseils de ces gouvernements'],
    min: ['min', 'À partir de cette gravité'],
    with: ['avec', 'Seulement avec ces mots'],
    without: ['sans', 'Sans ces mots'],
    id: ['numéro', 'Son numéro, ou all (tous)'],
    what: ['quoi', 'Un pays, ou l’identifiant d’une alerte ; avec off pour y mettre fin'],
    for: ['durée', 'Par exemple 6h, 3d ou 2w ; 24 heures par défaut'],
    zone: ['fuseau', 'Fuseau horaire, comme Europe/Kyiv'],
    language: ['langue', 'Langue de nos propres mots'],
    quiet: ['calme', 'Heures calmes comme 23-07, ou off ; le critique passe'],
    digest: ['résumé', 'daily 08:00, weekly mon 07:30, cron …, ou off'],
    map: ['carte', 'Un lien vers une carte sous les alertes'],
    ping: ['mention', 'Qui une alerte critique mentionne : un rôle ou une personne, ou off'],
    escalate: ['escalade', 'Qui appeler si personne ne prend acte d’une alerte critique : 15m et un rôle, ou off'],
    place: ['lieu', 'Un pays ou une région'],
    government: ['gouvernement', 'De qui est la représentation'],
    in: ['dans', 'Dans quel pays'],
    words: ['mots', 'Mots à chercher'],
    alert: ['alerte', 'L’identifiant de l’alerte, au bas de celle-ci'],
    reason: ['raison', 'Ce qui était faux, en vos mots'],
    when: ['quand', 'now (maintenant)'],
    command: ['commande', 'Une des commandes, pour ses options'],
  },
};

const spanish: NamesOf = {
  commands: {
    subscribe: ['suscribir', 'Alertas sobre lugares en este canal'],
    preview: ['avance', 'Lo que una regla habría recogido en 30 días, sin suscribirse'],
    list: ['lista', 'Lo que recibe este canal'],
    unsubscribe: ['cancelar', 'Termina una suscripción de este canal'],
    mute: ['silenciar', 'Silencia un lugar o suceso un tiempo; un nuevo crítico pasa'],
    settings: ['ajustes', 'Cómo recibe este canal sus alertas: zona, horas de silencio, resumen'],
    pause: ['pausa', 'Sin alertas en este canal hasta reanudar'],
    resume: ['reanudar', 'Alertas de nuevo'],
    country: ['país', 'Recomendaciones de cada gobierno, estado de las representaciones, sucesos'],
    embassy: ['embajada', 'Una representación: desde dónde trabaja, desde cuándo, según quién'],
    latest: ['últimas', 'Los últimos sucesos'],
    search: ['buscar', 'Sucesos con estas palabras'],
    why: ['porqué', 'Por qué se envió una alerta, o dónde se detuvo una noticia'],
    ack: ['confirmar', 'Confirma una alerta: debajo se ve quién la vio'],
    wrong: ['error', 'Dice que una alerta era errónea'],
    digest: ['resumen', 'Un resumen de las últimas 24 horas, ahora'],
    test: ['prueba', 'Una alerta de muestra, marcada, solo para usted'],
    check: ['comprobar', 'Si Attaché puede escribir en este canal'],
    status: ['estado', 'Qué se puede leer, qué no, desde cuándo'],
    feeds: ['fuentes', 'Cada fuente con su estado y sus condiciones'],
    help: ['ayuda', 'Lo que se puede preguntar'],
  },
  options: {
    places: ['lugares', 'Países o regiones, o everywhere (en todas partes)'],
    about: ['temas', 'Temas como embassy-moves, evacuations, borders; o everything (todo)'],
    from: ['de', 'Solo representaciones y recomendaciones de estos gobiernos'],
    min: ['mín', 'Desde esta gravedad'],
    with: ['con', 'Solo con estas palabras'],
    without: ['sin', 'Sin estas palabras'],
    id: ['número', 'Su número, o all (todas)'],
    what: ['qué', 'Un país, o el identificador de una alerta; con off para terminar'],
    for: ['durante', 'Cuánto, como 6h, 3d o 2w; 24 horas si no se dice'],
    zone: ['zona', 'Zona horaria, como Europe/Kyiv'],
    language: ['idioma', 'Idioma de nuestras propias palabras'],
    quiet: ['silencio', 'Horas de silencio como 23-07, u off; lo crítico pasa'],
    digest: ['resumen', 'daily 08:00, weekly mon 07:30, cron …, u off'],
    map: ['mapa', 'Un enlace a un mapa bajo las alertas'],
    ping: ['mención', 'A quién menciona una alerta crítica: un rol o una persona, u off'],
    escalate: ['escalar', 'A quién llamar si nadie confirma una alerta crítica: 15m y un rol, u off'],
    place: ['lugar', 'Un país o una región'],
    government: ['gobierno', 'De quién es la representación'],
    in: ['en', 'En qué país'],
    words: ['palabras', 'Palabras que buscar'],
    alert: ['alerta', 'El identificador de la alerta, a su pie'],
    reason: ['motivo', 'Qué era erróneo, en sus palabras'],
    when: ['cuándo', 'now (ahora)'],
    command: ['orden', 'Una de las órdenes, para ver sus opciones'],
  },
};

const german: NamesOf = {
  commands: {
    subscribe: ['abonnieren', 'Meldungen zu Orten in diesem Kanal'],
    preview: ['vorschau', 'Was eine Regel in 30 Tagen gemeldet hätte, ohne Abo'],
    list: ['liste', 'Was dieser Kanal bekommt'],
    unsubscribe: ['abbestellen', 'Beendet ein Abo dieses Kanals'],
    mute: ['stumm', 'Schaltet einen Ort oder ein Ereignis eine Zeit stumm; neues Kritisches kommt durch'],
    settings: ['einstellungen', 'Wie dieser Kanal Meldungen bekommt: Zeitzone, Ruhezeiten, Überblick'],
    pause: ['pause', 'Keine Meldungen in diesem Kanal, bis es weitergeht'],
    resume: ['weiter', 'Wieder Meldungen'],
    country: ['land', 'Hinweise aller Regierungen, Stand der Vertretungen, offene Ereignisse'],
    embassy: ['botschaft', 'Eine Vertretung: von wo sie arbeitet, seit wann, laut wem'],
    latest: ['neueste', 'Die neuesten Ereignisse'],
    search: ['suche', 'Ereignisse mit diesen Wörtern'],
    why: ['warum', 'Warum eine Meldung kam, oder wo eine Nachricht stehen blieb'],
    ack: ['bestätigen', 'Bestätigt eine Meldung: darunter steht, wer sie gesehen hat'],
    wrong: ['falsch', 'Sagt, dass eine Meldung falsch war'],
    digest: ['überblick', 'Ein Überblick über die letzten 24 Stunden, jetzt'],
    test: ['probe', 'Eine gekennzeichnete Beispielmeldung, nur für Sie'],
    check: ['prüfen', 'Ob Attaché in diesem Kanal schreiben kann'],
    status: ['status', 'Was lesbar ist, was nicht, seit wann'],
    feeds: ['quellen', 'Jede Quelle mit Zustand und Bedingungen'],
    help: ['hilfe', 'Was man fragen kann'],
  },
  options: {
    places: ['orte', 'Länder oder Regionen, oder everywhere (überall)'],
    about: ['themen', 'Themen wie embassy-moves, evacuations, borders; oder everything (alles)'],
    from: ['von', 'Nur Vertretungen und Hinweise dieser Regierungen'],
    min: ['ab', 'Ab dieser Schwere'],
    with: ['mit', 'Nur mit diesen Wörtern'],
    without: ['ohne', 'Nicht mit diesen Wörtern'],
    id: ['nummer', 'Seine Nummer, oder all (alle)'],
    what: ['was', 'Ein Land oder die Kennung einer Meldung; mit off zum Beenden'],
    for: ['dauer', 'Wie lange, etwa 6h, 3d oder 2w; sonst 24 Stunden'],
    zone: ['zeitzone', 'Zeitzone, etwa Europe/Kyiv'],
    language: ['sprache', 'Sprache unserer eigenen Wörter'],
    quiet: ['ruhe', 'Ruhezeiten wie 23-07, oder off; Kritisches kommt durch'],
    digest: ['überblick', 'daily 08:00, weekly mon 07:30, cron …, oder off'],
    map: ['karte', 'Ein Link auf eine Karte unter Meldungen'],
    ping: ['erwähnen', 'Wen eine kritische Meldung erwähnt: Rolle oder Person, oder off'],
    escalate: ['eskalieren', 'Wen rufen, wenn niemand eine kritische Meldung quittiert: 15m und Rolle, oder off'],
    place: ['ort', 'Ein Land oder eine Region'],
    government: ['regierung', 'Wessen Vertretung'],
    in: ['in', 'In welchem Land'],
    words: ['wörter', 'Gesuchte Wörter'],
    alert: ['meldung', 'Die Kennung der Meldung, an ihrem Fuß'],
    reason: ['grund', 'Was falsch war, in eigenen Worten'],
    when: ['wann', 'now (jetzt)'],
    command: ['befehl', 'Einer der Befehle, um seine Optionen zu sehen'],
  },
};

const ukrainian: NamesOf = {
  commands: {
    subscribe: ['підписатися', 'Сповіщення про місця в цьому каналі'],
    preview: ['перегляд', 'Що впіймало б правило за 30 днів, без підписки'],
    list: ['список', 'Що отримує цей канал'],
    unsubscribe: ['відписатися', 'Завершує підписку цього каналу'],
    mute: ['стишити', 'Стишує місце чи подію на якийсь час; нове критичне проходить'],
    settings: ['налаштування', 'Як цей канал отримує сповіщення: пояс, тихі години, дайджест'],
    pause: ['пауза', 'Жодних сповіщень у цьому каналі до поновлення'],
    resume: ['поновити', 'Знову сповіщення'],
    country: ['країна', 'Поради кожного уряду, стан представництв, відкриті події'],
    embassy: ['посольство', 'Одне представництво: звідки працює, відколи, за чиїми словами'],
    latest: ['останні', 'Останні події'],
    search: ['пошук', 'Події з цими словами'],
    why: ['чому', 'Чому надіслано сповіщення або де зупинилася новина'],
    ack: ['підтвердити', 'Підтверджує сповіщення: під ним видно, хто його бачив'],
    wrong: ['помилка', 'Каже, що сповіщення хибне'],
    digest: ['дайджест', 'Дайджест останніх 24 годин, зараз'],
    test: ['проба', 'Позначений зразок сповіщення, лише для вас'],
    check: ['перевірити', 'Чи може Attaché писати в цьому каналі'],
    status: ['стан', 'Що читається, що ні, відколи'],
    feeds: ['джерела', 'Кожне джерело з його станом та умовами'],
    help: ['довідка', 'Що можна запитати'],
  },
  options: {
    places: ['місця', 'Країни чи регіони, або everywhere (усюди)'],
    about: ['теми', 'Теми: embassy-moves, evacuations, borders; або everything (усе)'],
    from: ['від', 'Лише представництва й поради цих урядів'],
    min: ['від-рівня', 'Від цієї серйозності'],
    with: ['зі-словами', 'Лише з цими словами'],
    without: ['без-слів', 'Без цих слів'],
    id: ['номер', 'Її номер, або all (усі)'],
    what: ['що', 'Країна або код сповіщення; з off, щоб завершити'],
    for: ['на-час', 'Як довго: 6h, 3d чи 2w; інакше 24 години'],
    zone: ['пояс', 'Часовий пояс, наприклад Europe/Kyiv'],
    language: ['мова', 'Мова наших власних слів'],
    quiet: ['тиша', 'Тихі години, як 23-07, або off; критичне проходить'],
    digest: ['дайджест', 'daily 08:00, weekly mon 07:30, cron …, або off'],
    map: ['мапа', 'Посилання на мапу під сповіщеннями'],
    ping: ['згадка', 'Кого згадує критичне сповіщення: роль чи особу, або off'],
    escalate: ['ескалація', 'Кого кликати, якщо ніхто не підтвердив критичне: 15m і роль, або off'],
    place: ['місце', 'Країна чи регіон'],
    government: ['уряд', 'Чиє представництво'],
    in: ['у', 'У якій країні'],
    words: ['слова', 'Шукані слова'],
    alert: ['сповіщення', 'Код сповіщення, внизу нього'],
    reason: ['причина', 'Що було хибним, вашими словами'],
    when: ['коли', 'now (зараз)'],
    command: ['команда', 'Одна з команд, щоб побачити її параметри'],
  },
};

const tables = { fr: french, es: spanish, de: german, uk: ukrainian } as const satisfies Partial<Record<Language, NamesOf>>;

/** The command with its names in our other languages. */
export function withLocalNames<Command extends CommandSpec>(command: Command): Command {
  const options = command.options.map((option) => ({ ...option, local: namesIn('options', option.name) }));
  return { ...command, options, local: namesIn('commands', command.name) };
}

function namesIn(table: keyof NamesOf, key: string): Readonly<Partial<Record<Language, LocalName>>> {
  const found = Object.entries<NamesOf>(tables).flatMap(([language, names]) => {
    const named = names[table][key];
    return named ? [[language, { name: named[0], description: named[1] }] as const] : [];
  });
  return Object.fromEntries(found);
}
