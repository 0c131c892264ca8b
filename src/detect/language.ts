/** Which language a text is in: each of its words votes for the languages that know it. Short words are what tells languages apart. */

import type { Places } from '../places.ts';
import { createBeginnings } from './beginnings.ts';
import { type ForestTables, grow, type Node, plant, readForest } from './forest.ts';
import { foldText } from './letters.ts';
import { type Lexicon, phrasesOf } from './lexicon.ts';
import type { Token } from './tokens.ts';
import { createTries, type Speech } from './trie.ts';

export interface Languages {
  readonly speeches: readonly Speech[];
  readonly names: Node;
  /** Adds to the votes for each language what a word tells of the one that it stands in. */
  vote(votes: Float64Array, token: Token): void;
}

/** Plain enough to be kept in a file: roots are numbers. */
export interface LanguageTables {
  /** Beginnings of words, where a lexicon gives stems, to the languages that have them: whole, and what all their forms may share. */
  readonly beginnings: ReadonlyMap<string, number>;
  /** Letters beyond Latin to the languages that use them: ы tells Russian, і Ukrainian. */
  readonly letters: ReadonlyMap<string, number>;
  readonly forest: ForestTables;
  /** By the number of a word in the forest. */
  readonly votes: Uint32Array;
  readonly speeches: readonly Speech<number>[];
  readonly names: number;
}

/** A language is one bit of a number. */
export const mostLanguages = 32;

/** Beginnings are compared up to the one length, and from the other on. */
const longestBeginning = 8;
const beginning = 4;

export function compileLanguages(lexicons: readonly Lexicon[], places: Places): LanguageTables {
  const words = new Map<string, number>();
  const beginnings = new Map<string, number>();
  const letters = new Map<string, number>();
  // What a country is called is written alike in many languages: inside a phrase it tells of none.
  const countries = new Set(places.entries.filter(({ role }) => role === 'country').map(({ text }) => foldText(text)));
  for (const [index, { tags, names: own }] of lexicons.entries()) {
    const bit = 1 << index;
    // What peoples are called is spelt by each language in its own way.
    for (const word of [...Object.values(tags), ...Object.values(own.citizens)].flatMap((patterns) =>
      patterns.flatMap((pattern) => phrasesOf(pattern).flat()),
    )) {
      const folded = foldText(word.replace('*', ''));
      const isStem = word.endsWith('*');
      if (countries.has(folded)) continue;
      const into = isStem ? beginnings : words;
      for (const key of isStem ? [folded.slice(0, beginning), folded.slice(0, longestBeginning)] : [folded])
        into.set(key, (into.get(key) ?? 0) | bit);
      for (const sign of folded) if (isTelling(sign)) letters.set(sign, (letters.get(sign) ?? 0) | bit);
      // Without spaces between words each sign is a word.
      if (folded.length > 1 && folded.charCodeAt(0) > 0x3040) for (const sign of folded) words.set(sign, (words.get(sign) ?? 0) | bit);
    }
  }
  const { speeches, names } = createTries(lexicons, places);
  const forest = plant([...speeches.map(({ root }) => root), names], words.keys());
  const votes = Uint32Array.from(forest.words.keys(), (word) => words.get(word) ?? 0);
  return { forest, votes, speeches: speeches.map((speech, root) => ({ ...speech, root })), names: speeches.length, beginnings, letters };
}

export function readLanguages(tables: LanguageTables): Languages {
  const { forest, speeches, names } = tables;
  const { node } = readForest(forest);
  return {
    speeches: speeches.map((speech) => ({ ...speech, root: node(speech.root) })),
    names: node(names),
    vote: voter(tables),
  };
}

/** Cyrillic, Arabic and the like: languages that share Latin letters write each other's too. */
const isTelling = (sign: string) => sign >= '\u0370' && sign < '\u3040';

const nobody: Speech = {
  language: 'en',
  root: readForest(plant([grow()])).node(0),
  prefixes: [],
  particles: [],
  halves: new Map(),
  free: false,
  final: false,
  elsewhere: '',
};

function voter({ forest, votes: byNumber, beginnings, letters, speeches }: LanguageTables): Languages['vote'] {
  const all = speeches.length < mostLanguages ? (1 << speeches.length) - 1 : -1;
  const begun = createBeginnings(beginnings, longestBeginning);
  const found = new Int32Array(longestBeginning + 1);
  return (votes, { word, ideograph }) => {
    const exact = byNumber[forest.words.get(word) ?? -1] ?? 0;
    // Languages that share signs are told apart by those that only one of them has.
    add(votes, exact, ideograph && (exact & (exact - 1)) === 0 ? 3 : Math.min(word.length, 6));
    let known = exact;
    // "konsulat" is a word here and a stem there: both know it.
    for (let length = begun.read(word, found); length >= 3; length -= 1) {
      const languages = (found[length] ?? 0) & ~known;
      add(votes, languages, length > beginning ? Math.min(length, 6) - 1 : exact === 0 ? 2 : 0);
      known |= languages;
    }
    if (!isTelling(word)) return;
    const able = [...word].reduce((shared, sign) => shared & (letters.get(sign) ?? -1), -1);
    add(votes, ~able & all, -3);
  };
}

/** @param hint the language that the feed claims: it decides only between equals */
export function languageOf(tokens: readonly Token[], { speeches, vote }: Languages, hint?: string): Speech {
  const [only = nobody] = speeches;
  if (speeches.length < 2) return only;
  const votes = new Float64Array(speeches.length);
  for (let index = 0; index < tokens.length && index < 60; index += 1) {
    const token = tokens[index];
    if (token) vote(votes, token);
  }
  let best = 0;
  const standing = (index: number) =>
    (votes[index] ?? 0) + (speeches[index]?.language === hint?.slice(0, 2) ? 1.5 : speeches[index]?.language === 'en' ? 0.5 : 0);
  for (let index = 1; index < speeches.length; index += 1) if (standing(index) > standing(best)) best = index;
  return speeches[best] ?? only;
}

function add(votes: Float64Array, languages: number, weight: number): void {
  for (let rest = languages; rest !== 0; rest &= rest - 1) {
    const index = 31 - Math.clz32(rest & -rest);
    votes[index] = (votes[index] ?? 0) + weight;
  }
}
