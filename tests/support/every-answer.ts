/** Every command in a channel of one language, with what it answers: what tests of languages look through. */
import { topics } from '../../src/kinds.ts';
import type { Answer, ButtonAct } from '../../src/message.ts';
import type { AdviceEntry, PostureEntry } from '../../src/model/ledger.ts';
import { channel, day, event, feeds, finding, hour, keep, lane, start } from './talk.ts';

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

/** What can be wrong with a source, in the words that are noted of it. */
const troubles: Readonly<Record<string, { readonly reason?: string; readonly unknown?: string }>> = {
  courier: { reason: 'no answer in time' },
  'us-advice': {
    unknown:
      '5 rows missing from the list: Germany, Spain, Poland, Egypt and 1 more (unknown, not all clear); 1 page not read: germany (no answer in time); levels of 3 of 226 countries still to be read',
  },
};

const presses: readonly (readonly [ButtonAct, string])[] = [
  ['mute', 'e1aaaa@1'],
  ['mute', 'gone@1'],
  ['acknowledge', 'e1aaaa@1'],
  ['why', 'e1aaaa@1'],
  ['wrong', 'e1aaaa@1'],
];

export async function answersIn(language: string): Promise<readonly (readonly [said: string, answer: Answer])[]> {
  const { say, talk, store, pick } = channel({
    connections: () => [
      {
        name: 'discord',
        since: start - hour,
        refused: 'Discord’s gateway answers 502; its state is told at discordstatus.com',
        forGood: false,
      },
    ],
    healthOf: (feed) => ({ state: feed.id === 'courier' ? 'blind' : 'ok', since: start - day, ...troubles[feed.id] }),
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
export const typed = new RegExp(
  [
    '^(?:from|with|without|about|alert)  ',
    String.raw`\b(?:everywhere|everything|${topics.join('|')})\b`,
    feeds.map(({ id, source, licence }) => `${id} ${source}|${source}|${licence}`).join('|'),
  ].join('|'),
  'gm',
);
