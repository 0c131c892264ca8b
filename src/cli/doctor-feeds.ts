/** What `attache doctor` says of each source: as it was read last, or as it answers now. */
import limited from 'p-limit';
import { healthOf } from '../collect/health.ts';
import type { Config } from '../config.ts';
import { countSeen } from '../model/channel.ts';
import type { Feed } from '../model/feed.ts';
import type { FeedCursor } from '../ports/feed-store.ts';
import type { CheckResult } from '../ports/operator.ts';
import { probeSummary, stateOf } from './feeds-probe.ts';
import { openFetcher } from './open-store.ts';

interface Known {
  /** Undefined where the store could not be asked. */
  readonly cursors: readonly FeedCursor[] | undefined;
  /** Ask each now. */
  readonly fetch: boolean;
}

/** Asked at a time. */
const parallel = 4;

export async function checkFeeds(config: Config, { cursors, fetch }: Known): Promise<readonly CheckResult[]> {
  const feeds = config.feeds.filter(({ on }) => on);
  if (fetch) return askedNow(feeds, config);
  return [...feeds.map((feed) => asReadLast(feed, cursors)), ...counted(feeds, cursors)];
}

/** As status and digests count; nothing where none was asked yet, or how they were read is not known. */
function counted(feeds: readonly Feed[], cursors: readonly FeedCursor[] | undefined): readonly CheckResult[] {
  if (!cursors || cursors.length === 0 || feeds.length === 0) return [];
  const healths = feeds.map((feed) =>
    healthOf(
      feed,
      cursors.find(({ feedId }) => feedId === feed.id),
      Date.now(),
    ),
  );
  const { ok, all } = countSeen(healths);
  if (ok === all) return [{ subject: 'sources', state: 'ok', message: `${ok} of ${all} can be read` }];
  return [{ subject: 'sources', state: 'note', message: `${all - ok} of ${all} cannot be read` }];
}

function asReadLast(feed: Feed, cursors: readonly FeedCursor[] | undefined): CheckResult {
  if (!cursors)
    return {
      subject: feed.id,
      state: 'note',
      message: 'how it was read last is not known here',
      fix: 'ask the running bot, or: attache doctor --fetch',
    };
  const cursor = cursors.find(({ feedId }) => feedId === feed.id);
  const health = healthOf(feed, cursor, Date.now());
  const { state } = health;
  if (state === 'blind' || state === 'gone')
    return { subject: feed.id, state: 'wrong', message: stateOf(health, Date.now()), fix: mendFor(feed) };
  if (state === 'frozen')
    return {
      subject: feed.id,
      state: 'wrong',
      message: `${stateOf(health, Date.now())}: it answers, and brings nothing new`,
      fix: mendFor(feed),
    };
  if (health.setAside)
    return {
      subject: feed.id,
      state: 'wrong',
      message: stateOf(health, Date.now()),
      fix: 'read the item at its source, and report the error with its lines in the log',
    };
  if (state === 'waiting' && health.reason)
    return {
      subject: feed.id,
      state: 'wrong',
      message: `never read yet ${stateOf(health, Date.now()).slice('waiting '.length)}`,
      fix: mendFor(feed),
    };
  const says = state === 'waiting' ? 'not read yet' : stateOf(health, Date.now());
  return { subject: feed.id, state: state === 'slowed' || health.reason || health.unknown ? 'note' : 'ok', message: says };
}

async function askedNow(feeds: readonly Feed[], config: Config): Promise<readonly CheckResult[]> {
  const fetcher = openFetcher(config);
  const turn = limited(parallel);
  const ask = async (feed: Feed): Promise<CheckResult> => {
    const held = await probeSummary(feed, config.places, fetcher);
    if (typeof held === 'object') return { subject: feed.id, state: 'wrong', message: held.problem, fix: mendFor(feed) };
    return { subject: feed.id, state: 'ok', message: held };
  };
  try {
    return await Promise.all(feeds.map((feed) => turn(() => ask(feed))));
  } finally {
    await fetcher.close();
  }
}

const mendFor = ({ id }: Feed) => `look at it with: attache feeds test ${id}; correct its address in feeds.yaml, or set "on: false" there`;
