/** Turns changes of a register into stories for grouping: a change of state needs no detection. */
import { createHash } from 'node:crypto';
import type { CountryCode, Instant } from '../../model/basics.ts';
import type { AdviceRow, Feed, FeedItem } from '../../model/feed.ts';
import type { Finding, Level } from '../../model/finding.ts';
import type { AdviceEntry } from '../../model/ledger.ts';
import { severityOf } from '../../severity.ts';
import type { RegisterChange, RegisterState } from './diff.ts';

export interface RegisterStory {
  readonly item: FeedItem;
  readonly findings: readonly Finding[];
  /** How many raised levels it combines. */
  readonly bundledLevels?: number;
}

const day = 24 * 3_600_000;
const summaryLength = 300;

/**
 * A change of advice and new acts of the issuer's missions are separate stories, because different
 * people follow them.
 * @param raisedTogether if more levels are raised than this, they become one story that says so; a
 * raise is never held back
 */
export function storiesOf(changes: readonly RegisterChange[], feed: Feed, now: Instant, raisedTogether: number): readonly RegisterStory[] {
  const raised = changes.filter((change) => change.direction === 'raised');
  const many = raised.length > raisedTogether;
  const alone = many ? changes.filter((change) => change.direction !== 'raised') : changes;
  return [
    ...(many ? [bundledStory(raised, feed, now)] : []),
    ...alone.map((change): RegisterStory => ({ item: itemOf(change, feed, now), findings: [findingOf(change)] })),
    ...changes.flatMap((change) => actStories(change, feed, now)),
  ];
}

/** The subject of the change: the whole country, or the strictest of its parts. */
function subjectOf({ reading, regional }: RegisterChange): { readonly level?: Level; readonly nativeText: string } {
  const worst = [...reading.regional].sort((a, b) => b.level - a.level)[0];
  if (regional && worst) return worst;
  const { level, nativeText } = reading;
  const stricter = !regional && worst && worst.level > (level ?? 4) ? `; in parts: ${worst.nativeText}` : '';
  return { nativeText: `${nativeText}${stricter}`, ...(level !== undefined && { level }) };
}

function itemOf(change: RegisterChange, feed: Feed, now: Instant): FeedItem {
  const { reading, direction } = change;
  const { level, nativeText } = subjectOf(change);
  // Dated by when it was seen: a row's date has no hour, or is another day altogether.
  return {
    id: [keyOf(reading), direction, level ?? '-', datedBy(reading, now)].join(':'),
    feedId: feed.id,
    url: reading.url,
    title: titleOf(reading.title, nativeText),
    summary: (reading.note ?? reading.body ?? '').slice(0, summaryLength),
    language: feed.language,
    fetchedAt: now,
  };
}

function findingOf(change: RegisterChange): Finding {
  const { reading, direction, previousLevel, regional } = change;
  const { level, nativeText } = subjectOf(change);
  const [kind, status] = ['travel-advisory', 'happening'] as const;
  return {
    kind,
    status,
    sender: reading.issuer,
    hosts: reading.countries,
    direction,
    scope: regional ? 'regional' : 'country',
    severity: severityOf({ kind, status, direction, regional, act: 'other', ...(level !== undefined && { level }) }),
    confidence: 0.99,
    evidence: [{ field: 'title', start: 0, end: reading.title.length, role: 'host', rule: 'register-difference' }],
    ...(level !== undefined && { level }),
    ...(nativeText !== '' && { nativeText }),
    ...(previousLevel !== undefined && { previousLevel }),
  };
}

/** One story per sentence of the text, which is its title, so that the evidence refers to it. */
function actStories({ reading, acts }: RegisterChange, feed: Feed, now: Instant): readonly RegisterStory[] {
  return [...Map.groupBy(acts, ({ sentence }) => sentence)].map(([sentence, stated]): RegisterStory => {
    const findings = stated.map(({ finding }) => finding);
    const id = [keyOf(reading), ...findings.map(({ kind }) => kind), datedBy(reading, now)].join(':');
    const item = {
      id,
      feedId: feed.id,
      url: reading.url,
      title: sentence,
      summary: '',
      language: feed.language,
      fetchedAt: now,
    };
    return { item, findings };
  });
}

const keyOf = ({ issuer, countries }: AdviceRow): string => `${issuer}:${countries.join('+')}`;

/** After a crash the same read gives the same story: a row without a date is dated by the day. */
const datedBy = ({ publishedAt }: AdviceRow, now: Instant): Instant => publishedAt ?? Math.floor(now / day) * day;

function titleOf(title: string, nativeText: string): string {
  return nativeText === '' || title.includes(nativeText) ? title : `${title} - ${nativeText}`;
}

function bundledStory(raised: readonly RegisterChange[], feed: Feed, now: Instant): RegisterStory {
  const stories = raised.map((change) => ({ item: itemOf(change, feed, now), finding: findingOf(change) }));
  const [lead] = stories.toSorted((a, b) => b.finding.severity - a.finding.severity);
  if (!lead) throw new Error('no story to join');
  const hosts = [...new Set(stories.flatMap(({ finding }) => finding.hosts))];
  const ids = stories.map(({ item }) => item.id).join('\n');
  const title = `${stories.length} levels raised together; unusual, check the source`;
  const titles = stories.map(({ item }) => item.title).join('; ');
  const id = `${feed.id}:together:${createHash('sha256').update(ids).digest('base64url').slice(0, 16)}`;
  const evidence = [{ field: 'title', start: 0, end: title.length, role: 'act', rule: 'register-difference' }] as const;
  return {
    item: { ...lead.item, id, title, summary: titles.slice(0, summaryLength) },
    findings: [{ ...lead.finding, hosts, evidence }],
    bundledLevels: stories.length,
  };
}

/**
 * Returns the shown rows as ledger entries; a row that was not shown keeps the time of its last
 * read.
 */
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
