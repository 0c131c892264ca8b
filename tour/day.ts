/** The day: what people say, what the world reports, and what the channel sees of it. The same for every platform. */
import { join } from 'node:path';
import { createSchedule } from '../adapters/schedule/schedule.ts';
import { openInMemory } from '../adapters/store/sqlite.ts';
import { buildDetector } from '../src/cli/setup.ts';
import { healthOf } from '../src/collect/health.ts';
import { readConfig } from '../src/config.ts';
import { createPipeline } from '../src/ingest/pipeline.ts';
import { createPlan } from '../src/match/fan-out.ts';
import type { Feed } from '../src/model/feed.ts';
import type { Clock } from '../src/ports/clock.ts';
import { createSender } from '../src/send/sender.ts';
import { createSight } from '../src/talk/coverage.ts';
import { createDigests } from '../src/talk/digests.ts';
import { createTalk } from '../src/talk/talk.ts';
import type { Stage } from '../tests/support/stages.ts';

export type Show = (title: string, payload: unknown) => Promise<void>;

const hour = 3_600_000;
const minute = 60_000;

export async function playDay(stage: Stage, show: Show): Promise<void> {
  const bot = await createBot(stage);
  await stage.platform.start(bot.talk);
  const shown = new Map<string, string>();
  /** Whatever is new in the channel, or looks otherwise than before. */
  const look = async (title: string) => {
    await bot.drain();
    for (const { id, payload } of await stage.standing()) {
      const now = JSON.stringify(payload);
      if (shown.get(id) !== now) await show(shown.has(id) ? `${title}, the message edited` : title, payload);
      shown.set(id, now);
    }
  };
  const say = async (title: string, line: string) => show(title, await stage.say(line));

  await bot.drain();
  await say('A misspelt place', 'subscribe Ukrane');
  await say('Subscribe', 'subscribe Ukraine, Mali from US, France');
  await say('Settings', 'settings zone Europe/Kyiv digest daily 18:00');
  bot.at(9);
  await bot.report(
    'courier',
    'US temporarily relocates embassy in Ukraine from Kyiv to Lviv',
    'The few diplomats still in the capital move west.',
  );
  await look('Alert');
  bot.at(9, 20);
  await bot.report('wire', 'US moving Ukraine embassy operations from Kyiv to Lviv');
  await look('A second outlet');
  bot.at(9, 22);
  await look('A second outlet counted');
  bot.at(10);
  await bot.report('state', 'Temporary relocation of US Embassy operations in Ukraine from Kyiv to Lviv');
  await look('Update');
  const alert = await bot.lastAlert('UA');
  await show('Acknowledge', await stage.press('acknowledge', alert));
  await look('Acknowledged');
  await show('Why', await stage.press('why', alert));
  await show('Mute', await stage.press('mute', alert));
  await say('Muted', 'mute Ukraine 6h');
  bot.at(12);
  await bot.report('courier', 'France closes its embassy in Mali amid fighting near Bamako');
  await look('A second alert');
  bot.at(14);
  await bot.report('quai', 'France denies closing its embassy in Mali');
  await look('Correction');
  bot.at(16, 1);
  await bot.drain();
  await bot.digest();
  await look('Digest');
  bot.at(17);
  await bot.report('state', 'US embassy in Ukraine reopens in Kyiv');
  await look('Lifted');
  await say('Embassy', 'embassy US in Ukraine');
  await say('Status', 'status');
  await show('Wrong', await stage.press('wrong', alert));
  await say('Unsubscribe', 'unsubscribe all');
}

async function createBot(stage: Stage) {
  const read = readConfig({ folders: [join(import.meta.dirname, '..', 'config')], env: {} });
  if ('problems' in read) throw new Error(read.problems.join('\n'));
  const { places } = read.config;
  const feeds: readonly Feed[] = [
    feed('courier', 'media', 'The Harbour Courier'),
    feed('wire', 'wire', 'Northern Wire'),
    feed('state', 'official', 'US State Department'),
    feed('quai', 'official', 'French Foreign Ministry'),
  ];
  const start = Date.now() - (Date.now() % (24 * hour)) - 24 * hour;
  let now = start + 8 * hour;
  let items = 0;
  const clock: Clock = { now: () => now, sleep: async () => {} };
  const store = await openInMemory();
  const ports = { store, schedule: createSchedule(), places, clock };
  const random = () => 0.5;
  const settings = { oldAfterMs: 24 * hour, baselineMs: 7 * 24 * hour, lowerHoldMs: 26 * hour, raisedTogether: 10 };
  const fetcher = { fetch: async () => ({ kind: 'unchanged' as const }), close: async () => {} };
  const pipeline = createPipeline({ detector: buildDetector(read.config), places, feeds, settings }, { store, clock, random, fetcher });
  const platforms = new Map([[stage.platform.name, stage.platform]]);
  const sender = createSender(
    { store, platforms, clock, random, observe: { log: () => {} } },
    { owner: 'tour', plan: createPlan((code) => places.name(code)), leaseMs: minute, parallel: 1, attempts: 3 },
  );
  const digests = createDigests(ports, createSight(ports, feeds, healthOf));
  return {
    talk: createTalk(ports, { feeds, version: '0.1.0', healthOf }),
    at: (hours: number, minutes = 0) => {
      now = start + hours * hour + minutes * minute;
    },
    /** Every source was read a moment ago. */
    drain: async () => {
      for (const { id } of feeds)
        await store.moveCursor({ feedId: id, failures: 0, nextAt: now, baselineAt: start, lastOkAt: now, lastNewAt: now });
      await sender.drain();
    },
    digest: () => digests.runDue(),
    report: async (feedId: string, title: string, summary = '') => {
      items += 1;
      const from = feeds.find(({ id }) => id === feedId);
      if (!from) throw new Error(`no feed ${feedId}`);
      const item = {
        id: `item-${items}`,
        feedId,
        url: `https://${feedId}.example/${items}`,
        title,
        summary,
        language: 'en',
        publishedAt: now,
        fetchedAt: now,
      };
      await pipeline.ingest(from, [item], { baseline: false });
    },
    lastAlert: async (country: string) => {
      const [event] = await store.events({ countries: [country], limit: 1 });
      return `${event?.id}@${event?.revision}`;
    },
  };
}

function feed(id: string, tier: Feed['tier'], source: string): Feed {
  return {
    id,
    url: `https://${id}.example/feed`,
    kind: 'news',
    tier,
    source,
    language: 'en',
    everyMinutes: 5,
    licence: '',
    attribution: source,
    terms: 'open',
    on: true,
  };
}
