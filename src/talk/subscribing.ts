/** subscribe, preview, list: what a channel watches. */
import { matches } from '../match/filter.ts';
import { isRunning } from '../match/mute.ts';
import type { Answer, Line } from '../message.ts';
import type { Channel, EventFilter, LaneId, Subscription } from '../model/channel.ts';
import type { NewsEvent } from '../model/event.ts';
import { isAlertable } from '../model/finding.ts';
import { filterWords, fromLines, placesWords, settingsLines } from '../phrase/answers-settings.ts';
import { eventLine } from '../phrase/digest.ts';
import { channelOf } from './channel.ts';
import { type Command, type CommandRequest, option, postingNeeds, privateAnswer, type TalkContext, type TalkPorts } from './command.ts';
import { mutedLines } from './muting.ts';
import { formatLine } from './parse-line.ts';
import { readFilter } from './read-filter.ts';

const month = 30 * 24 * 3_600_000;
/** Events searched for what a rule would have caught. */
const mostEvents = 1000;
const mostSubscriptions = 50;
const openShown = 3;
const previewed = 10;

const filterOptions = [
  option('places', 'places', 'Countries or regions, or everywhere', { required: true }),
  option('about', 'topics', 'Topics such as embassy-moves, evacuations, borders; or everything'),
  option('from', 'places', 'Only these governments’ missions and advice'),
  option('min', 'word', 'From this severity up', { choices: ['info', 'notice', 'warning', 'critical'] }),
  option('with', 'text', 'Only with these words'),
  option('without', 'text', 'Not with these words'),
];

const subscribe: Command = {
  name: 'subscribe',
  description: 'Alerts for places in this channel',
  example: 'subscribe Ukraine, Sahel from US, UK',
  changes: true,
  options: filterOptions,
  answer: async (asked, ports, known) => {
    const read = readFilter(asked, ports, known);
    if ('wrong' in read) return read.wrong;
    const { store, clock } = ports;
    const { subscribing: subscriptionCommands } = known.words;
    const { channel, isNew } = await channelOf(asked, ports);
    const before = await store.subscriptions(asked.lane);
    const same = before.find((one) => sameFilter(one.filter, read.filter));
    if (same) return privateAnswer(subscriptionCommands.already(same.id), { lines: [[filterWords(same.filter, known.context)]] });
    if (before.length >= mostSubscriptions)
      return privateAnswer(subscriptionCommands.tooMany(mostSubscriptions, `${asked.prefix}unsubscribe ID`));
    const id = String(1 + before.reduce((most, one) => Math.max(most, Number(one.id) || 0), 0));
    const subscription = { id, lane: asked.lane, filter: read.filter, createdBy: asked.user, createdAt: clock.now() };
    if (isNew) await store.saveChannel(channel);
    await store.saveSubscription(subscription);
    return subscribed(asked, { subscription, channel, first: before.length === 0, isNew }, ports, known);
  },
};

interface Made {
  readonly subscription: Subscription;
  readonly channel: Channel;
  readonly first: boolean;
  /** The channel is created with this subscription. */
  readonly isNew: boolean;
}

async function subscribed(
  asked: CommandRequest,
  { subscription, channel, first, isNew }: Made,
  ports: TalkPorts,
  known: TalkContext,
): Promise<Answer> {
  const { filter, id } = subscription;
  const { subscribing, common, buttons } = known.words;
  const { prefix } = asked;
  const { events, more } = await caughtBy(filter, ports);
  const open = events.filter((event) => event.state === 'open');
  const count = subscribing.alerts(events.length, more);
  // In English, as it is typed.
  const places = placesWords(filter.countries ?? [], { ...known.context, language: 'en' }).slice(0, 3);
  const wider = (await ports.store.subscriptions(asked.lane)).find((one) => one.id !== id && covers(one.filter, filter));
  const blocked =
    asked.cannotPost === undefined ? [] : [[{ strong: subscribing.cannotPost }, `: ${postingNeeds(asked.cannotPost, known.words)}.`]];
  return privateAnswer(subscribing.watching(filterWords(filter, known.context), count, open.length), {
    lines: [
      ...blocked,
      ...(wider
        ? [
            [
              { strong: subscribing.widerCatches(wider.id) },
              subscribing.endWider(filterWords(wider.filter, known.context), `${prefix}unsubscribe ${wider.id}`),
            ],
          ]
        : []),
      ...fromLines(filter, known.context),
      ...open.slice(0, openShown).map((event) => eventLine(event, known.context)),
      [
        [
          subscribing.zone(channel.zone, zoneFrom(asked, channel, isNew, known)),
          ...(isNew && channel.language !== 'en' ? [subscribing.language(ownName(channel.language), `${prefix}settings language en`)] : []),
          common.coverage(await coverage(filter, known)),
        ].join(' '),
      ],
      ...(channel.pausedUntil === undefined ? [] : [[{ strong: subscribing.paused }, subscribing.resumes(`${prefix}resume`)]]),
      [subscribing.undo(id, `${prefix}unsubscribe ${id}`)],
      ...(first ? [[common.disclaimer]] : []),
    ],
    buttons: [
      ...(asked.cannotPost === undefined ? [] : [{ act: 'command', label: buttons.checkAgain, value: 'check' } as const]),
      ...(wider ? [{ act: 'command', label: buttons.end(wider.id), value: `unsubscribe ${wider.id}` } as const] : []),
      { act: 'command', label: events.length > 0 ? buttons.showThem : buttons.showLatest, value: `latest ${places.join(', ')}`.trim() },
      { act: 'command', label: buttons.sample, value: 'test' },
      ...(channel.digest ? [] : [{ act: 'command', label: buttons.dailyDigest, value: 'settings digest daily 08:00' } as const]),
      { act: 'command', label: buttons.undo, value: `unsubscribe ${id}` },
    ],
  });
}

