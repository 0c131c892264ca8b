/**
 * Translates the reasons for read failures, which are stored in English; patterns match their
 * numbers.
 */

type Translations = readonly [de: string, fr: string, es: string, uk: string];

const order = ['de', 'fr', 'es', 'uk'] as const;

/** The stored English as a pattern, and its translations; `$1` is the captured group. */
const failures: readonly (readonly [RegExp, Translations])[] = [
  [
    /^no such page \(404\)$/,
    ['keine solche Seite (404)', 'page introuvable (404)', 'no existe esa página (404)', 'немає такої сторінки (404)'],
  ],
  [
    /^gone for good \(410\).*$/,
    ['endgültig entfernt (410)', 'supprimée définitivement (410)', 'retirada para siempre (410)', 'прибрано назавжди (410)'],
  ],
  [
    /^the publisher asks to slow down \(429\)$/,
    [
      'der Herausgeber bittet um weniger Abfragen (429)',
      'l’éditeur demande de ralentir (429)',
      'el editor pide menos consultas (429)',
      'видавець просить питати рідше (429)',
    ],
  ],
  [
    /^the publisher is unavailable for now \(503\)$/,
    [
      'der Herausgeber ist derzeit nicht erreichbar (503)',
      'l’éditeur est indisponible pour l’instant (503)',
      'el editor no está disponible por ahora (503)',
      'видавець зараз недоступний (503)',
    ],
  ],
  [
    /^the publisher refuses us \((\d+)\)$/,
    ['der Herausgeber weist uns ab ($1)', 'l’éditeur nous refuse ($1)', 'el editor nos rechaza ($1)', 'видавець нам відмовляє ($1)'],
  ],
  [
    /^the publisher's server fails \((\d+)\)$/,
    [
      'der Server des Herausgebers versagt ($1)',
      'le serveur de l’éditeur est en panne ($1)',
      'falla el servidor del editor ($1)',
      'сервер видавця не працює ($1)',
    ],
  ],
  [
    /^a redirect that leads nowhere \((\d+)\)$/,
    [
      'eine Weiterleitung ohne Ziel ($1)',
      'une redirection sans but ($1)',
      'una redirección sin destino ($1)',
      'переспрямування в нікуди ($1)',
    ],
  ],
  [/^answered (\d+)$/, ['Antwort $1', 'réponse $1', 'respuesta $1', 'відповідь $1']],
  [/^no such host$/, ['Host unbekannt', 'hôte inconnu', 'servidor desconocido', 'невідомий вузол']],
  [
    /^the name cannot be resolved.*$/,
    [
      'der Name lässt sich nicht auflösen (kein Netz?)',
      'nom non résolu (pas de réseau ?)',
      'nombre sin resolver (¿sin red?)',
      'ім’я не знайдено (немає мережі?)',
    ],
  ],
  [/^connection refused$/, ['Verbindung abgelehnt', 'connexion refusée', 'conexión rechazada', 'у з’єднанні відмовлено']],
  [/^the connection broke off$/, ['die Verbindung brach ab', 'la connexion a été coupée', 'la conexión se cortó', 'з’єднання обірвалося']],
  [/^no network$/, ['kein Netz', 'pas de réseau', 'sin red', 'немає мережі']],
  [/^host unreachable$/, ['Host nicht erreichbar', 'hôte injoignable', 'servidor inalcanzable', 'вузол недосяжний']],
  [
    /^its certificate has expired$/,
    ['sein Zertifikat ist abgelaufen', 'son certificat a expiré', 'su certificado ha caducado', 'термін дії сертифіката минув'],
  ],
  [
    /^no secure connection: .*\((\w+)\)$/,
    ['keine sichere Verbindung ($1)', 'connexion non sécurisée ($1)', 'conexión no segura ($1)', 'немає безпечного з’єднання ($1)'],
  ],
  [
    /^no (?:connection|answer) in time$/,
    ['keine Antwort in der Zeit', 'pas de réponse à temps', 'sin respuesta a tiempo', 'немає відповіді вчасно'],
  ],
  [
    /^no whole answer within (\d+) s$/,
    [
      'keine ganze Antwort binnen $1 s',
      'pas de réponse complète en $1 s',
      'sin respuesta completa en $1 s',
      'немає повної відповіді за $1 с',
    ],
  ],
  [/^larger than (.*)$/, ['größer als $1', 'plus grande que $1', 'mayor que $1', 'понад $1']],
  [/^an empty answer$/, ['eine leere Antwort', 'une réponse vide', 'una respuesta vacía', 'порожня відповідь']],
  [
    /^an HTML page instead of a feed.*$/,
    [
      'eine HTML-Seite statt eines Feeds',
      'une page HTML au lieu d’un flux',
      'una página HTML en lugar de un canal',
      'сторінка HTML замість стрічки',
    ],
  ],
  [
    /^redirects in a circle$/,
    ['Weiterleitungen im Kreis', 'redirections en boucle', 'redirecciones en círculo', 'переспрямування по колу'],
  ],
  [
    /^more than (\d+) redirects$/,
    ['mehr als $1 Weiterleitungen', 'plus de $1 redirections', 'más de $1 redirecciones', 'понад $1 переспрямувань'],
  ],
  [/^(?:not a feed|not a valid HTTP answer)$/, ['kein Feed', 'pas un flux', 'no es un canal', 'це не стрічка']],
  [
    /^(Slack|Discord) cannot be reached \((\w+)\); check this machine’s network$/,
    [
      '$1 ist nicht erreichbar ($2); bitte das Netz dieses Rechners prüfen',
      '$1 est injoignable ($2) ; vérifiez le réseau de cette machine',
      'no se llega a $1 ($2); revise la red de esta máquina',
      '$1 недосяжний ($2); перевірте мережу цього комп’ютера',
    ],
  ],
  [
    /^Discord’s gateway answers (\d+); its state is told at discordstatus\.com$/,
    [
      'Discords Gateway antwortet $1; wie es darum steht, sagt discordstatus.com',
      'la passerelle de Discord répond $1 ; son état : discordstatus.com',
      'la pasarela de Discord responde $1; su estado: discordstatus.com',
      'шлюз Discord відповідає $1; його стан: discordstatus.com',
    ],
  ],
  [
    /^cannot connect to Slack \((\w+)\); its state is told at slack-status\.com$/,
    [
      'keine Verbindung zu Slack ($1); wie es darum steht, sagt slack-status.com',
      'pas de connexion à Slack ($1) ; son état : slack-status.com',
      'sin conexión con Slack ($1); su estado: slack-status.com',
      'немає з’єднання зі Slack ($1); його стан: slack-status.com',
    ],
  ],
];

