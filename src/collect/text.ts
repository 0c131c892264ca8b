/**
 * Markup to plain text: drops tags, decodes entities once, collapses white space. Also resolves
 * addresses.
 */
import { Tokenizer } from 'htmlparser2';

const unseen = new Set(['script', 'style', 'noscript', 'iframe', 'svg', 'template']);
const inline = new Set(
  'a abbr b bdi big cite code del em font i ins kbd mark q s samp small span strike strong sub sup time tt u var wbr'.split(' '),
);
/** Longer texts are neither a headline nor a report: the rest is ignored. */
const longest = 200_000;

export function plain(markup: string): string {
  const text = repaired(markup.length > longest ? markup.slice(0, longest) : markup);
  return single(/[<&]/.test(text) ? stripped(text) : text);
}

/** Escapes plain text so that it reads the same as markup. */
export function escaped(text: string): string {
  return /[<&]/.test(text) ? text.replaceAll('&', '&amp;').replaceAll('<', '&lt;') : text;
}

const strict = new TextDecoder('utf-8', { fatal: true });

/**
 * Repairs UTF-8 that a publisher read as Latin-1 and encoded again ("KÃ¤lte"), if all of it can be.
 */
function repaired(text: string): string {
  if (!/[\u00c2-\u00f4][\u0080-\u00bf]/.test(text) || /[\u0100-\uffff]/.test(text)) return text;
  try {
    return strict.decode(Buffer.from(text, 'latin1'));
  } catch {
    return text;
  }
}

/** Any white space but single spaces, and control characters. */
const untidy = /[^\S ]| {2}|[\p{Cc}\u200b\ufeff]/u;

function single(text: string): string {
  return (untidy.test(text) ? text.replace(/[\s\p{Cc}\u200b\ufeff]+/gu, ' ') : text).trim();
}

/** The state of `stripped`: one tokenizer is reused, because texts are many and short. */
const now = { markup: '', text: '', hidden: 0, spaced: true };
const nothing = () => {};
const heard: ConstructorParameters<typeof Tokenizer>[1] = {
  ontext: (start, end) => {
    if (now.hidden === 0) say(now.markup.slice(start, end));
  },
  ontextentity: (codepoint) => {
    if (now.hidden === 0) say(String.fromCodePoint(codepoint));
  },
  onopentagname: (start, end) => passTag(now.markup.slice(start, end), 1),
  onclosetag: (start, end) => passTag(now.markup.slice(start, end), -1),
  oncdata: nothing,
  oncomment: nothing,
  ondeclaration: nothing,
  onprocessinginstruction: nothing,
  onopentagend: nothing,
  onselfclosingtag: nothing,
  onattribname: nothing,
  onattribdata: nothing,
  onattribentity: nothing,
  onattribend: nothing,
  onend: nothing,
};
/** Faster for text without entities. */
const leaping = new Tokenizer({ decodeEntities: false }, heard);
const decoding = new Tokenizer({}, heard);

function passTag(written: string, step: 1 | -1): void {
  const name = written.toLowerCase();
  if (unseen.has(name)) now.hidden = Math.max(0, now.hidden + step);
  else if (!now.spaced && !inline.has(name)) {
    now.text += ' ';
    now.spaced = true;
  }
}

function say(text: string): void {
  now.text += text;
  now.spaced = false;
}

function stripped(markup: string): string {
  Object.assign(now, { markup, text: '', hidden: 0, spaced: true });
  const tokenizer = markup.includes('&') ? decoding : leaping;
  tokenizer.reset();
  tokenizer.write(markup);
  tokenizer.end();
  return now.text;
}

/** Longer addresses open nowhere: browsers, servers and chats refuse them. */
const longestAddress = 8192;
/**
 * No feed has a longer base: with one of megabytes every relative address of the document would
 * cost as much.
 */
export const longestBase = 2048;

/** Returns an absolute http(s) address, or '' if there is none that may be opened. */
export function resolved(address: string, base: string): string {
  const trimmed = address.trim();
  if (trimmed === '' || trimmed.length > longestAddress) return '';
  // An absolute address stays as written: it may be an id.
  if (/^https?:\/\/[\w.~:/?#[\]@!$&'()*+,;=%-]+$/i.test(trimmed)) return URL.canParse(trimmed) ? trimmed : '';
  const url = URL.parse(trimmed, base === '' || base.length > longestBase ? undefined : base);
  return url && /^https?:$/.test(url.protocol) && url.href.length <= longestAddress ? url.href : '';
}
