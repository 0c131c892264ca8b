/** Markup to plain text: tags go, entities are decoded once, white space is single. */
import { Parser } from 'htmlparser2';

const unseen = new Set(['script', 'style', 'noscript', 'iframe', 'svg', 'template']);
const inline = new Set([
  'a',
  'abbr',
  'b',
  'bdi',
  'cite',
  'code',
  'em',
  'font',
  'i',
  'mark',
  'q',
  's',
  'small',
  'span',
  'strong',
  'sub',
  'sup',
  'time',
  'u',
]);
/** Longer texts are no headline and no report: the rest is not read. */
const longest = 200_000;

export function plain(markup: string): string {
  const text = repaired(markup.length > longest ? markup.slice(0, longest) : markup);
  return /[<&]/.test(text) ? collapse(stripped(text)) : collapse(text);
}

const strict = new TextDecoder('utf-8', { fatal: true });

/** UTF-8 that a publisher once read as Latin-1 and encoded again ("KÃ¤lte") is read back, where all of it can be. */
function repaired(text: string): string {
  if (!/[\u00c2-\u00f4][\u0080-\u00bf]/.test(text) || /[\u0100-\uffff]/.test(text)) return text;
  try {
    return strict.decode(Buffer.from(text, 'latin1'));
  } catch {
    return text;
  }
}

function collapse(text: string): string {
  return text.replace(/[\s\u200b\ufeff]+/g, ' ').trim();
}

function stripped(markup: string): string {
  let text = '';
  let hidden = 0;
  const parser = new Parser(
    {
      onopentagname: (name) => {
        if (unseen.has(name)) hidden += 1;
        else if (!inline.has(name)) text += ' ';
      },
      onclosetag: (name) => {
        if (unseen.has(name)) hidden = Math.max(0, hidden - 1);
        else if (!inline.has(name)) text += ' ';
      },
      ontext: (part) => {
        if (hidden === 0) text += part;
      },
    },
    { decodeEntities: true, recognizeSelfClosing: true },
  );
  parser.end(markup);
  return text;
}

/** An absolute http(s) address, or '' where the feed gives none that may be opened. */
export function resolved(address: string, base: string): string {
  const trimmed = address.trim();
  if (trimmed === '') return '';
  const url = URL.parse(trimmed, URL.canParse(base) ? base : undefined);
  if (!url || !/^https?:$/.test(url.protocol)) return '';
  // An address that is whole already stays as it was written: it may be an id.
  return /^https?:\/\//i.test(trimmed) && !/\s/.test(trimmed) ? trimmed : url.href;
}
