/**
 * Recognises copies: an agency's text reprinted, or the same article again. A copy confirms
 * nothing.
 */
import { foldedTitle, type SourceRef } from '../model/event.ts';
import { fold } from '../places.ts';

type Text = Pick<SourceRef, 'title'> & { readonly summary?: string | undefined };

/** Minimum Jaccard similarity of the two word sets: outlets change a word or add their name. */
const minSimilarity = 0.8;
/** Minimum words to compare; shorter texts are alike by chance: "US closes embassy in Kyiv". */
const minTitleWords = 7;
const minSummaryWords = 12;

export function isCopy(one: Text, other: Text): boolean {
  const [a, b] = [beginning(one), beginning(other)];
  if (foldedTitle(a.title) === foldedTitle(b.title)) return true;
  return areAlike(a.title, b.title, minTitleWords) || areAlike(a.summary, b.summary, minSummaryWords);
}

/** The part of a report that an event stores. */
function beginning({ title, summary = '' }: Text): { readonly title: string; readonly summary: string } {
  return { title: title.slice(0, 500), summary: summary.slice(0, 600) };
}

function areAlike(a: string, b: string, minWords: number): boolean {
  // Cheap check first: most texts differ in length.
  if (Math.min(a.length, b.length) < 0.6 * Math.max(a.length, b.length)) return false;
  const [one, other] = [wordsOf(a), wordsOf(b)];
  if (one.size < minWords || other.size < minWords) return false;
  const shared = [...one].filter((word) => other.has(word)).length;
  return shared / (one.size + other.size - shared) >= minSimilarity;
}

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(fold(text).split(' ').filter(Boolean));
}

/**
 * Returns the publisher's registrable domain, as feeds of one publisher count as one voice; empty
 * without a URL.
 */
export function siteOf({ url }: Pick<SourceRef, 'url'>): string {
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  const labels = host.split('.');
  // "news.example.co.uk": a short label before a country code belongs to the suffix.
  const labelCount = labels.length > 2 && (labels.at(-2)?.length ?? 0) <= 3 && labels.at(-1)?.length === 2 ? 3 : 2;
  return labels.slice(-labelCount).join('.');
}
