/** All that Attaché says to a channel of another language, as each platform shows it: no sentence of ours is left in English. */
import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { renderDiscord } from '../../adapters/discord/render.ts';
import { homeOf } from '../../adapters/slack/home.ts';
import { renderSlack } from '../../adapters/slack/render.ts';
import { createTerminal } from '../../adapters/terminal/platform.ts';
import { watchStore, withErrorAnswers } from '../../src/app-store.ts';
import { languages } from '../../src/i18n/speech.ts';
import { kinds } from '../../src/kinds.ts';
import { type ChatMessage, plainText } from '../../src/message.ts';
import type { Alert } from '../../src/model/alert.ts';
import type { AlertKind, NewsEvent, SourceRef } from '../../src/model/event.ts';
import type { Finding } from '../../src/model/finding.ts';
import { alertMessage } from '../../src/phrase/alert.ts';
import { digestMessage } from '../../src/phrase/digest.ts';
import { escalationMessage } from '../../src/phrase/escalation.ts';
import { headlineOf, type PhraseContext } from '../../src/phrase/headline.ts';
import { offlineMessage, outageMessage } from '../../src/phrase/outage.ts';
import { noteMessage } from '../../src/phrase/update-note.ts';
import { StoreUnavailable } from '../../src/ports/store.ts';
import { bundle } from '../../src/send/bundle.ts';
import { withAcks, withLateness, withLinkToOriginal, withMap, withPossibleDuplicate, withSubscriptionIds } from '../../src/send/footer.ts';
import { createDigests } from '../../src/talk/digests.ts';
import { createEscalations } from '../../src/talk/escalations.ts';
import { answersIn, typed } from '../support/every-answer.ts';
import { shippedConfig } from '../support/project.ts';
import { channel, day, event, finding, hour, lane, start, textOf } from '../support/talk.ts';

/** Words that none of our other languages has. Names of sources and quoted titles are made of other letters here. */
const english =
  /\b(?:the|this|that|these|there|here|of|and|is|are|were|be|been|has not|have|it|its|they|them|you|your|who|whom|what|which|when|where|while|with|without|from|into|by|to|for|about|after|before|until|since|again|yet|only|other|another|each|every|any|some|nobody|nothing|cannot|could|should|would|will|not|known|read|reported|sources?|channels?|alerts?|events?|muted|watch(?:es|ing)?|level|cities|countries|people|staff|closes?|moves?|update|note|new|changed|official|unknown|show|more)\b/giu;
/** What French shares with English. */
const french = /^(?:source|sources|note)$/i;

const { places } = shippedConfig();
const source = (id: string, more: Partial<SourceRef> = {}): SourceRef => ({
  itemId: id,
  feedId: 'zzyx',
  source: 'Zzyx',
  tier: 'media',
  title: `Qwxz ${id}`,
  summary: 'Vwrx pqzt',
  url: `https://zzyx.example/${id}`,
  publishedAt: start - 5 * hour,
  seenAt: start,
  ...more,
});

function eventOf(slots: Partial<Finding>, more: Partial<NewsEvent> = {}): NewsEvent {
  const sources = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((id) => source(id));
  return event('e1aaaa', { finding: finding({ temporary: true, people: 1200, ...slots }), sources, revision: 2, ...more });
}

const previous = finding({ severity: 2, hosts: ['ML'], kind: 'evacuation' });
const changes: readonly AlertKind[] = ['new', 'update', 'correction', 'lifted'];
const statuses = ['happening', 'planned', 'considered', 'denied', 'historic', 'followup'] as const;
const directions = ['issued', 'raised', 'lowered', 'reissued', 'text-changed'] as const;

