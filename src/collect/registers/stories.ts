/** What changed in a register, as stories that join the flow at grouping: a difference of states needs no reading of words. */
import type { AdviceEntry, CountryCode, Feed, FeedItem, Finding, Instant, Severity } from '../../model.ts';
import type { RegisterChange, RegisterState } from './diff.ts';

export interface RegisterStory {
  readonly item: FeedItem;
  readonly finding: Finding;
  /** How many raised levels it tells at once. */
  readonly together?: number;
}

/** @param raisedTogether more raised levels than this leave as one story that says so; a raise is never held back */
export function storiesOf(changes: readonly RegisterChange[], feed: Feed, now: Instant, raisedTogether: number): readonly RegisterStory[] {
  const raised = changes.filter((change) => change.direction === 'raised');
  if (raised.length <= raisedTogether) return changes.map((change) => storyOf(change, feed, now));
  const others = changes.filter((change) => change.direction !== 'raised').map((change) => storyOf(change, feed, now));
  return [
    together(
      raised.map((change) => storyOf(change, feed, now)),
      feed,
      now,
    ),
    ...others,
  ];
}

function storyOf(change: RegisterChange, feed: Feed, now: Instant): RegisterStory {
  const { reading, direction, previousLevel, regional } = change;
  const { countries, issuer, url, publishedAt } = reading;
  const worst = [...reading.regional].sort((a, b) => b.level - a.level)[0];
  const part = regional && worst ? worst : undefined;
  const level = part?.level ?? reading.level;
  const nativeText = part?.nativeText ?? reading.nativeText;
  const id = [issuer, countries.join('+'), direction, level ?? '-', publishedAt ?? now].join(':');
  return {
    // When it changed is when it was seen: the date of a row is a day without an hour, or another day altogether.
    item: {
      id,
      feedId: feed.id,
      url,
      title: titleOf(reading.title, nativeText),
      summary: (reading.body ?? '').slice(0, 300),
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
      ...(previousLevel !== undefined && !regional && { previousLevel }),
    },
  };
}

function titleOf(title: string, nativeText: string): string {
  return nativeText === '' || title.includes(nativeText) ? title : `${title} - ${nativeText}`;
}

/** The level; parts of a country one less; unchanged advice is 0 and never alerts. */
function severityOf({ direction, regional }: RegisterChange, level: number | undefined): Severity {
  if (direction === 'reissued' || direction === 'text-changed') return 0;
  return Math.max(1, (level ?? 2) - (regional ? 1 : 0)) as Severity;
}

function together(stories: readonly RegisterStory[], feed: Feed, now: Instant): RegisterStory {
  const lead = [...stories].sort((a, b) => b.finding.severity - a.finding.severity)[0] ?? stories[0];
  if (!lead) throw new Error('no story to join');
  const hosts = [...new Set(stories.flatMap((story) => story.finding.hosts))];
  const title = `${stories.length} levels raised together; unusual, check the source`;
  return {
    item: {
      ...lead.item,
      id: `${feed.id}:together:${hosts.join('+')}:${now}`,
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
    together: stories.length,
  };
}

/** Every row as the ledger holds it: what was read, and when. */
export function adviceOf(state: RegisterState, feed: Feed, now: Instant): readonly AdviceEntry[] {
  const issuer: CountryCode = feed.sender ?? '';
  return Object.values(state.rows).flatMap((row) =>
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
