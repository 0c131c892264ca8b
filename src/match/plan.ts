/** Which channels hear of an alert, how and when. */
import { createHash } from 'node:crypto';
import type { Act, Alert, Channel, CountryCode, Delivery, Instant, LaneId, Posting, Subscription } from '../model.ts';
import { matches } from './filter.ts';
import { quietUntil } from './quiet.ts';

export interface Lane {
  readonly channel: Channel;
  readonly subscriptions: readonly Subscription[];
  readonly posting?: Posting;
  /** The living message is on its way. */
  readonly pending: boolean;
}

/** One delivery key is one delivery, however often it is planned; at most 25 characters, for platforms that take it as a nonce. */
export function deliveryKey(lane: LaneId, subject: string, revision: number, act: Act): string {
  return createHash('sha256').update(`${lane}\n${subject}\n${revision}\n${act}`).digest('base64url').slice(0, 24);
}

/** The note that tells an update in the thread is stored under this id. */
export const noteId = (alertId: string): string => `${alertId}/note`;

/** @param name the English name of a country, for subscriptions with words */
export function createPlan(
  name: (code: CountryCode) => string,
): (alert: Alert, lanes: readonly Lane[], now: Instant) => readonly Delivery[] {
  return (alert, lanes, now) => lanes.flatMap((lane) => forLane(alert, lane, now, name));
}

function forLane(alert: Alert, lane: Lane, now: Instant, name: (code: CountryCode) => string): readonly Delivery[] {
  const { channel } = lane;
  if (channel.pausedUntil !== undefined && channel.pausedUntil > now) return [];
  const asked = lane.subscriptions.filter(({ pausedUntil, filter }) => (pausedUntil ?? 0) <= now && matches(filter, alert.event, name));
  const follows = lane.posting !== undefined || lane.pending;
  const closing = alert.kind === 'lifted' || alert.kind === 'correction';
  if (closing ? !follows : asked.length === 0) return [];
  const passes = alert.severity === 4 || (alert.kind === 'correction' && channel.mention !== undefined);
  const notBefore = passes ? now : quietUntil(channel, now);
  const base = {
    lane: channel.lane,
    subject: alert.event.id,
    revision: alert.event.revision,
    notBefore,
    because: asked.map(({ id }) => id),
  };
  const delivery = (act: Act, messageId: string, living: boolean, mention?: string): Delivery => ({
    ...base,
    key: deliveryKey(channel.lane, base.subject, base.revision, act),
    act,
    messageId,
    living,
    ...(mention && { mention }),
  });
  const ping = alert.severity === 4 ? channel.mention : undefined;
  if (closing)
    return [delivery('edit', alert.id, true), delivery('post', alert.id, false, alert.kind === 'correction' ? channel.mention : undefined)];
  if (!follows) return [delivery('post', alert.id, true, ping)];
  return alert.kind === 'new'
    ? []
    : [delivery('edit', alert.id, true), delivery('reply', noteId(alert.id), false, alert.escalates ? ping : undefined)];
}
