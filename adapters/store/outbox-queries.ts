/** The outbox: fan-out by a cursor, lanes by lease, one delivery of a lane at a time. */
import { type Kysely, sql, type Transaction } from 'kysely';
import type { ChatMessage } from '../../src/message.ts';
import type { Ack, Channel, Delivery, DeliveryState, Instant, LaneId, MessageRef, Posting, Subscription } from '../../src/model.ts';
import type { Claimed, LaneView, Raised, Settlement, Store } from '../../src/ports.ts';
import { chunks, deliveryOf, deliveryRow, read } from './rows.ts';
import type { Tables } from './schema.ts';
import { channelRow } from './talk-queries.ts';

type Part = Pick<
  Store,
  'expand' | 'enqueue' | 'enqueueDigest' | 'claim' | 'holds' | 'settle' | 'nextDue' | 'deliveries' | 'posting' | 'savePosting'
>;
type Trx = Transaction<Tables>;
const open = ['ready', 'sending', 'unknown'];

export function outboxQueries(db: Kysely<Tables>): Part {
  return {
    expand: (limit, plan) => db.transaction().execute((trx) => expand(trx, limit, plan)),
    enqueue: (messages, deliveries) => db.transaction().execute((trx) => enqueue(trx, messages, deliveries)),
    enqueueDigest: (channel, message, delivery) =>
      db.transaction().execute(async (trx) => {
        if (message && delivery) await enqueue(trx, { [delivery.messageId]: message }, [delivery]);
        await trx.updateTable('channel').set(channelRow(channel)).where('lane', '=', channel.lane).execute();
      }),
    claim: (ask) => db.transaction().execute((trx) => claim(trx, ask)),
    holds: async (owner, lane, now) => {
      const row = await db
        .selectFrom('lane')
        .select('id')
        .where('id', '=', lane)
        .where('owner', '=', owner)
        .where('lease_until', '>', now)
        .executeTakeFirst();
      return row !== undefined;
    },
    settle: (owner, delivery, settlement, now) => db.transaction().execute((trx) => settle(trx, owner, delivery, settlement, now)),
    nextDue: async (platforms) => {
      const row = await db
        .selectFrom('lane')
        .select((is) => is.fn.min(is.fn<number>('max', ['due_at', 'lease_until'])).as('at'))
        .where('due_at', 'is not', null)
        .where('platform', 'in', platforms)
        .executeTakeFirst();
      return row?.at ?? undefined;
    },
    deliveries: async ({ lane }) => {
      const all = db
        .selectFrom('delivery')
        .select((is) => ['state', is.fn.countAll<number>().as('n')])
        .groupBy('state');
      const rows = await (lane === undefined ? all : all.where('lane', '=', lane)).execute();
      const counts: Record<DeliveryState, number> = { ready: 0, sending: 0, unknown: 0, sent: 0, dead: 0, superseded: 0 };
      for (const row of rows) counts[row.state as DeliveryState] = Number(row.n);
      return counts;
    },
    posting: (lane, subject) => postingOf(db, lane, subject),
    savePosting: (posting) => savePosting(db, posting),
  };
}

/** The oldest alert with channels left: its next ones, and the cursor moved past them. */
async function expand(trx: Trx, limit: number, plan: Parameters<Store['expand']>[1]): Promise<number> {
  const alert = await trx.selectFrom('alert').selectAll().where('expanded', '=', 0).orderBy('seq').limit(1).executeTakeFirst();
  if (!alert) return 0;
  const rows = await trx
    .selectFrom('channel')
    .select(['lane', 'json'])
    .where('lane', '>', alert.expanded_to)
    .orderBy('lane')
    .limit(limit)
    .execute();
  const views = await viewsOf(trx, alert.event_id, rows);
  const now = await insertDeliveries(trx, plan(read<Raised>(alert.json), views));
  const last = rows.at(-1);
  const expanded = rows.length < limit ? 1 : 0;
  await trx
    .updateTable('alert')
    .set({ expanded_to: last?.lane ?? alert.expanded_to, expanded })
    .where('seq', '=', alert.seq)
    .execute();
  return Math.max(1, rows.length, now);
}

