/** Lines as rich text, which Slack shows as it is: nothing in it is read as a mention, a command or markup, and only checked addresses become links. */
import type { RichTextElement, RichTextList, RichTextSection } from '@slack/types';
import { type Line, linkWords, type Part, plainText } from '../../src/message.ts';
import { clean, cut, isWeb } from './limits.ts';

/** How much of a message is still free, as JSON characters. */
export interface Room {
  left: number;
}

/** An element is not worth its frame below this many characters. */
const least = 20;
/** What a section and the break between two lines take beside their words. */
const frame = { section: 60, lineBreak: 30 } as const;

export function sectionOf(lines: readonly Line[], room: Room, before: readonly RichTextElement[] = []): RichTextSection | undefined {
  const elements = [...before];
  room.left -= frame.section + JSON.stringify(before).length;
  for (const line of lines) {
    if (room.left <= 0) break;
    if (elements.length > 0) {
      elements.push({ type: 'text', text: '\n' });
      room.left -= frame.lineBreak;
    }
    elements.push(...elementsOf(line, room));
  }
  return elements.length > 0 ? { type: 'rich_text_section', elements } : undefined;
}

export function listOf(lines: readonly Line[], room: Room): RichTextList | undefined {
  const elements: RichTextSection[] = [];
  for (const line of lines) {
    if (room.left <= 0) break;
    const section = sectionOf([line], room);
    if (section) elements.push(section);
  }
  return elements.length > 0 ? { type: 'rich_text_list', style: 'bullet', elements } : undefined;
}

function elementsOf(line: Line, room: Room): readonly RichTextElement[] {
  const elements: RichTextElement[] = [];
  for (const part of line) {
    if (room.left <= 0 || saysNothing(part)) continue;
    elements.push(fitted(elementOf(part), room));
  }
  return elements;
}

/** Takes the element's room; what does not fit ends in an ellipsis, after which nothing more is said. */
function fitted(element: RichTextElement, room: Room): RichTextElement {
  const size = JSON.stringify(element).length;
  const free = room.left - least;
  room.left -= size;
  if (size <= free) return element;
  room.left = 0;
  if (element.type !== 'text') return { type: 'text', text: '…' };
  // Characters that JSON escapes count for more than one.
  const text = JSON.stringify(element.text).length;
  const fits = Math.floor(((free - size + text) / text) * element.text.length);
  return { ...element, text: fits < least ? '…' : cut(element.text, fits) };
}

/** Slack refuses elements without text. */
function saysNothing(part: Part): boolean {
  return plainText([part]) === '';
}

function elementOf(part: Part): RichTextElement {
  if (typeof part === 'string') return { type: 'text', text: clean(part) };
  if ('strong' in part) return { type: 'text', text: clean(part.strong), style: { bold: true } };
  if ('at' in part) return timeOf(part.at);
  if ('person' in part) return personOf(part.person);
  const text = clean(part.text);
  return isWeb(part.link) ? { type: 'link', url: part.link, text: clean(linkWords(part)) } : { type: 'text', text };
}

/** Ids only: a word that reached this far must not become a ping, nor a block that Slack refuses. */
export function isPerson(id: string): boolean {
  return /^[UW][A-Z0-9]{4,}$/.test(id);
}

function personOf(id: string): RichTextElement {
  return isPerson(id) ? { type: 'user', user_id: id } : { type: 'text', text: clean(id) };
}

/** In each reader's own zone, with UTC beside. */
function timeOf(at: number): RichTextElement {
  const fallback = plainText([{ at }]);
  const format = `{date_short_pretty} {time} (${fallback.slice(-9)})`;
  return { type: 'date', timestamp: Math.floor(at / 1000), format, fallback };
}
