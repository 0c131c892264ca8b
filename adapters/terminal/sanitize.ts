/** Text that is not ours must not command the terminal. */
import { stripVTControlCharacters } from 'node:util';

/** On one line, without escape sequences, control characters and marks that turn the direction of what follows. */
export function harmless(text: string): string {
  return stripVTControlCharacters(text)
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ');
}

/** An http(s) address in the printable ASCII that a hyperlink sequence may hold; undefined where it is none. */
export function harmlessLink(link: string): string | undefined {
  if (!URL.canParse(link)) return undefined;
  const { protocol, href } = new URL(link);
  return (protocol === 'https:' || protocol === 'http:') && /^[\x21-\x7e]+$/.test(href) ? href : undefined;
}
