/** mute: silences a place or an event in a channel for a time. */
import { matches } from '../match/filter.ts';
import { isMuted, isRunning } from '../match/mute.ts';
import type { Answer, Button, ButtonPress, Line } from '../message.ts';
import type { Instant } from '../model/basics.ts';
import type { Channel, LaneId, Mute } from '../model/channel.ts';
import type { NewsEvent } from '../model/event.ts';
import type { Severity } from '../model/finding.ts';
import { eventLine, shortId } from '../phrase/digest.ts';
import { actPhrase } from '../phrase/headline.ts';
import { channelOf } from './channel.ts';
import { type Command, type CommandRequest, namesOf, option, privateAnswer, type TalkContext, type TalkPorts } from './command.ts';
import { eventMeant } from './event-meant.ts';
import { isOff, readDuration } from './read-options.ts';
import { readCountry, readPlaces } from './read-places.ts';
import { wrongPlace } from './wrong-place.ts';

const day = 24 * 3_600_000;
/** How far back events count for a place's current severity (ms). */
const present = 7 * day;
const mostMutes = 50;

const mute: Command = {
  name: 'mute',
  description: 'Mutes a place or an event for a time (unmute ends it); a new Critical passes',
  example: 'mute Ukraine 24h',
  changes: true,
  readsWhenBare: true,
  options: [
    option('what', 'text', 'A country, or an alert’s id; “off” behind it ends the mute, as unmute does'),
    option('for', 'text', 'How long, such as 6h, 3d or 2w; 24 hours unless said'),
  ],
  answer: async (asked, ports, known) => {
    const { muting: muteCommands } = known.words;
    const { channel } = await channelOf(asked, ports);
    const typed = (asked.options.what ?? '').trim();
    if (typed === '') return shown(channel, asked, ports, known);
    const target = splitDuration(typed, asked.options.for);
    if (isOff(target.time) && /^(?:all|everything)$/i.test(target.what))
      return unmuted(channel, running(channel, ports), asked, ports, known);
    const about = await resolveTarget(target.what, ports, known);
    if ('several' in about) return privateAnswer(about.several);
    if ('unknown' in about) return unknown(asked, target.what, ports, known);
    const now = ports.clock.now();
    const mutes = running(channel, ports);
    const mine = mutes.filter((one) => isSame(one.about, about.about));
    if (isOff(target.time)) return unmuted(channel, mine, asked, ports, known, about.words);
    const time = readDuration(target.time, known.words);
    if ('problem' in time) return privateAnswer(time.problem);
    if (mutes.length - mine.length >= mostMutes) return privateAnswer(muteCommands.tooMany(mostMutes, `${asked.prefix}mute`));
    const one: Mute = { about: about.about, since: mine[0]?.since ?? now, until: now + time.value, severity: about.severity };
    await ports.store.saveChannel(withMutes(channel, [...mutes.filter((other) => !mine.includes(other)), one]));
    return muteAnswer(about, one.until, asked, known);
  },
};

const running = ({ mutes = [] }: Channel, { clock }: TalkPorts) => mutes.filter((one) => isRunning(one, clock.now()));

/** Ends mutes, and lists the alerts they withheld. */
async function unmuted(
  channel: Channel,
  ending: readonly Mute[],
  { lane, prefix }: CommandRequest,
  ports: TalkPorts,
  { context, words }: TalkContext,
  named?: string,
): Promise<Answer> {
  const { muting, buttons } = words;
  if (ending.length === 0) return privateAnswer(named === undefined ? muting.nothing : muting.notMuted(named, `${prefix}mute`));
  const what = named ?? muting.everything;
  await ports.store.saveChannel(
    withMutes(
      channel,
      running(channel, ports).filter((one) => !ending.includes(one)),
    ),
  );
  const withheld = await withheldBy(ending, lane, ports);
  if (withheld.length === 0) return privateAnswer(muting.unmuted(what));
  const [first] = ending;
  const place = ending.length === 1 && first && 'country' in first.about ? ` ${ports.places.name(first.about.country)}` : '';
  const more = withheld.length - withheldShown;
  return privateAnswer(muting.withheld(what, withheld.length), {
    lines: [
      ...withheld.slice(0, withheldShown).map((event) => eventLine(event, context)),
      ...(more > 0 ? [[muting.more(more, `${prefix}latest${place}`)]] : []),
    ],
    buttons: [{ act: 'command', label: buttons.showLatest, value: `latest${place}` }],
  });
}

const withheldShown = 10;

/** Returns the events whose last alert these mutes withheld. */
async function withheldBy(mutes: readonly Mute[], lane: LaneId, { store, places, clock }: TalkPorts): Promise<readonly NewsEvent[]> {
  const asked = await store.subscriptions(lane);
  const since = Math.min(...mutes.map((one) => one.since ?? clock.now() - day));
  const found: NewsEvent[] = [];
  for (const event of await store.events({ since, limit: mostLookedAt, minSeverity: 1 })) {
    const alert = event.alertedRevision === undefined ? undefined : await store.alert(`${event.id}@${event.alertedRevision}`);
    const isHeld = alert !== undefined && alert.at >= since && isMuted({ mutes }, alert, alert.at);
    if (isHeld && asked.some(({ filter }) => matches(filter, event, (code) => places.name(code)))) found.push(event);
  }
  return found;
}

