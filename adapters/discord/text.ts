/**
 * Words as Discord shows them. It reads markdown nearly everywhere, so that what is not ours is escaped, and what would become a mention, an
 * emoji, a time or an address of its own is broken by a zero-width space.
 */
import { isolated, type Line, linkWords, type Part } from '../../src/message.ts';

const breaker = '\u200b';
const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** One line without control characters and without what turns the direction of the text around it. */
function clean(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').replace(/[\u202a-\u202e\u2066-\u2069]/g, '');
}

/** For places where Discord reads no markdown: footers, labels, choices. Cut at a whole grapheme, and says so with an ellipsis. */
export function plain(text: string, room: number): string {
  return fitted(clean(text), room, broken);
}

/** For places where it does. Text that runs from right to left cannot move what stands beside it. */
export function escaped(text: string, room = Number.POSITIVE_INFINITY): string {
  return fitted(clean(text), room, (kept) => isolated(broken(kept.replace(/[\\*_~`|[\]]/g, '\\$&'))));
}

/** Lines of a message as markdown of at most `room` units, cut between or within parts so that no markup is left open. */
export function markdown(lines: readonly Line[], room: number): string {
  const whole = lines.map((line) => written(line).text).join('\n');
  if (whole.length <= room) return whole;
  if (room < 2) return '';
  let shown = '';
  for (const line of lines) {
    const lead = shown === '' ? '' : '\n';
    const { text, full } = written(line, room - shown.length - lead.length);
    if (text === '' && !full) return `${shown}…`;
    shown += lead + text;
    if (!full) return shown;
  }
  return shown;
}

/** A line within `room`, and whether all of it is there; if not, it says so. */
function written(line: Line, room = Number.POSITIVE_INFINITY): { readonly text: string; readonly full: boolean } {
  let text = '';
  for (const part of line) {
    const next = partOf(part, Number.POSITIVE_INFINITY);
    // Two units are kept: for an ellipsis, and for the backslash before what would begin a heading, a quotation or a list.
    if (text.length + next.length > room - 2) {
      const kept = partOf(part, room - 1 - text.length) || '…';
      return { text: room < 2 ? '' : unheaded(text + kept), full: false };
    }
    text += next;
  }
  return { text: unheaded(text), full: true };
}

function unheaded(line: string): string {
  return line.replace(/^(\s*)([#>+-]|\d+(?=\.))/, (_, space: string, mark: string) => {
    return /\d/.test(mark) ? `${space}${mark}\\` : `${space}\\${mark}`;
  });
}

function partOf(part: Part, room: number): string {
  if (typeof part === 'string') return escaped(part, room);
  if ('strong' in part) return wrapped('**', part.strong, '**', room);
  if ('at' in part) return whole(timeOf(part.at), room);
  if ('person' in part) return /^\d{5,20}$/.test(part.person) ? whole(`<@${part.person}>`, room) : escaped(part.person, room);
  const link = linkOf(part.link);
  return link ? wrapped('[', clean(linkWords(part)).trim() || link, `](<${link}>)`, room) : escaped(part.text, room);
}

function wrapped(before: string, text: string, after: string, room: number): string {
  const within = escaped(text, room - before.length - after.length);
  return within === '' ? '' : `${before}${within}${after}`;
}

const whole = (text: string, room: number): string => (text.length <= room ? text : '');

/** In each reader's own zone, with UTC beside. */
function timeOf(at: number): string {
  return `<t:${Math.floor(at / 1000)}:F> (${new Date(at).toISOString().slice(11, 16)} UTC)`;
}

/** The address, if it leads to the web under its own name. Nothing in it can end the brackets it stands in, or ping. */
export function linkOf(link: string): string | undefined {
  const url = URL.parse(link);
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') return undefined;
  return url.href.replace(
    /[()<>\\\s]|@(?=everyone|here)/gi,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

/** Mentions, custom emoji, times and commands open with `<`, save two; addresses and invitations link themselves. */
function broken(text: string): string {
  return text
    .replace(/<|@(?=everyone|here|$)/gi, `$&${breaker}`)
    .replace(/(?<=https?):|:(?=\/\/)/gi, `:${breaker}`)
    .replace(/discord(?=\.gg|\.com|app\.com)/gi, `$&${breaker}`);
}

/** As many graphemes as fit once they are shown, with an ellipsis where some are missing. */
function fitted(text: string, room: number, show: (kept: string) => string): string {
  const all = show(text);
  if (all.length <= room) return all;
  if (room < 2) return room < 1 ? '' : '…';
  const graphemes: string[] = [];
  for (const { index, segment } of segmenter.segment(text)) {
    if (index + segment.length > room) break;
    graphemes.push(segment);
  }
  let shown = show(`${graphemes.join('')}…`);
  while (shown.length > room && graphemes.length > 0) {
    graphemes.splice(-Math.max(1, Math.floor((shown.length - room) / 8)));
    shown = show(`${graphemes.join('')}…`);
  }
  return shown.length > room ? '…' : shown;
}
