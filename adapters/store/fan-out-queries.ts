/**
 * Queries that fill the outbox: the fan-out of alerts over channels by a cursor, digests and
 * notices.
 */
import { type Kysely, sql, type Transaction } from 'kysely';
import type { ChatMessage } from '../../src/message.ts';
import type { Alert } from '../../src/model/alert.ts';
import type { Instant } from '../../src/model/basics.ts';
import type { Channel, LaneId, Subscription } from '../../src/model/channel.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import type { ChannelView } from '../../src/ports/outbox.ts';
import type { Store } from '../../src/ports/store.ts';
import { insertMany } from './bulk-insert.ts';
import { setDue } from './lane-due.ts';
import { isPostgres } from './locks.ts';
import type { Doubt } from './lost-log.ts';
import {
  chunks,
  deliveryOf,
  deliveryRow,
  isOpen,
  isReady,
  platformOf,
  postingOf,
  postingRow,
  read,
  withNextDigest,
  withReportedGap,
} from './rows.ts';
import type { Tables } from './schema.ts';
import { channelRow } from './talk-queries.ts';

type Part = Pick<Store, 'expand' | 'enqueue' | 'enqueueDigest' | 'enqueueNotice' | 'bundlePosts'>;
type Trx = Transaction<Tables>;

export function fanOutQueries(db: Kysely<Tables>, doubt?: Doubt): Part {
  return {
    expand: (limit, plan) => db.transaction().execute((trx) => expand(trx, limit, plan, doubt)),
    enqueue: (messages, deliveries) => db.transaction().execute((trx) => enqueue(trx, messages, deliveries, doubt)),
    enqueueDigest: ({ lane, digest }, message, delivery) =>
      withChannel(db, lane, async (trx, channel) => {
        if (message && delivery) await enqueue(trx, { [delivery.messageId]: message }, [delivery], doubt);
        return withNextDigest(channel, digest);
      }),
    bundlePosts: (lane, now, gather) => db.transaction().execute((trx) => bundlePosts(trx, lane, now, gather)),
    enqueueNotice: (unseen, message, delivery) =>
      withChannel(db, delivery.lane, async (trx, channel) => {
        await enqueue(trx, { [delivery.messageId]: message }, [delivery], doubt);
        return withReportedGap(channel, unseen);
      }),
  };
}

/** Runs one transaction on a channel as stored now; does nothing if it is gone. */
async function withChannel(db: Kysely<Tables>, lane: LaneId, work: (trx: Trx, channel: Channel) => Promise<Channel>): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const row = await trx
      .selectFrom('channel')
      .select('json')
      .where('lane', '=', lane)
      .$if(isPostgres(trx), (query) => query.forUpdate())
      .executeTakeFirst();
    if (!row) return;
    const after = channelRow(await work(trx, read<Channel>(row.json)));
    await trx.updateTable('channel').set(after).where('lane', '=', lane).execute();
  });
}

