import type { Delivery } from '../model/delivery.ts';
import type { Store } from '../ports/store.ts';

/**
 * Returns the post that replaces an edit whose message is gone; undefined unless the change is an
 * escalation.
 */
export async function repostOf(edit: Delivery, store: Pick<Store, 'alert' | 'channel'>): Promise<Delivery | undefined> {
  const { lane, subject, revision, act } = edit;
  if (act !== 'edit') return undefined;
  const alert = await store.alert(`${subject}@${revision}`);
  if (!alert?.escalates) return undefined;
  const { mention, ...post } = { ...edit, mention: (await store.channel(lane))?.mention };
  // The edit's key plus one letter: platforms accept 25 characters.
  return { ...post, act: 'post', key: `${edit.key}a`, ...(mention && { mention }) };
}
