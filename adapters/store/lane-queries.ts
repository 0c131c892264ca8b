/**
 * Queries that empty the outbox: leases on lanes, one delivery of a lane at a time, and outcomes.
 */
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import type { ChatMessage } from '../../src/message.ts';
import type { Instant } from '../../src/model/basics.ts';
import type { LaneId, PlatformName } from '../../src/model/channel.ts';
import type { Delivery, DeliveryState, Posting } from '../../src/model/delivery.ts';
import type { ClaimedDelivery, Settlement } from '../../src/ports/outbox.ts';
import type { Store } from '../../src/ports/store.ts';
import { clockWatch, mendClock } from './lane-clock.ts';
import { setDue } from './lane-due.ts';
import { isPostgres } from './locks.ts';
import { deliveryOf, isOpen, isReady, isUrgent, postingOf, postingRow, read } from './rows.ts';
import type { Tables } from './schema.ts';

type Part = Pick<Store, 'claim' | 'holdsLease' | 'settle' | 'nextDue' | 'deliveries' | 'releaseHeld' | 'posting' | 'savePosting'>;
type Trx = Transaction<Tables>;
type Ask = Parameters<Store['claim']>[0];
type DeliveryRow = Selectable<Tables['delivery']>;

/** Outlets counted within this share one edit, which waits as long without being held (ms). */
const countWindow = 60_000;

export function laneQueries(db: Kysely<Tables>): Part {
  const watch = clockWatch();
  return {
    claim: (ask) =>
      db.transaction().execute(async (trx) => {
        if (watch.isDue(ask.now)) watch.done(ask.now, await mendClock(trx, ask.now, ask.leaseMs));
        return claim(trx, ask);
      }),
    holdsLease: async (owner, lane, now) => {
      const held = db.selectFrom('lane').select('id').where('id', '=', lane).where('owner', '=', owner).where('lease_until', '>', now);
      return (await held.executeTakeFirst()) !== undefined;
    },
    settle: (owner, delivery, settlement, now) => db.transaction().execute((trx) => settle(trx, owner, delivery, settlement, now)),
    nextDue: (platforms) => nextDue(db, platforms),
    releaseHeld: (lane, until) =>
      db.transaction().execute(async (trx) => {
        const held = trx.updateTable('delivery').set({ not_before: until }).where('lane', '=', lane).where(isReady);
        await held.where('not_before', '>', until + countWindow).execute();
        await setDue(trx, [lane]);
      }),
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
    posting: (lane, subject) => postingAt(db, lane, subject),
    savePosting: (posting) => savePosting(db, posting),
  };
}

async function claim(trx: Trx, { owner, now, leaseMs, limit, platforms }: Ask): Promise<readonly ClaimedDelivery[]> {
  const lanes = await dueLanes(trx, { now, limit, platforms });
  const seqs = lanes.flatMap(({ seq }) => seq ?? []);
  for (const { id, seq } of lanes) if (seq === null) await releaseLane(trx, id, now);
  if (seqs.length === 0) return [];
  const unordered = await trx.selectFrom('delivery').selectAll().where('seq', 'in', seqs).execute();
  const found = unordered.sort((a, b) => seqs.indexOf(a.seq) - seqs.indexOf(b.seq));
  const messages = await messagesOf(trx, found);
  const rows = found.filter((row) => messages.has(row.message_id));
  for (const row of found) if (!messages.has(row.message_id)) await buryWithoutMessage(trx, row, now);
  if (rows.length === 0) return [];
  await markSending(trx, rows, { owner, now, leaseMs });
  const postings = await postingsOf(trx, rows);
  return rows.map((row): ClaimedDelivery => {
    const posting = postings.get(`${row.lane}\n${row.subject}`);
    const unknownSince = row.state === 'sending' ? (row.unknown_since ?? row.changed_at) : row.unknown_since;
    return {
      delivery: deliveryOf(row),
      message: messages.get(row.message_id) as ChatMessage,
      attempts: row.attempts + 1,
      leaseUntil: now + leaseMs,
      ...(posting && { posting }),
      ...(unknownSince !== null && { unknownSince }),
    };
  });
}

