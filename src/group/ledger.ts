/** What a change means for the present: the posture of missions and the advice of governments. */
import { isAdvice, type Posture, postures, traits } from '../kinds.ts';
import type { CountryCode, Instant } from '../model/basics.ts';
import type { Change, NewsEvent } from '../model/event.ts';
import type { Story } from '../model/feed.ts';
import { alertFrom, type Finding, sendersOf } from '../model/finding.ts';
import type { AdviceEntry, LedgerEntry, PostureEntry } from '../model/ledger.ts';
import { actsOf, isPresent, spanOf } from './keys.ts';
import { storyTime } from './reports.ts';

/**
 * One entry for each sender and host. A posture is only ever worsened here: what lifts it is a reopening.
 * @param held the ledger's postures in these hosts, so that a milder act does not hide a graver one
 */
export function ledgerEntries(change: Change, story: Story, now: Instant, held: readonly PostureEntry[] = []): readonly LedgerEntry[] {
  return [...postureEntries(change, story, now, held), ...adviceEntries(change, story, now)];
}

function postureEntries(change: Change, story: Story, now: Instant, held: readonly PostureEntry[]): readonly PostureEntry[] {
  const { event } = change;
  const { hosts, from, to, post } = event.finding;
  const posture = postureNow(event);
  const isSilent = change.kind === 'repeat' && event.alertedRevision !== undefined;
  if (!posture || isSilent) return [];
  const { source, tier } = story;
  const slots = { ...(post && { post }), ...(from && { from }), ...(to && { to }) };
  const common = { kind: 'posture', posture, ...slots, readAt: now, eventId: event.id, source, tier, url: story.item.url } as const;
  const pairs = sendersOf(event.finding).flatMap((sender) => hosts.map((host) => ({ sender, host })));
  return pairs.flatMap(({ sender, host }): readonly PostureEntry[] => {
    const before = held.find((entry) => entry.sender === sender && entry.host === host);
    if (posture !== 'normal' && before && postures.indexOf(before.posture) > postures.indexOf(posture)) return [];
    const since = before?.posture === posture ? before.since : sinceWhen(change, story, now);
    return [{ ...common, sender, host, since }];
  });
}

/** The gravest posture that was surely told as happening. */
function postureNow(event: NewsEvent): Posture | undefined {
  const { finding, state } = event;
  if (finding.confidence < alertFrom) return undefined;
  if (state === 'lifted') return traits[finding.kind].posture === 'normal' ? 'normal' : undefined;
  if (state !== 'open') return undefined;
  const told = actsOf(event).flatMap(({ kind, status }) => (status === 'happening' ? [traits[kind].posture] : []));
  return postures.findLast((posture) => told.includes(posture));
}

function sinceWhen(change: Change, story: Story, now: Instant): Instant {
  const isStep = change.kind !== 'update' || change.because.includes('posture-changed') || change.because.includes('status-rose');
  return isStep ? storyTime(story, now) : spanOf(change.event).first;
}

function adviceEntries(change: Change, story: Story, now: Instant): readonly AdviceEntry[] {
  const { event } = change;
  const { hosts, confidence } = event.finding;
  const isSilent = change.kind === 'repeat' && event.alertedRevision !== undefined && story.feedKind !== 'register';
  if (isSilent || !tellsAdvice(event) || confidence < alertFrom) return [];
  return sendersOf(event.finding).flatMap((sender) => hosts.map((country) => adviceEntry(event.finding, sender, country, story, now)));
}

function tellsAdvice(event: NewsEvent): boolean {
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
