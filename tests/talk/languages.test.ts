/** Every command in a channel of each language: what comes back is in that language, and fits both platforms. */
import { describe, expect, test } from 'vitest';
import { renderDiscord } from '../../adapters/discord/render.ts';
import { formOf } from '../../adapters/slack/form.ts';
import { renderSlack } from '../../adapters/slack/render.ts';
import { formsOf } from '../../src/i18n/forms.ts';
import { languages, speechIn } from '../../src/i18n/speech.ts';
import type { AnswerWords } from '../../src/i18n/words.ts';
import { topics } from '../../src/kinds.ts';
import type { Answer, ButtonAct, ChatMessage, Line } from '../../src/message.ts';
import type { AdviceEntry, PostureEntry } from '../../src/model/ledger.ts';
import { commands } from '../../src/talk/commands.ts';
import { messageViolations } from '../support/discord/limits.ts';
import { blockViolations, viewViolations } from '../support/slack/limits.ts';
import { channel, day, event, feeds, finding, hour, keep, lane, start, textOf } from '../support/talk.ts';

const read = { since: start - 20 * day, readAt: start, source: 'MFA', url: 'https://advice.example/ua' } as const;
const advice: AdviceEntry = {
  ...read,
  kind: 'advice',
  issuer: 'US',
  country: 'UA',
  level: 4,
  nativeText: '',
  regional: [],
  tier: 'official',
};
const posture: PostureEntry = {
  ...read,
  kind: 'posture',
  sender: 'US',
  host: 'UA',
  posture: 'relocated',
  eventId: 'e1aaaa',
  tier: 'media',
};
const moved: PostureEntry = { ...posture, sender: 'GB', to: { name: 'Lviv', country: 'UA' }, tier: 'official' };

/** Said one after the other; each line below changes what the next ones find. */
const script: readonly string[] = [
  ...['help', 'help subscribe', 'help settings', 'help mute', 'help latest', 'help nonsense', 'nonsense', 'ukraine', 'list', 'check'],
  ...['digest', 'digest tomorrow', 'unsubscribe 1', 'subscribe', 'embassy US', 'search', 'why', 'ack', 'wrong'],
  ...['subscribe Ukraine from Russia about diplomacy, borders with "airspace" without "drill"', 'subscribe Nigr', 'subscribe Qqqq'],
  ...['subscribe Congo', 'subscribe Ukraine from Qqqq', 'subscribe Ukraine about football', 'subscribe Ukraine about "', 'subscribe ,'],
  ...[
    'subscribe Ukraine min 9',
    'subscribe Ukraine with ","',
    'subscribe Ukraine with a b c d e f g h i j k l',
    'subscribe Ukraine from ,',
  ],
  ...['subscribe everywhere', 'subscribe everywhere', 'subscribe Mali min critical', 'subscribe Chad, Mali about everything', 'list'],
  ...[
    'preview Sahel about evacuations min info',
    'preview everywhere',
    'digest',
    'unsubscribe 77',
    'unsubscribe Mali',
    'unsubscribe Ghana',
  ],
  ...['pause', 'subscribe Niger', 'settings', 'resume', 'resume', 'unsubscribe 2,4', 'unsubscribe 1', 'list please'],
  ...['settings zone Mars/Base', 'settings zone Europe/Ky', 'settings language xx', 'settings quiet night', 'settings quiet 23-07'],
  ...['settings digest sometimes', 'settings digest cron */5 * * * *', 'settings digest cron 99 * * * *', 'settings digest daily 08:00'],
  ...['settings map perhaps', 'settings map on', 'settings ping everyone', 'settings ping <@U12345>', 'settings escalate soon'],
  ...['settings escalate 15m <@U12345>', 'settings zone Europe/Kyiv', 'settings', 'status', 'feeds', 'check', 'test'],
  ...['mute', 'mute Narnia', 'mute Chad, Mali', 'mute Ukraine 9y', 'mute Ukraine off', 'mute Ukraine 24h', 'mute e1aaaa 24h', 'mute e2 3d'],
  ...['mute', 'list', 'mute Ukraine off', 'unmute all', 'unmute all', 'mute Chad 2h', 'unmute Chad', 'mute e'],
  ...[
    'country Ukraine',
    'country Chad',
    'country Sahel',
    'country Narnia',
    'embassy US in Ukraine',
    'embassy UK in Ukraine',
    'embassy FR in Mali',
  ],
  ...[
    'latest',
    'latest Ukraine',
    'latest 1',
    'latest Chad airspace',
    'search embassy',
    'search zebra',
    'why e1aaaa',
    'why e3aaaa',
    'why nope',
  ],
  ...[
    'why item-dropped',
    'why e',
    'ack nope',
    'ack e1aaaa',
    'wrong nope',
    'wrong e1aaaa',
    'wrong e1aaaa old',
    'wrong e1aaaa perhaps a drill',
  ],
  ...['unsubscribe all', 'list'],
];

