/** Joins what many outlets say of one act. Pure: the open events come in, the changes go out. */
import { createHash } from 'node:crypto';
import type { Change, Finding, Instant, NewsEvent, PostureEntry, Reason, Story } from '../model.ts';
import { familyOf, fits, stage, windows } from './key.ts';
import { folded, isIndependent, merged, reasonsOf, sourceOf } from './merge.ts';

/** What may still be joined or lifted: events that are open, and the ledger's postures in these hosts. */
export interface OpenEvents {
  readonly events: readonly NewsEvent[];
  readonly postures: readonly PostureEntry[];
}

const phaseGap = 72 * 3_600_000;

/** All findings of one item in order; a change that a finding made is seen by the next one. */
export function group(findings: readonly Finding[], story: Story, open: OpenEvents, at: { readonly now: Instant }): readonly Change[] {
  const changes: Change[] = [];
  for (const [index, finding] of findings.entries()) {
    const latest = new Map(open.events.map((event) => [event.id, event]));
    for (const change of changes) latest.set(change.event.id, change.event);
    const change = place(finding, index, story, { events: [...latest.values()], postures: open.postures }, at.now);
    const same = changes.findIndex((one) => one.event.id === change.event.id);
    if (same < 0) changes.push(change);
    else changes[same] = together(changes[same], change);
  }
  return changes;
}

/** Two findings of one item that tell one event are one change, the first one's kind with both reasons. */
function together(first: Change | undefined, second: Change): Change {
  if (!first || first.kind === 'repeat') return second;
  if (second.kind === 'repeat') return { ...first, event: second.event };
  const because = [...new Set([...first.because, ...second.because])];
  return { ...first, event: { ...second.event, revision: first.event.revision }, because };
}

function place(finding: Finding, index: number, story: Story, open: OpenEvents, now: Instant): Change {
  if (finding.kind === 'embassy-reopening' && finding.status === 'happening') {
    const lifted = lift(finding, story, open, now) ?? liftedBefore(finding, story, open, now);
    if (lifted) return lifted;
  }
  const candidates = open.events.filter((event) => event.state === 'open' && inWindow(event, finding, now));
  const same = candidates.filter((event) => fits(finding, event, now) === 'same').sort((a, b) => b.lastSeenAt - a.lastSeenAt)[0];
  const joined = same ?? onlyOpenSlot(finding, story, candidates, now);
  if (!joined) return begin(finding, index, story, now, undefined, 'first-report');
  if (levelChanged(joined.finding, finding)) {
    const rose = (finding.level ?? 0) > (joined.finding.level ?? 0);
    const previous = joined.finding.level;
    const next = { ...finding, ...(previous !== undefined && { previousLevel: previous }) };
    return begin(next, index, story, now, joined.id, rose ? 'level-raised' : 'level-lowered');
  }
  if (now - joined.lastSeenAt > phaseGap && stage(finding.kind) > stage(joined.finding.kind)) {
    return begin(finding, index, story, now, joined.id, 'new-phase');
  }
  return join(joined, finding, story, now);
}

function inWindow(event: NewsEvent, finding: Finding, now: Instant): boolean {
  const { quiet, whole } = windows(finding.kind);
  return now - event.lastSeenAt <= quiet && now - event.firstSeenAt <= whole;
}

function levelChanged(known: Finding, next: Finding): boolean {
  return (
    known.kind === 'travel-advisory' &&
    next.kind === 'travel-advisory' &&
    known.level !== undefined &&
    next.level !== undefined &&
    known.level !== next.level
  );
}

/** An empty slot joins only where exactly one event fits and a rare word or a number agrees. */
function onlyOpenSlot(finding: Finding, story: Story, candidates: readonly NewsEvent[], now: Instant): NewsEvent | undefined {
  const fitting = candidates.filter((event) => fits(finding, event, now) === 'open-slot');
  const [only] = fitting;
  if (!only || fitting.length > 1) return undefined;
  const numbersAgree = finding.people !== undefined && finding.people === only.finding.people;
  return numbersAgree || only.sources.some((source) => shareRareWord(source.title, story.item.title)) ? only : undefined;
}