/** Offers deliveries that no attempt has begun for; the caller may add the one it has claimed. */
async function bundlePosts(trx: Trx, lane: LaneId, now: Instant, gather: Parameters<Store['bundlePosts']>[2]): Promise<boolean> {
  const rows = await trx
    .selectFrom('delivery')
    .innerJoin('message', 'message.id', 'delivery.message_id')
    .selectAll('delivery')
    .select('message.json as json')
    .where('lane', '=', lane)
    .where(isReady)
    .where('act', '=', 'post')
    .where('living', '=', 1)
    .where('not_before', '<=', now)
    .orderBy('seq')
    .execute();
  const gathered = gather(rows.map(({ json, ...row }) => ({ delivery: deliveryOf(row), message: read<ChatMessage>(json) })));
  if (!gathered) return false;
  const { deliveries, message, delivery } = gathered;
  for (const { key, subject, revision } of deliveries) {
    const ended = { state: 'superseded', reason: 'told together with others', changed_at: now };
    await trx.updateTable('delivery').set(ended).where('key', '=', key).execute();
    const row = postingRow({ lane, subject, ref: { channel: '', id: '', listed: true }, revision, acks: [] });
    await trx
      .insertInto('posting')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  await enqueue(trx, { [delivery.messageId]: message }, [delivery]);
  return true;
}

/** Takes the oldest unfinished alert and its next channels, and moves the cursor past them. */
async function expand(trx: Trx, limit: number, plan: Parameters<Store['expand']>[1], doubt: Doubt | undefined): Promise<number> {
  // Other processes wait for this step, because an event's alerts must fan out in order.
  const alert = await trx
    .selectFrom('alert')
    .selectAll()
    .where('expanded', '=', sql.lit(0))
    .orderBy('seq')
    .limit(1)
    .$if(isPostgres(trx), (query) => query.forUpdate())
    .executeTakeFirst();
  if (!alert) return 0;
  const lanes = await lanesAfter(trx, alert.expanded_to, alert.event_id, limit);
  const spreading = read<Alert>(alert.json);
  await insertDeliveries(
    trx,
    plan(spreading, await viewsOf(trx, spreading, lanes)),
    doubt && spreading.at < doubt.until ? doubt.since : undefined,
  );
  await trx
    .updateTable('alert')
    .set({ expanded_to: lanes.at(-1) ?? alert.expanded_to, expanded: lanes.length < limit ? 1 : 0 })
    .where('seq', '=', alert.seq)
    .execute();
  return Math.max(1, lanes.length);
}

/** Returns channels with a subscription, and those with the event's message posted or queued. */
async function lanesAfter(trx: Trx, after: LaneId, subject: string, limit: number): Promise<readonly LaneId[]> {
  const asking = trx.selectFrom('subscription').select('lane').distinct().where('lane', '>', after).orderBy('lane').limit(limit);
  const holding = trx.selectFrom('posting').select('lane').where('subject', '=', subject).where('lane', '>', after);
  const waiting = trx.selectFrom('delivery').select('lane').where('subject', '=', subject).where('lane', '>', after).where(isOpen);
  const rows = await trx
    .selectFrom(asking.as('asking'))
    .select('lane')
    .union(trx.selectFrom(holding.orderBy('lane').limit(limit).as('holding')).select('lane'))
    .union(trx.selectFrom(waiting.distinct().orderBy('lane').limit(limit).as('waiting')).select('lane'))
    .orderBy('lane')
    .limit(limit)
    .execute();
  return rows.map((row) => row.lane);
}

async function viewsOf(trx: Trx, { event, under }: Alert, lanes: readonly LaneId[]): Promise<readonly ChannelView[]> {
  if (lanes.length === 0) return [];
  const subject = event.id;
  const causes =
    under === undefined
      ? []
      : await trx.selectFrom('posting').select('lane').where('subject', '=', under).where('lane', 'in', lanes).execute();
  const covered = new Set(causes.map((row) => row.lane));
  const channels = await trx.selectFrom('channel').select('json').where('lane', 'in', lanes).orderBy('lane').execute();
  const subscriptions = await trx.selectFrom('subscription').select(['lane', 'json']).where('lane', 'in', lanes).orderBy('id').execute();
  const postings = await trx.selectFrom('posting').selectAll().where('subject', '=', subject).where('lane', 'in', lanes).execute();
  const open = await trx
    .selectFrom('delivery')
    .select('lane')
    .where('subject', '=', subject)
    .where('lane', 'in', lanes)
    .where(isOpen)
    .execute();
  const byLane = Map.groupBy(subscriptions, (row) => row.lane);
  const posted = new Map(postings.map((row) => [row.lane, postingOf(row)]));
  const waiting = new Set(open.map((row) => row.lane));
  return channels.map((row) => {
    const channel = read<Channel>(row.json);
    const posting = posted.get(channel.lane);
    return {
      channel,
      subscriptions: (byLane.get(channel.lane) ?? []).map((one) => read<Subscription>(one.json)),
      pending: waiting.has(channel.lane),
      ...(posting && { posting }),
      ...(covered.has(channel.lane) && { causeIsPosted: true }),
    };
  });
}

async function enqueue(
  trx: Trx,
  messages: Readonly<Record<string, ChatMessage>>,
  deliveries: readonly Delivery[],
  doubt?: Doubt,
): Promise<void> {
  for (const [id, message] of Object.entries(messages)) {
    await trx
      .insertInto('message')
      .values({ id, json: JSON.stringify(message) })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  const isDoubtful = doubt && deliveries.every(({ notBefore }) => notBefore < doubt.until);
  await insertDeliveries(trx, deliveries, isDoubtful ? doubt.since : undefined);
}

/**
 * @param mayHaveArrived since when deliveries may have been sent already; edits may safely arrive
 * twice
 */
async function insertDeliveries(trx: Trx, deliveries: readonly Delivery[], mayHaveArrived?: Instant): Promise<void> {
  await supersedeOlder(trx, deliveries);
  const doubtful = mayHaveArrived === undefined ? {} : { state: 'unknown', unknown_since: mayHaveArrived };
  await insertMany(
    trx,
    'delivery',
    deliveries.map((one) => ({ ...deliveryRow(one), ...(one.act !== 'edit' && doubtful) })),
  );
  await hurry(trx, deliveries);
  const lanes = [...new Set(deliveries.map(({ lane }) => lane))].sort();
  const idle = { ready_at: 0, due_at: null, lease_until: 0, owner: '' };
  await insertMany(
    trx,
    'lane',
    lanes.map((id) => ({ id, platform: platformOf(id), ...idle })),
  );
  for (const some of chunks(lanes, 500)) await setDue(trx, some);
}

/**
 * Moves doubtful deliveries of the same subject ahead with it, and ends back-off from other
 * failures, but not a wait that the platform asked for.
 */
async function hurry(trx: Trx, deliveries: readonly Delivery[]): Promise<void> {
  const urgent = deliveries.filter((one) => one.urgent);
  for (const same of Map.groupBy(urgent, ({ subject }) => subject).values()) {
    for (const some of chunks(same, 500)) {
      const lanes = some.map(({ lane }) => lane);
      const [{ subject, notBefore } = { subject: '', notBefore: 0 }] = some;
      const doubtful = trx.updateTable('delivery').set({ urgent: 1 }).where('subject', '=', subject).where('lane', 'in', lanes);
      await doubtful.where(isOpen).where('state', 'in', ['sending', 'unknown']).execute();
      await trx
        .updateTable('lane')
        .set({ ready_at: notBefore })
        .where('id', 'in', lanes)
        .where('ready_at', '>', notBefore)
        .where('asked', '=', 0)
        .execute();
    }
  }
}

/**
 * Only the newest form of a living message is worth sending, and a note on an older form is
 * obsolete.
 */
async function supersedeOlder(trx: Trx, deliveries: readonly Delivery[]): Promise<void> {
  const edits = deliveries.filter(({ act }) => act === 'edit');
  for (const same of Map.groupBy(edits, ({ subject, revision }) => `${revision} ${subject}`).values()) {
    for (const some of chunks(same, 500)) {
      const [{ subject, revision } = { subject: '', revision: 0 }] = some;
      await trx
        .updateTable('delivery')
        .set({ state: 'superseded', reason: 'a newer form of the message followed' })
        .where('subject', '=', subject)
        .where(
          'lane',
          'in',
          some.map(({ lane }) => lane),
        )
        .where(isReady)
        .where('act', 'in', ['edit', 'reply'])
        .where('revision', '<', revision)
        .execute();
      await trx
        .updateTable('delivery')
        .set({ state: 'superseded', reason: 'the same form of the message followed' })
        .where('subject', '=', subject)
        .where(
          'lane',
          'in',
          some.map(({ lane }) => lane),
        )
        .where(
          'key',
          'not in',
          some.map(({ key }) => key),
        )
        .where(isReady)
        .where('act', '=', 'edit')
        .where('urgent', '=', 0)
        .where('revision', '=', revision)
        .execute();
    }
  }
}
