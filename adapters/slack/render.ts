/**
 * Renders a message as Block Kit. Feed text goes into rich text and plain text only, which Slack
 * never parses as markup: it cannot create mentions, commands or unchecked links.
 */
import type {
  ActionsBlockElement,
  KnownBlock,
  PlainTextElement,
  PlainTextOption,
  RichTextElement,
  Button as SlackButton,
} from '@slack/types';
import { type Button, type ChatMessage, type Line, plainText } from '../../src/message.ts';
import { isWeb, limits, shown } from './limits.ts';
import { isPerson, listOf, type Room, sectionOf } from './rich-text.ts';

export interface SlackPayload {
  readonly text: string;
  readonly blocks: KnownBlock[];
  readonly unfurl_links: false;
  readonly unfurl_media: false;
  /** Leaves URLs and names in the fallback text unlinked; edits would parse them otherwise. */
  readonly parse: 'none';
  readonly link_names: false;
}

/** @param how `mention` is the id of a user or user group to ping */
export function renderSlack(message: ChatMessage, how: { readonly mention?: string } = {}): SlackPayload {
  const room: Room = { left: limits.message };
  const before = fitting(room, [...marks(message), header(message)]);
  const after = fitting(room, [...richFooter(message), ...plainFooter(message), ...actions(message)]);
  const body = [bodySection(message, how.mention, room), ...sections(message, room)].flatMap((block) => block ?? []);
  const blocks = [...before, ...body.slice(0, limits.blocks - before.length - after.length), ...after];
  const text = escaped(shown(message.headline, limits.text));
  return { text, blocks, unfurl_links: false, unfurl_media: false, parse: 'none', link_names: false };
}

/** Returns the blocks that fit and reserves their space; required blocks go first. */
function fitting(room: Room, blocks: readonly KnownBlock[]): readonly KnownBlock[] {
  return blocks.filter((block) => {
    const size = JSON.stringify(block).length;
    if (size > room.left) return false;
    room.left -= size;
    return true;
  });
}

function marks({ marked }: ChatMessage): readonly KnownBlock[] {
  return marked ? [context(marked)] : [];
}

function header({ headline, flag }: ChatMessage): KnownBlock {
  return { type: 'header', text: plain((flag ? `${flag} ${headline}` : headline).replace(/\s+/g, ' '), limits.header) };
}

function bodySection(message: ChatMessage, mention: string | undefined, room: Room): KnownBlock | undefined {
  const whole = message.headline.length > limits.header ? [[message.headline]] : [];
  const fields = message.fields.map(({ name, value }): Line => [{ strong: `${name}: ` }, ...value]);
  const { title } = message;
  const first = title === undefined ? [] : [[title.link === undefined ? { strong: title.text } : { link: title.link, text: title.text }]];
  const section = sectionOf([...whole, ...first, ...message.lines, ...fields], room, mentionOf(mention));
  return section && { type: 'rich_text', elements: [section] };
}

function sections(message: ChatMessage, room: Room): readonly (KnownBlock | undefined)[] {
  return message.sections.map(({ title, lines }) => {
    const heading = room.left > 0 ? sectionOf([[{ strong: title }]], room) : undefined;
    const list = listOf(lines, room);
    return heading && { type: 'rich_text', elements: [heading, ...(list ? [list] : [])] };
  });
}

/** Context blocks show no people, links or times: footer lines with some go before them. */
const isPlain = (line: Line): boolean => line.every((part) => typeof part === 'string' || 'strong' in part);

function richFooter({ footer }: ChatMessage): readonly KnownBlock[] {
  const lines = footer.filter((line) => !isPlain(line));
  const section = sectionOf(lines, { left: limits.signed });
  return section ? [{ type: 'rich_text', elements: [section] }] : [];
}

function plainFooter({ footer }: ChatMessage): readonly KnownBlock[] {
  const words = footer
    .filter(isPlain)
    .map(plainText)
    .filter((text) => text !== '');
  return words.length > 0 ? [context(words.join(' · '))] : [];
}

function context(text: string): KnownBlock {
  return { type: 'context', elements: [plain(text, limits.context)] };
}

/** Visible buttons, then an overflow menu; what does not fit the menu stays visible. */
function actions({ buttons }: ChatMessage): readonly KnownBlock[] {
  const usable = buttons.filter((button) => (button.act === 'open' ? isWeb(button.link) : button.value.length <= limits.buttonValue));
  const inMenu = usable.filter((button) => button.overflow && idOf(button).length <= limits.optionValue).slice(0, limits.options);
  const elements: ActionsBlockElement[] = usable
    .filter((button) => !inMenu.includes(button))
    .map(buttonOf)
    .slice(0, limits.actions - 1);
  if (inMenu.length > 0) elements.push({ type: 'overflow', action_id: 'more', options: inMenu.map(optionOf) });
  return elements.length > 0 ? [{ type: 'actions', elements }] : [];
}

function buttonOf(button: Button, index: number): SlackButton {
  const text = plain(button.label, limits.buttonText);
  // Slack requires unique action ids within a block.
  const shared = { type: 'button', text, action_id: `${button.act}-${index}` } as const;
  return button.act === 'open' ? { ...shared, url: button.link } : { ...shared, value: button.value };
}

function optionOf(button: Button): PlainTextOption {
  const option = { text: plain(button.label, limits.buttonText), value: idOf(button) };
  return button.act === 'open' ? { ...option, url: button.link } : option;
}

/** An overflow option returns only its value, so the value includes the act. */
function idOf(button: Button): string {
  return button.act === 'open' ? 'open' : `${button.act}:${button.value}`;
}

/** Only valid ids become mentions. */
function mentionOf(id: string | undefined): readonly RichTextElement[] {
  if (!id) return [];
  if (isPerson(id)) return [{ type: 'user', user_id: id }];
  return /^S[A-Z0-9]{4,}$/.test(id) ? [{ type: 'usergroup', usergroup_id: id }] : [];
}

export function plain(text: string, length: number): PlainTextElement {
  return { type: 'plain_text', text: shown(text, length), emoji: false };
}

/** The fallback text is the only part that Slack parses as markup. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
