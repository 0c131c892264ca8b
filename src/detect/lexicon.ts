/** The words of one language as a data file gives them: checked here, because here is what they mean. */
import type { CountryCode } from '../model.ts';

export interface Lexicon {
  readonly language: string;
  readonly tags: Readonly<Record<string, readonly string[]>>;
  readonly triggers: readonly string[];
  readonly speakers: Readonly<Record<CountryCode, readonly string[]>>;
  readonly prepositions: Readonly<Record<string, readonly string[]>>;
}

type Read = { readonly lexicon: Lexicon } | { readonly problem: string };

/** @param file named in the problem, which is one line: key, what was found, what is allowed */
export function readLexicon(value: unknown, file: string): Read {
  if (!isRecord(value)) return { problem: `${file}: found no keys; allowed: language, triggers, tags, speakers, prepositions` };
  const wrong = (key: string, found: unknown, allowed: string) => ({
    problem: `${file}: ${key}: found ${shown(found)}; allowed: ${allowed}`,
  });
  const known = ['language', 'triggers', 'tags', 'speakers', 'prepositions'];
  const stranger = Object.keys(value).find((key) => !known.includes(key));
  if (stranger) return wrong(stranger, value[stranger], known.join(', '));
  const { language, triggers, tags, speakers = {}, prepositions = {} } = value;
  if (typeof language !== 'string' || !/^[a-z]{2}$/.test(language)) return wrong('language', language, 'two letters such as en');
  if (!isWords(triggers)) return wrong('triggers', triggers, 'a list of tags');
  for (const [key, group] of Object.entries({ tags, speakers, prepositions })) {
    if (!isRecord(group)) return wrong(key, group, 'names with lists of words');
    const bad = Object.entries(group).find(([, words]) => !isWords(words));
    if (bad) return wrong(`${key}.${bad[0]}`, bad[1], 'a list of words');
  }
  const missing = triggers.find((tag) => !isRecord(tags) || !(tag in tags));
  if (missing) return wrong('triggers', missing, 'tags of this file');
  return {
    lexicon: {
      language,
      triggers,
      tags: tags as Lexicon['tags'],
      speakers: speakers as Lexicon['speakers'],
      prepositions: prepositions as Lexicon['prepositions'],
    },
  };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isWords(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((word) => typeof word === 'string' && word.trim() !== '');
}

export function shown(value: unknown): string {
  return value === undefined ? 'nothing' : (JSON.stringify(value)?.slice(0, 60) ?? String(value));
}
