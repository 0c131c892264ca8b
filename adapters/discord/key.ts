/**
 * A delivery's key on Discord. As `nonce` it keeps a repeated post from becoming a second message, for some minutes; Discord does not give it
 * back later, so that a short form stands in the foot of the message too: there it can be looked up as long as the message stands.
 */
import { createHash } from 'node:crypto';
import { limits } from './limits.ts';

export function nonceOf(key: string): string {
  return createHash('sha256').update(key).digest('base64url').slice(0, limits.nonce);
}

export function markOf(key: string): string {
  return `ref ${nonceOf(key).slice(0, 10)}`;
}
