/** What `attache doctor` says of each webhook: where it leads, and what came of its last message. Nothing is sent to it. */
import { lookup } from 'node:dns/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { webhookLane } from '../../adapters/webhook/platform.ts';
import { isPrivateAddress } from '../collect/address-guard.ts';
import type { Config, Settings } from '../config.ts';
import type { CheckResult, LastDelivery } from '../ports/operator.ts';
import type { StoreCheck } from './check-store.ts';

export interface Resolving {
  /** Gives the addresses of a name; rejects where there is none. */
  readonly resolve?: (host: string) => Promise<readonly string[]>;
}

type Said = Omit<CheckResult, 'subject'>;

/** How long a name may take (ms). */
const patience = 5_000;
const named = 'webhooks in config/attache.yaml';

/** One line for each webhook that is configured. */
export async function checkWebhooks(
  { settings, secrets }: Config,
  { store }: StoreCheck,
  { resolve = addressesOf }: Resolving,
): Promise<readonly CheckResult[]> {
  return Promise.all(
    settings.webhooks.map(async (webhook) => {
      const subject = webhookLane(webhook.name);
      if (!secrets.webhookSecret) return { subject, ...unsigned };
      const place = await placeOf(webhook, resolve);
      if (place.state === 'wrong' || !store) return { subject, ...place, message: store ? place.message : `${place.message}; ${unknown}` };
      return { subject, ...withLast(place, await store.lastDelivery(subject)) };
    }),
  );
}

const unknown = 'what came of its last message is not known here';
const unsigned: Said = {
  state: 'wrong',
  message: 'nothing is sent: there is no secret to sign it with',
  fix: 'set ATTACHE_WEBHOOK_SECRET, from: openssl rand -base64 32',
};

/** The host alone is named: whoever knows the whole address of some receivers can write to them. */
async function placeOf({ url }: Settings['webhooks'][number], resolve: NonNullable<Resolving['resolve']>): Promise<Said> {
  const { hostname, protocol, username, password } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  if (username !== '' || password !== '')
    return {
      state: 'wrong',
      message: `${host}: no request is made to an address with a user or a password`,
      fix: `take them out under ${named}`,
    };
  const late = new AbortController();
  const tooLate = sleep(patience, undefined, { signal: late.signal }).then(() =>
    Promise.reject(new Error(`no answer in ${patience / 1000} s`)),
  );
  tooLate.catch(() => undefined);
  try {
    const [address = 'no address'] = await Promise.race([resolve(host), tooLate]);
    const isOwn = isPrivateAddress(address);
    const where = `${host}${address === host ? '' : ` is ${address}`}${isOwn ? ', in a network of your own' : ''}; signed`;
    if (protocol === 'https:' || isOwn) return { state: 'ok', message: where };
    return { state: 'note', message: `${where}, and can be read on the way`, fix: `use https under ${named}` };
  } catch (error) {
    const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
    const why = typeof code === 'string' ? code : error instanceof Error ? error.message : String(error);
    return { state: 'wrong', message: `${host} is not found (${why})`, fix: `correct its address under ${named}, or this machine’s DNS` };
  } finally {
    late.abort();
  }
}

async function addressesOf(host: string): Promise<readonly string[]> {
  return (await lookup(host, { all: true })).map(({ address }) => address);
}

function withLast(place: Said, last: LastDelivery | undefined): Said {
  if (!last) return { ...place, message: `${place.message}; nothing was sent there yet` };
  const at = `${new Date(last.at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const reason = last.reason ? `: ${last.reason}` : '';
  switch (last.state) {
    case 'sent':
      return { ...place, message: `${place.message}; the last message arrived on ${at}` };
    case 'dead':
      return {
        state: 'wrong',
        message: `${place.message}; the last message was given up on ${at}${reason}`,
        fix: 'mend the receiver, or its address',
      };
    default:
      return { ...place, state: 'note', message: `${place.message}; the last message, tried on ${at}, waits for another attempt${reason}` };
  }
}
