/** Tells channels what Attaché can no longer see, once, and once that it sees again. */
import { deliveryKey } from '../match/plan.ts';
import { quietUntil } from '../match/quiet.ts';
import type { Channel, CountryCode, Delivery, Instant, Subscription, Unseen } from '../model.ts';
import { outageMessage } from '../phrase/outage.ts';
import type { TalkPorts } from './command.ts';
import type { Sight } from './sight.ts';

type Sources = Awaited<ReturnType<Sight['all']>>;

export interface Outages {
  /** Gives how many channels were told something. */
  runDue(): Promise<number>;
}

/** Of the countries asked about, what is lost. @param sources every source that is on */
export type UnseenOf = (sources: Sources, countries: readonly CountryCode[]) => Unseen;

/** Channels taken from the store at once. */
const atOnce = 200;
const nothing: Unseen = { half: false, advice: false, countries: [] };

export function createOutages(ports: TalkPorts, sight: Pick<Sight, 'all'>, unseenOf: UnseenOf): Outages {
  let before: string | undefined;
  return {
    runDue: async () => {
      const sources = await sight.all();
      // Channels are walked only where the sight itself changed.
      const sighted = sources.map(({ feed, health }) => `${feed.id} ${health.state}`).join('\n');
      if (sighted === before) return 0;
      let told = 0;
      let after: string | undefined;
      for (let page = await ports.store.channels(after, atOnce); page.length > 0; page = await ports.store.channels(after, atOnce)) {
        for (const channel of page) if (await tell(channel, sources, unseenOf, ports)) told += 1;
        after = page.at(-1)?.lane;
      }
      before = sighted;
      return told;
    },
  };
}

/** A paused channel and one that watches nothing are told nothing. */
async function tell(channel: Channel, sources: Sources, unseenOf: UnseenOf, { store, clock, places }: TalkPorts): Promise<boolean> {
  const now = clock.now();
  const isAwake = ({ pausedUntil = now }: { readonly pausedUntil?: Instant }) => pausedUntil <= now;
  const subscriptions = (await store.subscriptions(channel.lane)).filter(isAwake);
  if (!isAwake(channel) || subscriptions.length === 0) return false;
  const { unseen: known = nothing, language } = channel;
  const unseen = unseenOf(sources, countriesOf(subscriptions));
  const lost = without(unseen, known);
  const back = without(known, unseen);
  if (isNothing(lost) && isNothing(back)) return false;
  const message = outageMessage(
    { lost, back, sources: sources.map(({ feed, health }) => ({ source: feed.source, ...health })) },
    { name: (code, other = language) => places.name(code, other), language },
  );
  await store.enqueueNotice(isNothing(unseen) ? undefined : unseen, message, deliveryOf(channel, unseen, now));
  return true;
}

/** Who watches everywhere asks for no country: of the whole world something is always dark. */
function countriesOf(subscriptions: readonly Subscription[]): readonly CountryCode[] {
  return [...new Set(subscriptions.flatMap(({ filter }) => filter.countries ?? []))];
}

function without(some: Unseen, known: Unseen): Unseen {
  return {
    half: some.half && !known.half,
    advice: some.advice && !known.advice,
    countries: some.countries.filter((code) => !known.countries.includes(code)),
  };
}

function isNothing({ half, advice, countries }: Unseen): boolean {
  return !half && !advice && countries.length === 0;
}

function deliveryOf(channel: Channel, unseen: Unseen, now: Instant): Delivery {
  const { lane } = channel;
  const subject = `sight ${now} ${JSON.stringify(unseen)}`;
  const key = deliveryKey(lane, subject, 1, 'post');
  return {
    key,
    lane,
    subject,
    revision: 1,
    act: 'post',
    messageId: `sight/${key}`,
    notBefore: quietUntil(channel, now),
    because: [],
    living: false,
  };
}
