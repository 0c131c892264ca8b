/** Decides which channels get an alert, how, when and why. */
import { createHash } from 'node:crypto';
import { type Alert, shownId } from '../model/alert.ts';
import type { CountryCode, Instant } from '../model/basics.ts';
import type { Channel, LaneId, Subscription } from '../model/channel.ts';
import type { Act, Delivery, Posting } from '../model/delivery.ts';
import { matches } from './filter.ts';
import { alertMessageId, updateNoteId } from './message-ids.ts';
import { isMuted } from './mute.ts';
import { quietUntil } from './quiet.ts';

/** Outlets that report one event within this time share one edit (ms). */
const countWindowMs = 60_000;

/** One channel as the fan-out sees it. */
export interface Lane {
  readonly channel: Channel;
  readonly subscriptions: readonly Subscription[];
  readonly posting?: Posting;
  /** The living message is still queued. */
  readonly pending: boolean;
  /** The event that caused the alert is posted here. */
  readonly causeIsPosted?: boolean;
}

export type Plan = (alert: Alert, lanes: readonly Lane[], now: Instant) => readonly Delivery[];

/**
 * Returns the fan-out: at most two deliveries per lane, with messages in the channel's language.
 * @param names returns a country's name, for subscriptions with words
 */
export function createPlan(names: (code: CountryCode) => string): Plan {
  return (alert, lanes, now) =>
    lanes.flatMap((lane) => {
      const asked = activeSubscriptions(lane, now).filter(
        ({ filter }) => asksFor(filter, alert, names) && (!alert.unconfirmed || filter.countries),
      );
      return actionsFor(alert, lane, asked.length > 0, now).map((step) => delivery(alert, lane, step, { asked, now }));
    });
}

/** The given parts of a delivery; `makeDelivery` fills in the rest. */
export type NewDelivery = Pick<Delivery, 'lane' | 'subject' | 'notBefore'> &
  Partial<Omit<Delivery, 'key' | 'messageId'>> & {
    /** Distinguishes it from other deliveries of its revision and act; defaults to its subject. */
    readonly about?: string;
    /** The stored message that it carries, or the kind of message that is stored for it alone. */
    readonly message: { readonly id: string } | { readonly own: string };
  };

/** Completes a delivery. Defaults: a first post, not the living message, for no subscription. */
export function makeDelivery({ about, message, ...asked }: NewDelivery): Delivery {
  const complete = { revision: 1, act: 'post', because: [], living: false, ...asked } as const;
  const key = deliveryKey(complete.lane, about ?? complete.subject, complete.revision, complete.act);
  return { ...complete, key, messageId: 'id' in message ? message.id : `${message.own}/${key}` };
}

/**
 * The same delivery gets the same key however often it is planned. At most 25 characters, because
 * platforms take it as a nonce.
 */
function deliveryKey(lane: LaneId, subject: string, revision: number, act: Act): string {
  return createHash('sha256')
    .update(JSON.stringify([lane, subject, revision, act]))
    .digest('base64url')
    .slice(0, 24);
}

function activeSubscriptions({ subscriptions }: Lane, now: Instant): readonly Subscription[] {
  return subscriptions.filter(({ pausedUntil = now }) => pausedUntil <= now);
}

/** Subscribers to the event as it was also get its end. */
function asksFor(filter: Subscription['filter'], { kind, event, previous }: Alert, names: (code: CountryCode) => string): boolean {
  const wasAsked =
    (kind === 'lifted' || kind === 'correction') && previous !== undefined && matches(filter, { ...event, finding: previous }, names);
  return wasAsked || matches(filter, event, names);
}

interface Step {
  readonly act: Act;
  readonly living: boolean;
}

