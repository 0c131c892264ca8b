/**
 * A delivery's key on Discord. As `nonce` it keeps a repeated post from becoming a second message, for some minutes; Discord does not give it
 * back later, so that a short form stays with the message too, where it can be looked up as long as the message stands: behind the value of
 * its first button, which nobody sees, and in the foot of a message without buttons.
 */
import { createHash } from 'node:crypto';
import type { APIEmbed, APIMessage } from 'discord.js';
import { limits } from './limits.ts';

export function nonceOf(key: string): string {
  return createHash('sha256').update(key).digest('base64url').slice(0, limits.nonce);
}

export function markOf(key: string): string {
  return `ref ${shortOf(key)}`;
}

/** The button's `custom_id` with the key; as it is where both together would be too long. */
export function withKey(customId: string, key: string): string {
  const marked = `${customId}|${shortOf(key)}`;
  return marked.length <= limits.customId ? marked : customId;
}

export function withoutKey(customId: string): string {
  return customId.replace(/\|[\w-]{10}$/, '');
}

/** Whether a message carries the key, in a button or in its foot. */
export function carries({ embeds, components = [] }: Pick<APIMessage, 'embeds' | 'components'>, key: string): boolean {
  const inFoot = ({ footer }: APIEmbed) => footer?.text.endsWith(markOf(key)) ?? false;
  return embeds.some(inFoot) || JSON.stringify(components).includes(`|${shortOf(key)}"`);
}

function shortOf(key: string): string {
  return nonceOf(key).slice(0, 10);
}
