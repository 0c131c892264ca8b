/** Which channels hear of an alert, how, when and why. */
import { createHash } from 'node:crypto';
import { type Alert, shownId } from '../model/alert.ts';
import type { CountryCode, Instant } from '../model/basics.ts';
import type { Channel, LaneId, Subscription } from '../model/channel.ts';
import type { Act, Delivery, Posting } from '../model/delivery.ts';
import { matches } from './filter.ts';
import { alertMessageId, updateNoteId } from './message-ids.ts';
import { isMuted } from './mute.ts';
import { quietUntil } from './quiet.ts';

/** Outlets that report one event within this time are counted in one edit (ms). */
const countedTogether = 60_000;

/** One channel as the fan-out sees it. */
export interface Lane {
  readonly channel: Channel;
  readonly subscriptions: readonly Subscription[];
  readonly posting?: Posting;
  /** The living message is on its way. */
  readonly pending: boolean;
  /** What brought the alert about stands here. */
  readonly causeIsPosted?: boolean;
}

export type Plan = (alert: Alert, lanes: readonly Lane[], now: Instant) => readonly Delivery[];

/**
 * At most two deliveries for each lane. Their messages are those in the channel's language.
 * @param names a country's name, for subscriptions with words
 */
export function createPlan(names: (code: CountryCode) => string): Plan {
  return (alert, lanes, now) =>
    lanes.flatMap((lane) => {
      const asked = awake(lane, now).filter(({ filter }) => asksFor(filter, alert, names) && (!alert.unconfirmed || filter.countries));
      return actionsFor(alert, lane, asked.length > 0, now).map((step) => delivery(alert, lane, step, { asked, now }));
    });
}

/** A delivery as it is asked for; the rest is worked out by `makeDelivery`. */
export type NewDelivery = Pick<Delivery, 'lane' | 'subject' | 'notBefore'> &
  Partial<Omit<Delivery, 'key' | 'messageId'>> & {
    /** What tells it from other deliveries of its revision and act; its subject where nothing is said. */
    readonly about?: string;
    /** The stored message that it carries, or the kind of message that is stored for it alone. */
    readonly message: { readonly id: string } | { readonly own: string };
  };

/** A first post that is nobody's living message, for no subscription, where nothing else is said. */
export function makeDelivery({ about, message, ...asked }: NewDelivery): Delivery {
  const told = { revision: 1, act: 'post', because: [], living: false, ...asked } as const;
  const key = deliveryKey(told.lane, about ?? told.subject, told.revision, told.act);
  return { ...told, key, messageId: 'id' in message ? message.id : `${message.own}/${key}` };
}

/** The same delivery has the same key however often it is planned. At most 25 characters: a platform takes it as its nonce. */
function deliveryKey(lane: LaneId, subject: string, revision: number, act: Act): string {
  return createHash('sha256')
    .update(JSON.stringify([lane, subject, revision, act]))
    .digest('base64url')
    .slice(0, 24);
}

function awake({ subscriptions }: Lane, now: Instant): readonly Subscription[] {
  return subscriptions.filter(({ pausedUntil = now }) => pausedUntil <= now);
}

/** What ended is asked for by whoever asked for what it was. */
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
  const isPaused = (lane.channel.pausedUntil ?? now) > now || (lane.subscriptions.length > 0 && awake(lane, now).length === 0);
  if (isPaused) return [];
  const isRemoved = lane.posting?.ref.removed === true && !lane.pending;
  const isListed = lane.posting?.ref.listed === true && !lane.pending;
  const holds = (lane.posting !== undefined || lane.pending) && !isRemoved && !isListed;
  const post: Step = { act: 'post', living: true };
  const edit: Step = { act: 'edit', living: true };
  if (alert.silent) return holds ? [edit] : [];
  // What stands in the channel stays true, and is not told again.
  if (isMuted(lane.channel, alert, now)) return holds ? [edit] : [];
  if (isRemoved) return afterRemoval(alert, isAsked);
  // The channel knows of what is graver; worse news of the advice itself are told.
  if (lane.causeIsPosted && !holds && !alert.escalates && (alert.kind === 'new' || alert.kind === 'update')) return [];
  switch (alert.kind) {
    case 'new':
      if (!holds) return isAsked ? [post] : [];
      // It stands here as unconfirmed.
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

/** Who took the message away has seen it: only worse news bring it back, and the word that it was not so. */
function afterRemoval({ kind, escalates }: Alert, isAsked: boolean): readonly Step[] {
  if (kind === 'correction') return [{ act: 'post', living: false }];
  return kind !== 'lifted' && escalates && isAsked ? [{ act: 'post', living: true }] : [];
}

interface Circumstance {
  readonly asked: readonly Subscription[];
  readonly now: Instant;
}

function delivery(alert: Alert, lane: Lane, { act, living }: Step, { asked, now }: Circumstance): Delivery {
  const { channel } = lane;
  const { id: subject, revision } = alert.event;
  const mention = mayPing(alert, act) ? channel.mention : undefined;
  // Those of one minute are one delivery, which carries the newest form. Its revision is that of the message that it counts in, so
  // that it overtakes no note that still waits.
  const minute = Math.floor(now / countedTogether) + 1;
  const about = alert.silent ? `${subject} counted ${minute}` : subject;
  const soonest = alert.silent ? minute * countedTogether : now;
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

/** Notes in the thread, and what takes back or ends the card that stands above. */
function isShort({ act, living }: Step): boolean {
  return act === 'reply' || (act === 'post' && !living);
}

/** All steps of such an alert alike, so that their order holds. */
function isUrgent({ severity, kind, escalates, unconfirmed }: Alert): boolean {
  return severity === 4 && !unconfirmed && (kind === 'new' || kind === 'correction' || escalates);
}

/** Critical passes quiet hours, so does the correction of it. An edit disturbs nobody, unless it must become the post that still waits. */
function mayBreakQuiet(alert: Alert, lane: Lane, act: Act): boolean {
  return (alert.severity === 4 && !alert.unconfirmed) || (act === 'edit' && lane.posting !== undefined);
}

function mayPing({ severity, escalates, unconfirmed }: Alert, act: Act): boolean {
  if (act === 'edit' || unconfirmed) return false;
  return act === 'reply' ? escalates : severity === 4;
}