async function viewsOf(
  trx: Trx,
  subject: string,
  rows: readonly { readonly lane: string; readonly json: string }[],
): Promise<readonly LaneView[]> {
  const lanes = rows.map((row) => row.lane);
  if (lanes.length === 0) return [];
  const subscriptions = await trx.selectFrom('subscription').select(['lane', 'json']).where('lane', 'in', lanes).orderBy('id').execute();
  const postings = await trx.selectFrom('posting').selectAll().where('subject', '=', subject).where('lane', 'in', lanes).execute();
  const pending = await trx
    .selectFrom('delivery')
    .select('lane')
    .where('lane', 'in', lanes)
    .where('subject', '=', subject)
    .where('state', 'in', open)
    .execute();
  const byLane = Map.groupBy(subscriptions, (row) => row.lane);
  const posted = new Map(postings.map((row) => [row.lane, asPosting(row)]));
  const waiting = new Set(pending.map((row) => row.lane));
  return rows.map((row) => {
    const posting = posted.get(row.lane);
    return {
      channel: read<Channel>(row.json),
      subscriptions: (byLane.get(row.lane) ?? []).map((one) => read<Subscription>(one.json)),
      pending: waiting.has(row.lane),
      ...(posting && { posting }),
    };
  });
}

async function enqueue(trx: Trx, messages: Readonly<Record<string, ChatMessage>>, deliveries: readonly Delivery[]): Promise<void> {
  for (const [id, message] of Object.entries(messages)) {
    await trx
      .insertInto('message')
      .values({ id, json: JSON.stringify(message) })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  await insertDeliveries(trx, deliveries);
}

async function insertDeliveries(trx: Trx, deliveries: readonly Delivery[]): Promise<number> {
  for (const edit of deliveries.filter((one) => one.act === 'edit')) {
    // Only the newest form of a living message is worth sending.
    await trx
      .updateTable('delivery')
      .set({ state: 'superseded' })
      .where('lane', '=', edit.lane)
      .where('subject', '=', edit.subject)
      .where('act', '=', 'edit')
      .where('state', '=', 'ready')
      .where('revision', '<', edit.revision)
      .execute();
  }
  for (const some of chunks(deliveries, 50)) {
    await trx
      .insertInto('delivery')
      .values(some.map((one) => deliveryRow(one, one.notBefore)))
      .onConflict((conflict) => conflict.column('key').doNothing())
      .execute();
    const lanes = some.map(({ lane, notBefore }) => ({
      id: lane,
      platform: lane.split(':')[0] ?? '',
      ready_at: 0,
      due_at: notBefore,
      lease_until: 0,
      owner: '',
    }));
    const unique = [...new Map(lanes.map((lane) => [lane.id, lane])).values()];
    await trx
      .insertInto('lane')
      .values(unique)
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet({
          due_at: sql<number>`max(lane.ready_at, case when lane.due_at is null or lane.due_at > excluded.due_at then excluded.due_at else lane.due_at end)`,
        }),
      )
      .execute();
  }
  return deliveries.length;
}

