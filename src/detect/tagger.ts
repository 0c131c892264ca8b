/** Puts tags on words: by the longest phrase first for places, and every phrase for words, since one word can mean several things. */
import type { CountryCode } from '../model.ts';
import type { PlaceRole, Places } from '../places.ts';
import type { Lexicon } from './lexicon.ts';
import { foldWord, type Text, type Token, tokenise } from './tokens.ts';

export interface PlaceTag {
  /** The first token and the one after the last. */
  readonly from: number;
  readonly to: number;
  readonly country: CountryCode;
  readonly name: string;
  readonly role: PlaceRole | 'speaker';
}

export interface Tagged extends Text {
  /** Per token, the tags that a phrase beginning there carries, each with the token after its last word. */
  readonly starts: readonly ReadonlyMap<string, number>[];
  readonly places: readonly PlaceTag[];
  /** Per token, the place that it belongs to. */
  readonly placeAt: readonly (PlaceTag | undefined)[];
}

interface Node {
  readonly next: Map<string, Node>;
  readonly stems: { readonly stem: string; readonly tag: string }[];
  readonly tags: string[];
  readonly places: {
    readonly country: CountryCode;
    readonly name: string;
    readonly role: PlaceTag['role'];
    readonly exact: boolean;
    readonly ambiguous: boolean;
  }[];
}

const node = (): Node => ({ next: new Map(), stems: [], tags: [], places: [] });

export type Tagger = (text: string) => Tagged;

export function createTagger(lexicons: readonly Lexicon[], places: Places): Tagger {
  const root = node();
  const reach = (phrase: string) =>
    tokenise(phrase).tokens.reduce((at, { word }) => {
      const next = at.next.get(word) ?? node();
      at.next.set(word, next);
      return next;
    }, root);
  for (const lexicon of lexicons) {
    for (const [tag, phrases] of Object.entries(lexicon.tags)) {
      for (const phrase of phrases) {
        if (phrase.endsWith('*')) root.stems.push({ stem: foldWord(phrase.slice(0, -1)), tag });
        else reach(phrase).tags.push(tag);
      }
    }
    for (const [tag, phrases] of Object.entries(lexicon.prepositions)) {
      for (const phrase of phrases) reach(phrase).tags.push(`prep-${tag}`);
    }
    for (const [country, names] of Object.entries(lexicon.speakers)) {
      for (const name of names)
        reach(name).places.push({ country, name: places.name(country), role: 'speaker', exact: false, ambiguous: false });
    }
  }
  for (const entry of places.entries) reach(entry.text).places.push(entry);
  return (text) => tag(tokenise(text), root);
}

function tag(text: Text, root: Node): Tagged {
  const { tokens } = text;
  const starts: Map<string, number>[] = tokens.map(() => new Map());
  const placeAt: (PlaceTag | undefined)[] = tokens.map(() => undefined);
  const places: PlaceTag[] = [];
  for (let from = 0; from < tokens.length; from += 1) {
    let at: Node | undefined = root;
    let found: PlaceTag | undefined;
    for (let to = from; to < tokens.length && at; to += 1) {
      const token: Token | undefined = tokens[to];
      if (!token || (to > from && token.clause !== tokens[from]?.clause && !token.joined)) break;
      at = at.next.get(token.word);
      for (const name of at?.tags ?? []) starts[from]?.set(name, Math.max(to + 1, starts[from]?.get(name) ?? 0));
      const place = at ? placeOf(at, tokens.slice(from, to + 1), text.shouting) : undefined;
      if (place) found = { from, to: to + 1, ...place };
    }
    const word = tokens[from]?.word ?? '';
    for (const { stem, tag: name } of root.stems) if (word.startsWith(stem)) starts[from]?.set(name, from + 1);
    if (found && !placeAt[from]) {
      places.push(found);
      for (let index = found.from; index < found.to; index += 1) placeAt[index] = found;
    }
  }
  return { ...text, starts, places, placeAt };
}

function placeOf(at: Node, words: readonly Token[], shouting: boolean): Omit<PlaceTag, 'from' | 'to'> | undefined {
  const [first] = words;
  const place = at.places.find((one) => {
    if (one.exact)
      return (
        words.every((word) => word.upper || (word.capital && word.word.length > 3)) &&
        !(shouting && words.length === 1 && (first?.word.length ?? 0) < 3)
      );
    if (one.ambiguous && one.role === 'city') return false;
    return words.some((word) => word.capital) || !/^\p{Script=Latin}/u.test(first?.word ?? '');
  });
  return place && { country: place.country, name: place.name, role: place.role };
}
