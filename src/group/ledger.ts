/** Derives ledger entries from a change: the posture of missions and the advice of governments. */
import { isAdvice, type Posture, postures, traits } from '../kinds.ts';
import type { CountryCode, Instant } from '../model/basics.ts';
import type { Change, NewsEvent, ReportedAct, SourceRef } from '../model/event.ts';
import type { Story } from '../model/feed.ts';
import { alertFrom, type Finding, sendersOf } from '../model/finding.ts';
import type { AdviceEntry, LedgerEntry, PostureEntry } from '../model/ledger.ts';
import { actsOf, isPresent, spanOf } from './keys.ts';
import { storyTime } from './reports.ts';

/**
 * Returns one entry per sender and host. A posture only worsens here; only a reopening lifts it.
 * @param held the ledger's current postures in these hosts, so that a milder act does not hide a
 * graver one
 */
export function ledgerEntries(change: Change, story: Story, now: Instant, held: readonly PostureEntry[] = []): readonly LedgerEntry[] {
  return [...postureEntries(change, story, now, held), ...adviceEntries(change, story, now)];
}

function postureEntries(change: Change, story: Story, now: Instant, held: readonly PostureEntry[]): readonly PostureEntry[] {
  const { event } = change;
  const { hosts } = event.finding;
  const current = postureNow(event);
  const isSilent = change.kind === 'repeat' && event.alertedRevision !== undefined;
  if (!current || isSilent) return [];
  const { posture, act } = current;
  const { from, to, post } = act.finding ?? event.finding;
  const slots = { ...(post && { post }), ...(from && { from }), ...(to && { to }) };
  const { saidAt, ...origin } = originOf(act, change, story, now);
  const common = { kind: 'posture', posture, ...slots, readAt: now, eventId: event.id, ...origin } as const;
  const pairs = sendersOf(event.finding).flatMap((sender) => hosts.map((host) => ({ sender, host })));
  return pairs.flatMap(({ sender, host }): readonly PostureEntry[] => {
    const before = held.find((entry) => entry.sender === sender && entry.host === host);
    if (posture !== 'normal' && before && postures.indexOf(before.posture) > postures.indexOf(posture)) return [];
    const since = before?.posture === posture ? before.since : saidAt;
    return [{ ...common, sender, host, since }];
  });
}

/** The gravest posture that confident reports give as happening, with its act. */
function postureNow(event: NewsEvent): { readonly posture: Posture; readonly act: ReportedAct } | undefined {
  const { finding, state } = event;
  if (finding.confidence < alertFrom) return undefined;
  const lifting = state === 'lifted' && traits[finding.kind].posture === 'normal';
  if (lifting) return { posture: 'normal', act: { kind: finding.kind, status: finding.status, finding } };
  if (state !== 'open') return undefined;
  const happening = actsOf(event).filter(({ status }) => status === 'happening');
  for (const posture of postures.toReversed()) {
    const act = happening.findLast((one) => postureOf(one) === posture);
    if (act) return { posture, act };
  }
  return undefined;
}

/** An evacuation of staff is a drawdown. */
function postureOf({ kind, finding }: ReportedAct): Posture | null {
  return finding?.whom === 'staff' ? 'drawdown' : traits[kind].posture;
}

/**
 * The act's source: the report behind the change if it reports this act, else the first that did.
 */
function originOf(act: ReportedAct, change: Change, story: Story, now: Instant) {
  const { sources } = change.event;
  const reportsAct = ({ acts }: SourceRef) => acts === undefined || acts.includes(act.kind);
  const own = sources.find(({ itemId, feedId }) => itemId === story.item.id && feedId === story.item.feedId);
  const first = own && reportsAct(own) ? undefined : sources.find(reportsAct);
  if (!first) return { source: story.source, tier: story.tier, url: story.item.url, saidAt: sinceWhen(change, story, now) };
  const { source, tier, url, publishedAt, seenAt } = first;
  return { source, tier, url, saidAt: Math.min(publishedAt ?? seenAt, seenAt) };
}

function sinceWhen(change: Change, story: Story, now: Instant): Instant {
  const isStep =
    change.kind !== 'update' ||
    change.because.includes('posture-changed') ||
    change.because.includes('another-act') ||
    change.because.includes('status-rose');
  return isStep ? storyTime(story, now) : spanOf(change.event).first;
}

function adviceEntries(change: Change, story: Story, now: Instant): readonly AdviceEntry[] {
  const { event } = change;
  const { hosts, confidence } = event.finding;
  const isSilent = change.kind === 'repeat' && event.alertedRevision !== undefined && story.feedKind !== 'register';
  if (isSilent || !hasAdvice(event) || confidence < alertFrom) return [];
  return sendersOf(event.finding).flatMap((sender) => hosts.map((country) => adviceEntry(event.finding, sender, country, story, now)));
}

function hasAdvice(event: NewsEvent): boolean {
  const { level, nativeText } = event.finding;
  const advice = actsOf(event).some(({ kind, status }) => isAdvice(kind) && isPresent(status));
  return advice && event.state === 'open' && (level !== undefined || nativeText !== undefined);
}

function adviceEntry(
  finding: Finding,
  issuer: CountryCode,
  country: CountryCode,
  { item, source, tier }: Story,
  now: Instant,
): AdviceEntry {
  const { level, area, scope, nativeText = '' } = finding;
  const regional = scope === 'regional' && level !== undefined ? [{ ...(area && { area }), level, nativeText }] : [];
  return {
    kind: 'advice',
    issuer,
    country,
    ...(regional.length === 0 && { ...(area && { area }), ...(level !== undefined && { level }) }),
    nativeText: regional.length === 0 ? nativeText : '',
    regional,
    ...(item.publishedAt !== undefined && { since: item.publishedAt }),
    readAt: now,
    source,
    tier,
    url: item.url,
  };
}
