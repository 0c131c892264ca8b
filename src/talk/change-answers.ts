/** Commands that change what a channel gets. */

import { matches } from '../match/filter.ts';
import type { Answer, CommandCall, Line } from '../message.ts';
import type { Channel, CountryCode, EventFilter, Instant, Subscription } from '../model.ts';
import type { Places } from '../places.ts';
import type { Clock, Schedule, Store } from '../ports.ts';
import { quietly } from './answers.ts';
import { phrasesOf } from './line.ts';
import {
  type Read,
  readDigest,
  readPlacesOption,
  readQuiet,
  readSeverity,
  readTopics,
  readZone,
  severityName,
  usualTopics,
} from './read-options.ts';

export interface TalkPorts {
  readonly store: Store;
  readonly schedule: Schedule;
  readonly places: Places;
  readonly clock: Clock;
}

type Options = Readonly<Record<string, string>>;
export type AnswerTo = (call: CommandCall, options: Options) => Promise<Answer>;

const month = 30 * 24 * 3_600_000;
export const disclaimer =
  'Attaché repeats public sources, can miss or misread them, and replaces neither official advice nor registering with your embassy.';

export function changeAnswers(
  { store, schedule, places, clock }: TalkPorts,
  coverage: (countries: readonly CountryCode[] | undefined) => Promise<string>,
): Readonly<Record<string, AnswerTo>> {
  const channelOf = async (call: CommandCall): Promise<Channel> => {
    const known = await store.channel(call.lane);
    return known ?? { lane: call.lane, zone: zoneOf(call), language: 'en', createdAt: clock.now() };
  };

  const subscribe: AnswerTo = async (call, options) => {
    const filter = readFilter(options, places);
    if ('problem' in filter) return quietly(filter.problem);
    const channel = await channelOf(call);
    const before = await store.subscriptions(call.lane);
    const id = String(1 + before.reduce((most, one) => Math.max(most, Number(one.id) || 0), 0));
    const subscription: Subscription = { id, lane: call.lane, filter: filter.value, createdBy: call.user, createdAt: clock.now() };
    await store.saveChannel(channel);
    await store.saveSubscription(subscription);
    return quietly(`Watching ${filterWords(filter.value, places)}. Subscription ${id}.`, {
      lines: [
        ...(await caught(filter.value)),
        [`Zone: ${channel.zone}. Coverage: ${await coverage(filter.value.countries)}.`],
        ...(before.length === 0 ? [[disclaimer]] : []),
      ],
      buttons: [
        {
          act: 'command',
          label: 'Show latest',
          value: `latest ${
            filter.value.countries
              ?.map((code) => places.name(code))
              .slice(0, 3)
              .join(', ') ?? ''
          }`.trim(),
        },
        { act: 'command', label: 'Send a sample', value: 'test' },
        { act: 'command', label: 'Undo', value: `unsubscribe ${id}` },
      ],
    });
  };

  const caught = async (filter: EventFilter): Promise<readonly Line[]> => {
    const since = clock.now() - month;
    const events = await store.events({ since, limit: 500, ...(filter.countries && { countries: filter.countries }) });
    const ours = events.filter((event) => matches(filter, event, (code) => places.name(code)));
    const open = ours.filter((event) => event.state === 'open').length;
    return [[`The last 30 days held ${ours.length} such event${ours.length === 1 ? '' : 's'}; open now: ${open}.`]];
  };

  const unsubscribe: AnswerTo = async (call, { id = '' }) => {
    const all = /^all$/i.test(id.trim());
    const removed = await store.removeSubscriptions(call.lane, all ? undefined : id.trim());
    if (removed > 0) return quietly(all ? 'This channel watches nothing now.' : `Subscription ${id.trim()} ended.`);
    const known = (await store.subscriptions(call.lane)).map((one) => one.id);
    return quietly(
      known.length === 0 ? 'This channel has no subscription.' : `No subscription “${id}”. There are ${known.join(', ')}, or all.`,
    );
  };

  const pause: AnswerTo = async (call) => {
    await store.saveChannel({ ...(await channelOf(call)), pausedUntil: Number.MAX_SAFE_INTEGER });
    return quietly('Paused: no alerts in this channel until “resume”.');
  };

  const resume: AnswerTo = async (call) => {
    const { pausedUntil: _, ...channel } = await channelOf(call);
    await store.saveChannel(channel);
    return quietly('Alerts again, from now on.');
  };

  const settings: AnswerTo = async (call, options) => {
    const changed = readSettings(await channelOf(call), options, schedule, clock.now());
    if ('problem' in changed) return quietly(changed.problem);
    if (Object.keys(options).length > 0) await store.saveChannel(changed.value);
    return quietly(`Settings: ${settingsWords(changed.value)}`);
  };

  return { subscribe, unsubscribe, pause, resume, settings };
}

