/** unsubscribe: by number, by place, or all. */
import type { Answer, Line } from '../message.ts';
import type { Subscription } from '../model.ts';
import { countWords, echoed, listWords } from '../phrase/answers.ts';
import { filterWords } from '../phrase/answers-settings.ts';
import { type Asked, type Command, type Known, option, quietly, type TalkPorts } from './command.ts';
import { listOf } from './line.ts';
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
    const typed = (options.id ?? '').trim();
    const before = (await store.subscriptions(lane)).toSorted(byNumber);
    if (before.length === 0) return quietly('This channel has no subscription.');
    if (/^all$/i.test(typed)) {
      const removed = await store.removeSubscriptions(lane);
      return quietly(`${countWords(removed, 'subscription')} ended: this channel watches nothing now.`);
    }
    const ids = listOf(typed.replaceAll('#', ' ').replace(/(?<=\d)\s+(?=\d)/g, ','));
    if (!ids.every((id) => /^\d+$/.test(id))) return unsubscribePlaces(typed, before, asked, ports, known);
    const unknown = ids.find((id) => !before.some((one) => one.id === id));
    if (unknown !== undefined)
      return quietly(
        `No subscription ${echoed(unknown)}. There ${before.length === 1 ? 'is' : 'are'} ${listWords(
          before.map(({ id }) => id),
          20,
        )}; or all.`,
      );
    const ended = before.filter(({ id }) => ids.includes(id));
    for (const { id } of ended) await store.removeSubscriptions(lane, id);
    const [one, another] = ended;
    const headline =
      one && !another
        ? `Subscription ${one.id} ended: ${filterWords(one.filter, known.context)}.`
        : `Subscriptions ${listWords(
            ended.map(({ id }) => id),
            20,
          )} ended.`;
    return quietly(headline, { lines: [leftLine(before.length - ended.length, asked)] });
  },
};

const leftLine = (left: number, { prefix }: Asked): Line => [
  left === 0 ? 'This channel watches nothing now.' : `${prefix}list shows the ${left} left.`,
];

/** Takes places out of every subscription that names them; one that names no other ends. */
async function unsubscribePlaces(
  typed: string,
  before: readonly Subscription[],
  asked: Asked,
  ports: TalkPorts,
  known: Known,
): Promise<Answer> {
  const everywhere = isEverywhere(typed);
  const { countries, unknown }: PlacesRead = everywhere ? { countries: [] } : readPlaces(typed, ports.places);
  if (unknown !== undefined) return wrongPlace(asked, 'id', unknown, ports, known);
  const lines: Line[] = [];
  let left = before.length;
  for (const one of before) {
    const watching = one.filter.countries;
    const kept = watching?.filter((code) => !countries.includes(code)) ?? [];
    if (everywhere ? watching !== undefined : !watching || kept.length === watching.length) continue;
    if (kept.length === 0) {
      await ports.store.removeSubscriptions(one.lane, one.id);
      left -= 1;
      lines.push([`Subscription ${one.id} ended: ${filterWords(one.filter, known.context)}.`]);
    } else {
      const filter = { ...one.filter, countries: kept };
      await ports.store.saveSubscription({ ...one, filter });
      lines.push([`Subscription ${one.id} goes on with ${filterWords(filter, known.context)}.`]);
    }
  }
  const names = everywhere ? 'everywhere' : listWords(countries.map((code) => ports.places.name(code)));
  const wide = before.filter(({ filter }) => !filter.countries).map(({ id }) => id);
  const stays = !everywhere && wide.length > 0 ? [[`Subscription ${listWords(wide)} still watches everywhere.`]] : [];
  if (lines.length === 0) return quietly(`No subscription of this channel names ${names}.`, { lines: stays });
  return quietly(`No longer watching ${names}`, { lines: [...lines, ...stays, leftLine(left, asked)] });
}

export const unsubscribing: readonly Command[] = [unsubscribe];
