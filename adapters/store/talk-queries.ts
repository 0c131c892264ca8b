/** Queries for commands and digests: channels, subscriptions, events, the ledger. */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Alert, Feedback } from '../../src/model/alert.ts';
import type { Channel, Subscription } from '../../src/model/channel.ts';
import type { NewsEvent } from '../../src/model/event.ts';
import type { DropReason } from '../../src/model/finding.ts';
import type { AdviceEntry, PostureEntry } from '../../src/model/ledger.ts';
import type { Store } from '../../src/ports/store.ts';
import { isOwn, itemKey, read } from './rows.ts';
import type { Tables } from './schema.ts';

type Part = Pick<
  Store,
  | 'channel'
  | 'saveChannel'
  | 'subscriptions'
  | 'saveSubscription'
  | 'removeSubscriptions'
  | 'erase'
  | 'event'
  | 'events'
  | 'alert'
  | 'postures'
  | 'advice'
  | 'itemOutcome'
  | 'saveFeedback'
  | 'feedback'
  | 'channels'
  | 'digestsDue'
>;

export function talkQueries(db: Kysely<Tables>): Part {
  return {
    channel: async (lane) => {
      const row = await db.selectFrom('channel').select('json').where('lane', '=', lane).executeTakeFirst();
      return row && read<Channel>(row.json);
    },
    saveChannel: async (channel) => {
      const row = channelRow(channel);
      await db
        .insertInto('channel')
        .values(row)
        .onConflict((conflict) => conflict.column('lane').doUpdateSet(row))
        .execute();
    },
    subscriptions: async (lane) => {
      const rows = await db.selectFrom('subscription').select('json').where('lane', '=', lane).orderBy('id').execute();
      return rows.map((row) => read<Subscription>(row.json));
    },
    saveSubscription: async (subscription) => {
      const { lane, id } = subscription;
      const json = JSON.stringify(subscription);
      await db
        .insertInto('subscription')
        .values({ lane, id, json })
        .onConflict((conflict) => conflict.columns(['lane', 'id']).doUpdateSet({ json }))
        .execute();
    },
    removeSubscriptions: async (lane, id) => {
      const all = db.deleteFrom('subscription').where('lane', '=', lane);
      const result = await (id === undefined ? all : all.where('id', '=', id)).executeTakeFirst();
      return Number(result.numDeletedRows);
    },
    erase: async (gone) => {
      // Everything under a prefix sorts between it with ':' and with ';', the next character.
      const [from, to] = 'lane' in gone ? [gone.lane, gone.lane] : [`${gone.workspace}:`, `${gone.workspace};`];
      await db.transaction().execute(async (trx) => {
        // Messages of its own, such as digests; an alert's are shared by all channels.
        const own = trx.selectFrom('delivery').where('lane', '>=', from).where('lane', '<=', to).where(isOwn).select('message_id');
        await trx.deleteFrom('message').where('id', 'in', own).execute();
        for (const table of ['channel', 'subscription', 'delivery', 'posting', 'feedback'] as const) {
          await trx.deleteFrom(table).where('lane', '>=', from).where('lane', '<=', to).execute();
        }
        await trx.deleteFrom('lane').where('id', '>=', from).where('id', '<=', to).execute();
        if ('workspace' in gone) await trx.deleteFrom('installation').where('workspace', '=', gone.workspace).execute();
      });
    },
    event: async (id) => {
      const row = await db.selectFrom('event').select('json').where('id', '=', id).executeTakeFirst();
      return row && read<NewsEvent>(row.json);
    },
    events: async ({ countries, words = [], since, until, minSeverity, idPrefix, limit }) => {
      let query = db.selectFrom('event').select('json');
      if (countries) query = query.where('id', 'in', db.selectFrom('event_host').select('event_id').where('host', 'in', countries));
      if (since !== undefined) query = query.where('last_seen_at', '>=', since);
      if (until !== undefined) query = query.where('last_seen_at', '<', until);
      if (minSeverity !== undefined) query = query.where('severity', '>=', minSeverity);
      if (idPrefix !== undefined) query = query.where(beginsWith(idPrefix));
      for (const word of words) query = query.where(says(word));
      const rows = await query.orderBy('last_seen_at', 'desc').orderBy('id').limit(limit).execute();
      return rows.map((row) => read<NewsEvent>(row.json));
    },
    alert: async (id) => {
      const row = await db.selectFrom('alert').select('json').where('id', '=', id).executeTakeFirst();
      return row && read<Alert>(row.json);
    },
    postures: async (host, sender) => {
      const all = db.selectFrom('posture').select('json').where('host', '=', host).orderBy('sender');
      const rows = await (sender === undefined ? all : all.where('sender', '=', sender)).execute();
      return rows.map((row) => read<PostureEntry>(row.json));
    },
    advice: async (country) => {
      const rows = await db.selectFrom('advice').select('json').where('country', '=', country).orderBy('issuer').orderBy('area').execute();
      return rows.map((row) => read<AdviceEntry>(row.json));
    },
    itemOutcome: async (given) => {
      const itemId = itemKey(given);
      const row = await db.selectFrom('item').selectAll().where('id', '=', itemId).executeTakeFirst();
      if (!row) return undefined;
      const events = await db
        .selectFrom('item_event')
        .select('event_id')
        .where('item_id', '=', itemId)
        .where('feed_id', '=', row.feed_id)
        .execute();
      return {
        title: row.title,
        events: events.map((one) => one.event_id),
        ...(row.dropped !== null && { dropped: row.dropped as DropReason }),
      };
    },
    saveFeedback: async (feedback) => {
      const { lane, alertId, by, at } = feedback;
      const json = JSON.stringify(feedback);
      await db
        .insertInto('feedback')
        .values({ lane, alert_id: alertId, by_user: by, at, json })
        .onConflict((conflict) => conflict.columns(['lane', 'alert_id', 'by_user']).doUpdateSet({ at, json }))
        .execute();
    },
    feedback: async () => {
      const rows = await db.selectFrom('feedback').select('json').orderBy('at').orderBy('lane').orderBy('alert_id').execute();
      return rows.map((row) => read<Feedback>(row.json));
    },
    channels: async (after, limit) => {
      const all = db.selectFrom('channel').select('json').orderBy('lane').limit(limit);
      const rows = await (after === undefined ? all : all.where('lane', '>', after)).execute();
      return rows.map((row) => read<Channel>(row.json));
    },
    digestsDue: async (now, limit) => {
      const rows = await db.selectFrom('channel').select('json').where('digest_at', '<=', now).orderBy('digest_at').limit(limit).execute();
      return rows.map((row) => read<Channel>(row.json));
    },
  };
}

/** Matches a word anywhere in an event's text, literally. */
function says(word: string): RawBuilder<boolean> {
  const pattern = `%${word.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
  return sql<boolean>`words like ${pattern} escape '\\'`;
}

/** For ids of lower-case letters, digits, hyphens and underscores. */
function beginsWith(prefix: string): RawBuilder<boolean> {
  const pattern = `${prefix.replace(/[\\%_]/g, '\\$&')}%`;
  return sql<boolean>`id like ${pattern} escape '\\'`;
}

export function channelRow(channel: Channel): Tables['channel'] {
  return { lane: channel.lane, digest_at: channel.digest?.nextRunAt ?? null, json: JSON.stringify(channel) };
}