/**
 * Returns unleased lanes, those with a Critical first, then the longest waiting, each with its next
 * delivery.
 */
async function dueLanes(trx: Trx, ask: Pick<Ask, 'now' | 'limit' | 'platforms'>) {
  const urgent = await dueLanesThat(trx, ask, 'hurry');
  const left = ask.limit - urgent.length;
  return left > 0 ? [...urgent, ...(await dueLanesThat(trx, { ...ask, limit: left }, 'wait'))] : urgent;
}

async function dueLanesThat(trx: Trx, { now, limit, platforms }: Pick<Ask, 'now' | 'limit' | 'platforms'>, they: 'hurry' | 'wait') {
  return trx
    .selectFrom('lane')
    .select((is) => {
      const due = is
        .selectFrom('delivery')
        .select('seq')
        .whereRef('delivery.lane', '=', 'lane.id')
        .where(isOpen)
        .where('not_before', '<=', now)
        .orderBy('seq')
        .limit(1);
      return ['id', (they === 'hurry' ? is.fn.coalesce(due.where(isUrgent), due) : due).as('seq')];
    })
    .where('urgent', '=', sql.lit(they === 'hurry' ? 1 : 0))
    .where('due_at', '<=', now)
    .where('lease_until', '<=', now)
    .where('platform', 'in', platforms)
    .orderBy('due_at')
    .orderBy('id')
    .limit(limit)
    .$if(isPostgres(trx), (query) => query.forUpdate().skipLocked())
    .execute();
}

async function messagesOf(trx: Trx, rows: readonly DeliveryRow[]): Promise<ReadonlyMap<string, ChatMessage>> {
  const ids = [...new Set(rows.map((row) => row.message_id))];
  const found = await trx.selectFrom('message').selectAll().where('id', 'in', ids).execute();
  return new Map(found.map((row) => [row.id, read<ChatMessage>(row.json)]));
}

async function postingsOf(trx: Trx, rows: readonly DeliveryRow[]): Promise<ReadonlyMap<string, Posting>> {
  const [lanes, subjects] = [rows.map((row) => row.lane), [...new Set(rows.map((row) => row.subject))]];
  const found = await trx.selectFrom('posting').selectAll().where('lane', 'in', lanes).where('subject', 'in', subjects).execute();
  return new Map(found.map((row) => [`${row.lane}\n${row.subject}`, postingOf(row)]));
}

/** Committed before the call to the platform: after a crash it is known what may have arrived. */
async function markSending(
  trx: Trx,
  rows: readonly DeliveryRow[],
  { owner, now, leaseMs }: Pick<Ask, 'owner' | 'now' | 'leaseMs'>,
): Promise<void> {
  const lanes = rows.map((row) => row.lane);
  const seqs = rows.map((row) => row.seq);
  await trx
    .updateTable('lane')
    .set({ owner, lease_until: now + leaseMs })
    .where('id', 'in', lanes)
    .execute();
  await trx
    .updateTable('delivery')
    .set({
      state: 'sending',
      attempts: sql<number>`attempts + 1`,
      unknown_since: sql<number>`case when state = 'sending' then coalesce(unknown_since, changed_at) else unknown_since end`,
      changed_at: now,
    })
    .where('seq', 'in', seqs)
    .execute();
}

async function buryWithoutMessage(trx: Trx, { seq, lane }: DeliveryRow, now: Instant): Promise<void> {
  await trx
    .updateTable('delivery')
    .set({ state: 'dead', reason: 'its message is no longer kept', changed_at: now })
    .where('seq', '=', seq)
    .execute();
  await releaseLane(trx, lane, now);
}

const stateAfter = { sent: 'sent', retry: 'ready', unknown: 'unknown', dead: 'dead', superseded: 'superseded' } as const;