function alerts(context: PhraseContext): readonly Alert[] {
  const acts = [{ kind: 'embassy-closure', status: 'happening', finding: finding({ kind: 'embassy-closure' }) }] as const;
  const official = [...eventOf({}).sources, source('i', { tier: 'official' })];
  const events = [
    ...kinds.flatMap((kind) => statuses.map((status) => eventOf({ kind, status }))),
    ...kinds.flatMap((kind) => [1, 2, 3, 4].map((severity) => eventOf({ kind, severity: severity as 1 | 2 | 3 | 4 }))),
    ...directions.map((direction) => eventOf({ kind: 'travel-advisory', direction, level: 4, previousLevel: 2, scope: 'regional' })),
    ...directions.map((direction) => eventOf({ kind: 'evacuation', direction, level: 3, nativeText: 'Qwxz', whom: 'staff' })),
    eventOf({ hosts: ['ML', 'NE', 'TD', 'BF', 'SN'], jointly: ['GB', 'CA'] }, { acts }),
    eventOf({ kind: 'evacuation', hosts: [] }, { acts, sources: official }),
    eventOf({ kind: 'evacuation' }, { state: 'corrected', sources: official }),
  ];
  const reasons = ['severity-rose', 'another-act', 'corroborated', 'known-before', 'city-known', 'host-added', 'new-phase'] as const;
  return events.flatMap((one, index) =>
    changes.map((kind): Alert => {
      const told = { event: one, kind, previous, because: reasons, escalates: true, severity: one.finding.severity, at: start };
      const alert = {
        id: 'e1aaaa@2',
        ...told,
        ...(index % 2 === 0 && { unconfirmed: true as const }),
        ...(index === 0 && { together: 12 }),
      };
      return { ...alert, headline: headlineOf(alert, context) };
    }),
  );
}

/** What the sender makes of an alert. */
function sent(message: ChatMessage): ChatMessage {
  const posting = { lane, subject: 'e1aaaa', ref: { channel: 'C1', id: '1', url: 'https://zzyx.example/1' }, revision: 1 };
  const acknowledged = withAcks(message, { ...posting, acks: [{ by: 'U12345', at: start }] });
  const linked = withLinkToOriginal(acknowledged, { ...posting, acks: [] });
  return withMap(withPossibleDuplicate(withLateness(withSubscriptionIds(linked, ['1', '2']), 3 * hour)), true);
}

function together(message: ChatMessage): ChatMessage {
  const claimed = Array.from({ length: 25 }, (_, at) => ({
    delivery: { key: String(at), lane, subject: `e${at}`, revision: 1, act: 'post', messageId: 'm', notBefore: 0, because: ['1'] },
    message: { ...message, severity: 2 },
  }));
  const [first] = claimed;
  const made = first && bundle(first as never, claimed.slice(1) as never, start);
  if (!made) throw new Error('no bundle');
  return made.message;
}

function noticesAndDigests(context: PhraseContext): readonly ChatMessage[] {
  const { language } = context;
  const all = { half: true, advice: true, countries: ['UA', 'ML'] };
  const none = { half: false, advice: false, countries: [] };
  const sources = ['blind', 'gone', 'ok'].flatMap((state) =>
    Array.from({ length: 6 }, (_, at) => ({ source: `Zzyx ${at}`, state, since: start, reason: 'no answer in time' })),
  );
  const watch = Array.from({ length: 14 }, () => eventOf({ confidence: 0.5 }));
  const unchanged = Array.from({ length: 14 }, () => eventOf({ kind: 'travel-advisory', severity: 0, direction: 'reissued', level: 2 }));
  const told = kinds.map((kind) => eventOf({ kind }));
  const ended = (['lifted', 'corrected'] as const).map((state) => eventOf({}, { state }));
  const digest = {
    events: [...told, ...ended, ...watch, ...unchanged, eventOf({ hosts: ['ML', 'NE', 'TD', 'BF', 'SN'] })],
    stillOpen: Array.from({ length: 14 }, () => eventOf({})),
    from: start - day,
    to: start,
    feeds: { ok: 1, all: 3 },
    zone: 'Europe/Kyiv',
    unwatched: [{ since: start - 9 * hour, until: start }],
  };
  return [
    digestMessage(digest, context),
    digestMessage({ ...digest, events: [], stillOpen: [], feeds: { ok: 3, all: 3 }, unwatched: [] }, context),
    outageMessage({ lost: all, back: none, sources }, context),
    outageMessage({ lost: { ...all, advice: false }, back: none, sources }, context),
    outageMessage({ lost: none, back: all, sources }, context),
    outageMessage({ lost: none, back: { ...all, advice: false }, sources }, context),
    offlineMessage({ since: start - day, until: start, reach: 1, all: 3 }, context),
    escalationMessage('Qwxz', 15, language),
  ];
}

