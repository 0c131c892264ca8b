/** Parses a typed line into a command and options; tolerant, as people type on phones. Pure. */
import type { CommandSpec } from '../message.ts';

export interface ParsedCommand {
  readonly command: string;
  readonly options: Readonly<Record<string, string>>;
  /** Words that belong to no option. */
  readonly unparsed?: string;
}

/** Longer lines are cut. */
const longest = 2000;

/**
 * The first option needs no name ("subscribe Ukraine"); the others follow theirs ("from US, UK" or
 * "from:US").
 */
export function readLine(line: string, commands: readonly CommandSpec[]): ParsedCommand | { readonly unknown: string } {
  const words = [...wordsOf(line)];
  if (/^[/@]?attach[eé]$/iu.test(words[0]?.text ?? '')) words.shift();
  const typed = words.shift()?.text.toLowerCase() ?? 'help';
  const { name = typed, after = [] } = alias[typed] ?? {};
  if (words.length > 0) words.push(...after.map((text) => ({ text, quoted: false })));
  const command = commands.find((one) => one.name === name);
  if (!command) return { unknown: name };
  return { command: name, ...optionsOf(words, command) };
}

/** Aliases of commands, and words they append. */
const alias: Readonly<Record<string, { readonly name: string; readonly after?: readonly string[] }>> = Object.assign(Object.create(null), {
  unmute: { name: 'mute', after: ['off'] },
  acknowledge: { name: 'ack' },
  '?': { name: 'help' },
});

function optionsOf(words: readonly Word[], { options: specs }: CommandSpec): Pick<ParsedCommand, 'options' | 'unparsed'> {
  const texts = new Map<string, string[]>();
  const left: string[] = [];
  const first = specs[0]?.positional === false ? undefined : specs[0]?.name;
  let at = first;
  for (const word of words) {
    const { key, text, whole } = optionName(word, specs);
    // A repeated name extends its list: "from US from UK".
    if (key && texts.has(key)) texts.get(key)?.push(',');
    if (key) at = key;
    if (at && !texts.has(at)) texts.set(at, []);
    if (text !== '') (at === undefined ? left : texts.get(at))?.push(word.quoted ? `"${text}"` : text);
    // "--from=US Ukraine": the value is complete, unless a comma continues it.
    if (whole && first && !texts.has(first) && !text.endsWith(',')) at = first;
  }
  const options = Object.fromEntries([...texts].map(([name, said]) => [name, said.join(' ').replaceAll(' ,', ',')]));
  return { options, ...(left.length > 0 && { unparsed: left.join(' ') }) };
}

/**
 * `from` and `--from` (`—from` on phones) name an option; `from:US` and `--from=US` also start its
 * value. Quoted text never names one.
 */
function optionName(
  { text, quoted }: Word,
  specs: CommandSpec['options'],
): { readonly key?: string; readonly text: string; readonly whole?: boolean } {
  if (quoted) return { text };
  const [, dashes, name = '', equals, rest = ''] = /^(-{1,2}|[–—])?([a-z]+)(?:([:=])(.*))?$/is.exec(text) ?? [];
  const key = specs.find((option) => option.name === name.toLowerCase())?.name;
  return key ? { key, text: rest, whole: dashes !== undefined && equals === '=' && rest !== '' } : { text };
}

interface Word {
  readonly text: string;
  readonly quoted: boolean;
}

/**
 * Splits into words; quoted text (straight or curly) is one word. Apostrophes within words do not
 * quote.
 */
function* wordsOf(line: string): Generator<Word> {
  const quotesOrWord = /["“”„«]([^"“”„«»]*)["“”„»]|(?<=^|\s)['‘]([^'‘’]*)['’](?=$|[\s,;])|([^\s"“”„«»]+)/g;
  for (const match of line.slice(0, longest).matchAll(quotesOrWord)) {
    const quoted = match[1] ?? match[2];
    const text = (quoted ?? match[3] ?? '').trim();
    if (text !== '') yield { text, quoted: quoted !== undefined };
  }
}

/**
 * Formats a command as a line, for a button that repeats it with one option fixed. Returns
 * undefined if no line parses back to the same.
 */
export function formatLine(said: ParsedCommand, commands: readonly CommandSpec[]): string | undefined {
  const command = commands.find((one) => one.name === said.command);
  if (!command) return undefined;
  const words = command.options.flatMap(({ name, positional }, index) => {
    const value = said.options[name];
    if (value === undefined) return [];
    return index === 0 && positional !== false ? [value] : [name, value];
  });
  const line = [said.command, ...words].join(' ');
  const again = readLine(line, commands);
  const same =
    'command' in again && !again.unparsed && Object.entries(said.options).every(([name, value]) => again.options[name] === value);
  return same && line.length <= 100 ? line : undefined;
}

/** "Ukraine, South Sudan and Mali" */
export function listOf(text: string): readonly string[] {
  const parts = text.split(/[,;]|(?<=^|\s)(?:and|or|&)(?=$|\s)/i);
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** Returns quoted phrases and single words, without the commas and "and" between them. */
export function phrasesOf(text: string): readonly string[] {
  const words = [...wordsOf(text)].flatMap(({ text: word, quoted }) => {
    const bare = quoted ? word : word.replace(/^[,;]+|[,;]+$/g, '');
    return bare === '' || (!quoted && /^(and|or|&)$/i.test(bare)) ? [] : [bare];
  });
  return [...new Set(words)];
}
