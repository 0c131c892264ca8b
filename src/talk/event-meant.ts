/** Which event people mean by an alert's id, or by the beginning of one, as it stands in lists. */
import type { AnswerWords } from '../i18n/words.ts';
import type { NewsEvent } from '../model/event.ts';
import type { TalkPorts } from './command.ts';

/** Shorter beginnings would fit too much. */
const shortest = 3;
/** Events looked through for a beginning, the latest first. */
const lookedAt = 1000;

/** Undefined where no event is meant; several where a beginning fits more than one. */
export async function eventMeant(
  typed: string,
  { store }: Pick<TalkPorts, 'store'>,
  { wrong }: AnswerWords,
): Promise<{ readonly event: NewsEvent } | { readonly several: string } | undefined> {
  const id = typed.trim().replace(/^#/, '').split('@')[0] ?? '';
  const exact = id === '' ? undefined : await store.event(id);
  if (exact) return { event: exact };
  if (id.length < shortest || !/^[\w-]+$/.test(id)) return undefined;
  const found = (await store.events({ limit: lookedAt })).filter((event) => event.id.startsWith(id.toLowerCase()));
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
