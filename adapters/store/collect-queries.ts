/** Queries for collecting: cursors, seen items, and the transaction that stores a decision. */
import { type Kysely, sql, type Transaction } from 'kysely';
import type { NewsEvent } from '../../src/model/event.ts';
import type { Story } from '../../src/model/feed.ts';
import type { AdviceEntry, LedgerEntry, PostureEntry } from '../../src/model/ledger.ts';
import type { Decision, GroupingContext } from '../../src/ports/event-store.ts';
import type { FeedCursor } from '../../src/ports/feed-store.ts';
import type { Store } from '../../src/ports/store.ts';
import { insertMany, itemsAmong } from './bulk-insert.ts';
import { groupCommits } from './group-commit.ts';
import { lockDecisions } from './locks.ts';
import { chunks, eventRow, hostsOf, itemKey, read, storable } from './rows.ts';
import type { Tables } from './schema.ts';

type Part = Pick<Store, 'cursors' | 'cursor' | 'moveCursor' | 'unrecorded' | 'takeBack' | 'recordSeen' | 'decide'>;
const month = 30 * 24 * 3_600_000;

/** What a poll writes when it found nothing: the usual case, and many at a time. */
type PollWrite = { readonly cursor: FeedCursor } | { readonly seen: Parameters<Store['recordSeen']>[0] };

export function collectQueries(db: Kysely<Tables>): Part {
  const keep = groupCommits<PollWrite>(db, writeAll);
  return {
    cursors: async () =>
      (await db.selectFrom('cursor').select('json').orderBy('feed_id').execute()).map((row) => read<FeedCursor>(row.json)),
    cursor: async (feedId) => {
      const row = await db.selectFrom('cursor').select('json').where('feed_id', '=', feedId).executeTakeFirst();
      return row && read<FeedCursor>(row.json);
    },
    moveCursor: (cursor) => keep({ cursor }),
    unrecorded: async (feedId, ids) => {
      const seen = await itemsAmong(db, feedId, ids.map(itemKey));
      return ids.filter((id) => !seen.has(itemKey(id)));
    },
    takeBack: async (feedId, ids) => {
      const of = db.deleteFrom('item').where('feed_id', '=', feedId).where('dropped', '=', 'set-aside');
      for (const some of chunks(ids.map(itemKey), 100)) await of.where('id', 'in', some).execute();
    },
    recordSeen: async (seen) => {
      if (seen.length > 0) await keep({ seen });
    },
    decide: (story, hosts, work) =>
      db.transaction().execute(async (trx) => {
        await lockDecisions(trx);
        const { feedId } = story.item;
        const id = itemKey(story.item.id);
        const seen = await trx.selectFrom('item').select('id').where('feed_id', '=', feedId).where('id', '=', id).executeTakeFirst();
        if (seen) return undefined;
        const decision = work(await openFor(trx, hosts, story.item.fetchedAt));
        await write(trx, story, decision);
        return decision;
      }),
  };
}

async function writeAll(trx: Transaction<Tables>, kept: readonly PollWrite[]): Promise<void> {
  const seen = kept.flatMap((one) => ('seen' in one ? one.seen : []));
  await insertMany(
    trx,
    'item',
    seen.map(({ story, dropped }) => itemRow(story, dropped)),
  );
  // The last cursor of a feed wins; sorted, so that two processes never deadlock.
  const cursors = new Map(kept.flatMap((one) => ('cursor' in one ? [[one.cursor.feedId, one.cursor] as const] : [])));
  const rows = [...cursors].sort(([a], [b]) => (a < b ? -1 : 1)).map(([feed_id, cursor]) => ({ feed_id, json: JSON.stringify(cursor) }));
  for (const some of chunks(rows, 100)) {
    await trx
      .insertInto('cursor')
      .values(some)
      .onConflict((conflict) => conflict.column('feed_id').doUpdateSet((row) => ({ json: row.ref('excluded.json') })))
      .execute();
  }
}

function itemRow({ item }: Story, dropped: string | undefined): Tables['item'] {
  return { feed_id: item.feedId, id: itemKey(item.id), title: storable(item.title), dropped: dropped ?? null, seen_at: item.fetchedAt };
}

