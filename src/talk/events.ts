/** latest, search, why: what happened, and why it was told or not. */
import { matches } from '../match/filter.ts';
import type { Answer } from '../message.ts';
import type { CountryCode, NewsEvent } from '../model.ts';
import { countWords, echoed, listWords } from '../phrase/answers.ts';
import { dropWords, whyLines } from '../phrase/answers-why.ts';
import { eventLine } from '../phrase/digest.ts';
import { type Asked, type Command, type Known, openly, option, quietly, type TalkPorts } from './command.ts';
import { phrasesOf } from './line.ts';
import { isEverywhere, readPlaces } from './read-places.ts';
import { wrongPlace } from './wrong-place.ts';

const shown = 10;

interface Wanted {
  readonly countries?: readonly CountryCode[];
  readonly words: readonly string[];
}

async function eventsOf({ countries, words }: Wanted, { store, places }: TalkPorts, known: Known): Promise<Answer> {
  const events = await store.events({ limit: shown, minSeverity: 1, ...(countries && { countries }), ...(words.length > 0 && { words }) });
  const where = countries
    ? ` in ${listWords(
        countries.map((code) => places.name(code)),
        4,
      )}`
    : '';
  const which = words.length > 0 ? ` with ${listWords(words.map(echoed), 5)}` : '';
  if (events.length === 0)
    return openly(`Nothing${where}${which}, as far as Attaché has seen.`, {
      lines: [[`Coverage: ${await known.sight.words(countries)}.`]],
    });
  const count = events.length === shown ? `The latest ${shown} events` : countWords(events.length, 'event');
  return openly(`${count}${where}${which}`, { lines: events.map((event) => eventLine(event, known.context)) });
}

const latest: Command = {
  name: 'latest',
  description: 'The latest events',
  example: 'latest Sudan, Chad',
  changes: false,
  options: [option('place', 'places', 'Countries or regions'), option('words', 'text', 'Words to look for')],
  answer: async (asked, ports, known) => {
    const { place = '', words = '' } = asked.options;
    const wanted = phrasesOf(words);
    if (place.trim() === '' || isEverywhere(place)) return eventsOf({ words: wanted }, ports, known);
    // "latest Sudan airspace": what follows the places are words, and a misspelt place is still asked back.
    const { countries, unknown, listed, rest = '' } = readPlaces(place, ports.places);
    if (unknown !== undefined && listed) return wrongPlace(asked, 'place', unknown, ports, known);
    return eventsOf({ ...(countries.length > 0 && { countries }), words: [...phrasesOf(rest), ...wanted] }, ports, known);
  },
};

const search: Command = {
  name: 'search',
  description: 'Events with these words',
  example: 'search airspace',
  changes: false,
  options: [option('words', 'text', 'Words to look for', { required: true })],
  answer: async ({ options }, ports, known) => eventsOf({ words: phrasesOf(options.words ?? '') }, ports, known),
};

const why: Command = {
  name: 'why',
  description: 'Why an alert was sent, or where a story stopped',
  example: 'why 1a2b3c4d5e6f@1',
  changes: false,
  options: [option('alert', 'text', 'The alert’s id, from its foot', { required: true })],
  answer: async (asked, ports, known) => {
    const id = (asked.options.alert ?? '').trim();
    const { store } = ports;
    // As it is known now: an alert holds its event as it was then.
    const event = (await store.event(id.split('@')[0] ?? '')) ?? (await store.alert(id))?.event;
    if (event) return whyEvent(asked, event, ports, known);
    const story = await store.story(id);
    if (!story) return quietly(`No alert ${echoed(id)}. Its id stands at its foot, such as 1a2b3c4d5e6f@1.`);
    const [first] = story.events;
    const joined = first === undefined ? undefined : await store.event(first);
    if (joined) return whyEvent(asked, joined, ports, known);
    return quietly(`Not alerted: ${story.dropped ? dropWords[story.dropped] : 'nothing came of it'}.`, { lines: [[story.title]] });
  },
};

async function whyEvent({ lane }: Asked, event: NewsEvent, { store, places }: TalkPorts, { context }: Known): Promise<Answer> {
  const raised = await store.alert(`${event.id}@${event.alertedRevision ?? event.revision}`);
  const ours = (await store.subscriptions(lane)).filter((one) => matches(one.filter, event, (code) => places.name(code)));
  const ids = listWords(
    ours.map((one) => one.id),
    20,
  );
  const matched = ours.length > 0 ? `Matched by subscription ${ids} of this channel.` : 'No subscription of this channel matches it.';
  return quietly(`Why ${event.id}`, { lines: [eventLine(event, context), ...whyLines(event, raised, context.language), [matched]] });
}

export const aboutEvents: readonly Command[] = [latest, search, why];
