/** The forms of an English verb from its lemma, so that a lexicon names a verb once: "close+" is close, closes, closed, closing. */

/** @param irregular past forms and participles of the lemmas that do not end in -ed */
export function inflected(lemma: string, irregular: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const past =
    irregular.get(lemma) ??
    stemsOf(ends(lemma, 'y') ? `${lemma.slice(0, -1)}i` : lemma).map((stem) => (stem.endsWith('e') ? `${stem}d` : `${stem}ed`));
  return [...new Set([lemma, third(lemma), ...past, ...stemsOf(lemma).map(participle)])];
}

/** "carry", not "play": an ending behind a consonant. */
const ends = (lemma: string, ending: string) => lemma.endsWith(ending) && /[^aeiou]$/.test(lemma.slice(0, -ending.length));

function third(lemma: string): string {
  if (/(s|x|z|ch|sh)$/.test(lemma) || ends(lemma, 'o')) return `${lemma}es`;
  return ends(lemma, 'y') ? `${lemma.slice(0, -1)}ies` : `${lemma}s`;
}

/** What -ed and -ing are put behind: "expell"; both "cancel" and "cancell", as both sides of the Atlantic write. */
function stemsOf(lemma: string): readonly string[] {
  if (doubling.test(lemma)) return [`${lemma}${lemma.slice(-1)}`];
  return /[^aeiou][aeiou]l$/.test(lemma) ? [lemma, `${lemma}l`] : [lemma];
}

/** One syllable that ends in one vowel and one consonant, or a longer word that is stressed so. */
const doubling =
  /^((qu|[^aeiou])*[aeiou][^aeiouwxy]|(ex|re|com|pro|dis)pel|(ad|per|com|sub|trans|o|re)mit|(re|pre|trans|con)fer|begin|forget|regret|upset|reset)$/;

function participle(stem: string): string {
  if (stem.endsWith('ie')) return `${stem.slice(0, -2)}ying`;
  return `${/[^eyo]e$/.test(stem) ? stem.slice(0, -1) : stem}ing`;
}
