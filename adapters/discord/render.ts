/**
 * Renders a message for Discord: the headline as content, which notifications show, the rest as
 * embeds. Pure.
 */
import type { APIEmbed, APIEmbedField } from 'discord.js';
import { type ChatMessage, type Line, plainText } from '../../src/message.ts';
import type { Act } from '../../src/model/delivery.ts';
import type { Severity } from '../../src/model/finding.ts';
import { type ButtonRow, rowsOf } from './buttons.ts';
import { hiddenOf, withKey } from './key.ts';
import { limits } from './limits.ts';
import { escaped, linkOf, markdown, plain } from './text.ts';

export interface DiscordPayload {
  readonly content: string;
  readonly embeds: readonly APIEmbed[];
  readonly components: readonly ButtonRow[];
  readonly allowed_mentions: { readonly parse: readonly never[]; readonly roles?: readonly string[]; readonly users?: readonly string[] };
}

interface RenderOptions {
  /** An edit pings no one and contains no mention. */
  readonly act?: Act;
  /** A role's id, or `@` and a user's. */
  readonly mention?: string;
  /** The delivery's key, to find the message again. */
  readonly key?: string;
}

/** Characters left for all embeds of a message together. */
interface Budget {
  left: number;
}

const colours: Readonly<Record<Severity, number>> = { 4: 0xc62828, 3: 0xef6c00, 2: 0xf9a825, 1: 0x1565c0, 0: 0x757575 };
/** A field's name or value may not be empty. */
const nothing = '–';
/** With fewer characters left, nothing more is added. */
const least = 20;
/** Prepended to the footer if something did not fit. */
const leftOut = '… · ';

export function renderDiscord(message: ChatMessage, how: RenderOptions = {}): DiscordPayload {
  const mention = mentionOf(how.act === 'edit' ? undefined : how.mention);
  const marked = message.marked ? `${markdown([[message.marked]], limits.content / 4)}\n` : '';
  const opening = `${marked}${mention.text}`;
  const components = rowsOf(message.buttons, how.key);
  const inButton = how.key !== undefined && JSON.stringify(components).includes(withKey('', how.key));
  const hidden = how.key === undefined || inButton ? '' : hiddenOf(how.key);
  const headline = message.flag ? `${message.flag} ${message.headline}` : message.headline;
  return {
    content: `${opening}**${escaped(headline, limits.content - opening.length - hidden.length - 4).trim() || '…'}${hidden}**`,
    embeds: embedsOf(message),
    components,
    allowed_mentions: { parse: [], ...mention.allowed },
  };
}

function mentionOf(id = ''): { readonly text: string; readonly allowed: Omit<DiscordPayload['allowed_mentions'], 'parse'> } {
  const [, person, bare] = /^(@?)(\d{5,20})$/.exec(id) ?? [];
  if (!bare) return { text: '', allowed: {} };
  return person ? { text: `<@${bare}> `, allowed: { users: [bare] } } : { text: `<@&${bare}> `, allowed: { roles: [bare] } };
}

function embedsOf(message: ChatMessage): readonly APIEmbed[] {
  const budget: Budget = { left: limits.words - leftOut.length };
  // The footer with its attribution gets its space first.
  const footer = spent(budget, footOf(message.footer));
  const titled = titleOf(message, budget);
  const description = spent(budget, descriptionOf(message, Math.min(limits.description, budget.left)));
  const { fields, embeds, full } = partsOf(message, budget);
  const color = message.severity === undefined ? {} : { color: colours[message.severity] };
  const all = [{ ...titled, ...(description !== '' && { description }), ...(fields.length > 0 && { fields }) }, ...embeds]
    .filter((embed, index) => index > 0 || Object.keys(embed).length > 0)
    .map((embed) => ({ ...embed, ...color }));
  const text = `${full ? '' : leftOut}${footer}`;
  if (text === '') return all;
  const last = all.pop() ?? { description: '\u200b', ...color };
  return [...all, { ...last, footer: { text } }];
}

/** The main source's title, linked to it. */
function titleOf({ title }: ChatMessage, budget: Budget): Pick<APIEmbed, 'title' | 'url'> {
  const words = title ? spent(budget, escaped(title.text, limits.title).trim()) : '';
  const url = title?.link === undefined ? undefined : linkOf(title.link);
  return words === '' ? {} : { title: words, ...(url && { url }) };
}

/**
 * Discord's footer shows neither links nor times: lines with some go to the end of the description.
 */
const isPlain = (line: Line): boolean => line.every((part) => typeof part === 'string' || 'strong' in part);

function footOf(lines: readonly Line[]): string {
  return plain(lines.filter(isPlain).map(plainText).join(' · ').trim(), limits.footer / 2);
}

function descriptionOf({ lines, footer }: ChatMessage, room: number): string {
  const notPlain = footer.filter((line) => !isPlain(line));
  const tail = markdown(notPlain, Math.floor(room / 4));
  const head = markdown(lines, room - tail.length - 2);
  return [head, tail].filter((text) => text.trim() !== '').join('\n\n');
}

/**
 * Sections become fields while they fit; from the first that does not, each becomes its own embed,
 * which preserves the order.
 */
function partsOf(message: ChatMessage, budget: Budget) {
  const fields: APIEmbedField[] = [];
  const embeds: APIEmbed[] = [];
  let full = true;
  for (const { name, value } of message.fields) {
    if (fields.length < limits.fields && budget.left > least) fields.push(fieldOf(budget, name, [value], true));
    else full = false;
  }
  for (const { title, lines } of message.sections) {
    const listed = lines.map((line): Line => ['• ', ...line]);
    const length = markdown(listed, Number.POSITIVE_INFINITY).length;
    const fits = length <= limits.fieldValue && length + limits.fieldName < budget.left && fields.length < limits.fields;
    if (fits && embeds.length === 0) fields.push(fieldOf(budget, title, listed, false));
    // The first embed is the message's own.
    else if (embeds.length < limits.embeds - 1 && budget.left > least) embeds.push(embedOf(budget, title, listed));
    else full = false;
  }
  return { fields, embeds, full };
}

function fieldOf(budget: Budget, name: string, value: readonly Line[], inline: boolean): APIEmbedField {
  const heading = spent(budget, markdown([[name]], Math.min(limits.fieldName, budget.left / 2)).trim() || nothing);
  const text = markdown(value, Math.min(limits.fieldValue, budget.left));
  return { name: heading, value: spent(budget, text.trim() || nothing), inline };
}

function embedOf(budget: Budget, title: string, lines: readonly Line[]): APIEmbed {
  const heading = spent(budget, markdown([[title]], Math.min(limits.title, budget.left / 2)).trim() || nothing);
  const text = markdown(lines, Math.min(limits.description, budget.left));
  return { title: heading, description: spent(budget, text.trim() || nothing) };
}

function spent(budget: Budget, text: string): string {
  budget.left -= text.length;
  return text;
}