function actionsFor(alert: Alert, lane: Lane, isAsked: boolean, now: Instant): readonly Step[] {
  const isPaused =
    (lane.channel.pausedUntil ?? now) > now || (lane.subscriptions.length > 0 && activeSubscriptions(lane, now).length === 0);
  if (isPaused) return [];
  const isRemoved = lane.posting?.ref.removed === true && !lane.pending;
  const isListed = lane.posting?.ref.listed === true && !lane.pending;
  const holds = (lane.posting !== undefined || lane.pending) && !isRemoved && !isListed;
  const post: Step = { act: 'post', living: true };
  const edit: Step = { act: 'edit', living: true };
  if (alert.silent) return holds ? [edit] : [];
  // Edits keep the channel's message true without a notification.
  if (isMuted(lane.channel, alert, now)) return holds ? [edit] : [];
  if (isRemoved) return afterRemoval(alert, isAsked);
  // The channel already shows the more severe cause; only an escalation of the advice itself is
  // posted.
  if (lane.causeIsPosted && !holds && !alert.escalates && (alert.kind === 'new' || alert.kind === 'update')) return [];
  switch (alert.kind) {
    case 'new':
      if (!holds) return isAsked ? [post] : [];
      // It is posted here as unconfirmed.
      return alert.escalates ? [edit, ...(isAsked ? [{ act: 'reply', living: false } as const] : [])] : [];
    case 'update':
      if (holds) return isAsked ? [edit, { act: 'reply', living: false }] : [edit];
      return isAsked ? [post] : [];
    case 'lifted':
      if (holds) return [edit, { act: 'post', living: false }];
      return isAsked && lane.subscriptions.some(({ filter }) => alert.severity >= filter.min) ? [post] : [];
    case 'correction':
      if (isListed) return [{ act: 'post', living: false }];
      return holds ? [edit, { act: 'post', living: false }] : [];
  }
}

/** Whoever deleted the message has seen it: only an escalation or a Correction is posted again. */
function afterRemoval({ kind, escalates }: Alert, isAsked: boolean): readonly Step[] {
  if (kind === 'correction') return [{ act: 'post', living: false }];
  return kind !== 'lifted' && escalates && isAsked ? [{ act: 'post', living: true }] : [];
}

interface DeliveryContext {
  readonly asked: readonly Subscription[];
  readonly now: Instant;
}

function delivery(alert: Alert, lane: Lane, { act, living }: Step, { asked, now }: DeliveryContext): Delivery {
  const { channel } = lane;
  const { id: subject, revision } = alert.event;
  const mention = mayPing(alert, act) ? channel.mention : undefined;
  // Counts within one minute share one delivery, which carries the newest form. It keeps the
  // revision of the alert that it counts in, so that it overtakes no queued note.
  const minute = Math.floor(now / countWindowMs) + 1;
  const about = alert.silent ? `${subject} counted ${minute}` : subject;
  const soonest = alert.silent ? minute * countWindowMs : now;
  return makeDelivery({
    lane: channel.lane,
    subject,
    about,
    revision,
    act,
    message: {
      id: isShort({ act, living }) ? updateNoteId(shownId(alert), channel.language) : alertMessageId(shownId(alert), channel.language),
    },
    notBefore: mayBreakQuiet(alert, lane, act) ? soonest : Math.max(soonest, quietUntil(channel, now)),
    because: asked.map(({ id }) => id),
    living,
    ...(mention && { mention }),
    ...(isUrgent(alert) && { urgent: true as const }),
  });
}

/** Notes in the thread, and the short message that corrects or ends the card. */
function isShort({ act, living }: Step): boolean {
  return act === 'reply' || (act === 'post' && !living);
}

/** The same for all steps of an alert, so that they stay in order. */
function isUrgent({ severity, kind, escalates, unconfirmed }: Alert): boolean {
  return severity === 4 && !unconfirmed && (kind === 'new' || kind === 'correction' || escalates);
}

/**
 * A Critical and its Correction pass quiet hours. An edit notifies nobody, unless it must become
 * the post that is still queued.
 */
function mayBreakQuiet(alert: Alert, lane: Lane, act: Act): boolean {
  return (alert.severity === 4 && !alert.unconfirmed) || (act === 'edit' && lane.posting !== undefined);
}

function mayPing({ severity, escalates, unconfirmed }: Alert, act: Act): boolean {
  if (act === 'edit' || unconfirmed) return false;
  return act === 'reply' ? escalates : severity === 4;
}