function zoneOf(call: CommandCall): string {
  const read = readZone(call.zone ?? 'UTC');
  return 'value' in read ? read.value : 'UTC';
}

function readFilter(options: Options, places: Places): Read<EventFilter> {
  const countries = readPlacesOption(options.places ?? '', places);
  if ('problem' in countries) return countries;
  const topics = options.about ? readTopics(options.about) : { value: usualTopics };
  if ('problem' in topics) return topics;
  const from = options.from ? readPlacesOption(options.from, places) : { value: undefined };
  if ('problem' in from) return from;
  const min = options.min ? readSeverity(options.min) : { value: 2 as const };
  if ('problem' in min) return min;
  return {
    value: {
      topics: topics.value,
      min: min.value,
      ...(countries.value && { countries: countries.value }),
      ...(from.value && { from: from.value }),
      ...(options.with && { with: phrasesOf(options.with) }),
      ...(options.without && { without: phrasesOf(options.without) }),
    },
  };
}

function readSettings(channel: Channel, options: Options, schedule: Schedule, now: Instant): Read<Channel> {
  const zone = options.zone === undefined ? { value: channel.zone } : readZone(options.zone);
  if ('problem' in zone) return zone;
  const quiet = options.quiet === undefined ? { value: channel.quiet } : readQuiet(options.quiet);
  if ('problem' in quiet) return quiet;
  const cron = options.digest === undefined ? { value: channel.digest?.cron } : readDigest(options.digest);
  if ('problem' in cron) return cron;
  const next = cron.value === undefined ? undefined : schedule.next(cron.value, zone.value, now);
  if (next && 'problem' in next) return { problem: `No digest “${options.digest ?? cron.value}”: ${next.problem}` };
  const ping =
    options.ping === undefined ? channel.mention : /^(off|none|no)$/i.test(options.ping.trim()) ? undefined : mentionOf(options.ping);
  const { quiet: _quiet, digest: _digest, mention: _mention, ...kept } = channel;
  return {
    value: {
      ...kept,
      zone: zone.value,
      ...(quiet.value && { quiet: quiet.value }),
      ...(cron.value !== undefined &&
        next && { digest: { cron: cron.value, nextRunAt: next.at, coveredUntil: channel.digest?.coveredUntil ?? now } }),
      ...(ping && { mention: ping }),
    },
  };
}

/** `<@&123>`, `<!subteam^S1>`, `<@U1>` as people pick them, or a bare id. */
function mentionOf(text: string): string {
  return /[A-Z0-9]{5,}|\d{5,}/i.exec(text.replace(/subteam\^/i, ''))?.[0] ?? text.trim();
}

export function settingsWords(channel: Channel): string {
  const quiet = channel.quiet ? `quiet ${channel.quiet.from}–${channel.quiet.to}` : 'no quiet hours';
  const digest = channel.digest ? `digest ${channel.digest.cron}` : 'no digest';
  const paused = channel.pausedUntil ? ', paused' : '';
  return `zone ${channel.zone}, ${quiet}, ${digest}, ${channel.mention ? `Critical pings ${channel.mention}` : 'no ping'}${paused}.`;
}

export function filterWords(filter: EventFilter, places: Places): string {
  const names = (codes: readonly CountryCode[]) =>
    codes.length > 8
      ? `${codes
          .slice(0, 6)
          .map((code) => places.name(code))
          .join(', ')} and ${codes.length - 6} more`
      : codes.map((code) => places.name(code)).join(', ');
  const where = filter.countries ? names(filter.countries) : 'everywhere';
  const usual = filter.topics.length === usualTopics.length && filter.topics.every((topic) => usualTopics.includes(topic));
  const about = usual ? '' : `; about ${filter.topics.join(', ')}`;
  const from = filter.from ? `; from ${names(filter.from)}` : '';
  const words = `${filter.with ? `; with ${filter.with.join(', ')}` : ''}${filter.without ? `; without ${filter.without.join(', ')}` : ''}`;
  return `${where}${about}${from}; ${severityName(filter.min)} and up${words}`;
}
