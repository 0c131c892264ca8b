/** mute: a place or an event that a channel does not want to hear of for a time. */
import { matches } from '../match/filter.ts';
import { isMuted, isRunning } from '../match/mute.ts';
import type { Answer, Button, ButtonPress, Line } from '../message.ts';
import type { Channel, Instant, LaneId, Mute, NewsEvent, Severity } from '../model.ts';
import { countWords } from '../phrase/answers.ts';
import { eventLine, shortId } from '../phrase/digest.ts';
import { actPhrase } from '../phrase/headline.ts';
import { channelOf } from './channel.ts';
import { type Asked, type Command, type Known, option, quietly, type TalkPorts } from './command.ts';
import { eventMeant } from './event-meant.ts';
import { isOff, readDuration } from './read-options.ts';
import { readCountry, readPlaces } from './read-places.ts';
import { wrongPlace } from './wrong-place.ts';

const day = 24 * 3_600_000;
/** How far back a place's events say how grave it is already (ms). */
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
    const { channel } = await channelOf(asked, ports);
    const typed = (asked.options.what ?? '').trim();
    if (typed === '') return shown(channel, asked, ports, known);
    const said = inTwo(typed, asked.options.for);
    if (isOff(said.time) && /^(?:all|everything)$/i.test(said.what)) return unmuted(channel, running(channel, ports), asked, ports, known);
    const about = await meant(said.what, ports);
    if ('several' in about) return quietly(about.several);
    if ('unknown' in about) return unknown(asked, said.what, ports, known);
    const now = ports.clock.now();
    const mutes = running(channel, ports);
    const mine = mutes.filter((one) => isSame(one.about, about.about));
    if (isOff(said.time)) return unmuted(channel, mine, asked, ports, known, about.words);
    const time = readDuration(said.time);
    if ('problem' in time) return quietly(time.problem);
    if (mutes.length - mine.length >= mostMutes)
      return quietly(`This channel mutes ${mostMutes} things, the most there can be. ${asked.prefix}mute shows them.`);
    const one: Mute = { about: about.about, since: mine[0]?.since ?? now, until: now + time.value, severity: about.severity };
    await ports.store.saveChannel(withMutes(channel, [...mutes.filter((other) => !mine.includes(other)), one]));
    return held(about, one.until, asked);
  },
};

const running = ({ mutes = [] }: Channel, { clock }: TalkPorts) => mutes.filter((one) => isRunning(one, clock.now()));

/** Ends mutes, and shows what they kept from the channel. */
async function unmuted(
  channel: Channel,
  ending: readonly Mute[],
  { lane, prefix }: Asked,
  ports: TalkPorts,
  { context }: Known,
  named = 'Everything',
): Promise<Answer> {
  if (ending.length === 0)
    return quietly(named === 'Everything' ? 'Nothing is muted here.' : `${named} is not muted here. ${prefix}mute shows what is.`);
  await ports.store.saveChannel(
    withMutes(
      channel,
      running(channel, ports).filter((one) => !ending.includes(one)),
    ),
  );
  const withheld = await withheldBy(ending, lane, ports);
  if (withheld.length === 0) return quietly(`${named} is unmuted. Nothing was withheld.`);
  const [first] = ending;
  const place = ending.length === 1 && first && 'country' in first.about ? ` ${ports.places.name(first.about.country)}` : '';
  const more = withheld.length - withheldShown;
  return quietly(`${named} is unmuted. Withheld meanwhile: ${countWords(withheld.length, 'event')}`, {
    lines: [
      ...withheld.slice(0, withheldShown).map((event) => eventLine(event, context)),
      ...(more > 0 ? [[`and ${more} more: ${prefix}latest${place}`]] : []),
    ],
    buttons: [{ act: 'command', label: 'Show latest', value: `latest${place}` }],
  });
}

const withheldShown = 10;

/** Events whose last alert would have come here, had it not been for these mutes. */
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

/** Events looked through for what a mute withheld. */
const mostLookedAt = 500;

interface Meant {
  readonly about: Mute['about'];
  readonly words: string;
  readonly severity: Severity;
}

/** `Ukraine 24h`: the time stands at the end, or behind its own name. */
function inTwo(typed: string, time: string | undefined): { readonly what: string; readonly time: string } {
  if (time !== undefined && time.trim() !== '') return { what: typed, time };
  const [, what, end] = /^(.*?)\s+(?:for\s+)?(off|\d+\s*[a-z]+)$/i.exec(typed) ?? [];
  return what === undefined || end === undefined ? { what: typed, time: '24h' } : { what, time: end };
}

