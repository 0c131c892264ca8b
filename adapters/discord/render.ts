/**
 * A message as Discord takes it: the headline as content, since that is what a notification shows, and the rest in an embed. Discord reads
 * markdown everywhere, so every text is escaped, and what looks like a mention or an address is taken apart.
 */
import type { Button, ChatMessage, Line, Part } from '../../src/message.ts';
import type { Severity } from '../../src/model.ts';
import { cut, limits } from './limits.ts';

export interface DiscordPayload {
  readonly content: string;
  readonly embeds: readonly object[];
  readonly components: readonly object[];
  readonly allowed_mentions: { readonly parse: readonly never[]; readonly roles?: readonly string[]; readonly users?: readonly string[] };
}

const colours: Readonly<Record<Severity, number>> = { 4: 0xc62828, 3: 0xef6c00, 2: 0xf9a825, 1: 0x1565c0, 0: 0x757575 };

/** @param how `mention` is a role's id, or `@` and a person's; `key` marks the message so that it can be found again */
export function renderDiscord(message: ChatMessage, how: { readonly mention?: string; readonly key?: string } = {}): DiscordPayload {
  const budget = { left: limits.words };
  const spend = (text: string, most: number) => {
    const shown = cut(text, Math.min(most, budget.left));
    budget.left -= shown.length;
    return shown;
  };
  const foot = [...message.footer.map((line) => line.map(plainOf).join('')), ...(how.key ? [`ref ${how.key.slice(0, 10)}`] : [])].join(
    ' · ',
  );
  const footer = spend(foot, Math.min(limits.footer, 600));
  const description = spend(message.lines.map(lineOf).join('\n'), limits.description);
  const fields: object[] = [];
  const sections = message.sections.map(({ title, lines }) => ({
    name: title,
    value: lines.map((line) => `• ${lineOf(line)}`).join('\n'),
    inline: false,
  }));
  for (const field of [...message.fields.map(({ name, value }) => ({ name, value: lineOf(value), inline: true })), ...sections]) {
    if (fields.length >= limits.fields || budget.left < 20) break;
    fields.push({
      name: spend(escaped(field.name), limits.fieldName) || '–',
      value: spend(field.value, limits.fieldValue) || '–',
      inline: field.inline,
    });
  }
  const embed = {
    ...(description !== '' && { description }),
    ...(fields.length > 0 && { fields }),
    ...(footer !== '' && { footer: { text: footer } }),
    ...(message.severity !== undefined && { color: colours[message.severity] }),
  };
  const mention = mentionOf(how.mention);
  const marked = message.marked ? `${escaped(message.marked)}\n` : '';
  const head = `${mention.text}${marked}**${cut(escaped(message.headline), limits.content - mention.text.length - marked.length - 4)}**`;
  return {
    content: cut(head, limits.content),
    embeds: Object.keys(embed).length > 1 || description !== '' ? [embed] : [],
    components: rowsOf(message.buttons),
    allowed_mentions: { parse: [], ...mention.allowed },
  };
}

function mentionOf(id: string | undefined): {
  readonly text: string;
  readonly allowed: { readonly roles?: readonly string[]; readonly users?: readonly string[] };
} {
  const bare = id?.replace(/^@/, '') ?? '';
  if (!/^\d{5,20}$/.test(bare)) return { text: '', allowed: {} };
  return id?.startsWith('@') ? { text: `<@${bare}> `, allowed: { users: [bare] } } : { text: `<@&${bare}> `, allowed: { roles: [bare] } };
}

/** Markdown shows as written; mentions, channels, timestamps and addresses stay words. */
export function escaped(text: string): string {
  return text
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/[\\*_~`|>#[\]()-]/g, '\\$&')
    .replace(/[@<]/g, '$&\u200b')
    .replace(/:\/\//g, ':\u200b//')
    .replace(/(discord)\.(gg|com)/gi, '$1\u200b.$2');
}

function lineOf(line: Line): string {
  return line.map(partOf).join('');
}

function partOf(part: Part): string {
  if (typeof part === 'string') return escaped(part);
  if ('strong' in part) return part.strong.trim() === '' ? escaped(part.strong) : `**${escaped(part.strong)}**`;
  if ('at' in part) return `<t:${Math.floor(part.at / 1000)}:f>`;
  const link = URL.parse(part.link);
  const safe = link && /^https?:$/.test(link.protocol) && link.href.length <= limits.url;
  return safe
    ? `[${escaped(part.text) || 'link'}](<${link.href.replaceAll('>', '%3E').replaceAll(')', '%29').replaceAll('(', '%28')}>)`
    : escaped(part.text);
}

function plainOf(part: Part): string {
  if (typeof part === 'string') return part;
  if ('strong' in part) return part.strong;
  return 'link' in part ? part.text : `${new Date(part.at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function rowsOf(buttons: readonly Button[]): readonly object[] {
  const shown = buttons.flatMap((button) => buttonOf(button) ?? []).slice(0, limits.rows * limits.buttonsPerRow);
  return Array.from({ length: Math.ceil(shown.length / limits.buttonsPerRow) }, (_, row) => ({
    type: 1,
    components: shown.slice(row * limits.buttonsPerRow, (row + 1) * limits.buttonsPerRow),
  }));
}

function buttonOf(button: Button): object | undefined {
  const label = cut(button.label, limits.buttonLabel);
  if (button.act === 'open') {
    const fits = button.link.length <= limits.url && /^https?:\/\/\S+$/.test(button.link);
    return fits ? { type: 2, style: 5, label, url: button.link } : undefined;
  }
  const id = `${button.act}:${button.value}`;
  return id.length <= limits.customId ? { type: 2, style: 2, label, custom_id: id } : undefined;
}
