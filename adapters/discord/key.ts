/**
 * A delivery's key on Discord. As `nonce` it prevents a duplicate post for some minutes, but
 * Discord does not return it later. So a short form is stored in the message as well: after the
 * value of its first button or, without buttons, in invisible characters after the headline.
 */
import { createHash } from 'node:crypto';
import type { APIMessage } from 'discord.js';
import { limits } from './limits.ts';

export function nonceOf(key: string): string {
  return createHash('sha256').update(key).digest('base64url').slice(0, limits.nonce);
}

/**
 * Invisible mathematical operators: zero width and, unlike joiners, without effect on neighbours.
 */
const invisible = ['\u2061', '\u2062', '\u2063', '\u2064'] as const;

/** Returns a hash of the key in invisible characters, two bits each. */
export function hiddenOf(key: string): string {
  const bytes = [...createHash('sha256').update(key).digest().subarray(0, 8)];
  return bytes.flatMap((byte) => [6, 4, 2, 0].map((shift) => invisible[((byte >> shift) & 3) as 0 | 1 | 2 | 3])).join('');
}

/** Appends the key to a button's `custom_id`; returns it unchanged if that would be too long. */
export function withKey(customId: string, key: string): string {
  const marked = `${customId}|${shortOf(key)}`;
  return marked.length <= limits.customId ? marked : customId;
}

export function withoutKey(customId: string): string {
  return customId.replace(/\|[\w-]{10}$/, '');
}

/** Whether a message contains the key, in a button or after its headline. */
export function carries({ content, components = [] }: Pick<APIMessage, 'content' | 'components'>, key: string): boolean {
  return content.includes(hiddenOf(key)) || JSON.stringify(components).includes(`|${shortOf(key)}"`);
}

function shortOf(key: string): string {
  return nonceOf(key).slice(0, 10);
}
