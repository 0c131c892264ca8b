/** Notifies channels once of lost coverage, and once of its return. */
import { makeDelivery } from '../match/fan-out.ts';
import { quietUntil } from '../match/quiet.ts';
import type { CountryCode, Instant } from '../model/basics.ts';
import type { Channel, CoverageGap, Subscription } from '../model/channel.ts';
import type { Delivery } from '../model/delivery.ts';
import type { PhraseContext } from '../phrase/headline.ts';
import { type Offline, offlineMessage, outageMessage } from '../phrase/outage.ts';
import type { TalkPorts } from './command.ts';
import type { SourceHealth } from './coverage.ts';

type Sources = Awaited<ReturnType<SourceHealth['all']>>;

export interface Outages {
  /** Returns how many channels were notified. */
  runDue(): Promise<number>;
  /** Notifies every channel with subscriptions of a time without polling. */
  tellOffline(gap: Offline): Promise<number>;
}

/** Returns the lost coverage of these countries. @param sources every enabled source */
export type UnseenOf = (sources: Sources, countries: readonly CountryCode[]) => CoverageGap;

/** Channels read from the store per page. */
const atOnce = 200;
const nothing: CoverageGap = { half: false, advice: false, countries: [] };

export function createOutages(ports: TalkPorts, sight: Pick<SourceHealth, 'all'>, unseenOf: UnseenOf): Outages {
  const { store, clock } = ports;
  let before: string | undefined;
  return {
    runDue: async () => {
      const sources = await sight.all();
      // Channels are visited only when a source's state changed.
      const states = sources.map(({ feed, health }) => `${feed.id} ${health.state}`).join('\n');
      if (states === before) return 0;
      const notified = await forEachActiveChannel(ports, (watching) => notifyGap(watching, sources, unseenOf, ports));
      before = states;
      return notified;
    },
    tellOffline: (gap) =>
      forEachActiveChannel(ports, async ({ channel }) => {
        const message = offlineMessage(gap, contextOf(channel, ports));
        await store.enqueueNotice(channel.unseen, message, deliveryOf(channel, 'offline', clock.now()));
        return true;
      }),
  };
}

interface Watching {
  readonly channel: Channel;
  readonly subscriptions: readonly Subscription[];
}

/** Calls `notify` for each active channel with subscriptions; returns how many were notified. */
async function forEachActiveChannel({ store, clock }: TalkPorts, notify: (watching: Watching) => Promise<boolean>): Promise<number> {
  const now = clock.now();
  const isAwake = ({ pausedUntil = now }: { readonly pausedUntil?: Instant }) => pausedUntil <= now;
  let notified = 0;
  let after: string | undefined;
  for (let page = await store.channels(after, atOnce); page.length > 0; page = await store.channels(after, atOnce)) {
    for (const channel of page.filter(isAwake)) {
      const subscriptions = (await store.subscriptions(channel.lane)).filter(isAwake);
      if (subscriptions.length > 0 && (await notify({ channel, subscriptions }))) notified += 1;
    }
    after = page.at(-1)?.lane;
  }
  return notified;
}

async function notifyGap({ channel, subscriptions }: Watching, sources: Sources, unseenOf: UnseenOf, ports: TalkPorts): Promise<boolean> {
  const { unseen: known = nothing } = channel;
  const watched = countriesOf(subscriptions);
  const unseen = unseenOf(sources, watched);
  const lost = without(unseen, known);
  // A country that is no longer watched is neither lost nor back.
  const back = without({ ...known, countries: known.countries.filter((code) => watched.includes(code)) }, unseen);
  if (isNothing(lost) && isNothing(back)) return false;
  const named = sources.map(({ feed, health }) => ({ source: feed.source, ...health }));
  const message = outageMessage({ lost, back, sources: named }, contextOf(channel, ports));
  const delivery = deliveryOf(channel, JSON.stringify(unseen), ports.clock.now());
  await ports.store.enqueueNotice(isNothing(unseen) ? undefined : unseen, message, delivery);
  return true;
}

function contextOf({ language }: Channel, { places }: TalkPorts): PhraseContext {
  return { name: (code, other = language) => places.name(code, other), language };
}

/** Subscriptions to everywhere count no countries: somewhere coverage is always missing. */
function countriesOf(subscriptions: readonly Subscription[]): readonly CountryCode[] {
  return [...new Set(subscriptions.flatMap(({ filter }) => filter.countries ?? []))];
}

function without(some: CoverageGap, known: CoverageGap): CoverageGap {
  return {
    half: some.half && !known.half,
    advice: some.advice && !known.advice,
    countries: some.countries.filter((code) => !known.countries.includes(code)),
  };
}

function isNothing({ half, advice, countries }: CoverageGap): boolean {
  return !half && !advice && countries.length === 0;
}

function deliveryOf(channel: Channel, about: string, now: Instant): Delivery {
  return makeDelivery({
    lane: channel.lane,
    subject: `sight ${now} ${about}`,
    message: { own: 'sight' },
    notBefore: quietUntil(channel, now),
  });
}
