/** A message as lines of a terminal: cards with a rule at the side, severity in words and shapes, colour only on top of them. */
import { styleText } from 'node:util';
import wrapAnsi from 'wrap-ansi';
import type { Button, ChatMessage, Line, Part } from '../../src/message.ts';
import type { Severity } from '../../src/model.ts';

export interface Look {
  readonly colour: boolean;
  /** IANA zone in which times are shown, UTC beside. */
  readonly zone: string;
  readonly columns: number;
}

type Style = Parameters<typeof styleText>[0];

const colours: Readonly<Record<Severity, Style>> = { 4: 'red', 3: 'yellow', 2: 'cyan', 1: 'blue', 0: 'gray' };
const tags: Readonly<Record<ChatMessage['kind'], string>> = {
  new: 'NEW',
  update: 'UPDATE',
  correction: 'CORRECTION',
  lifted: 'LIFTED',
  digest: 'DIGEST',
  answer: '',
  notice: 'NOTICE',
};

/** Control characters and escape sequences of a text that is not ours do nothing in the terminal. */
export function harmless(text: string): string {
  return text.replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ');
}

/** @param tag what the card is tied to: "UPDATE of #3" */
export function card(message: ChatMessage, look: Look, tag?: string): string {
  const paint = (style: Style, text: string) => (look.colour ? styleText(style, text, { validateStream: false }) : text);
  const style = message.severity === undefined ? 'gray' : colours[message.severity];
  const width = Math.max(30, Math.min(look.columns, 110) - 2);
  const show = (line: Line) => line.map((part) => partOf(part, look, paint)).join('');
  const label = tag ?? tags[message.kind];
  const marked = message.marked ? [paint('inverse', ` ${harmless(message.marked)} `)] : [];
  const rows = [
    ...marked,
    paint('bold', `${label === '' ? '' : `[${label}] `}${harmless(message.headline)}`),
    ...message.fields.map(({ name, value }) => `${paint('gray', `${harmless(name)}:`)} ${show(value)}`),
    ...message.lines.map(show),
    ...message.sections.flatMap(({ title, lines }) => [paint('underline', harmless(title)), ...lines.map((line) => `  • ${show(line)}`)]),
    ...message.footer.map((line) => paint('gray', show(line))),
    ...buttonRow(message.buttons).map((text) => paint('gray', text)),
  ];
  const side = paint(style, '┃');
  const wrapped = rows.flatMap((row) => wrapAnsi(row, width, { hard: true, trim: false }).split('\n'));
  return `${wrapped.map((row) => `${side} ${row}`).join('\n')}\n`;
}

function partOf(part: Part, look: Look, paint: (style: Style, text: string) => string): string {
  if (typeof part === 'string') return harmless(part);
  if ('strong' in part) return paint('bold', harmless(part.strong));
  if ('at' in part) return timeOf(part.at, look.zone);
  const text = harmless(part.text);
  const link = harmless(part.link).replaceAll(' ', '%20');
  if (!/^https?:\/\//.test(link)) return text;
  return look.colour ? `\u001b]8;;${link}\u0007${paint('underline', text)}\u001b]8;;\u0007` : `${text} <${link}>`;
}

/** In the reader's zone, with UTC beside where that differs. */
export function timeOf(at: number, zone: string): string {
  const format = (timeZone: string) =>
    new Intl.DateTimeFormat('en-GB', {
      timeZone,
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
    }).format(at);
  const utc = format('UTC');
  const local = format(zone);
  return local === utc ? `${utc} UTC` : `${local} (${utc.slice(-5)} UTC)`;
}

/** Buttons as the lines to type. */
function buttonRow(buttons: readonly Button[]): readonly string[] {
  const typed = buttons.flatMap((button) => {
    if (button.act === 'command') return [`${harmless(button.label)}: ${harmless(button.value)}`];
    if (button.act === 'why') return [`Why: why ${harmless(button.value)}`];
    return button.act === 'acknowledge' ? [`Acknowledge: ack ${harmless(button.value)}`] : [];
  });
  return typed.length > 0 ? [`› ${typed.join('   › ')}`] : [];
}
