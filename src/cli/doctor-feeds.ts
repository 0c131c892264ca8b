/** What `attache doctor` says of each source: as it was read last, or as it answers now. */
import limited from 'p-limit';
import { healthOf } from '../collect/health.ts';
import type { Config } from '../config.ts';
import { countSeen, type Feed } from '../model.ts';
import type { Checked, FeedCursor } from '../ports.ts';
import { holdsNow, stateOf } from './feeds-look.ts';
import { openFetcher } from './open.ts';

interface Known {
  /** Undefined where the store could not be asked. */
  readonly cursors: readonly FeedCursor[] | undefined;
  /** Ask each now. */
  readonly fetch: boolean;
}

/** Asked at a time. */
const parallel = 4;

export async function checkFeeds(config: Config, { cursors, fetch }: Known): Promise<readonly Checked[]> {
  const feeds = config.feeds.filter(({ on }) => on);
  if (fetch) return askedNow(feeds, config);
  return [...feeds.map((feed) => asReadLast(feed, cursors)), ...counted(feeds, cursors)];
}

/** As status and digests count; nothing where none was asked yet, or how they were read is not known. */
function counted(feeds: readonly Feed[], cursors: readonly FeedCursor[] | undefined): readonly Checked[] {
  if (!cursors || cursors.length === 0 || feeds.length === 0) return [];
  const healths = feeds.map((feed) =>
    healthOf(
      feed,
      cursors.find(({ feedId }) => feedId === feed.id),
      Date.now(),
    ),
  );
  const { ok, all } = countSeen(healths);
  if (ok === all) return [{ about: 'sources', state: 'ok', says: `${ok} of ${all} can be read` }];
  return [{ about: 'sources', state: 'note', says: `${all - ok} of ${all} cannot be read` }];
}

function asReadLast(feed: Feed, cursors: readonly FeedCursor[] | undefined): Checked {
  if (!cursors)
    return {
      about: feed.id,
      state: 'note',
      says: 'how it was read last is not known here',
      mend: 'ask the running bot, or: attache doctor --fetch',
    };
  const cursor = cursors.find(({ feedId }) => feedId === feed.id);
  const health = healthOf(feed, cursor, Date.now());
  const { state } = health;
  if (state === 'blind' || state === 'gone') return { about: feed.id, state: 'wrong', says: stateOf(health), mend: mendFor(feed) };
  if (state === 'frozen')
    return { about: feed.id, state: 'wrong', says: `${stateOf(health)}: it answers, and brings nothing new`, mend: mendFor(feed) };
  if (health.setAside)
    return {
      about: feed.id,
      state: 'wrong',
      says: stateOf(health),
      mend: 'read the item at its source, and report the error with its lines in the log',
    };
  if (state === 'waiting' && health.reason)
    return { about: feed.id, state: 'wrong', says: `never read yet ${stateOf(health).slice('waiting '.length)}`, mend: mendFor(feed) };
  const says = state === 'waiting' ? 'not read yet' : stateOf(health);
  return { about: feed.id, state: state === 'slowed' || health.reason || health.unknown ? 'note' : 'ok', says };
}

async function askedNow(feeds: readonly Feed[], config: Config): Promise<readonly Checked[]> {
  const fetcher = openFetcher(config);
  const turn = limited(parallel);
  const ask = async (feed: Feed): Promise<Checked> => {
    const held = await holdsNow(feed, config.places, fetcher);
    if (typeof held === 'object') return { about: feed.id, state: 'wrong', says: held.problem, mend: mendFor(feed) };
    return { about: feed.id, state: 'ok', says: held };
  };
  try {
    return await Promise.all(feeds.map((feed) => turn(() => ask(feed))));
  } finally {
    await fetcher.close();
  }
}

const mendFor = ({ id }: Feed) => `look at it with: attache feeds test ${id}; correct its address in feeds.yaml, or set "on: false" there`;
