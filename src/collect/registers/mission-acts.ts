/**
 * Finds acts of the issuer's own missions in a row's text: staff ordered to leave, operations
 * suspended. The text is long and mostly advice, so only sentences that mention a mission and an
 * act are read, each on its own.
 */
import { worsens } from '../../kinds.ts';
import type { Instant } from '../../model/basics.ts';
import type { AdviceRow } from '../../model/feed.ts';
import type { Finding } from '../../model/finding.ts';

/** One act in a text. The finding's evidence refers to the sentence. */
export interface ActOfMission {
  readonly finding: Finding;
  readonly sentence: string;
  /** False if it began long ago. */
  readonly recent: boolean;
}

const aboutMission = /\b(?:embass|consul|mission|personnel|employees|staff|diplomat|operations|family members)/i;
const aboutAct = /\b(?:depart|leave|suspen|clos|withdr|evacuat|relocat|drawdown|drawn down|reduc)/i;
/** The act is over: the sentence names what no longer applies. */
const ended =
  /\b(?:lift(?:s|ed|ing)?|terminat\w*|rescind\w*|rescission|cancel\w*|no longer|end(?:s|ed|ing)?)\b(?! of (?:the )?(?:day|week|month|year|january|february|march|april|may|june|july|august|september|october|november|december|20\d\d)\b)/i;

const longestText = 60_000;
/** An act dated further back than this is history, however new the text (ms). */
const recentMs = 30 * 24 * 3_600_000;

/** @param read returns the findings of one sentence */
export function actsIn(
  { issuer, countries, body = '' }: AdviceRow,
  read: (sentence: string) => readonly Finding[],
  now: Instant,
): readonly ActOfMission[] {
  return sentencesOf(body.slice(0, longestText)).flatMap((sentence) => {
    if (!aboutMission.test(sentence) || !aboutAct.test(sentence) || ended.test(sentence)) return [];
    const recent = isRecent(sentence, now);
    return read(sentence).flatMap((finding) => {
      const here = finding.hosts.length > 0 && finding.hosts.every((host) => countries.includes(host));
      const present = finding.status === 'happening' || finding.status === 'planned';
      return worsens(finding.kind) && present && here && finding.sender === issuer ? [{ finding, sentence, recent }] : [];
    });
  });
}

/** "U.S." does not end a sentence. */
function sentencesOf(text: string): readonly string[] {
  return text
    .replace(/\bU\.\s?S\./g, 'US')
    .split(/(?<=[.!?])\s+|\n+/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence.length > 15 && sentence.length < 600);
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const dated =
  /\b(?:(january|february|march|april|may|june|july|august|september|october|november|december)(?:\s+(\d{1,2})(?!\d))?,?\s+)?(20\d\d)\b|\b(january|february|march|april|may|june|july|august|september|october|november|december)\s+(\d{1,2})(?!\d)|\b(\d{1,2})\s+(january|february|march|april|may|june|july|august|september|october|november|december)(?:\s+(20\d\d))?\b/gi;

/** Goes by the newest date in the sentence; without a date it is about now. */
function isRecent(sentence: string, now: Instant): boolean {
  const dates = [...sentence.matchAll(dated)].map((match) => lastInstantOf(match, now));
  return dates.length === 0 || Math.max(...dates) >= now - recentMs;
}

/**
 * Returns the end of the named day, month or year; without a year, the latest one that has begun.
 */
function lastInstantOf(match: RegExpMatchArray, now: Instant): Instant {
  const [, beforeYear, dayBeforeYear, year, alone, dayAlone, dayFirst, after, yearAfter] = match;
  const name = beforeYear ?? alone ?? after;
  const month = name === undefined ? undefined : months.indexOf(name.slice(0, 3).toLowerCase());
  const day = Number(dayBeforeYear ?? dayAlone ?? dayFirst ?? 0);
  const stated = year ?? yearAfter;
  const current = new Date(now).getUTCFullYear();
  const endIn = (one: number) =>
    month === undefined ? Date.UTC(one + 1, 0) : day > 0 ? Date.UTC(one, month, day + 1) : Date.UTC(one, month + 1);
  if (stated !== undefined) return endIn(Number(stated));
  const thisYear = endIn(current);
  return thisYear - 24 * 3_600_000 > now ? endIn(current - 1) : thisYear;
}
