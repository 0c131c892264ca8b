/** When two readings of one field say the same. */
import { Parser } from 'htmlparser2';

/** @param plain the reading promises plain text and is held to it; else its markup may be taken away as well */
export function sameTitle(expected: string, read: string, plain: boolean): boolean {
  const wanted = [single(expected), withoutMarkup(expected)];
  return wanted.includes(single(read)) || (!plain && wanted.includes(withoutMarkup(read)));
}

/** @param base what both are relative to: the references were made without knowing where the documents came from */
export function sameLink(expected: string, read: string, base: string): boolean {
  return read !== '' && (expected === read || URL.parse(expected, base)?.href === URL.parse(read, base)?.href);
}

export function sameId(expected: string, read: string): boolean {
  return expected.trim() === read.trim();
}

/** To the second: that is what the references give. */
export function sameDate(expected: number, read: number): boolean {
  return Math.floor(expected / 1000) === Math.floor(read / 1000);
}

function single(text: string): string {
  return text.replace(/[\s\u200b\ufeff]+/g, ' ').trim();
}

function withoutMarkup(markup: string): string {
  let text = '';
  const parser = new Parser({
    ontext: (part) => {
      text += part;
    },
  });
  parser.end(markup);
  return single(text);
}