/** What the bot writes into a channel by itself: a digest, a call for who acknowledges, that the channel is gone. */
async function ownMessages(language: string): Promise<readonly ChatMessage[]> {
  const { say, store, talk, schedule, clock, wait } = channel();
  const ports = { store, schedule, places, clock };
  await say(`settings language ${language} digest daily 08:00 escalate 15m <@U12345>`);
  await say('subscribe Ukraine');
  const one = event('e1aaaa', { alertedRevision: 1, lastSeenAt: start, sources: [source('a')] });
  const alert: Alert = {
    ...{ id: 'e1aaaa@1', kind: 'new', event: one, because: ['first-report'], escalates: true, severity: 4, at: start },
    headline: 'US embassy moves',
  } as const;
  const item = { id: 'i', feedId: 'courier', url: '', title: 'Qwxz', summary: '', fetchedAt: start };
  const story = { item, source: 'Zzyx', tier: 'media', feedKind: 'news', baseline: false } as const;
  await store.decide(story, ['UA'], () => ({
    changes: [{ kind: 'new', event: one, because: ['first-report'] }],
    ledger: [],
    alerts: [{ alert, messages: {} }],
  }));
  await store.savePosting({ lane, subject: 'e1aaaa', ref: { channel: 'C1', id: '1' }, revision: 1, acks: [] });
  wait(hour);
  await createEscalations(ports).runDue();
  wait(day);
  await createDigests(ports, { counts: async () => ({ ok: 1, all: 3 }) }).runDue();
  await talk.onRemoved({ lane, called: '#qwxz', reach: async (user) => `slack:T1:${user}` });
  const claimed: ChatMessage[] = [];
  for (let left = 3; left > 0; left -= 1) {
    const some = await store.claim({ owner: 'o', now: clock.now(), leaseMs: 1000, limit: 10, platforms: ['slack'] });
    for (const { delivery, message } of some) {
      claimed.push(message);
      await store.settle('o', delivery, { kind: 'sent', ref: { channel: 'C1', id: '2' } }, clock.now());
    }
  }
  return claimed;
}

/** What people are told while the database is away, and of a bug. */
async function failures(language: string): Promise<readonly ChatMessage[]> {
  const { talk, store, clock } = channel();
  const observe = { log: () => {} };
  const call = { platform: 'slack', lane, user: 'U1', mayChange: true, locale: language, input: { line: 'list' } } as const;
  const answers = [new StoreUnavailable('the database is away'), new Error('bug')].map((error) => {
    const hooks = { ...talk, onCommand: () => Promise.reject(error) };
    return withErrorAnswers(hooks, watchStore(store, { clock, observe }), observe, new AbortController().signal).onCommand(call);
  });
  return (await Promise.all(answers)).map(({ message }) => message);
}

/** Every text in a payload of Slack or Discord that people read. */
function textsIn(payload: unknown, key = ''): readonly string[] {
  if (typeof payload === 'string') return /^(?:text|fallback|content|title|description|name|value|label)$/.test(key) ? [payload] : [];
  if (typeof payload !== 'object' || payload === null) return [];
  // What a button sends back is not read.
  const isButton = 'action_id' in payload || 'custom_id' in payload;
  return Object.entries(payload).flatMap(([name, inner]) =>
    isButton && name === 'value' ? [] : textsIn(inner, Array.isArray(payload) ? key : name),
  );
}

