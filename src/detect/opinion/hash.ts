/** Features are 32-bit numbers: hashes of names and words, mixed with each other. The same on every machine. */
import { foldUnit } from '../letters.ts';

/** FNV-1a over folded UTF-16, then mixed so that every bit counts. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    hash = Math.imul(hash ^ (unit < 0x80 ? unit : foldUnit(unit)), 0x01000193);
  }
  return mixed(hash);
}

/** Of two, in this order. */
export function pairOf(one: number, other: number): number {
  return mixed(Math.imul(one, 0x9e3779b1) ^ ((other << 13) | (other >>> 19)) ^ other);
}

/** The finaliser of MurmurHash3. */
function mixed(hash: number): number {
  let value = hash;
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
