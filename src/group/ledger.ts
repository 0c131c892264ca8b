/** What a change makes true from now on: each mission's posture, each government's advice. */
import { alertFrom, type Change, type Instant, type LedgerEntry, type Story } from '../model.ts';
import { postureOf } from './key.ts';

export function ledgerEntries(change: Change, { item, source, tier }: Story, now: Instant): readonly LedgerEntry[] {
  const { finding, id } = change.event;
  const { sender, hosts, kind, status, post, from, to, level, area } = finding;
  if (!sender || status !== 'happening' || finding.confidence < alertFrom) return [];
  const since = item.publishedAt ?? now;
  const shared = { source, tier, url: item.url, readAt: now };
  const posture = postureOf[kind];
  if (posture) {
    return hosts.map((host) => ({
      kind: 'posture',
      sender,
      host,
      posture,
      since,
      eventId: id,
      ...shared,
      ...(post && { post }),
      ...(from && { from }),
      ...(to && { to }),
    }));
  }
  if (kind !== 'travel-advisory' || (level === undefined && finding.nativeText === undefined)) return [];
  return hosts.map((country) => ({
    kind: 'advice',
    issuer: sender,
    country,
    nativeText: finding.nativeText ?? '',
    regional: [],
    since,
    ...shared,
    ...(finding.scope === 'regional' && area && { area }),
    ...(level !== undefined && { level }),
  }));
}
