/** mute: a place or an event that a channel does not want to hear of for a time. */
import { isRunning } from '../match/mute.ts';
import type { Answer, Button, ButtonPress, Line } from '../message.ts';
import type { Channel, Instant, Mute, NewsEvent, Severity } from '../model.ts';
import { countWords } from '../phrase/answers.ts';
import { severityNames } from '../phrase/answers-settings.ts';
import { actPhrase } from '../phrase/headline.ts';
import { channelOf } from './channel.ts';
import { type Asked, type Command, type Known, option, quietly, type TalkPorts } from './command.ts';
import { isOff, readDuration } from './read-options.ts';
import { readCountry, readPlaces } from './read-places.ts';
import { wrongPlace } from './wrong-place.ts';

const day = 24 * 3_600_000;
/** How far back a place's events say how grave it is already (ms). */
const present = 7 * day;
const mostMutes = 50;

const mute: Command = {
  name: 'mute',
  description: 'Holds back a place or an event for a time; what is graver passes',
  example: 'mute Ukraine 24h',
  changes: true,
  readsWhenBare: true,
  options: [
    option('what', 'text', 'A country, or an alert’s id; with off to end it'),
    option('for', 'text', 'How long, such as 6h, 3d or 2w; 24 hours unless said'),
  ],
  answer: async (asked, ports, known) => {
    const { channel } = await channelOf(asked, ports);
    const typed = (asked.options.what ?? '').trim();
    if (typed === '') return shown(channel, asked, ports, known);
    const said = inTwo(typed, asked.options.for);
    const about = await meant(said.what, ports);
    if (!about) return unknown(asked, said.what, ports, known);
    const now = ports.clock.now();
    const others = (channel.mutes ?? []).filter((one) => isRunning(one, now) && !isSame(one.about, about.about));
    if (isOff(said.time)) {
      await ports.store.saveChannel(withMutes(channel, others));
      return quietly(`${about.words} is told again.`);
    }
    const time = readDuration(said.time);
    if ('problem' in time) return quietly(time.problem);
    if (others.length >= mostMutes)
      return quietly(`This channel holds back ${mostMutes} things, the most there can be. ${asked.prefix}mute shows them.`);
    const until = now + time.value;
    await ports.store.saveChannel(withMutes(channel, [...others, { about: about.about, until, severity: about.severity }]));
    return held(about, until, asked);
  },
};

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
async function meant(what: string, { store, places, clock }: TalkPorts): Promise<Meant | undefined> {
  const id = what.replace(/^#/, '').split('@')[0] ?? '';
  const event = await store.event(id);
  if (event) return { about: { event: event.id }, words: `Event ${event.id}`, severity: event.finding.severity };
  const country = readCountry(what, places);
  if (country === undefined) return undefined;
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

function held({ words, severity }: Meant, until: Instant, { prefix }: Asked): Answer {
  const graver =
    severity === 4 ? 'A Correction still comes' : `What is graver than ${severityNames[severity]} still comes, and a Correction`;
  const name = words.replace(/^Event /, '');
  return quietly(`${words} is held back.`, {
    lines: [['Until ', { at: until }, `. ${graver}; the digest and ${prefix}latest show the rest.`]],
    buttons: [{ act: 'command', label: 'Undo', value: `mute ${name} off` }],
  });
}

function shown({ mutes = [] }: Channel, { prefix }: Asked, { clock, places }: TalkPorts, { context }: Known): Answer {
  const running = mutes.filter((one) => isRunning(one, clock.now()));
  const name = ({ about }: Mute) => ('country' in about ? context.name(about.country, context.language) : about.event);
  if (running.length === 0) return quietly(`Nothing is held back here. For a time: ${prefix}mute ${places.name('UA')} 24h`);
  return quietly(`${countWords(running.length, 'thing')} held back`, {
    lines: running.map((one): Line => [{ strong: name(one) }, ' until ', { at: one.until }]),
    buttons: running.slice(0, 3).map((one) => ({ act: 'command', label: `End ${name(one)}`, value: `mute ${name(one)} off` })),
  });
}

function withMutes({ mutes: _, ...channel }: Channel, mutes: readonly Mute[]): Channel {
  return mutes.length > 0 ? { ...channel, mutes } : channel;
}

function isSame(a: Mute['about'], b: Mute['about']): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The button of an alert: what can be held back, each a button that says the command. */
export async function muteChoices({ value, mayChange }: ButtonPress, { store }: TalkPorts, { context }: Known): Promise<Answer> {
  if (!mayChange) return quietly('You may not mute in this channel: that needs the right to manage it.');
  const event = await store.event(value.split('@')[0] ?? '');
  if (!event) return quietly('That alert is no longer kept.');
  const places = event.finding.hosts.slice(0, 2).map((code) => context.name(code, context.language));
  const button = (label: string, line: string): Button => ({ act: 'command', label, value: line });
  return quietly(`Hold back what, and for how long? ${actPhrase(event.finding, context)}`, {
    buttons: [
      button('This event, 24 h', `mute ${event.id} 24h`),
      button('This event, 7 days', `mute ${event.id} 7d`),
      ...places.map((place) => button(`${place}, 24 h`, `mute ${place} 24h`)),
    ],
  });
}

export const muting: readonly Command[] = [mute];
