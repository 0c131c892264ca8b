/** Numbers, plurals, lists and quoted input by the rules of each language. Pure. */

/** Plural forms by CLDR category; `other` is the fallback. */
export type Forms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string };

export interface LanguageForms {
  /** `7 alerts`: the number with the word in its plural form. */
  readonly count: (number: number, forms: Forms) => string;
  /** The word alone in its plural form. */
  readonly word: (number: number, forms: Forms) => string;
  readonly number: (number: number) => string;
  /** `Ukraine, Mali and Niger`; beyond `most` entries, the rest is counted. */
  readonly list: (words: readonly string[], most?: number) => string;
  /** What a person typed, shortened to one line, in quotation marks. */
  readonly echo: (text: string) => string;
}

interface LocaleRules {
  /** BCP 47 */
  readonly locale: string;
  /** `12 more`, as the last entry of a list. */
  readonly more: (count: number) => string;
  readonly quoted: (text: string) => string;
}

export function formsOf({ locale, more, quoted }: LocaleRules): LanguageForms {
  const rules = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  const lists = new Intl.ListFormat(locale, { type: 'conjunction' });
  const word = (number: number, forms: Forms) => forms[rules.select(number)] ?? forms.other;
  return {
    word,
    number: (number) => numbers.format(number),
    count: (number, forms) => `${numbers.format(number)} ${word(number, forms)}`,
    list: (words, most = 8) => lists.format(words.length > most ? [...words.slice(0, most - 2), more(words.length - most + 2)] : words),
    echo: (text) => quoted(shortened(text)),
  };
}

const longest = 60;

function shortened(text: string): string {
  const line = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  const letters = [...new Intl.Segmenter('en').segment(line.slice(0, 400))].map(({ segment }) => segment);
  return letters.length > longest ? `${letters.slice(0, longest - 1).join('')}…` : letters.join('');
}

export function lowerFirst(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}