async function claim(trx: Trx, { owner, now, leaseMs, limit, platforms }: Parameters<Store['claim']>[0]): Promise<readonly Claimed[]> {
  const lanes = await trx
    .selectFrom('lane')
    .select('id')
    .where('due_at', '<=', now)
    .where('lease_until', '<=', now)
    .where('platform', 'in', platforms)
    .orderBy('due_at')
    .limit(limit)
    .execute();
  const claimed: Claimed[] = [];
  for (const { id } of lanes) {
    const row = await trx
      .selectFrom('delivery')
      .selectAll()
      .where('lane', '=', id)
      .where('state', 'in', open)
      .where('not_before', '<=', now)
      .orderBy('seq')
      .limit(1)
      .executeTakeFirst();
    const message = row && (await trx.selectFrom('message').select('json').where('id', '=', row.message_id).executeTakeFirst());
    if (!row || !message) {
      await releaseLane(trx, id, undefined);
      continue;
    }
    // What was being sent when its lease ran out may have arrived.
    const unknownSince = row.unknown_since ?? (row.state === 'sending' ? row.changed_at : null);
    const leaseUntil = now + leaseMs;
    await trx.updateTable('lane').set({ owner, lease_until: leaseUntil }).where('id', '=', id).execute();
    await trx
      .updateTable('delivery')
      .set({ state: 'sending', unknown_since: unknownSince, attempts: row.attempts + 1, changed_at: now })
      .where('seq', '=', row.seq)
      .execute();
    const posting = await postingOf(trx, id, row.subject);
    claimed.push({
      delivery: deliveryOf(row),
      message: read<ChatMessage>(message.json),
      attempts: row.attempts + 1,
      leaseUntil,
      ...(posting && { posting }),
      ...(unknownSince !== null && { unknownSince }),
    });
  }
  return claimed;
}

async function settle(trx: Trx, owner: string, delivery: Delivery, settlement: Settlement, now: Instant): Promise<void> {
  const lane = await trx.selectFrom('lane').select('owner').where('id', '=', delivery.lane).executeTakeFirst();
  const row = await trx.selectFrom('delivery').select(['state', 'unknown_since']).where('key', '=', delivery.key).executeTakeFirst();
  // A worker that lost its lease still tells what it knows of a message that was sent; all else is the new holder's to say.
  if (!row || (lane?.owner !== owner && settlement.kind !== 'sent')) return;
  const state = { sent: 'sent', retry: 'ready', unknown: 'unknown', dead: 'dead' }[settlement.kind];
  const reason = 'reason' in settlement ? settlement.reason : null;
  const unknown = settlement.kind === 'unknown' ? (row.unknown_since ?? now) : null;
  await trx
    .updateTable('delivery')
    .set({ state, reason, unknown_since: unknown, changed_at: now })
    .where('key', '=', delivery.key)
    .execute();
  if (settlement.kind === 'sent' && delivery.living) {
    const { lane: id, subject, revision } = delivery;
    const known = await postingOf(trx, id, subject);
    await savePosting(trx, { lane: id, subject, ref: settlement.ref, revision, acks: known?.acks ?? [] });
  }
  if (lane?.owner === owner) await releaseLane(trx, delivery.lane, 'at' in settlement ? settlement.at : undefined);
}

async function releaseLane(trx: Trx, lane: LaneId, readyAt: Instant | undefined): Promise<void> {
  const next = await trx
    .selectFrom('delivery')
    .select((is) => is.fn.min('not_before').as('at'))
    .where('lane', '=', lane)
    .where('state', 'in', open)
    .executeTakeFirst();
  const ready = readyAt ?? 0;
  const due = next?.at === null || next?.at === undefined ? null : Math.max(next.at, ready);
  await trx.updateTable('lane').set({ owner: '', lease_until: 0, ready_at: ready, due_at: due }).where('id', '=', lane).execute();
}

function asPosting(row: Tables['posting']): Posting {
  return { lane: row.lane, subject: row.subject, revision: row.revision, ref: read<MessageRef>(row.ref), acks: read<Ack[]>(row.acks) };
}

async function postingOf(db: Kysely<Tables>, lane: LaneId, subject: string): Promise<Posting | undefined> {
  const row = await db.selectFrom('posting').selectAll().where('lane', '=', lane).where('subject', '=', subject).executeTakeFirst();
  return row && asPosting(row);
}

async function savePosting(db: Kysely<Tables>, { lane, subject, revision, ref, acks }: Posting): Promise<void> {
  const row = { lane, subject, revision, ref: JSON.stringify(ref), acks: JSON.stringify(acks) };
  await db
    .insertInto('posting')
    .values(row)
    .onConflict((conflict) => conflict.columns(['lane', 'subject']).doUpdateSet(row))
    .execute();
}