const presses: readonly (readonly [ButtonAct, string])[] = [
  ['mute', 'e1aaaa@1'],
  ['mute', 'gone@1'],
  ['acknowledge', 'e1aaaa@1'],
  ['why', 'e1aaaa@1'],
  ['wrong', 'e1aaaa@1'],
];

async function answersIn(language: string): Promise<readonly (readonly [said: string, answer: Answer])[]> {
  const { say, talk, store, pick } = channel({
    connections: () => [{ name: 'discord', since: start - hour, refused: '502', forGood: false }],
    healthOf: (feed) => ({ state: feed.id === 'courier' ? 'blind' : 'ok', since: start - day }),
  });
  const events = ['e1aaaa', 'e2aaaa'].map((id) => event(id, { alertedRevision: 1 }));
  const local = event('e3aaaa', { finding: finding({ confidence: 0.5, hosts: ['ML'], temporary: true }), state: 'lifted', revision: 2 });
  await keep(store, [...events, local], [advice, posture, moved]);
  const item = { id: 'item-dropped', feedId: 'courier', url: '', title: 'Zzz', summary: '', fetchedAt: start };
  await store.recordSeen([{ story: { item, source: 'Courier', tier: 'media', feedKind: 'news', baseline: false }, dropped: 'routine' }]);
  await say(`settings language ${language}`);
  const answers: (readonly [string, Answer])[] = [];
  for (const line of script) answers.push([line, await say(line)]);
  const who = { platform: 'slack', lane, user: 'U1' } as const;
  for (const mayChange of [true, false])
    for (const [act, value] of presses) answers.push([`[${act} ${value}]`, await talk.onButton({ ...who, act, value, mayChange })]);
  const blocked = { ...who, mayChange: true, cannotPost: { missing: ['Embed Links'] }, cannotPing: { role: 'duty' } } as const;
  answers.push(['check, where it cannot post', await talk.onCommand({ ...blocked, input: { line: 'check' } })]);
  answers.push(['subscribe, where it cannot post', await talk.onCommand({ ...blocked, input: { line: 'subscribe Sudan' } })]);
  answers.push([
    'settings with a role that it may not mention',
    await talk.onCommand({ ...blocked, input: { line: 'settings ping <@&61>' } }),
  ]);
  answers.push(['check, uninvited', await talk.onCommand({ ...blocked, cannotPost: 'not invited', input: { line: 'check' } })]);
  answers.push(['pause, by one who may not', await say('pause', { mayChange: false })]);
  answers.push(['map in a terminal', await pick('settings', { map: 'on' }, { platform: 'terminal' })]);
  return answers;
}

/** Commands, options and values by the names that are typed; names of sources and licences. */
const typed = new RegExp(
  [
    '^(?:from|with|without|about|alert)  ',
    String.raw`\b(?:everywhere|everything|${topics.join('|')})\b`,
    feeds.map(({ id, source, licence }) => `${id} ${source}|${source}|${licence}`).join('|'),
  ].join('|'),
  'gm',
);

/** What we say: without the titles of sources, and without what stays as it is typed. */
function ourWords(message: ChatMessage): string {
  const own = (line: Line) => line.filter((part) => typeof part === 'string' || 'strong' in part);
  const sections = message.sections.map(({ title, lines }) => ({ title, lines: lines.map(own) }));
  return textOf({ ...message, lines: message.lines.map(own), sections, footer: message.footer.map(own) })
    .replaceAll(/\/attache [^\n.;]*/g, '')
    .replaceAll(/“[^”]*”|«[^»]*»|„[^“]*“/g, '')
    .replaceAll(typed, '');
}

/** Words that no other language of ours has, but French "source" and German "was". */
const english =
  /\b(?:the|this|channel|are|and|nothing|here|since|until|cannot|you|your|its|only|there|that|could|been|known|read|alerts?|events?|of|by|is|has|for example|such as|muted|level|subscription|watch(?:es|ing)?|undo|show|again|yet|like|not|with|from|about)\b/gi;

