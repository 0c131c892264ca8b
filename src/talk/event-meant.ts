/** Finds an event by an alert's id or the beginning of one, as lists show it. */
import type { AnswerWords } from '../i18n/words.ts';
import type { NewsEvent } from '../model/event.ts';
import type { StoreReading } from '../ports/store.ts';

/** Ids to name at most when a prefix is ambiguous. */
const mostNamed = 20;

/** Returns undefined if no event matches; `several` is the answer to an ambiguous prefix. */
export async function eventMeant(
  typed: string,
  { store }: { readonly store: Pick<StoreReading, 'event' | 'events'> },
  { wrong }: AnswerWords,
): Promise<{ readonly event: NewsEvent } | { readonly several: string } | undefined> {
  const id = typed.trim().replace(/^#/, '').split('@')[0] ?? '';
  const exact = id === '' ? undefined : await store.event(id);
  if (exact) return { event: exact };
  if (!/^[\w-]+$/.test(id)) return undefined;
  const found = await store.events({ idPrefix: id.toLowerCase(), limit: mostNamed });
  const [event, another] = found;
  if (!event) return undefined;
  if (!another) return { event };
  return {
    several: wrong.severalEvents(
      typed,
      found.map(({ id: one }) => one),
    ),
  };
}
