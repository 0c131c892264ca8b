/** A typed line to a command and its options: kindly, since people type it on telephones. */
import type { CommandSpec } from '../message.ts';

export type Said = { readonly command: string; readonly options: Readonly<Record<string, string>> };

/** The first option stands without its name ("subscribe Ukraine"), the others behind theirs ("from US, UK"). */
export function readLine(line: string, commands: readonly CommandSpec[]): Said | { readonly unknown: string } {
  const words = wordsOf(line);
  if (words[0]?.text.toLowerCase() === '/attache' || words[0]?.text.toLowerCase() === 'attache') words.shift();
  const name = words.shift()?.text.toLowerCase() ?? 'help';
  const command = commands.find((one) => one.name === name);
  if (!command) return { unknown: name };
  const [first] = command.options;
  const named = new Map(command.options.map((option) => [option.name, option.name]));
  const options: Record<string, string> = {};
  let at = first?.positional === false ? undefined : first?.name;
  for (const { text, quoted } of words) {
    const key = quoted ? undefined : named.get(text.toLowerCase().replace(/:$/, ''));
    if (key && key !== at) {
      at = key;
      options[at] ??= '';
    } else if (at) {
      options[at] = [options[at], quoted ? `"${text}"` : text].filter(Boolean).join(' ');
    }
  }
  return { command: name, options };
}

interface Word {
  readonly text: string;
  readonly quoted: boolean;
}

/** Words, with what stands in quotes (straight or curly) as one. */
function wordsOf(line: string): Word[] {
  const words: Word[] = [];
  for (const match of line.slice(0, 2000).matchAll(/["“”„«]([^"“”„«»]*)["“”„»]|(\S+)/g)) {
    const text = match[1] ?? match[2] ?? '';
    if (text !== '') words.push({ text, quoted: match[1] !== undefined });
  }
  return words;
}

/** "Ukraine, South Sudan and Mali" */
export function listOf(text: string): readonly string[] {
  const parts = text.split(/[,;]|\s+(?:and|or|&)\s+/i);
  return parts.map((part) => part.trim().replace(/^(?:and|or)\s+/i, '')).filter((part) => part !== '');
}

/** Quoted phrases, or the words. */
export function phrasesOf(text: string): readonly string[] {
  return wordsOf(text).map((word) => word.text);
}
