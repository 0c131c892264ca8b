/**
 * A delivery's key on Discord. As `nonce` it keeps a repeated post from becoming a second message, for some minutes; Discord does not give it
 * back later, so that a short form stays with the message too, where it can be looked up as long as the message stands: behind the value of
 * its first button, and after the headline of a message without buttons in characters that are drawn as nothing.
 */
import { createHash } from 'node:crypto';
import type { APIMessage } from 'discord.js';
import { limits } from './limits.ts';

export function nonceOf(key: string): string {
  return createHash('sha256').update(key).digest('base64url').slice(0, limits.nonce);
}

/** Mathematics' invisible operators: of no width, and unlike joiners without effect on the letters and emoji beside them. */
const invisible = ['\u2061', '\u2062', '\u2063', '\u2064'] as const;

/** The key's short form, two bits to a character. */
export function hiddenOf(key: string): string {
  const bytes = [...createHash('sha256').update(key).digest().subarray(0, 8)];
  return bytes.flatMap((byte) => [6, 4, 2, 0].map((shift) => invisible[((byte >> shift) & 3) as 0 | 1 | 2 | 3])).join('');
}

/** The button's `custom_id` with the key; as it is where both together would be too long. */
export function withKey(customId: string, key: string): string {
  const marked = `${customId}|${shortOf(key)}`;
  return marked.length <= limits.customId ? marked : customId;
}

export function withoutKey(customId: string): string {
  return customId.replace(/\|[\w-]{10}$/, '');
}

/** Whether a message carries the key, in a button or after its headline. */
export function carries({ content, components = [] }: Pick<APIMessage, 'content' | 'components'>, key: string): boolean {
  return content.includes(hiddenOf(key)) || JSON.stringify(components).includes(`|${shortOf(key)}"`);
}

function shortOf(key: string): string {
  return nonceOf(key).slice(0, 10);
}
