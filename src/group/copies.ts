/** Whether two reports are one text: an agency's copy, the same article again. What one hand wrote confirms nothing of itself. */
import { foldedTitle, type SourceRef } from '../model/event.ts';
import { fold } from '../places.ts';

type Text = Pick<SourceRef, 'title'> & { readonly summary?: string | undefined };

/** Shared of all words that either has: headline writers change a word of a copy, or add the outlet's name. */
const alike = 0.8;
/** Shorter texts are alike by chance: "US closes embassy in Kyiv". */
const fewestInTitle = 7;
const fewestInSummary = 12;

export function isCopy(one: Text, other: Text): boolean {
  const [a, b] = [beginning(one), beginning(other)];
  if (foldedTitle(a.title) === foldedTitle(b.title)) return true;
  return areAlike(a.title, b.title, fewestInTitle) || areAlike(a.summary, b.summary, fewestInSummary);
}

/** As much as an event keeps of a report. */
function beginning({ title, summary = '' }: Text): { readonly title: string; readonly summary: string } {
  return { title: title.slice(0, 500), summary: summary.slice(0, 600) };
}

function areAlike(a: string, b: string, fewest: number): boolean {
  // So that most texts are told apart without reading them.
  if (Math.min(a.length, b.length) < 0.6 * Math.max(a.length, b.length)) return false;
  const [one, other] = [wordsOf(a), wordsOf(b)];
  if (one.size < fewest || other.size < fewest) return false;
  const shared = [...one].filter((word) => other.has(word)).length;
  return shared / (one.size + other.size - shared) >= alike;
}

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(fold(text).split(' ').filter(Boolean));
}

/** The publisher's own site: two feeds of one house are one voice. Empty where there is no address. */
export function siteOf({ url }: Pick<SourceRef, 'url'>): string {
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  const labels = host.split('.');
  // "news.example.co.uk": a short label before a country's is a part of the ending.
  const kept = labels.length > 2 && (labels.at(-2)?.length ?? 0) <= 3 && labels.at(-1)?.length === 2 ? 3 : 2;
  return labels.slice(-kept).join('.');
}
