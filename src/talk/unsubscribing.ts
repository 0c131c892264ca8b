/** unsubscribe: by number, by place, or all. */
import type { Answer, Line } from '../message.ts';
import type { Subscription } from '../model/channel.ts';
import { filterWords, placesWords } from '../phrase/answers-settings.ts';
import { type Command, type CommandRequest, option, privateAnswer, type TalkContext, type TalkPorts } from './command.ts';
import { listOf } from './parse-line.ts';
import { isEverywhere, type PlacesRead, readPlaces } from './read-places.ts';
import { byNumber } from './subscribing.ts';
import { wrongPlace } from './wrong-place.ts';

const unsubscribe: Command = {
  name: 'unsubscribe',
  description: 'Ends subscriptions of this channel',
  example: 'unsubscribe 1',
  changes: true,
  options: [option('id', 'subscription', 'Their numbers, places, or all', { required: true })],
  answer: async (asked, ports, known) => {
    const { lane, options } = asked;
    const { store } = ports;
    const { subscribing } = known.words;
    const typed = (options.id ?? '').trim();
    const before = (await store.subscriptions(lane)).toSorted(byNumber);
    if (before.length === 0) return privateAnswer(subscribing.none);
    if (/^all$/i.test(typed)) {
      const removed = await store.removeSubscriptions(lane);
      return privateAnswer(subscribing.allEnded(removed));
    }
    const ids = listOf(typed.replaceAll('#', ' ').replace(/(?<=\d)\s+(?=\d)/g, ','));
    if (!ids.every((id) => /^\d+$/.test(id))) return unsubscribePlaces(typed, before, asked, ports, known);
    const unknown = ids.find((id) => !before.some((one) => one.id === id));
    if (unknown !== undefined)
      return privateAnswer(
        subscribing.noSuch(
          unknown,
          before.map(({ id }) => id),
        ),
      );
    const ended = before.filter(({ id }) => ids.includes(id));
    for (const { id } of ended) await store.removeSubscriptions(lane, id);
    const [one, another] = ended;
    const headline =
      one && !another
        ? subscribing.ended(one.id, filterWords(one.filter, known.context))
        : subscribing.endedMany(ended.map(({ id }) => id));
    return privateAnswer(headline, { lines: [leftLine(before.length - ended.length, asked, known)] });
  },
};

const leftLine = (left: number, { prefix }: CommandRequest, { words: { subscribing } }: TalkContext): Line => [
  left === 0 ? subscribing.nothingLeft : subscribing.left(`${prefix}list`, left),
];

/** Removes places from every subscription; one without places left ends. */
async function unsubscribePlaces(
  typed: string,
  before: readonly Subscription[],
  asked: CommandRequest,
  ports: TalkPorts,
  known: TalkContext,
): Promise<Answer> {
  const { subscribing, common, forms } = known.words;
  const everywhere = isEverywhere(typed);
  const { countries, unknown }: PlacesRead = everywhere ? { countries: [] } : readPlaces(typed, ports.places);
  if (unknown !== undefined) return wrongPlace(asked, 'id', unknown, ports, known);
  const lines: Line[] = [];
  let left = before.length;
  for (const one of before) {
    const watching = one.filter.countries;
    const remaining = watching?.filter((code) => !countries.includes(code)) ?? [];
    if (everywhere ? watching !== undefined : !watching || remaining.length === watching.length) continue;
    if (remaining.length === 0) {
      await ports.store.removeSubscriptions(one.lane, one.id);
      left -= 1;
      lines.push([subscribing.ended(one.id, filterWords(one.filter, known.context))]);
    } else {
      const filter = { ...one.filter, countries: remaining };
      await ports.store.saveSubscription({ ...one, filter });
      lines.push([subscribing.goesOn(one.id, filterWords(filter, known.context))]);
    }
  }
  const names = everywhere ? common.everywhere : forms.list(placesWords(countries, known.context));
  const wide = before.filter(({ filter }) => !filter.countries).map(({ id }) => id);
  const stays = !everywhere && wide.length > 0 ? [[subscribing.stillEverywhere(wide)]] : [];
  if (lines.length === 0) return privateAnswer(subscribing.noneNames(names), { lines: stays });
  return privateAnswer(subscribing.noLonger(names), { lines: [...lines, ...stays, leftLine(left, asked, known)] });
}

export const unsubscribing: readonly Command[] = [unsubscribe];
