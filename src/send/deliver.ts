import type { Instant } from '../model/basics.ts';
import type { Delivery, SendOutcome } from '../model/delivery.ts';
import type { Clock, Random } from '../ports/clock.ts';
import type { ClaimedDelivery, Settlement } from '../ports/outbox.ts';
import type { ChatPlatform, Outgoing } from '../ports/platform.ts';
import type { Store } from '../ports/store.ts';
import { waitAfter } from './backoff.ts';
import { withAcks, withLateness, withLinkToOriginal, withMap, withPossibleDuplicate, withSubscriptionIds } from './footer.ts';

interface DeliverPorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
}

export interface DeliverSettings {
  /** The name that the lane was claimed under. */
  readonly owner: string;
  /** Attempts before a delivery is given up; waits that the platform asked for do not count. */
  readonly attempts: number;
  /**
   * Nor is it given up before it has been due for this long (ms); unless given, only attempts
   * count.
   */
  readonly giveUpAfterMs?: number;
  /**
   * How long an unanswered message may still arrive (ms): if it is not found earlier, it is looked
   * up again before it is sent again.
   */
  readonly arrivesWithinMs?: number;
}

/** How an earlier attempt ended, as far as it is known. */
type Earlier = 'none' | 'not-arrived' | 'not-known';

const hoursOf = (ms: number) => Math.floor(ms / 3_600_000);

/** Returns the outcome, or undefined if the lane was lost before the call. */
export async function deliver(
  platform: ChatPlatform,
  given: ClaimedDelivery,
  settings: DeliverSettings,
  ports: DeliverPorts,
): Promise<Settlement | undefined> {
  const claimed = withoutBundle(given);
  const { delivery, posting } = claimed;
  if (delivery.act === 'reply' && !posting) return { kind: 'superseded', reason: 'the message it belongs to is not there' };
  if (delivery.act !== 'post' && posting?.ref.removed) return { kind: 'superseded', reason: 'people took the message away' };
  const earlier = await lookUp(platform, claimed, settings, ports);
  if (typeof earlier === 'object') return earlier;
  const channel = claimed.message.map ? await ports.store.channel(delivery.lane) : undefined;
  const late = ports.clock.now() - delivery.notBefore;
  const out = outgoing({ ...claimed, message: withLateness(withMap(claimed.message, channel?.map === true), late) }, earlier);
  if (!(await ports.store.holdsLease(settings.owner, delivery.lane, ports.clock.now()))) return undefined;
  const outcome = delivery.act === 'edit' && posting ? await platform.edit(posting.ref, out) : await platform.send(out);
  return settlementOf(outcome, claimed, earlier, settings, ports);
}

/** An event posted in a bundle has no message of its own to edit or reply to. */
function withoutBundle({ posting, ...claimed }: ClaimedDelivery): ClaimedDelivery {
  return posting && !posting.ref.listed ? { ...claimed, posting } : claimed;
}

/** Sending an edit twice is harmless; a post or a note must be looked up first. */
async function lookUp(
  platform: ChatPlatform,
  claimed: ClaimedDelivery,
  settings: DeliverSettings,
  { clock, random }: DeliverPorts,
): Promise<Earlier | Settlement> {
  const { delivery, posting, unknownSince, message, attempts } = claimed;
  if (unknownSince === undefined || (delivery.act === 'edit' && posting)) return 'none';
  const looked = await platform.find({
    key: delivery.key,
    lane: delivery.lane,
    // The platform's clock may be a little behind ours.
    since: unknownSince - 60_000,
    ...threadOf(claimed),
  });
  if (looked.kind === 'found') return { kind: 'sent', ref: looked.ref };
  if (looked.kind === 'absent') {
    const certainAt = unknownSince + (settings.arrivesWithinMs ?? 0);
    if (clock.now() >= certainAt) return 'not-arrived';
    return { kind: 'unknown', at: certainAt, reason: 'not there yet; it may still arrive' };
  }
  // A Critical that may be missing is worth a duplicate; the rest waits for a definite answer.
  const isPatient = message.severity === 4 ? attempts < settings.attempts : !isSpent(claimed, settings, clock.now());
  if (looked.kind === 'later' && isPatient)
    return { kind: 'unknown', at: clock.now() + waitAfter(attempts, looked.afterMs, random), reason: looked.reason };
  if (message.severity === 4) return 'not-known';
  return { kind: 'dead', reason: `it may have arrived, and looking is not possible: ${looked.reason}` };
}

function outgoing(claimed: ClaimedDelivery, earlier: Earlier): Outgoing {
  const { delivery, message, posting } = claimed;
  const { key, lane, because, mention } = delivery;
  const asked = withSubscriptionIds(message, because);
  const whole = isFollowUp(delivery) ? withLinkToOriginal(asked, posting) : withAcks(asked, posting);
  return {
    key,
    lane,
    message: earlier === 'not-known' ? withPossibleDuplicate(whole) : whole,
    ...threadOf(claimed),
    ...(isFollowUp(delivery) && posting && { relatesTo: posting.ref }),
    ...(mention && { mention }),
  };
}

/** A Correction or a Lifted: a new message about the living one. */
function isFollowUp({ act, living }: Delivery): boolean {
  return act === 'post' && !living;
}

function threadOf({ delivery, posting }: ClaimedDelivery): Pick<Outgoing, 'replyTo'> {
  return delivery.act === 'reply' && posting ? { replyTo: posting.ref } : {};
}

/**
 * Counts age as well, so that an outage of some hours costs nothing and a message that waited long
 * still gets its attempts.
 */
function isSpent({ attempts, delivery }: ClaimedDelivery, settings: DeliverSettings, now: Instant): boolean {
  return attempts >= settings.attempts && now - delivery.notBefore >= (settings.giveUpAfterMs ?? 0);
}

function settlementOf(
  outcome: SendOutcome,
  claimed: ClaimedDelivery,
  earlier: Earlier,
  settings: DeliverSettings,
  { clock, random }: DeliverPorts,
): Settlement {
  const { attempts, delivery, posting } = claimed;
  if (outcome.kind === 'sent') return { kind: 'sent', ref: outcome.ref };
  if (outcome.kind === 'rejected') {
    const reason = outcome.mend ? `${outcome.reason}; ${outcome.mend}` : outcome.reason;
    return { kind: 'dead', reason, ...(outcome.gone && { gone: true }) };
  }
  const wait = outcome.kind === 'retry' ? outcome.afterMs : undefined;
  const asked = wait !== undefined;
  if (isSpent(claimed, settings, clock.now()) && !asked)
    return {
      kind: 'dead',
      reason: `given up after ${attempts} attempts in ${hoursOf(clock.now() - delivery.notBefore)} h: ${outcome.reason}`,
    };
  const at = clock.now() + waitAfter(attempts, wait, random);
  const isSameTwice = delivery.act === 'edit' && posting !== undefined;
  // A failed attempt does not settle whether an earlier one arrived.
  const inDoubt = earlier === 'not-known' || (outcome.kind === 'unknown' && !isSameTwice);
  if (inDoubt) return { kind: 'unknown', at, reason: outcome.reason };
  return { kind: 'retry', at, reason: outcome.reason, asked };
}