const coverage = ({ countries }: EventFilter, { sight, context }: TalkContext) => sight.coverageText(countries, context.language);

const ownName = (language: string) => new Intl.DisplayNames(language, { type: 'language' }).of(language) ?? language;

function zoneFrom(asked: CommandRequest, channel: Channel, isNew: boolean, { words: { subscribing } }: TalkContext): string {
  if (channel.zone === 'UTC' && asked.zone === undefined) return subscribing.zoneUnknown(`${asked.prefix}settings zone Europe/Kyiv`);
  return isNew ? subscribing.zoneOfProfile : subscribing.zoneOfChannel;
}

async function caughtBy(
  filter: EventFilter,
  { store, places, clock }: TalkPorts,
): Promise<{ events: readonly NewsEvent[]; more: boolean }> {
  const { countries } = filter;
  const since = clock.now() - month;
  // Of any severity: an event that ended is mild, and counts as what it was.
  const events = await store.events({ since, limit: mostEvents, minSeverity: 1, ...(countries && { countries }) });
  const caught = events.filter((event) => isAlertable(event.finding) && matches(filter, event, (code) => places.name(code)));
  return { events: caught, more: events.length === mostEvents };
}

function sameFilter(a: EventFilter, b: EventFilter): boolean {
  const shape = ({ countries, topics, from, min, ...words }: EventFilter) =>
    JSON.stringify([countries?.toSorted(), topics.toSorted(), from?.toSorted(), min, words.with, words.without]);
  return shape(a) === shape(b);
}

/** Whether `wide` matches everything that `narrow` matches. */
function covers(wide: EventFilter, narrow: EventFilter): boolean {
  const within = <T>(some: readonly T[] | undefined, all: readonly T[] | undefined) =>
    all === undefined || some?.every((one) => all.includes(one)) === true;
  const sameWords = JSON.stringify([wide.with, wide.without]) === JSON.stringify([narrow.with, narrow.without]);
  return (
    within(narrow.countries, wide.countries) &&
    within(narrow.topics, wide.topics) &&
    within(narrow.from, wide.from) &&
    wide.min <= narrow.min &&
    (sameWords || (!wide.with && !wide.without))
  );
}

const preview: Command = {
  name: 'preview',
  description: 'What a rule would have caught in 30 days, without subscribing',
  example: 'preview Sahel about evacuations',
  changes: false,
  options: filterOptions,
  answer: async (asked, ports, known) => {
    const read = readFilter(asked, ports, known);
    if ('wrong' in read) return read.wrong;
    const { subscribing, common, buttons } = known.words;
    const { events, more } = await caughtBy(read.filter, ports);
    const left = events.length - previewed;
    const again = formatLine({ command: 'subscribe', options: asked.options }, known.commands);
    return privateAnswer(subscribing.previewed(filterWords(read.filter, known.context), subscribing.alerts(events.length, more)), {
      lines: [
        ...events.slice(0, previewed).map((event) => eventLine(event, known.context)),
        ...(left > 0 ? [[common.andMore(left)]] : []),
        [common.coverage(await coverage(read.filter, known))],
      ],
      buttons: again === undefined ? [] : [{ act: 'command', label: buttons.subscribe, value: again }],
    });
  },
};

/** Lists a channel's subscriptions and settings; undefined if it has no subscriptions. */
export async function watched(lane: LaneId, { store, clock }: TalkPorts, known: TalkContext): Promise<Answer | undefined> {
  const [channel, subscriptions] = await Promise.all([store.channel(lane), store.subscriptions(lane)]);
  if (subscriptions.length === 0) return undefined;
  const { subscribing: words } = known.words;
  const mutes = (channel?.mutes ?? []).filter((one) => isRunning(one, clock.now()));
  const lines = subscriptions.toSorted(byNumber).map((one): Line => [{ strong: one.id }, `  ${filterWords(one.filter, known.context)}`]);
  return privateAnswer(words.subscriptions(subscriptions.length), {
    lines,
    sections: [
      ...(mutes.length > 0 ? [{ title: words.muted, lines: mutedLines(mutes, known) }] : []),
      ...(channel ? [{ title: words.settings, lines: settingsLines(channel, known.context.language) }] : []),
    ],
  });
}

export const byNumber = (a: Subscription, b: Subscription) => Number(a.id) - Number(b.id);

const list: Command = {
  name: 'list',
  description: 'What this channel gets',
  example: 'list',
  changes: false,
  options: [],
  answer: async ({ lane, prefix }, ports, known) =>
    (await watched(lane, ports, known)) ?? privateAnswer(known.words.common.watchesNothing(`${prefix}subscribe Ukraine`)),
};

export const subscribing: readonly Command[] = [subscribe, preview, list];
