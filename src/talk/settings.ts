/** settings, pause, resume: how a channel receives alerts. */
import { languages, speechIn } from '../i18n/speech.ts';
import type { AnswerWords } from '../i18n/words.ts';
import { quietUntil } from '../match/quiet.ts';
import type { Answer } from '../message.ts';
import type { Instant } from '../model/basics.ts';
import type { Channel, DigestPlan } from '../model/channel.ts';
import { settingsLines } from '../phrase/answers-settings.ts';
import type { Schedule } from '../ports/clock.ts';
import { channelOf } from './channel.ts';
import { type Command, type CommandRequest, option, privateAnswer } from './command.ts';
import { isOff, type Read, readDigest, readQuiet, readSwitch } from './read-options.ts';
import { readZone } from './read-zone.ts';

const hour = 3_600_000;

const settings: Command = {
  name: 'settings',
  description: 'How this channel gets its alerts: zone, quiet hours, digest',
  example: 'settings digest daily 08:00',
  changes: true,
  readsWhenBare: true,
  options: [
    option('zone', 'zone', 'Time zone, such as Europe/Kyiv', { positional: false }),
    option('language', 'word', 'Language of our own words', { choices: languages }),
    option('quiet', 'text', 'Quiet hours such as 22:30-07, or off; Critical passes'),
    option('digest', 'text', 'daily 08:00, weekly mon 07:30, cron …, or off'),
    option('map', 'word', 'A link to a map under alerts', { choices: ['on', 'off'] }),
    option('ping', 'text', 'Whom a Critical alert pings: a role or person, or off'),
    option('escalate', 'text', 'Whom to call if nobody acknowledges a Critical in time: 15m and a role or person, or off'),
  ],
  answer: async (asked, ports, { words }) => {
    const { store, schedule, clock } = ports;
    const { channel } = await channelOf(asked, ports);
    if (Object.keys(asked.options).length === 0) return shown(words.settings.title, asked, channel);
    if (asked.cannotPing !== undefined) return privateAnswer(words.settings.unchanged(words.wrong.mayNotMention(asked.cannotPing.role)));
    const read = changed(channel, asked, { schedule, now: clock.now(), words });
    if ('problem' in read) return privateAnswer(read.problem);
    await store.saveChannel(read.value);
    if (asked.options.quiet !== undefined || asked.options.zone !== undefined)
      await store.releaseHeld(asked.lane, quietUntil(read.value, clock.now()));
    const { settings: saved } = speechIn(read.value.language).answers;
    const idle = read.value.digest && (await store.subscriptions(asked.lane)).length === 0;
    if (asked.platform === 'terminal' && asked.options.map !== undefined && read.value.map)
      return shown(saved.savedWithoutMaps, asked, read.value);
    return shown(idle ? saved.savedIdle : saved.saved, asked, read.value);
  },
};

/** In the language that the channel has now. */
function shown(headline: string, { prefix }: CommandRequest, channel: Channel): Answer {
  const { settings: words } = speechIn(channel.language).answers;
  return privateAnswer(headline, { lines: settingsLines(channel), footer: [[words.toChange(`${prefix}settings digest daily 08:00`)]] });
}

interface Changing {
  readonly schedule: Schedule;
  readonly now: Instant;
  readonly words: AnswerWords;
}

function changed(channel: Channel, { options }: CommandRequest, changing: Changing): Read<Channel> {
  const { words, now } = changing;
  const zone = options.zone === undefined ? { value: channel.zone } : readZone(options.zone, words);
  if ('problem' in zone) return zone;
  const language = options.language === undefined ? { value: channel.language } : readLanguage(options.language, words);
  if ('problem' in language) return language;
  const quiet = options.quiet === undefined ? { value: channel.quiet } : readQuiet(options.quiet, words);
  if ('problem' in quiet) return quiet;
  const digest = readPlan(channel, zone.value, options.digest, changing);
  if ('problem' in digest) return digest;
  const ping = options.ping === undefined ? { value: channel.mention } : readPing(options.ping, words);
  if ('problem' in ping) return ping;
  const map = options.map === undefined ? { value: channel.map === true } : readSwitch('map', options.map, words);
  if ('problem' in map) return map;
  const escalate = options.escalate === undefined ? { value: channel.escalate } : readEscalation(options.escalate, now, words);
  if ('problem' in escalate) return escalate;
  const { quiet: _quiet, digest: _digest, mention: _mention, escalate: _escalate, map: _map, ...kept } = channel;
  return {
    value: {
      ...kept,
      zone: zone.value,
      language: language.value,
      ...(quiet.value && { quiet: quiet.value }),
      ...(digest.value && { digest: digest.value }),
      ...(ping.value !== undefined && { mention: ping.value }),
      ...(escalate.value && { escalate: escalate.value }),
      ...(map.value && { map: true }),
    },
  };
}

const languageNames = languages.map((code) => ({
  code,
  names: [code, ...[code, 'en'].map((into) => new Intl.DisplayNames(into, { type: 'language' }).of(code))],
}));

