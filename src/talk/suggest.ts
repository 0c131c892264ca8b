/** Completes half-typed options. */

import { topics } from '../kinds.ts';
import type { Choice } from '../message.ts';
import { shortId } from '../phrase/digest.ts';
import type { PlatformHooks } from '../ports/platform.ts';
import type { Command, TalkPorts } from './command.ts';
import { zonesLike } from './read-zone.ts';

/** Discord's limit. */
const most = 25;
const longest = 100;

export function createSuggest({ store, places }: TalkPorts, commands: readonly Command[]): PlatformHooks['suggest'] {
  return async ({ command, option, typed, locale, lane }) => {
    const spec = commands.find((one) => one.name === command)?.options.find((one) => one.name === option);
    if (!spec) return [];
    const begins = (word: string) => word.toLowerCase().startsWith(typed.trim().toLowerCase());
    switch (spec.kind) {
      case 'place':
        return choices(places.suggest(typed, most, locale).map(({ name }) => name));
      case 'places':
        return inList(typed, (last) => [
          ...(option === 'places' && typed === last && 'everywhere'.startsWith(last.toLowerCase()) ? ['everywhere'] : []),
          ...places.suggest(last, most, locale).map(({ name }) => name),
        ]);
      case 'topics':
        return inList(typed, (last) => [...topics, 'everything'].filter((topic) => topic.includes(last.toLowerCase())));
      case 'subscription':
        return choices([...(await store.subscriptions(lane)).map(({ id }) => id), 'all'].filter(begins));
      case 'zone':
        return choices(zonesLike(typed, most));
      case 'word':
        return choices((option === 'command' ? commands.map(({ name }) => name) : (spec.choices ?? [])).filter(begins));
      case 'text':
        return option === 'alert' ? choices(await alertIds(store).then((ids) => ids.filter(begins))) : [];
    }
  };
}

/** Ids of the latest alerts. */
async function alertIds(store: TalkPorts['store']): Promise<readonly string[]> {
  const events = await store.events({ limit: 8 * most, minSeverity: 1 });
  return events.filter(({ alertedRevision }) => alertedRevision !== undefined).map(({ id }) => shortId(id));
}

const choices = (values: readonly string[]): readonly Choice[] =>
  values
    .filter((value) => value.length <= longest)
    .slice(0, most)
    .map((value) => ({ label: value, value }));

/** Completes the last entry of a list. */
function inList(typed: string, complete: (last: string) => readonly string[]): readonly Choice[] {
  const before = typed.slice(0, typed.lastIndexOf(',') + 1);
  const last = typed.slice(before.length).trim();
  return choices(complete(last).map((name) => (before === '' ? name : `${before} ${name}`)));
}
