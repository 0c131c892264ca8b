/** Keeps foreign text from controlling the terminal. */
import { stripVTControlCharacters } from 'node:util';

/** Returns the text on one line, without escape sequences, control and bidirectional characters. */
export function harmless(text: string): string {
  return stripVTControlCharacters(text)
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ');
}

/** Returns an http(s) URL in printable ASCII, as hyperlink sequences require, else undefined. */
export function harmlessLink(link: string): string | undefined {
  if (!URL.canParse(link)) return undefined;
  const { protocol, href } = new URL(link);
  return (protocol === 'https:' || protocol === 'http:') && /^[\x21-\x7e]+$/.test(href) ? href : undefined;
}
