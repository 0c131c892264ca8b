/** Levels of advice: native words to the common scale, as data. */
import type { Level } from '../model.ts';
import { foldText } from './letters.ts';
import { isRecord, shown } from './lexicon.ts';
import { tokenise } from './tokens.ts';

export interface Levels {
  /** The level that a text states, with its words; undefined where it states none. */
  read(text: string): { readonly level: Level; readonly words: string; readonly start: number; readonly end: number } | undefined;
  /** An issuer's own words for a level. */
  native(issuer: string, level: Level): string | undefined;
  /** Whether a State is known to issue advice by levels. */
  issues(country: string): boolean;
}

/** @param file named in the problem, which is one line: key, what was found, what is allowed */
export function readLevels(value: unknown, file: string): { readonly levels: Levels } | { readonly problem: string } {
  if (!isRecord(value) || !isRecord(value.levels) || !isRecord(value.common)) {
    return { problem: `${file}: found ${shown(value)}; allowed: levels, common, not-advice` };
  }
  const native = new Map<string, string>();
  const phrases: { readonly words: readonly string[]; readonly level: Level }[] = [];
  for (const [issuer, scale] of Object.entries({ ...value.levels, common: value.common })) {
    for (const [key, words] of Object.entries(isRecord(scale) ? scale : {})) {
      const level = Number(key);
      if (!isLevel(level) || !Array.isArray(words))
        return { problem: `${file}: ${issuer}.${key}: found ${shown(words)}; allowed: levels 1 to 4 with lists of words` };
      for (const phrase of words)
        if (issuer === 'common') phrases.push({ words: tokenise(String(phrase)).tokens.map((token) => token.word), level });
      if (issuer !== 'common' && words.length > 0) native.set(`${issuer}${level}`, String(words[0]));
    }
  }
  phrases.sort((a, b) => b.words.length - a.words.length);
  const stop = Array.isArray(value['not-advice']) ? value['not-advice'].map((word) => foldText(String(word))) : [];
  return {
    levels: {
      read: (text) => readLevel(text, phrases, stop),
      native: (issuer, level) => native.get(`${issuer}${level}`),
      issues: (country) => native.has(`${country}4`),
    },
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
  if (stop.some((word) => ` ${words.join(' ')} `.includes(` ${word} `))) return undefined;
  for (const phrase of phrases) {
    for (let at = 0; at + phrase.words.length <= words.length; at += 1) {
      if (!phrase.words.every((word, index) => words[at + index] === word)) continue;
      const start = tokens[at]?.start ?? 0;
      const end = tokens[at + phrase.words.length - 1]?.end ?? start;
      return { level: phrase.level, words: text.slice(start, end), start, end };
    }
  }
  return undefined;
}
