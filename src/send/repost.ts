import type { Delivery } from '../model/delivery.ts';
import type { Store } from '../ports/store.ts';

/** The post that takes the place of an edit whose message is gone; undefined where the change is no escalation. */
export async function repostOf(edit: Delivery, store: Pick<Store, 'alert' | 'channel'>): Promise<Delivery | undefined> {
  const { lane, subject, revision, act } = edit;
  if (act !== 'edit') return undefined;
  const alert = await store.alert(`${subject}@${revision}`);
  if (!alert?.escalates) return undefined;
  const { mention, ...post } = { ...edit, mention: (await store.channel(lane))?.mention };
  // The edit's key and one more letter: platforms take 25.
  return { ...post, act: 'post', key: `${edit.key}a`, ...(mention && { mention }) };
}
