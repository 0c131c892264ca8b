/**
 * Renders messages as terminal cards. Severity is shown in words and shapes; colour is only an
 * addition.
 */
import { styleText } from 'node:util';
import wrapAnsi from 'wrap-ansi';
import { terminalWordsIn } from '../../src/i18n/terminal.ts';
import type { Button, ChatMessage, Line, Part } from '../../src/message.ts';
import type { Severity } from '../../src/model/finding.ts';
import { harmless, harmlessLink } from './sanitize.ts';

export interface Look {
  readonly colour: boolean;
  /** IANA zone for times; UTC is added. */
  readonly zone: string;
  /** Undefined if the output is not a terminal: text is wrapped, but links stay whole. */
  readonly columns?: number;
}

export interface CardPlace {
  /** The card's tag and what it relates to: "UPDATE of #3". */
  readonly tag?: string;
  /** The alert's id in what people type: "why 1a2b3c". */
  readonly label?: string;
  /** The previous form: lines that are new are marked. */
  readonly before?: ChatMessage;
  /** Set for a note that belongs to another card. */
  readonly indented?: boolean;
}

type Style = Parameters<typeof styleText>[0];
type Paint = (style: Style, text: string) => string;

const colours: Readonly<Record<Severity, Style>> = { 4: 'red', 3: 'yellow', 2: 'cyan', 1: 'blue', 0: 'gray' };
const widest = 110;
const narrowest = 24;

export function card(message: ChatMessage, looks: Look, place: CardPlace = {}): string {
  const look = message.zone === undefined ? looks : { ...looks, zone: message.zone };
  const paint: Paint = (style, text) => (look.colour ? styleText(style, text, { validateStream: false }) : text);
  const edge = (text: string) => paint(message.severity === undefined ? 'gray' : colours[message.severity], text);
  const margin = place.indented ? '    ' : '';
  const width = Math.max(narrowest, Math.min(look.columns ?? 100, widest) - 3 - margin.length);
  const known = place.before && new Set(rowsOf(place.before, plainly(look)).map(({ text }) => text));
  const plain = rowsOf(message, plainly(look));
  const body = rowsOf(message, { look, paint }).flatMap((row, index) => {
    const isNew = known !== undefined && !known.has(plain[index]?.text ?? '');
    return wrapped(row, width, look).map((text, line) => `${edge(isNew && line === 0 ? '┠▸' : '┃ ')}${text}`);
  });
  const words = terminalWordsIn(message.language);
  const tag = place.tag ?? (message.kind === 'answer' ? '' : words.tags[message.kind]);
  // Recorded and sample alerts are not stored: there is nothing to act on.
  const typed = message.marked ? [] : typedButtons(message.buttons, place.label);
  const footer = typed.length === 0 ? [] : wrapped({ indent: '', text: typed.join(' · ') }, width, look);
  return [
    ...(tag === '' ? [] : [`${edge('┏━')} ${paint('bold', tag)}${known ? paint('gray', `  (▸ ${words.changed})`) : ''}`]),
    ...body,
    ...footer.map((text, line) => `${edge(line === 0 ? '┗━ ' : '   ')}${paint('gray', text)}`),
    ...(footer.length === 0 && tag !== '' ? [edge('┗━')] : []),
  ]
    .map((row) => `${margin}${row}`.trimEnd())
    .join('\n')
    .concat('\n');
}

interface Row {
  readonly indent: string;
  readonly text: string;
}

interface Pen {
  readonly look: Look;
  readonly paint: Paint;
}

const plainly = (look: Look): Pen => ({ look: { ...look, colour: false }, paint: (_, text) => text });

function rowsOf(message: ChatMessage, pen: Pen): readonly Row[] {
  const { paint } = pen;
  const row = (text: string, indent = ''): Row => ({ indent, text });
  const show = (line: Line) => line.map((part) => partOf(part, pen, message.language)).join('');
  return [
    ...(message.marked ? [row(paint('inverse', `*** ${harmless(message.marked)} ***`))] : []),
    row(paint('bold', harmless(message.headline))),
    ...titleOf(message).map((line) => row(show(line))),
    ...message.lines.map((line) => row(show(line))),
    ...message.fields.map(({ name, value }) => row(`${paint('gray', `${harmless(name)}:`)} ${show(value)}`)),
    ...message.sections.flatMap(({ title, lines }) => [
      row(paint('underline', harmless(title))),
      ...lines.map((line) => row(show(line), '  • ')),
    ]),
    ...message.footer.map((line) => row(paint('gray', show(line)))),
  ];
}

function titleOf({ title }: ChatMessage): readonly Line[] {
  if (title === undefined) return [];
  return [[title.link === undefined ? { strong: title.text } : { link: title.link, text: title.text }]];
}

/**
 * Wraps to the width in columns (wide characters count two); further lines are indented like the
 * first.
 */
function wrapped({ indent, text }: Row, width: number, look: Look): readonly string[] {
  const lines = wrapAnsi(text, width - indent.length, { hard: look.columns !== undefined }).split('\n');
  return lines.map((line, index) => `${index === 0 ? indent : ' '.repeat(indent.length)}${line}`);
}

function partOf(part: Part, { look, paint }: Pen, language: string): string {
  if (typeof part === 'string') return harmless(part);
  if ('strong' in part) return paint('bold', harmless(part.strong));
  if ('at' in part) return timeOf(part.at, look.zone, language);
  if ('person' in part) return harmless(part.person);
  const text = harmless(part.text);
  const link = harmlessLink(part.link);
  if (link === undefined) return text;
  return look.colour ? `\u001b]8;;${link}\u0007${paint('underline', text)}\u001b]8;;\u0007` : `${text} <${link}>`;
}

/** In the reader's zone and the message's language; UTC is added if it differs. */
function timeOf(at: number, zone: string, language: string): string {
  const shown = language.startsWith('en') ? 'en-GB' : language;
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const day = { day: 'numeric', month: 'short', year: 'numeric' } as const;
  const format = (timeZone: string) => new Intl.DateTimeFormat(shown, { timeZone, ...day, ...clock }).format(at);
  const utc = format('UTC');
  const local = format(zone);
  if (local === utc) return `${utc} UTC`;
  return `${local} (${new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', ...clock }).format(at)} UTC)`;
}

/** Returns the lines to type instead of pressing buttons. */
function typedButtons(buttons: readonly Button[], label: string | undefined): readonly string[] {
  return buttons.flatMap((button) => {
    switch (button.act) {
      case 'command':
        return [`${harmless(button.label)}: ${harmless(button.value)}`];
      case 'why':
        return [`why ${label ?? harmless(button.value)}`];
      case 'acknowledge':
        return [`ack ${label ?? harmless(button.value)}`];
      case 'wrong':
        // A value with a reason is one of the choices.
        return button.value.includes(' ')
          ? [`${harmless(button.label)}: wrong ${harmless(button.value)}`]
          : [`wrong ${label ?? harmless(button.value)}`];
      default:
        return [];
    }
  });
}
