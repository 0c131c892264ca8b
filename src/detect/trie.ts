import type { CountryCode } from '../model/basics.ts';
import type { PlaceEntry, PlaceRole, Places } from '../places.ts';
import { type Growing, grow, type Node } from './forest.ts';
import { foldText } from './letters.ts';
import { formsOf, type Lexicon, type NameGroup, phrasesOf } from './lexicon.ts';
import type { Tag } from './tags.ts';
import { type Token, tokenise } from './tokens.ts';

export interface Name {
  readonly country: CountryCode;
  /** In English: of the city for capital and city, else of the country. */
  readonly name: string;
  readonly role: PlaceRole | 'speaker' | 'citizens';
  /** As it must be written, where that matters. */
  readonly exact?: string;
  readonly ambiguous: boolean;
  /** Counts without a capital too. */
  readonly lower: boolean;
  /** One sign that means many things: a name only beside words that we know. */
  readonly sign?: boolean;
}

/** The words of one language, and the names that are its own. */
export interface Speech<Root = Node> {
  readonly language: string;
  readonly root: Root;
  /** Read over: articles. */
  readonly prefixes: readonly string[];
  /** Words of their own that are written together with the next. */
  readonly particles: readonly string[];
  /** Its words stand in any order. */
  readonly free: boolean;
  /** What takes an act back stands behind it. */
  readonly final: boolean;
  /** Verbs in two halves, by the first. */
  readonly halves: ReadonlyMap<string, readonly Half[]>;
  /** Whose government is meant where none is named. */
  readonly home?: CountryCode;
  /** Signs of another way of writing, which other States use: there `home` is not meant. */
  readonly elsewhere: string;
}

/** What ends a verb that stands in two halves, and what both together mean. */
export interface Half {
  readonly rest: string;
  readonly tags: ReadonlySet<Tag>;
}

export interface Tries {
  readonly speeches: readonly Speech<Growing>[];
  /** Names in English, which every language's news may use. */
  readonly names: Growing;
}

export function createTries(lexicons: readonly Lexicon[], places: Places): Tries {
  const names = grow();
  const { entries } = places;
  const capitals = new Map<CountryCode, string>();
  for (const { role, country, name } of entries) if (role === 'capital' && !capitals.has(country)) capitals.set(country, name);
  const speeches = lexicons.map((lexicon) => speechOf(lexicon, places, capitals));
  const roots = new Map(speeches.map(({ language, root }) => [language, root]));
  const particles = new Map(speeches.map((speech) => [speech.language, speech.particles]));
  const variants = new Map(lexicons.map((lexicon) => [lexicon.language, lexicon.variants]));
  for (const entry of entries) {
    const root = entry.language === 'en' ? names : roots.get(entry.language);
    const forms = formsOf(entry.text, variants.get(entry.language) ?? noVariants);
    const writings = forms.flatMap((form) => asRead(tokenise(form).tokens, particles.get(entry.language) ?? [], root ?? names));
    for (const words of root ? writings : []) {
      const { names: known } = reach(root ?? names, words, false);
      // "Suisse" with a capital is the State before it is an adjective.
      if (entry.role === 'country') known.unshift(nameOf(entry));
      else known.push(nameOf(entry));
    }
  }
  return { speeches, names };
}

/** A name as written, and as it is read where a particle inside it is taken for a word of its own: "وجزر" is "و" and "جزر". */
function asRead(tokens: readonly Token[], particles: readonly string[], root: Growing): readonly (readonly Pick<Token, 'word'>[])[] {
  const isKnown = (word: string) => root.next.has(word) || particles.includes(word);
  const parted = tokens.flatMap((token, index) => {
    const particle = index === 0 ? undefined : particles.find((one) => token.word.startsWith(one) && isKnown(token.word.slice(one.length)));
    return particle === undefined ? [token] : [{ word: particle }, { word: token.word.slice(particle.length) }];
  });
  return parted.length === tokens.length ? [tokens] : [tokens, parted];
}

const noVariants: Lexicon['variants'] = new Map();

