import type { Problems } from '../model/basics.ts';
import type { Level } from '../model/finding.ts';
import { entriesIn, type Path, type Where, wordsIn, wrong } from './check.ts';
import { foldText } from './letters.ts';

import { tokenise } from './tokens.ts';

export interface Levels {
  /** The level that a text states, with its words; undefined where it states none. */
  read(text: string): { readonly level: Level; readonly words: string; readonly start: number; readonly end: number } | undefined;
  /** An issuer's own words for a level. */
  native(issuer: string, level: Level): string | undefined;
  /** Whether a State is known to issue advice by levels. */
  issues(country: string): boolean;
}

/** @param where names the place of an entry in the problems, one line each */
export function readLevels(value: unknown, where: Where): { readonly levels: Levels } | Problems {
  const problems: string[] = [];
  const entries = (path: Path, given: unknown, allowed: string) => entriesIn(given, path, allowed, where, problems);
  const scale = (path: Path, given: unknown) =>
    entries(path, given, 'levels 1 to 4 with lists of words').flatMap(([key, words]) => {
      const level = Number(key);
      if (!isLevel(level)) problems.push(wrong(where, [...path, key], `level ${key}`, 'levels 1 to 4'));
      const said = wordsIn(words, [...path, key], 'a list of words', where, problems);
      return isLevel(level) ? [{ level, words: said }] : [];
    });
  const file = Object.fromEntries(entries([], value, 'levels, common, not-advice'));
  const native = new Map<string, string>();
  for (const [issuer, words] of entries(['levels'], file.levels, 'country codes with their levels')) {
    for (const { level, words: said } of scale(['levels', issuer], words))
      if (said[0] !== undefined) native.set(`${issuer}${level}`, said[0]);
  }
  const phrases = scale(['common'], file.common)
    .flatMap(({ level, words }) => words.map((phrase) => ({ words: tokenise(phrase).tokens.map((token) => token.word), level })))
    .sort((a, b) => b.words.length - a.words.length);
  const stop = wordsIn(file['not-advice'] ?? [], ['not-advice'], 'a list of words', where, problems).map(foldText);
  if (problems.length > 0) return { problems };
  return {
    levels: {
      read: once((text) => readLevel(text, phrases, stop)),
      native: (issuer, level) => native.get(`${issuer}${level}`),
      issues: (country) => native.has(`${country}4`),
    },
  };
}

/** Every frame that fits a text asks the same of it. */
function once<T>(read: (text: string) => T): (text: string) => T {
  let last: { readonly text: string; readonly found: T } | undefined;
  return (text) => {
    if (last?.text !== text) last = { text, found: read(text) };
    return last.found;
  };
}

function isLevel(value: number): value is Level {
  return value === 1 || value === 2 || value === 3 || value === 4;
}

function readLevel(
  text: string,
  phrases: readonly { readonly words: readonly string[]; readonly level: Level }[],
  stop: readonly string[],
) {
  const { tokens } = tokenise(text);
  const words = tokens.map((token) => token.word);
  const said = new Set(words);
  const whole = ` ${words.join(' ')} `;
  if (stop.some((word) => whole.includes(` ${word} `))) return undefined;
  for (const phrase of phrases) {
    if (!said.has(phrase.words[0] ?? '')) continue;
    for (let at = 0; at + phrase.words.length <= words.length; at += 1) {
      if (!phrase.words.every((word, index) => words[at + index] === word)) continue;
      const start = tokens[at]?.start ?? 0;
      const end = tokens[at + phrase.words.length - 1]?.end ?? start;
      return { level: phrase.level, words: text.slice(start, end), start, end };
    }
  }
  return undefined;
}