describe.each(languages.filter((language) => language !== 'en'))('answers in %s', (language) => {
  test('none holds an English sentence, and each fits Slack and Discord', async () => {
    const wrong: string[] = [];
    const inEnglish = new Map(await answersIn('en'));
    for (const [said, { message }] of await answersIn(language)) {
      const found = ourWords(message).match(english) ?? [];
      if (found.length > 0) wrong.push(`${said}: ${found.join(', ')} in ${ourWords(message)}`);
      if (message.language !== language) wrong.push(`${said}: in ${message.language}`);
      if (message.headline === inEnglish.get(said)?.message.headline) wrong.push(`${said}: ${message.headline}`);
      wrong.push(...blockViolations({ ...renderSlack(message) }).map((one) => `${said} on Slack: ${one}`));
      wrong.push(...messageViolations({ ...renderDiscord(message) }).map((one) => `${said} on Discord: ${one}`));
    }
    expect(wrong).toEqual([]);
  });

  test('commands, options and forms are described in it, within Discord’s and Slack’s limits', async () => {
    const described = commands
      .flatMap((command) => [command, ...command.options])
      .map(({ name, local }) => [name, local?.[language]] as const);
    expect(described.filter(([, named]) => !named || named.name.length > 32 || named.description.length > 100)).toEqual([]);
    const place = { command: 'embassy', channel: 'C1', responseUrl: 'https://hooks.slack.com/1', locale: language };
    const asked = (await answersIn(language)).flatMap(([, { asks, message }]) => (asks ? [{ asks, message }] : []));
    expect(asked.length).toBeGreaterThan(10);
    for (const { asks, message } of asked) {
      const spec = commands.find(({ name }) => name === asks.command);
      const form = spec && formOf(spec, asks, place, message.language);
      expect(form && viewViolations({ ...form })).toEqual([]);
      expect(JSON.stringify(form)).not.toMatch(/Begin to|Choose|Countries or|Only |Not with/);
    }
  });

  test('each text differs from the English one', () => {
    const ours = new Map(textsOf(speechIn(language).answers));
    const same = textsOf(speechIn('en').answers).filter(([key, text]) => ours.get(key) === text && /[a-z]{3}/i.test(text));
    expect(same.map(([key]) => key)).toEqual([]);
  });
});

/** Texts without parameters, by their path. */
function textsOf(table: object, path = ''): (readonly [string, string])[] {
  return Object.entries(table).flatMap(([key, value]): (readonly [string, string])[] => {
    if (typeof value === 'string') return [[`${path}${key}`, value]];
    return typeof value === 'object' && value !== null ? textsOf(value, `${path}${key}.`) : [];
  });
}

test('what a library or the detector says by an English word is said in the channel’s language as well', async () => {
  const said = new Map((await answersIn('de')).map(([line, { message }]) => [line, textOf(message)]));
  expect(said.get('why e1aaaa')).toContain('Regel relocation: Handelnder „US“.');
  expect(said.get('settings digest cron 99 * * * *')).toMatch(/fünf Felder .* einen wirklichen Zeitpunkt nennen\.$/);
});

test('a text that a language lacks does not compile', () => {
  const { nothing, ...lacking } = speechIn('fr').answers.muting;
  // @ts-expect-error the compiler is the test: without an error here `npm run check` fails
  const muting: AnswerWords['muting'] = lacking;
  expect(muting.nothing ?? nothing).toBe(nothing);
});

describe('forms', () => {
  test('Ukrainian numbers take the form that they ask for', () => {
    const { subscriptions } = speechIn('uk').answers.subscribing;
    expect([1, 2, 5, 11, 21, 22, 25].map(subscriptions)).toEqual([
      '1 підписка',
      '2 підписки',
      '5 підписок',
      '11 підписок',
      '21 підписка',
      '22 підписки',
      '25 підписок',
    ]);
  });

  test('a list that is too long counts its rest, by the rules of its language', () => {
    const { list } = formsOf({ locale: 'fr', more: (number) => `${number} autres`, quoted: (text) => text });
    expect(list(['a', 'b', 'c'])).toBe('a, b et c');
    expect(list(['a', 'b', 'c', 'd', 'e'], 4)).toBe('a, b et 3 autres');
  });

  test('a command is understood in English whatever the language of the channel', async () => {
    const { say } = channel();
    await say('settings language uk');
    expect((await say('subscribe Ukraine')).message.headline).toContain('Підписку створено: Україна');
  });
});