/** Reads a language by its code, or by its name in itself or in English. */
function readLanguage(text: string, { wrong }: AnswerWords): Read<string> {
  const typed = text.trim().toLowerCase();
  const found = languageNames.find(
    ({ code, names }) => typed.split('-')[0] === code || names.some((name) => name?.toLowerCase() === typed),
  );
  const all = languageNames.map(({ code, names }) => `${code} (${names[1]})`).join(', ');
  return found ? { value: found.code } : { problem: wrong.noLanguage(text, all) };
}

/** Plans the digest in the channel's zone; a new zone moves it as well. */
function readPlan(
  { digest }: Channel,
  zone: string,
  typed: string | undefined,
  { schedule, now, words }: Changing,
): Read<DigestPlan | undefined> {
  const cron = typed === undefined ? { value: digest?.cron } : readDigest(typed, words);
  if ('problem' in cron) return cron;
  if (cron.value === undefined) return { value: undefined };
  let at = now;
  let first: Instant | undefined;
  for (let run = 0; run < 4; run += 1) {
    const next = schedule.next(cron.value, zone, at);
    if ('problem' in next) return { problem: words.wrong.noDigestPlan(typed ?? cron.value, next.problem) };
    if (first !== undefined && next.at - at < hour) return { problem: words.wrong.onceAnHour };
    first ??= next.at;
    at = next.at;
  }
  const nextRunAt = first ?? now;
  return {
    value: { cron: cron.value, nextRunAt, coveredUntil: digest?.coveredUntil ?? runBefore(nextRunAt, at, cron.value, zone, schedule) },
  };
}

/** The longest period of a first digest (ms). */
const longestSpan = 40 * 24 * hour;

/**
 * Returns the run that would have preceded the first, so that a first digest covers a full period.
 */
function runBefore(first: Instant, later: Instant, cron: string, zone: string, schedule: Schedule): Instant {
  for (let span = Math.max(hour, later - first); ; span *= 2) {
    let last: Instant | undefined;
    for (let next = schedule.next(cron, zone, first - span); 'at' in next && next.at < first; next = schedule.next(cron, zone, next.at))
      last = next.at;
    if (last !== undefined || span >= longestSpan) return Math.max(last ?? 0, first - longestSpan);
  }
}

/**
 * `<@&123>`, `<!subteam^S1>`, `<@U1>` as platforms pass picked roles and people, or a bare id.
 * Plain words are refused, as they ping no one.
 */
function readPing(text: string, { wrong }: AnswerWords): Read<string | undefined> {
  if (isOff(text)) return { value: undefined };
  const id = /^(?:<[@!]?(?:subteam\^|[@&!])*)?((?=[A-Z]*\d)[A-Z0-9]{5,25})(?:\|[^>]*)?>?$/i.exec(text.trim())?.[1];
  return id ? { value: id.toUpperCase() } : { problem: wrong.noPing(text) };
}

/** `15m @duty`, `1h @duty`: applies from now on, not to earlier alerts. */
function readEscalation(text: string, now: Instant, words: AnswerWords): Read<Channel['escalate']> {
  if (isOff(text)) return { value: undefined };
  const [, count = '', unit = '', whom = ''] = /^(\d{1,4})\s*(m|min|minutes?|h|hours?)\s+(.+)$/i.exec(text.trim()) ?? [];
  const afterMinutes = Number(count) * (unit.toLowerCase().startsWith('h') ? 60 : 1);
  if (whom === '' || afterMinutes < 1 || afterMinutes > 12 * 60) return { problem: words.wrong.noEscalation(text) };
  const mention = readPing(whom, words);
  if ('problem' in mention) return mention;
  return mention.value === undefined ? { value: undefined } : { value: { afterMinutes, mention: mention.value, since: now } };
}

const pause: Command = {
  name: 'pause',
  description: 'No alerts in this channel until resumed',
  example: 'pause',
  changes: true,
  options: [],
  answer: async (asked, ports, { words }) => {
    const { channel } = await channelOf(asked, ports);
    // JSON and both databases keep this number; "for ever" would not survive as Infinity.
    await ports.store.saveChannel({ ...channel, pausedUntil: Number.MAX_SAFE_INTEGER });
    return privateAnswer(words.settings.paused(`${asked.prefix}resume`), {
      buttons: [{ act: 'command', label: words.buttons.resume, value: 'resume' }],
    });
  },
};

const resume: Command = {
  name: 'resume',
  description: 'Alerts again',
  example: 'resume',
  changes: true,
  options: [],
  answer: async (asked, ports, { words }) => {
    const { channel, isNew } = await channelOf(asked, ports);
    if (isNew || channel.pausedUntil === undefined) return privateAnswer(words.settings.notPaused);
    const { pausedUntil: _, ...running } = channel;
    await ports.store.saveChannel(running);
    return privateAnswer(words.settings.resumed(`${asked.prefix}latest`), {
      buttons: [{ act: 'command', label: words.buttons.showLatest, value: 'latest' }],
    });
  },
};

export const settingsCommands: readonly Command[] = [settings, pause, resume];