/** Gaps in a register: a number, and the names of the countries concerned. */
const gapPatterns: readonly (readonly [RegExp, Translations])[] = [
  [
    /^(\d+) rows? missing from the list: (.*) \(unknown, not all clear\)$/,
    [
      'fehlen in der Liste: $1 ($2; unbekannt, keine Entwarnung)',
      'absents de la liste : $1 ($2 ; inconnu, pas « tout va bien »)',
      'faltan en la lista: $1 ($2; desconocido, no significa que todo esté bien)',
      'бракує у списку: $1 ($2; невідомо, це не означає спокою)',
    ],
  ],
  [
    /^(\d+) pages? not read: (.*)$/,
    ['Seiten nicht gelesen: $1 ($2)', 'pages non lues : $1 ($2)', 'páginas sin leer: $1 ($2)', 'сторінки не прочитано: $1 ($2)'],
  ],
  [
    /^levels of (\d+) of (\d+) countries still to be read$/,
    [
      'noch zu lesen: Stufen von $1 der $2 Länder',
      'reste à lire : les niveaux de $1 pays sur $2',
      'por leer: los niveles de $1 de $2 países',
      'ще прочитати: рівні $1 з $2 країн',
    ],
  ],
];
const andMore: Translations = ['und $1 weitere', 'et $1 de plus', 'y $1 más', 'і ще $1'];

/** Returns the reason in the language, or unchanged if there is no translation. */
export function failureIn(language: string, reason: string): string {
  return translate(language, reason, failures);
}

/**
 * Translates a gap of a source that is otherwise readable; gaps are stored in English.
 * @param countryIn translates a country's English name into that language
 */
export function unknownIn(language: string, unknown: string, countryIn: (english: string) => string): string {
  if (!order.some((one) => one === language.slice(0, 2))) return unknown;
  const entry = (words: string): string => {
    const [, name = words, reason] = /^(\S+) \((.*)\)$/.exec(words) ?? [];
    return reason === undefined ? countryIn(name) : `${name} (${failureIn(language, reason)})`;
  };
  const names = (list: string): string => {
    const [, listed = list, more] = /^(.*) and (\d+) more$/.exec(list) ?? [];
    const rest = more === undefined ? [] : [translate(language, more, [[/^(.*)$/, andMore]])];
    return [listed.split(', ').map(entry).join(', '), ...rest].join(' ');
  };
  const parts = unknown.split('; ').map((part) => {
    const known = gapPatterns.find(([pattern]) => pattern.test(part));
    return known ? translate(language, part.replace(/(?<=: ).*?(?= \(unknown, not all clear\)$|$)/, names), [known]) : part;
  });
  return parts.join('; ');
}

function translate(language: string, text: string, table: readonly (readonly [RegExp, Translations])[]): string {
  const at = order.findIndex((one) => one === language.slice(0, 2));
  const known = at < 0 ? undefined : table.find(([pattern]) => pattern.test(text));
  return known ? text.replace(known[0], known[1][at] ?? text) : text;
}
