/** What changed in a register, as stories that join the flow at grouping: a difference of states needs no reading of words. */
import { createHash } from 'node:crypto';
import type { AdviceEntry, CountryCode, Feed, FeedItem, Finding, Instant, Severity } from '../../model.ts';
import type { RegisterChange, RegisterState } from './diff.ts';

export interface RegisterStory {
  readonly item: FeedItem;
  readonly finding: Finding;
  /** What the row's text newly says of the issuer's own missions; their evidence stands in the summary. */
  readonly acts: readonly Finding[];
  /** How many raised levels it tells at once. */
  readonly together?: number;
}

const day = 24 * 3_600_000;
const summaryLength = 300;

/** @param raisedTogether more raised levels than this leave as one story that says so; a raise is never held back */
export function storiesOf(changes: readonly RegisterChange[], feed: Feed, now: Instant, raisedTogether: number): readonly RegisterStory[] {
  const raised = changes.filter((change) => change.direction === 'raised');
  if (raised.length <= raisedTogether) return changes.map((change) => storyOf(change, feed, now));
  const others = changes.filter((change) => change.direction !== 'raised').map((change) => storyOf(change, feed, now));
  return [
    together(
      raised.map((change) => storyOf(change, feed, now)),
      feed,
    ),
    ...others,
  ];
}

function storyOf(change: RegisterChange, feed: Feed, now: Instant): RegisterStory {
  const { reading, direction, previousLevel, regional, acts } = change;
  const { countries, issuer, url, publishedAt } = reading;
  const worst = [...reading.regional].sort((a, b) => b.level - a.level)[0];
  const part = regional && worst ? worst : undefined;
  const stricter = !regional && worst && worst.level > (reading.level ?? 4) ? `; in parts: ${worst.nativeText}` : '';
  const level = part?.level ?? reading.level;
  const nativeText = part?.nativeText ?? `${reading.nativeText}${stricter}`;
  // Read again after a crash it is the same story: a row without a date is dated by the day.
  const dated = publishedAt ?? Math.floor(now / day) * day;
  const id = [issuer, countries.join('+'), direction, level ?? '-', dated, ...acts.map((act) => act.finding.kind)].join(':');
  const said = saidBy(change);
  return {
    // When it changed is when it was seen: the date of a row is a day without an hour, or another day altogether.
    item: {
      id,
      feedId: feed.id,
      url,
      title: titleOf(reading.title, nativeText),
      summary: said.summary,
      language: feed.language,
      fetchedAt: now,
    },
    finding: {
      kind: 'travel-advisory',
      status: 'happening',
      sender: issuer,
      hosts: countries,
      direction,
      scope: regional ? 'regional' : 'country',
      severity: severityOf(change, level),
      confidence: 0.99,
      evidence: [{ field: 'title', start: 0, end: reading.title.length, role: 'host', rule: 'register-difference' }],
      ...(level !== undefined && { level }),
      ...(nativeText !== '' && { nativeText }),
      ...(previousLevel !== undefined && { previousLevel }),
    },
    acts: said.acts,
  };
}

/** The sentences that tell of missions; else what the issuer says has changed; else how the text begins. */
function saidBy({ reading, acts }: RegisterChange): { readonly summary: string; readonly acts: readonly Finding[] } {
  if (acts.length === 0) return { summary: (reading.note ?? reading.body ?? '').slice(0, summaryLength), acts: [] };
  const sentences = [...new Set(acts.map(({ sentence }) => sentence))];
  const summary = sentences.join(' ').slice(0, summaryLength);
  const shifted = acts.map(({ finding, sentence }): Finding => {
    const offset = summary.indexOf(sentence.slice(0, summaryLength));
    const evidence = finding.evidence.flatMap((one) => {
      const [start, end] = [one.start + offset, one.end + offset];
      return offset >= 0 && end <= summary.length ? [{ ...one, field: 'summary' as const, start, end }] : [];
    });
    return { ...finding, evidence };
  });
  return { summary, acts: shifted };
}

function titleOf(title: string, nativeText: string): string {
  return nativeText === '' || title.includes(nativeText) ? title : `${title} - ${nativeText}`;
}

/** The level; parts of a country one less; unchanged advice is 0 and never alerts. */
function severityOf({ direction, regional }: RegisterChange, level: number | undefined): Severity {
  if (direction === 'reissued' || direction === 'text-changed') return 0;
  return Math.max(1, (level ?? 2) - (regional ? 1 : 0)) as Severity;
}

function together(stories: readonly RegisterStory[], feed: Feed): RegisterStory {
  const lead = [...stories].sort((a, b) => b.finding.severity - a.finding.severity)[0] ?? stories[0];
  if (!lead) throw new Error('no story to join');
  const hosts = [...new Set(stories.flatMap((story) => story.finding.hosts))];
  const ids = stories.map((story) => story.item.id).join('\n');
  const title = `${stories.length} levels raised together; unusual, check the source`;
  return {
    item: {
      ...lead.item,
      id: `${feed.id}:together:${createHash('sha256').update(ids).digest('base64url').slice(0, 16)}`,
      title,
      summary: stories
        .map((story) => story.item.title)
        .join('; ')
        .slice(0, 300),
    },
    finding: {
      ...lead.finding,
      hosts,
      evidence: [{ field: 'title', start: 0, end: title.length, role: 'act', rule: 'register-difference' }],
    },
    acts: stories.flatMap((story) => story.acts).map((act) => ({ ...act, evidence: [] })),
    together: stories.length,
  };
}

/** The rows that a document showed, as the ledger holds them: a row that was not shown keeps the time at which it was read last. */
export function adviceOf(state: RegisterState, shown: readonly string[], feed: Feed, now: Instant): readonly AdviceEntry[] {
  const issuer: CountryCode = feed.sender ?? '';
  const rows = shown.flatMap((key) => state.rows[key] ?? []);
  return rows.flatMap((row) =>
    row.countries.map((country): AdviceEntry => {
      const since = row.since ?? row.publishedAt;
      return {
        kind: 'advice',
        issuer,
        country,
        nativeText: row.nativeText,
        regional: row.regional,
        readAt: now,
        source: feed.source,
        tier: 'official',
        url: row.url,
        ...(row.level !== undefined && { level: row.level }),
        ...(since !== undefined && { since }),
      };
    }),
  );
}