const common = new Set([
  'embassy',
  'evacuation',
  'evacuate',
  'evacuated',
  'evacuates',
  'flight',
  'flights',
  'citizens',
  'travel',
  'warning',
  'after',
  'amid',
  'over',
  'their',
  'from',
  'with',
  'people',
  'government',
  'border',
  'airspace',
  'leave',
  'says',
]);

function shareRareWord(a: string, b: string): boolean {
  const words = new Set(
    folded(a)
      .split(' ')
      .filter((word) => word.length >= 5 && !common.has(word)),
  );
  return (
    folded(b)
      .split(' ')
      .filter((word) => words.has(word)).length >= 2
  );
}

function join(event: NewsEvent, finding: Finding, story: Story, now: Instant): Change {
  const after = merged(event.finding, finding, isIndependent(event, story));
  const because = reasonsOf(event, after, story);
  const known = event.sources.some((source) => source.itemId === story.item.id && source.feedId === story.item.feedId);
  const sources = known ? event.sources : [...event.sources, sourceOf(story, now)];
  const next = { ...event, finding: after, sources, lastSeenAt: Math.max(event.lastSeenAt, now) };
  if (because.length === 0) return { kind: 'repeat', event: next };
  return { kind: 'update', event: { ...next, revision: event.revision + 1 }, previous: event.finding, because };
}

function begin(finding: Finding, index: number, story: Story, now: Instant, follows: string | undefined, reason: Reason): Change {
  const id = createHash('sha256').update(`${story.item.feedId}\n${story.item.id}\n${index}`).digest('hex').slice(0, 12);
  return {
    kind: 'new',
    because: [reason],
    event: {
      id,
      revision: 1,
      finding,
      sources: [sourceOf(story, now)],
      firstSeenAt: now,
      lastSeenAt: now,
      state: 'open',
      ...(follows && { follows }),
    },
  };
}

/** A reopening lifts whatever the ledger holds of that mission, however old. */
function lift(finding: Finding, story: Story, { events, postures }: OpenEvents, now: Instant): Change | undefined {
  const held = postures.filter(
    ({ sender, host, posture }) => sender === finding.sender && finding.hosts.includes(host) && posture !== 'normal',
  );
  const ours = (event: NewsEvent) =>
    event.state === 'open' &&
    familyOf(event.finding.kind) === 'post' &&
    event.finding.kind !== 'embassy-reopening' &&
    event.finding.sender === finding.sender;
  const open = events
    .filter((event) => ours(event) && event.finding.hosts.some((host) => finding.hosts.includes(host)))
    .filter((event) => held.some((entry) => entry.eventId === event.id) || inWindow(event, finding, now) || held.length > 0)
    .sort((a, b) => b.lastSeenAt - a.lastSeenAt);
  const event = open.find((one) => held.some((entry) => entry.eventId === one.id)) ?? open[0];
  if (!event) return undefined;
  const { from: _from, to: _to, ...told } = finding;
  return {
    kind: 'lifted',
    because: ['reopened'],
    event: {
      ...event,
      revision: event.revision + 1,
      finding: { ...told, ...(finding.to && { to: finding.to }) },
      sources: [...event.sources, sourceOf(story, now)],
      lastSeenAt: now,
      state: 'lifted',
    },
  };
}

/** One more report of a reopening that was told already. */
function liftedBefore(finding: Finding, story: Story, { events }: OpenEvents, now: Instant): Change | undefined {
  const event = events.findLast(
    (one) =>
      one.state === 'lifted' &&
      one.finding.sender === finding.sender &&
      one.finding.hosts.some((host) => finding.hosts.includes(host)) &&
      inWindow(one, finding, now),
  );
  return event && { kind: 'repeat', event: { ...event, sources: [...event.sources, sourceOf(story, now)] } };
}
