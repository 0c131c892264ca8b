/**
 * A message as Block Kit. What came from a feed stands in rich text and plain text only, which Slack never reads as markup: no mention, no command,
 * no link that was not checked can come of it.
 */
import type { KnownBlock, RichTextSection } from '@slack/types';
import type { Button, ChatMessage, Line, Part } from '../../src/message.ts';
import { cut, limits } from './limits.ts';

export interface SlackPayload {
  readonly text: string;
  readonly blocks: KnownBlock[];
  readonly unfurl_links: false;
  readonly unfurl_media: false;
}

type Element = RichTextSection['elements'][number];

/** @param how `mention` is a user or user-group id, pinged by its own element */
export function renderSlack(message: ChatMessage, how: { readonly mention?: string } = {}): SlackPayload {
  const budget = { left: limits.words };
  const blocks: KnownBlock[] = [];
  if (message.marked) blocks.push(context(message.marked));
  blocks.push({ type: 'header', text: { type: 'plain_text', text: cut(message.headline, limits.header), emoji: true } });
  const mention = how.mention ? [mentionOf(how.mention)] : [];
  const fields = message.fields.map(({ name, value }): Line => [{ strong: `${name}: ` }, ...value]);
  const whole = message.headline.length > limits.header ? [[message.headline]] : [];
  const body = section([...mention.map(() => [] as Line), ...whole, ...fields, ...message.lines], budget, mention);
  if (body) blocks.push(body);
  for (const { title, lines } of message.sections) {
    const block = section([[{ strong: title }], ...lines.map((line): Line => ['• ', ...line])], budget);
    if (block && blocks.length < limits.blocks - 3) blocks.push(block);
  }
  const foot = message.footer.map((line) => line.map(wordsOf).join('')).join(' · ');
  if (foot !== '') blocks.push(context(foot));
  const actions = message.buttons.slice(0, limits.actions).map(buttonOf);
  if (actions.length > 0) blocks.push({ type: 'actions', elements: actions });
  return { text: escaped(cut(message.headline, limits.text)), blocks, unfurl_links: false, unfurl_media: false };
}

/** The fallback text is the one place that Slack reads as markup. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function context(text: string): KnownBlock {
  return { type: 'context', elements: [{ type: 'plain_text', text: cut(text, limits.plainText), emoji: true }] };
}

function section(lines: readonly Line[], budget: { left: number }, before: readonly Element[] = []): KnownBlock | undefined {
  const elements: Element[] = [...before];
  for (const line of lines) {
    if (budget.left <= 0) break;
    if (elements.length > 0) elements.push({ type: 'text', text: '\n' });
    for (const part of line) elements.push(elementOf(part, budget));
  }
  const shown = elements.filter((element) => element.type !== 'text' || element.text !== '');
  return shown.length > 0 ? { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: shown }] } : undefined;
}

function elementOf(part: Part, budget: { left: number }): Element {
  const words = (text: string) => {
    const shown = cut(text, Math.max(1, Math.min(budget.left, limits.plainText)));
    budget.left -= shown.length;
    return shown;
  };
  if (typeof part === 'string') return { type: 'text', text: words(part) };
  if ('strong' in part) return { type: 'text', text: words(part.strong), style: { bold: true } };
  if ('at' in part) {
    budget.left -= 24;
    return { type: 'date', timestamp: Math.floor(part.at / 1000), format: '{date_short_pretty} {time}', fallback: wordsOf(part) };
  }
  const text = words(part.text);
  return /^https?:\/\/\S+$/.test(part.link) ? { type: 'link', url: cut(part.link, limits.plainText), text } : { type: 'text', text };
}

function wordsOf(part: Part): string {
  if (typeof part === 'string') return part;
  if ('strong' in part) return part.strong;
  return 'link' in part ? part.text : `${new Date(part.at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function mentionOf(id: string): Element {
  return /^[UW]/.test(id) ? { type: 'user', user_id: id } : { type: 'usergroup', usergroup_id: id };
}

function buttonOf(button: Button, index: number) {
  const text = { type: 'plain_text', text: cut(button.label, limits.buttonText), emoji: true } as const;
  if (button.act === 'open')
    return { type: 'button', text, action_id: `open-${index}`, url: cut(button.link, limits.buttonValue) } as const;
  return { type: 'button', text, action_id: `${button.act}-${index}`, value: cut(button.value, limits.buttonValue) } as const;
}
