/**
 * Renders lines as rich text, in which Slack parses no mentions, commands or markup; only checked
 * URLs become links.
 */
import type { RichTextElement, RichTextList, RichTextSection } from '@slack/types';
import { type Line, linkWords, type Part, plainText } from '../../src/message.ts';
import { clean, cut, isWeb } from './limits.ts';

/** Space left in a message, in JSON characters. */
export interface Room {
  left: number;
}

/** Below this many characters, an element is not added. */
const least = 20;
/** JSON overhead of a section, and of a line break. */
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
    if (room.left <= 0 || isEmpty(part)) continue;
    elements.push(fitted(elementOf(part), room));
  }
  return elements;
}

/**
 * Reserves the element's space. One that does not fit is cut with an ellipsis, and nothing follows.
 */
function fitted(element: RichTextElement, room: Room): RichTextElement {
  const size = JSON.stringify(element).length;
  const free = room.left - least;
  room.left -= size;
  if (size <= free) return element;
  room.left = 0;
  if (element.type !== 'text') return { type: 'text', text: '…' };
  // JSON escapes make some characters longer.
  const text = JSON.stringify(element.text).length;
  const fits = Math.floor(((free - size + text) / text) * element.text.length);
  return { ...element, text: fits < least ? '…' : cut(element.text, fits) };
}

/** Slack refuses elements without text. */
function isEmpty(part: Part): boolean {
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

/** Accepts only ids: other text must become neither a ping nor a block that Slack refuses. */
export function isPerson(id: string): boolean {
  return /^[UW][A-Z0-9]{4,}$/.test(id);
}

function personOf(id: string): RichTextElement {
  return isPerson(id) ? { type: 'user', user_id: id } : { type: 'text', text: clean(id) };
}

/** In each reader's own zone, with UTC added. */
function timeOf(at: number): RichTextElement {
  const fallback = plainText([{ at }]);
  const format = `{date_short_pretty} {time} (${fallback.slice(-9)})`;
  return { type: 'date', timestamp: Math.floor(at / 1000), format, fallback };
}