async function settle(trx: Trx, owner: string, delivery: Delivery, settlement: Settlement, now: Instant): Promise<void> {
  const lane = await trx
    .selectFrom('lane')
    .select('owner')
    .where('id', '=', delivery.lane)
    .$if(isPostgres(trx), (query) => query.forUpdate())
    .executeTakeFirst();
  const row = await trx
    .selectFrom('delivery')
    .select(['state', 'attempts', 'unknown_since'])
    .where('key', '=', delivery.key)
    .executeTakeFirst();
  if (!row) return;
  const holds = lane?.owner === owner;
  // A worker that lost its lease may still report a message as sent, since nobody can undo that;
  // every other outcome is for the lease's holder to report.
  if (settlement.kind === 'sent' || (holds && row.state === 'sending')) {
    await end(trx, delivery, row, settlement, now);
  }
  if (holds) await releaseLane(trx, delivery.lane, 'at' in settlement ? settlement.at : now, 'asked' in settlement && settlement.asked);
  else await setDue(trx, [delivery.lane]);
}

async function end(
  trx: Trx,
  delivery: Delivery,
  row: Pick<DeliveryRow, 'attempts' | 'unknown_since'>,
  settlement: Settlement,
  now: Instant,
): Promise<void> {
  await trx
    .updateTable('delivery')
    .set({
      state: stateAfter[settlement.kind],
      reason: 'reason' in settlement ? settlement.reason : null,
      unknown_since: settlement.kind === 'unknown' ? (row.unknown_since ?? now) : null,
      attempts: settlement.kind === 'retry' && settlement.asked ? row.attempts - 1 : row.attempts,
      changed_at: now,
    })
    .where('key', '=', delivery.key)
    .execute();
  const { lane, subject, revision } = delivery;
  const known = await postingAt(trx, lane, subject);
  if (known && settlement.kind === 'dead' && settlement.gone) await savePosting(trx, { ...known, ref: { ...known.ref, removed: true } });
  if (settlement.kind !== 'sent' || !delivery.living) return;
  // Reported late by a worker that lost the lane: the posted message is newer.
  if (known && known.revision > revision) return;
  await savePosting(trx, { lane, subject, ref: settlement.ref, revision, acks: known?.acks ?? [] });
  await supersedeOvertaken(trx, delivery);
}

/** A queued delivery older than the message just sent would set the channel back. */
async function supersedeOvertaken(trx: Trx, { lane, subject, revision }: Delivery): Promise<void> {
  await trx
    .updateTable('delivery')
    .set({ state: 'superseded', reason: 'a newer form of the message was sent first' })
    .where('lane', '=', lane)
    .where('subject', '=', subject)
    .where(isReady)
    .where('revision', '<', revision)
    .where((is) => is.or([is('living', '=', 1), is('act', '=', 'reply')]))
    .execute();
}

/** Due again with its first delivery, but behind lanes that waited in the meantime. */
async function releaseLane(trx: Trx, lane: LaneId, readyAt: Instant, isAsked = false): Promise<void> {
  await trx
    .updateTable('lane')
    .set({ owner: '', lease_until: 0, ready_at: readyAt, asked: isAsked ? 1 : 0 })
    .where('id', '=', lane)
    .execute();
  await setDue(trx, [lane]);
}

async function nextDue(db: Kysely<Tables>, platforms: readonly PlatformName[]): Promise<Instant | undefined> {
  const lanes = db.selectFrom('lane').select(['due_at', 'lease_until']).where('platform', 'in', platforms).where('due_at', 'is not', null);
  const free = await lanes.where('lease_until', '=', sql.lit(0)).orderBy('due_at').limit(1).execute();
  // One per lane being served; an expired lease frees what its holder did not finish.
  const held = await lanes.where('lease_until', '>', sql.lit(0)).execute();
  const times = [...free, ...held].map(({ due_at, lease_until }) => Math.max(due_at ?? 0, lease_until));
  return times.length === 0 ? undefined : Math.min(...times);
}

async function postingAt(db: Kysely<Tables>, lane: LaneId, subject: string): Promise<Posting | undefined> {
  const row = await db.selectFrom('posting').selectAll().where('lane', '=', lane).where('subject', '=', subject).executeTakeFirst();
  return row && postingOf(row);
}

async function savePosting(db: Kysely<Tables>, posting: Posting): Promise<void> {
  const row = postingRow(posting);
  await db
    .insertInto('posting')
    .values(row)
    .onConflict((conflict) => conflict.columns(['lane', 'subject']).doUpdateSet(row))
    .execute();
}
