/**
 * Outgoing webhooks: every message of a lane `webhook:out:NAME` is one signed POST of JSON
 * (`payload.ts`). There are no commands. A receiver may get the same delivery twice and recognises
 * it by its id, so a lost answer does no harm.
 */
import { createHmac } from 'node:crypto';
import type { Instant } from '../../src/model/basics.ts';
import type { LaneId } from '../../src/model/channel.ts';
import type { MessageRef, SendOutcome } from '../../src/model/delivery.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { ChatPlatform, Outgoing } from '../../src/ports/platform.ts';
import { type Act, payloadOf } from './payload.ts';

export interface WebhookTarget {
  /** Lower case, digits and hyphens: the lane's name. */
  readonly name: string;
  /** http(s) */
  readonly url: string;
}

export interface WebhookOptions {
  readonly targets: readonly WebhookTarget[];
  /** The key that signs every request. */
  readonly secret: string;
  readonly clock: Pick<Clock, 'now'>;
  /** For one request (ms). */
  readonly timeoutMs?: number;
}

export const webhookLane = (name: string): LaneId => `webhook:out:${name}`;

/** The connection was never made. */
const unsent = /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|CONNECT_TIMEOUT/;
/** Longest wait that a receiver can ask for (ms). */
const longestWait = 3_600_000;
/** The receiver rejects this message, and would do so again. */
const refusing: ReadonlySet<number> = new Set([400, 410, 413, 415, 422]);

export function createWebhooks({ targets, secret, clock, timeoutMs = 15_000 }: WebhookOptions): ChatPlatform {
  const post = async (act: Act, out: Outgoing, of?: string): Promise<SendOutcome> => {
    const name = out.lane.split(':')[2] ?? '';
    const target = targets.find((one) => one.name === name);
    if (!target) return { kind: 'rejected', reason: `no webhook "${name}"`, mend: 'name it under webhooks in config/attache.yaml' };
    const now = clock.now();
    const body = JSON.stringify(payloadOf(act, out, { now, ...(of && { of }) }));
    const timestamp = String(Math.floor(now / 1000));
    try {
      const response = await fetch(target.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'attache-delivery': out.key,
          'attache-timestamp': timestamp,
          'attache-signature': signatureOf(secret, timestamp, body),
        },
        body,
        // A signed alert goes to the configured address and no other.
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
      });
      await response.body?.cancel();
      return outcomeOf(response, { channel: name, id: of ?? out.key }, clock.now());
    } catch (error) {
      const reason = reasonOf(error);
      return { kind: 'retry', reason: unsent.test(reason) ? `cannot be reached (${reason})` : `no answer (${reason})` };
    }
  };
  return {
    name: 'webhook',
    start: async () => ({ kind: 'ready', as: targets.map(({ name }) => name).join(', ') }),
    send: (out) =>
      out.replyTo ? post('note', out, out.replyTo.id) : out.relatesTo ? post('end', out, out.relatesTo.id) : post('alert', out),
    edit: (ref, out) => post('update', out, ref.id),
    // What is not known to have arrived is sent again under the same id.
    find: async () => ({ kind: 'absent' }),
    render: (message, { act, mention }) => {
      const acts = { post: 'alert', edit: 'update', reply: 'note' } as const;
      return payloadOf(acts[act], { key: '', lane: webhookLane(''), message, ...(mention && { mention }) }, { now: 0 });
    },
    stop: async () => {},
  };
}

/**
 * Returns `v1=` and the HMAC-SHA-256, in hex, of the timestamp, a full stop and the body as sent.
 */
export function signatureOf(secret: string, timestamp: string, body: string): string {
  return `v1=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;
}

function outcomeOf({ status, ok, headers }: Response, ref: MessageRef, now: Instant): SendOutcome {
  if (ok) return { kind: 'sent', ref };
  const reason = `the receiver answered ${status}`;
  if (refusing.has(status)) return { kind: 'rejected', reason };
  const asked = status === 429 || status === 503 ? waitIn(headers.get('retry-after') ?? '', now) : 0;
  return { kind: 'retry', reason, ...(asked > 0 && { afterMs: Math.min(asked, longestWait) }) };
}

/** @returns the wait in ms, from seconds or an HTTP date; 0 if none is asked for */
function waitIn(retryAfter: string, now: Instant): number {
  const seconds = Number(retryAfter);
  const wait = Number.isNaN(seconds) ? Date.parse(retryAfter) - now : seconds * 1_000;
  return Number.isNaN(wait) ? 0 : wait;
}

function reasonOf(error: unknown): string {
  const cause: unknown = error instanceof Error ? error.cause : undefined;
  const code: unknown = typeof cause === 'object' && cause !== null ? Reflect.get(cause, 'code') : undefined;
  return typeof code === 'string' ? code : error instanceof Error ? error.message : String(error);
}
