/**
 * Text for Discord, which reads markdown nearly everywhere: foreign text is escaped, and anything
 * that would become a mention, emoji, time or link is broken by a zero-width space.
 */
import { isolated, type Line, linkWords, type Part } from '../../src/message.ts';

const breaker = '\u200b';
const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Returns the text on one line, without control and bidirectional characters. */
function clean(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').replace(/[\u202a-\u202e\u2066-\u2069]/g, '');
}

/**
 * For places without markdown: footers, labels, choices. Cuts between graphemes, with an ellipsis.
 */
export function plain(text: string, room: number): string {
  return fitted(clean(text), room, unlinked);
}

/** For places with markdown. Right-to-left text is isolated from its surroundings. */
export function escaped(text: string, room = Number.POSITIVE_INFINITY): string {
  return fitted(clean(text), room, (kept) => isolated(unlinked(kept.replace(/[\\*_~`|[\]]/g, '\\$&'))));
}

/** Returns lines as markdown of at most `room` UTF-16 units, cut so that no markup is left open. */
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

/** Returns the line within `room`, and whether it is complete; a cut line ends with an ellipsis. */
function written(line: Line, room = Number.POSITIVE_INFINITY): { readonly text: string; readonly full: boolean } {
  let text = '';
  for (const part of line) {
    const next = partOf(part, Number.POSITIVE_INFINITY);
    // Reserve two units: for an ellipsis, and for a backslash before a heading, quote or list
    // marker.
    if (text.length + next.length > room - 2) {
      const shortened = partOf(part, room - 1 - text.length) || '…';
      return { text: room < 2 ? '' : unheaded(text + shortened), full: false };
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

/** In each reader's own zone, with UTC added. */
function timeOf(at: number): string {
  return `<t:${Math.floor(at / 1000)}:F> (${new Date(at).toISOString().slice(11, 16)} UTC)`;
}

/**
 * Returns the URL if it is http(s) without credentials, encoded so that it can neither end its
 * brackets nor ping.
 */
export function linkOf(link: string): string | undefined {
  const url = URL.parse(link);
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') return undefined;
  return url.href.replace(
    /[()<>\\\s]|@(?=everyone|here)/gi,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

/**
 * Mentions, custom emoji, times and commands start with `<`, except @everyone and @here; URLs and
 * invites link themselves.
 */
function unlinked(text: string): string {
  return text
    .replace(/<|@(?=everyone|here|$)/gi, `$&${breaker}`)
    .replace(/(?<=https?):|:(?=\/\/)/gi, `:${breaker}`)
    .replace(/discord(?=\.gg|\.com|app\.com)/gi, `$&${breaker}`);
}

/** Returns as many graphemes as fit after `show`, with an ellipsis if some are missing. */
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