/** Events searched for what a mute withheld. */
const mostLookedAt = 500;

interface Meant {
  readonly about: Mute['about'];
  readonly words: string;
  /** As people can type it. */
  readonly typed: string;
  readonly severity: Severity;
}

/** `Ukraine 24h`: the duration is at the end, or in its own option. */
function splitDuration(typed: string, time: string | undefined): { readonly what: string; readonly time: string } {
  if (time !== undefined && time.trim() !== '') return { what: typed, time };
  const [, what, end] = /^(.*?)\s+(?:for\s+)?(off|\d+\s*[a-z]+)$/i.exec(typed) ?? [];
  return what === undefined || end === undefined ? { what: typed, time: '24h' } : { what, time: end };
}

/** Resolves a country, or an event by its or an alert's id, with the gravest known severity. */
async function resolveTarget(
  what: string,
  ports: TalkPorts,
  known: TalkContext,
): Promise<Meant | { readonly unknown: true } | { readonly several: string }> {
  const { store, places, clock } = ports;
  const country = readCountry(what, places);
  const found = country === undefined ? await eventMeant(what, ports, known.words) : undefined;
  if (found && 'event' in found) {
    const { id, finding } = found.event;
    return { about: { event: id }, words: known.words.muting.event(shortId(id)), typed: shortId(id), severity: finding.severity };
  }
  if (country === undefined) return found && 'several' in found ? found : { unknown: true };
  const recent = await store.events({ countries: [country], since: clock.now() - present, limit: 200 });
  const [name = ''] = namesOf([country], known);
  return { about: { country }, words: name, typed: places.name(country), severity: gravest(recent) };
}

/** Returns Critical if one is already known, else Warning, so that a new Critical still passes. */
function gravest(events: readonly NewsEvent[]): Severity {
  const isCritical = ({ state, alertedRevision, finding }: NewsEvent) =>
    state === 'open' && alertedRevision !== undefined && finding.severity === 4;
  return events.some(isCritical) ? 4 : 3;
}

function unknown(asked: CommandRequest, what: string, ports: TalkPorts, known: TalkContext): Answer {
  const { countries } = readPlaces(what, ports.places);
  if (countries.length > 1)
    return privateAnswer(known.words.wrong.oneAtATime(`${asked.prefix}mute ${ports.places.name(countries[0] ?? '')} 24h`));
  return wrongPlace(asked, 'what', what, ports, known);
}

function muteAnswer({ about, words, typed, severity }: Meant, until: Instant, { prefix }: CommandRequest, known: TalkContext): Answer {
  const { muting, buttons } = known.words;
  const passes = 'country' in about ? muting.criticalPasses : severity === 4 ? muting.correctionPasses : muting.graverPasses;
  return privateAnswer(muting.muted(words), {
    lines: [muting.until({ at: until }, passes, `${prefix}latest`)],
    buttons: [{ act: 'command', label: buttons.undo, value: `mute ${typed} off` }],
  });
}

function shown(channel: Channel, { prefix }: CommandRequest, ports: TalkPorts, known: TalkContext): Answer {
  const { muting, buttons } = known.words;
  const mutes = running(channel, ports);
  if (mutes.length === 0) return privateAnswer(muting.nothingYet(`${prefix}mute ${ports.places.name('UA')} 24h`));
  return privateAnswer(muting.mutes(mutes.length), {
    lines: mutedLines(mutes, known),
    buttons: mutes.slice(0, 3).map((one) => {
      const typed = 'country' in one.about ? ports.places.name(one.about.country) : shortId(one.about.event);
      return { act: 'command', label: buttons.unmute(mutedName(one, known)), value: `mute ${typed} off` };
    }),
  });
}

function mutedName({ about }: Mute, { context }: TalkContext): string {
  return 'country' in about ? context.name(about.country, context.language) : shortId(about.event);
}

/** `Ukraine until …` */
export function mutedLines(mutes: readonly Mute[], known: TalkContext): readonly Line[] {
  return mutes.map((one) => known.words.muting.mutedUntil(mutedName(one, known), { at: one.until }));
}

function withMutes({ mutes: _, ...channel }: Channel, mutes: readonly Mute[]): Channel {
  return mutes.length > 0 ? { ...channel, mutes } : channel;
}

function isSame(a: Mute['about'], b: Mute['about']): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Answers the Mute button with a button for each thing to mute. */
export async function muteChoices({ value, mayChange }: ButtonPress, { store, places }: TalkPorts, known: TalkContext): Promise<Answer> {
  const { context } = known;
  const { muting } = known.words;
  if (!mayChange) return privateAnswer(muting.mayNot);
  const event = await store.event(value.split('@')[0] ?? '');
  if (!event) return privateAnswer(muting.notKept);
  const hosts = event.finding.hosts.slice(0, 2);
  const button = (label: string, line: string): Button => ({ act: 'command', label, value: line });
  return privateAnswer(muting.which(actPhrase(event.finding, context)), {
    buttons: [
      button(muting.eventDay, `mute ${event.id} 24h`),
      button(muting.eventWeek, `mute ${event.id} 7d`),
      ...hosts.map((code) => button(muting.placeDay(context.name(code, context.language)), `mute ${places.name(code)} 24h`)),
    ],
  });
}

export const muting: readonly Command[] = [mute];