/** An event by its id or an alert's, else a country, with the gravest that is known of it. */
async function meant(what: string, ports: TalkPorts): Promise<Meant | { readonly unknown: true } | { readonly several: string }> {
  const { store, places, clock } = ports;
  const country = readCountry(what, places);
  const found = country === undefined ? await eventMeant(what, ports) : undefined;
  if (found && 'event' in found) {
    const { id, finding } = found.event;
    return { about: { event: id }, words: `Event ${shortId(id)}`, severity: finding.severity };
  }
  if (country === undefined) return found && 'several' in found ? found : { unknown: true };
  const known = await store.events({ countries: [country], since: clock.now() - present, limit: 200 });
  return { about: { country }, words: places.name(country), severity: gravest(known) };
}

/** A Critical passes unless one is known already. */
function gravest(events: readonly NewsEvent[]): Severity {
  const isCritical = ({ state, alertedRevision, finding }: NewsEvent) =>
    state === 'open' && alertedRevision !== undefined && finding.severity === 4;
  return events.some(isCritical) ? 4 : 3;
}

function unknown(asked: Asked, what: string, ports: TalkPorts, known: Known): Answer {
  const { countries } = readPlaces(what, ports.places);
  if (countries.length > 1) return quietly(`One place at a time: ${asked.prefix}mute ${ports.places.name(countries[0] ?? '')} 24h`);
  return wrongPlace(asked, 'what', what, ports, known);
}

function held({ about, words, severity }: Meant, until: Instant, { prefix }: Asked): Answer {
  const passes =
    'country' in about
      ? 'A new Critical event there still comes, and a Correction'
      : severity === 4
        ? 'A Correction still comes'
        : 'It still comes if it becomes graver, and a Correction';
  return quietly(`${words} is muted.`, {
    lines: [['Until ', { at: until }, `. ${passes}; the digest and ${prefix}latest show the rest.`]],
    buttons: [{ act: 'command', label: 'Undo', value: `mute ${words.replace(/^Event /, '')} off` }],
  });
}

function shown(channel: Channel, { prefix }: Asked, ports: TalkPorts, known: Known): Answer {
  const mutes = running(channel, ports);
  if (mutes.length === 0) return quietly(`Nothing is muted here. For a time: ${prefix}mute ${ports.places.name('UA')} 24h`);
  const name = (one: Mute) => mutedName(one, known);
  return quietly(`${countWords(mutes.length, 'mute')}`, {
    lines: mutedLines(mutes, known),
    buttons: mutes.slice(0, 3).map((one) => ({ act: 'command', label: `Unmute ${name(one)}`, value: `mute ${name(one)} off` })),
  });
}

function mutedName({ about }: Mute, { context }: Known): string {
  return 'country' in about ? context.name(about.country, context.language) : shortId(about.event);
}

/** `Ukraine until …` */
export function mutedLines(mutes: readonly Mute[], known: Known): readonly Line[] {
  return mutes.map((one): Line => [{ strong: mutedName(one, known) }, ' until ', { at: one.until }]);
}

function withMutes({ mutes: _, ...channel }: Channel, mutes: readonly Mute[]): Channel {
  return mutes.length > 0 ? { ...channel, mutes } : channel;
}

function isSame(a: Mute['about'], b: Mute['about']): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The button of an alert: what can be muted, each a button that says the command. */
export async function muteChoices({ value, mayChange }: ButtonPress, { store }: TalkPorts, { context }: Known): Promise<Answer> {
  if (!mayChange) return quietly('You may not mute in this channel: that needs the right to manage it.');
  const event = await store.event(value.split('@')[0] ?? '');
  if (!event) return quietly('That alert is no longer kept.');
  const places = event.finding.hosts.slice(0, 2).map((code) => context.name(code, context.language));
  const button = (label: string, line: string): Button => ({ act: 'command', label, value: line });
  return quietly(`Mute what, and for how long? ${actPhrase(event.finding, context)}`, {
    buttons: [
      button('This event, 24 h', `mute ${event.id} 24h`),
      button('This event, 7 days', `mute ${event.id} 7d`),
      ...places.map((place) => button(`${place}, 24 h`, `mute ${place} 24h`)),
    ],
  });
}

export const muting: readonly Command[] = [mute];