function speechOf(lexicon: Lexicon, places: Places, capitals: ReadonlyMap<CountryCode, string>): Speech<Growing> {
  const root = grow();
  for (const [tag, patterns] of Object.entries(lexicon.tags)) {
    for (const end of patterns.flatMap((pattern) => ends(root, pattern))) end.tags.add(tag as Tag);
  }
  addNames(root, lexicon, places, capitals);
  addCities(root, lexicon);
  const { language, home, order } = lexicon;
  const sorted = [...lexicon.prefixes].sort((a, b) => b.length - a.length);
  const isWord = (prefix: string) => (root.next.get(prefix)?.tags.size ?? 0) > 0;
  const prefixes = sorted.filter((prefix) => !isWord(prefix));
  const particles = sorted.filter(isWord);
  const halves = halvesOf(lexicon);
  const elsewhere = [...lexicon.variants.values()]
    .flat()
    .filter((sign) => !lexicon.variants.has(sign))
    .join('');
  const ordered = { free: order !== 'fixed', final: order === 'final' };
  return { language, root, prefixes, particles, halves, ...ordered, elsewhere, ...(home && { home }) };
}

/** "zieht .. ab" */
function halvesOf({ tags }: Lexicon): ReadonlyMap<string, readonly Half[]> {
  const halves = new Map<string, Half[]>();
  for (const [tag, patterns] of Object.entries(tags)) {
    for (const phrase of patterns.filter((pattern) => pattern.includes(' .. ')).flatMap(phrasesOf)) {
      const [first = '', second = ''] = foldText(phrase.join(' ')).split(' .. ');
      halves.set(first, [...(halves.get(first) ?? []), { rest: second, tags: new Set([tag as Tag]) }]);
    }
  }
  return halves;
}

function addCities(root: Growing, lexicon: Lexicon): void {
  for (const [country, cities] of Object.entries(lexicon.cities)) {
    for (const [name, patterns] of Object.entries(cities)) {
      const named: Name = { country, name, role: 'city', ambiguous: false, lower: false };
      for (const end of patterns.flatMap((pattern) => ends(root, pattern))) end.names.unshift(named);
    }
  }
}

/** "Britons", "Emiratis": English writes peoples as plurals of the adjective. */
const isPeople = ({ role, language, text }: PlaceEntry) => role === 'demonym' && language === 'en' && /[^s]s$/.test(text);

export function peoplesOf(places: Places): readonly string[] {
  return places.entries.filter(isPeople).map(({ text }) => text);
}

function nameOf(entry: PlaceEntry): Name {
  const { country, name, exact, ambiguous, text, language } = entry;
  const role = isPeople(entry) ? 'citizens' : entry.role;
  return { country, name, role, ambiguous, lower: role === 'demonym' && language !== 'en', ...(exact && { exact: text }) };
}

const roles: Readonly<Record<NameGroup, Name['role']>> = {
  countries: 'country',
  signs: 'country',
  demonyms: 'demonym',
  citizens: 'citizens',
  capitals: 'capital',
  speakers: 'speaker',
};

function addNames(root: Growing, lexicon: Lexicon, places: Places, capitals: ReadonlyMap<CountryCode, string>): void {
  for (const [group, byCountry] of Object.entries(lexicon.names)) {
    const role = roles[group as NameGroup];
    for (const [country, patterns] of Object.entries(byCountry)) {
      const capital = capitals.get(country);
      const name = role === 'capital' ? (capital ?? places.name(country)) : places.name(country);
      const lower = lexicon.language !== 'en' && (role === 'demonym' || role === 'citizens');
      for (const pattern of patterns) {
        for (const end of ends(root, pattern))
          end.names.unshift({
            country,
            name,
            role,
            ambiguous: false,
            lower,
            ...(group === 'signs' && { sign: true }),
            // Folding takes the doubling of a letter away that tells عمّان from عمان.
            ...(pattern.includes('\u0651') && { exact: pattern, lower: true }),
          });
      }
    }
  }
}

/** The nodes that the phrases of a pattern end in. */
function ends(root: Growing, pattern: string): readonly Growing[] {
  return phrasesOf(pattern).map((phrase) => phrase.reduce((at, word) => reach(at, tokenise(word).tokens, word.endsWith('*')), root));
}

function reach(from: Growing, tokens: readonly Pick<Token, 'word'>[], isStem: boolean): Growing {
  return tokens.reduce((at, { word }, index) => {
    const stem = isStem && index === tokens.length - 1;
    const ways = stem ? at.stems : at.next;
    const next = ways.get(word) ?? grow();
    ways.set(word, next);
    return next;
  }, from);
}
