/** Reads the options of `subscribe` into a filter. Options only narrow it. */
import type { Answer } from '../message.ts';
import type { CountryCode } from '../model/basics.ts';
import type { EventFilter } from '../model/channel.ts';
import { usualTopics } from '../phrase/answers-settings.ts';
import { askFor, type CommandRequest, privateAnswer, type TalkContext, type TalkPorts } from './command.ts';
import { phrasesOf } from './parse-line.ts';
import { readSeverity, readTopics } from './read-options.ts';
import { isEverywhere, readPlaces } from './read-places.ts';
import { wrongPlace } from './wrong-place.ts';

const mostPhrases = 10;

export function readFilter(
  asked: CommandRequest,
  ports: TalkPorts,
  known: TalkContext,
): { readonly filter: EventFilter } | { readonly wrong: Answer } {
  const { options, prefix } = asked;
  const { words: ours } = known;
  const wrong = (problem: string, option: string) => ({ wrong: askFor(privateAnswer(problem), asked, option) });
  const places = readPlacesOption(asked, 'places', ports, known);
  if ('wrong' in places) return places;
  const from = options.from === undefined ? {} : readPlacesOption(asked, 'from', ports, known);
  if ('wrong' in from) return from;
  const topics = options.about === undefined ? { value: usualTopics } : readTopics(options.about, ours);
  if ('problem' in topics) return wrong(topics.problem, 'about');
  const min = options.min === undefined ? { value: 2 as const } : readSeverity(options.min, ours);
  if ('problem' in min) return wrong(min.problem, 'min');
  const words = { with: phrasesOf(options.with ?? ''), without: phrasesOf(options.without ?? '') };
  for (const name of ['with', 'without'] as const) {
    if (options[name] !== undefined && words[name].length === 0)
      return wrong(ours.wrong.nameWords(name, `${prefix}subscribe Ukraine ${name} "airspace closed"`), name);
    if (words[name].length > mostPhrases) return wrong(ours.wrong.tooManyWords(mostPhrases, name), name);
  }
  return {
    filter: {
      topics: topics.value,
      min: min.value,
      ...(places.countries && { countries: places.countries }),
      ...(from.countries && { from: from.countries }),
      ...(words.with.length > 0 && { with: words.with }),
      ...(words.without.length > 0 && { without: words.without }),
    },
  };
}

/** Returns an option's countries; none for everywhere. */
function readPlacesOption(
  asked: CommandRequest,
  option: string,
  ports: TalkPorts,
  known: TalkContext,
): { readonly countries?: readonly CountryCode[] } | { readonly wrong: Answer } {
  const text = asked.options[option] ?? '';
  if (isEverywhere(text)) return {};
  const { countries, unknown } = readPlaces(text, ports.places);
  if (unknown !== undefined) return { wrong: wrongPlace(asked, option, unknown, ports, known) };
  if (countries.length > 0) return { countries };
  const { wrong } = known.words;
  const line = `${asked.prefix}subscribe Ukraine from US, UK`;
  return { wrong: askFor(privateAnswer(option === 'from' ? wrong.nameGovernments(line) : wrong.namePlace(line)), asked, option) };
}