async function openFor(trx: Transaction<Tables>, hosts: readonly string[], now: number): Promise<GroupingContext> {
  const wanted = [...hosts, ''];
  const events = await trx
    .selectFrom('event')
    .select('json')
    .where('state', 'in', ['open', 'lifted', 'corrected'])
    .$if(hosts.length > 0, (query) =>
      query.where('id', 'in', trx.selectFrom('event_host').select('event_id').where('host', 'in', wanted).where('over', '=', sql.lit(0))),
    )
    .$if(hosts.length === 0, (query) => query.where('last_seen_at', '>=', now - month))
    .orderBy('last_seen_at')
    .orderBy('id')
    .execute();
  const postures = hosts.length === 0 ? [] : await trx.selectFrom('posture').select('json').where('host', 'in', hosts).execute();
  return { events: events.map((row) => read<NewsEvent>(row.json)), postures: postures.map((row) => read<PostureEntry>(row.json)) };
}

async function write(trx: Transaction<Tables>, story: Story, { changes, ledger, alerts, over = [], dropped }: Decision): Promise<void> {
  const { feedId } = story.item;
  const itemId = itemKey(story.item.id);
  await trx.insertInto('item').values(itemRow(story, dropped)).execute();
  for (const { event } of changes) {
    const row = eventRow(event);
    await trx
      .insertInto('event')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
      .execute();
    // A host that became known replaces "not known".
    await trx.deleteFrom('event_host').where('event_id', '=', event.id).execute();
    const hosts = hostsOf(event).map((host) => ({ host, event_id: event.id }));
    await trx
      .insertInto('event_host')
      .values(hosts)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await trx
      .insertInto('item_event')
      .values({ feed_id: feedId, item_id: itemId, event_id: event.id })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  for (const some of chunks(
    over.filter((id) => !changes.some(({ event }) => event.id === id)),
    100,
  ))
    await end(trx, some);
  for (const entry of ledger) await writeEntry(trx, entry);
  for (const { alert, messages } of alerts) {
    const { id, event } = alert;
    await trx
      .insertInto('alert')
      .values({ id, event_id: event.id, json: JSON.stringify(alert), expanded_to: '', expanded: 0 })
      .execute();
    const rows = Object.entries(messages).map(([messageId, message]) => ({ id: messageId, json: JSON.stringify(message) }));
    // Replaces the message with its newest form, which queued deliveries then carry.
    const isNewest = ({ json }: { readonly json: string }) => ({ json });
    for (const row of alert.silent ? rows : []) {
      await trx
        .insertInto('message')
        .values(row)
        .onConflict((conflict) => conflict.column('id').doUpdateSet(isNewest(row)))
        .execute();
    }
    if (rows.length > 0 && !alert.silent) await trx.insertInto('message').values(rows).execute();
  }
}

async function end(trx: Transaction<Tables>, ids: readonly string[]): Promise<void> {
  for (const { id, json } of await trx.selectFrom('event').select(['id', 'json']).where('id', 'in', ids).execute()) {
    const ended: NewsEvent = { ...read<NewsEvent>(json), state: 'closed' };
    await trx
      .updateTable('event')
      .set({ state: 'closed', json: JSON.stringify(ended) })
      .where('id', '=', id)
      .execute();
  }
  await trx.updateTable('event_host').set({ over: 1 }).where('event_id', 'in', ids).execute();
}

/**
 * A newer reading replaces an older one; an outlet's report never replaces the issuer's own
 * register.
 */
async function writeEntry(trx: Transaction<Tables>, entry: LedgerEntry): Promise<void> {
  const json = JSON.stringify(entry);
  const { tier, readAt } = entry;
  if (entry.kind === 'posture') {
    const { sender, host } = entry;
    await trx
      .insertInto('posture')
      .values({ sender, host, tier, read_at: readAt, json })
      .onConflict((conflict) =>
        conflict.columns(['host', 'sender']).doUpdateSet({ tier, read_at: readAt, json }).where('posture.read_at', '<=', readAt),
      )
      .execute();
    return;
  }
  const { issuer, country, area = '' } = entry satisfies AdviceEntry;
  await trx
    .insertInto('advice')
    .values({ issuer, country, area, tier, read_at: readAt, json })
    .onConflict((conflict) => {
      const update = conflict.columns(['country', 'issuer', 'area']).doUpdateSet({ tier, read_at: readAt, json });
      const newer = update.where('advice.read_at', '<=', readAt);
      return tier === 'official' ? newer : newer.where('advice.tier', '!=', 'official');
    })
    .execute();
}