function wordsOf(message: ChatMessage): string {
  return [textOf(message), ...message.fields.map(({ name, value }) => `${name}: ${plainText(value)}`)].join('\n');
}

function shownOnAll(message: ChatMessage): readonly string[] {
  const terminal = createTerminal({ input: new PassThrough(), output: new PassThrough(), colour: false, interactive: false, zone: 'UTC' });
  const acts = ['post', 'edit', 'reply'] as const;
  return [
    ...textsIn(renderSlack(message)),
    ...textsIn(renderDiscord(message)),
    ...acts.map((act) => String(terminal.render(message, { act })).replace(/\n┗━[\s\S]*$/, '')),
    ...message.footer.map(plainText),
  ];
}

/** Without what stays as it is typed and without what others wrote. */
const ours = (text: string) =>
  text
    .replaceAll(/\/attache [^\n.;]*/g, '')
    .replaceAll(/“[^”]*”|«[^»]*»|„[^“]*“/g, '')
    .replaceAll(/<?https?:\/\/\S+/g, '')
    .replaceAll(/^[a-z]+ {2}|settings digest daily|digest daily/gm, '')
    .replaceAll(/\bstatus\b|\bresume\b|The Harbour Courier|US moves embassy to Lviv|(?:channels|groups):read/g, '')
    .replaceAll(/@attache|unsubscribe \w+|subscribe [\p{L} ]+|slack-?status\.com|discordstatus\.com/gu, '')
    .replaceAll(typed, '');

function englishIn(texts: readonly string[], language: string): readonly string[] {
  const found = texts.flatMap((text) => {
    const words = (ours(text).match(english) ?? []).filter((word) => language !== 'fr' || !french.test(word));
    return words.length > 0 ? [`${words.join(', ')} in: ${text}`] : [];
  });
  return [...new Set(found)];
}

describe.each(languages.filter((language) => language !== 'en'))('in %s nothing of ours is English', (language) => {
  const context: PhraseContext = { name: places.name, language, regions: places.regions, attribution: () => 'Zzyx' };

  test('in an alert of each kind, in its notes, and in what the sender adds', () => {
    const all = alerts(context);
    const messages = all.flatMap((alert) => [sent(alertMessage(alert, context)), noteMessage(alert, context)]);
    const [first] = messages;
    expect(messages.length).toBeGreaterThan(1000);
    const some = messages.filter((_, at) => at % 40 < 8);
    const texts = [...messages.map(wordsOf), ...some.flatMap(shownOnAll), ...(first ? shownOnAll(together(first)) : [])];
    expect(englishIn(texts, language)).toEqual([]);
  });

  test('in digests and notices, and in what a channel is told by itself', async () => {
    const own = await ownMessages(language);
    expect(own.map(({ kind }) => kind).toSorted()).toEqual(['digest', 'notice', 'notice']);
    expect(englishIn([...noticesAndDigests(context), ...own].flatMap(shownOnAll), language)).toEqual([]);
  });

  test('in answers, in what is said when something breaks, and on Slack’s Home tab', async () => {
    const answers = (await answersIn(language)).map(([, { message }]) => message);
    const { say, talk } = channel();
    await say('subscribe Ukraine, Sahel');
    await say('mute Ukraine 24h');
    const homes = (['no scope', 'no answer', []] as const).map((watching) => homeOf(watching, language));
    const full = Array.from({ length: 150 }, () => talk.overview([lane], language));
    homes.push(homeOf((await Promise.all(full)).flat(), language));
    const texts = [...answers.map(textOf), ...(await failures(language)).flatMap(shownOnAll)];
    expect(englishIn([...texts, ...homes.flatMap((home) => textsIn(home))], language)).toEqual([]);
  });

  test('in the name of a region, which is understood as it is shown', () => {
    for (const { name, names = {}, countries } of places.regions) {
      const local = names[language] ?? '';
      expect(local, name).not.toBe('');
      expect(places.countries(local), local).toEqual(countries);
    }
  });
});
