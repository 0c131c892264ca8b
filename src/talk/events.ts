/** latest, search, why: events, and why they alerted or did not. */
import { matches } from '../match/filter.ts';
import type { Answer } from '../message.ts';
import type { CountryCode } from '../model/basics.ts';
import type { NewsEvent } from '../model/event.ts';
import { whyLines } from '../phrase/answers-why.ts';
import { eventLine, shortId } from '../phrase/digest.ts';
import {
  type Command,
  type CommandRequest,
  namesOf,
  option,
  privateAnswer,
  publicAnswer,
  type TalkContext,
  type TalkPorts,
} from './command.ts';
import { eventMeant } from './event-meant.ts';
import { phrasesOf } from './parse-line.ts';
import { isEverywhere, readPlaces } from './read-places.ts';
import { wrongPlace } from './wrong-place.ts';

const shown = 10;
const mostShown = 50;

interface Wanted {
  readonly limit?: number;
  readonly countries?: readonly CountryCode[];
  readonly words: readonly string[];
}

async function eventsOf({ countries, words, limit = shown }: Wanted, { store }: TalkPorts, known: TalkContext): Promise<Answer> {
  const events = await store.events({ limit, minSeverity: 1, ...(countries && { countries }), ...(words.length > 0 && { words }) });
  const { happened, common, forms } = known.words;
  const where = countries && forms.list(namesOf(countries, known), 4);
  const which = words.length > 0 ? forms.list(words.map(forms.echo), 5) : undefined;
  if (events.length === 0)
    return publicAnswer(happened.nothing(where, which), {
      lines: [[common.coverage(await known.sight.coverageText(countries, known.context.language))]],
    });
  return publicAnswer(happened.found(events.length, events.length < limit, where, which), {
    lines: events.map((event) => eventLine(event, known.context)),
  });
}

const latest: Command = {
  name: 'latest',
  description: 'The latest events',
  example: 'latest 20 Sudan, Chad',
  changes: false,
  options: [option('place', 'places', 'Countries or regions, or how many'), option('words', 'text', 'Words to look for')],
  answer: async (asked, ports, known) => {
    const { words = '' } = asked.options;
    const { limit, rest: place } = counted(asked.options.place ?? '');
    const wanted = phrasesOf(words);
    if (place === '' || isEverywhere(place)) return eventsOf({ limit, words: wanted }, ports, known);
    // "latest Sudan airspace": words may follow the places; a misspelt place is still asked about.
    const { countries, unknown, listed, rest = '' } = readPlaces(place, ports.places);
    if (unknown !== undefined && listed) return wrongPlace(asked, 'place', unknown, ports, known);
    return eventsOf({ limit, ...(countries.length > 0 && { countries }), words: [...phrasesOf(rest), ...wanted] }, ports, known);
  },
};

/** "20", "20 Sudan", "Sudan 20" */
function counted(text: string): { readonly limit: number; readonly rest: string } {
  const words = text.trim().split(/\s+/);
  const at = [0, words.length - 1].find((index) => /^[1-9]\d{0,2}$/.test(words[index] ?? ''));
  if (at === undefined) return { limit: shown, rest: text.trim() };
  return { limit: Math.min(Number(words[at]), mostShown), rest: words.filter((_, index) => index !== at).join(' ') };
}

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
  example: 'why 1a2b3c',
  changes: false,
  options: [option('alert', 'text', 'The alert’s id, from its foot', { required: true })],
  answer: async (asked, ports, known) => {
    const { happened } = known.words;
    const id = (asked.options.alert ?? '').trim();
    const { store } = ports;
    const meant = await eventMeant(id, ports, known.words);
    if (meant && 'several' in meant) return privateAnswer(meant.several);
    // The current event: an alert stores its event as it was then.
    const event = meant?.event ?? (await store.alert(id))?.event;
    if (event) return whyEvent(asked, event, ports, known);
    const story = await store.itemOutcome(id);
    if (!story) return privateAnswer(happened.noAlert(id, `${asked.prefix}latest`));
    const [first] = story.events;
    const joined = first === undefined ? undefined : await store.event(first);
    if (joined) return whyEvent(asked, joined, ports, known);
    return privateAnswer(happened.notAlerted(story.dropped ? happened.drop[story.dropped] : happened.nothingCame), {
      lines: [[story.title]],
    });
  },
};

async function whyEvent(
  { lane }: CommandRequest,
  event: NewsEvent,
  { store, places }: TalkPorts,
  { context, words: { happened } }: TalkContext,
): Promise<Answer> {
  const raised = await store.alert(`${event.id}@${event.alertedRevision ?? event.revision}`);
  const ours = (await store.subscriptions(lane)).filter((one) => matches(one.filter, event, (code) => places.name(code)));
  const matched = ours.length > 0 ? happened.matched(ours.map((one) => one.id)) : happened.notMatched;
  return privateAnswer(happened.why(shortId(event.id)), {
    lines: [eventLine(event, context), ...whyLines(event, raised, context.language), [matched]],
  });
}

export const eventCommands: readonly Command[] = [latest, search, why];
