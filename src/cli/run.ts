/** `attache run`: the bot. `attache demo`: the recording. */
import { randomUUID } from 'node:crypto';
import { systemClock } from '../../adapters/clock.ts';
import { createSchedule } from '../../adapters/schedule/schedule.ts';
import { type App, createApp } from '../app.ts';
import { createArrivals, measured } from '../app-metrics.ts';
import { createRetention } from '../app-retention.ts';
import { watchStore } from '../app-store.ts';
import { healthOf } from '../collect/health.ts';
import { coverageGapOf } from '../collect/outage.ts';
import { createDocumentReader } from '../collect/read-apart.ts';
import type { Config } from '../config.ts';
import { type Connections, createConnections } from '../connections.ts';
import type { Detector } from '../detect/detector.ts';
import { createPipeline } from '../ingest/pipeline.ts';
import type { PollResult } from '../ingest/results.ts';
import { topics, topicsOffByDefault } from '../kinds.ts';
import { createPlan } from '../match/fan-out.ts';
import type { Observe } from '../ports/clock.ts';
import type { Metrics } from '../ports/metrics.ts';
import type { ChatPlatform, Connected } from '../ports/platform.ts';
import type { Store } from '../ports/store.ts';
import { createSender } from '../send/sender.ts';
import { createSight } from '../talk/coverage.ts';
import { createDigests } from '../talk/digests.ts';
import { createEscalations } from '../talk/escalations.ts';
import { createOutages } from '../talk/outages.ts';
import { createTalk } from '../talk/talk.ts';
import { awaitStore, holdStore } from './await-store.ts';
import { backupOf } from './backup.ts';
import { lossLine } from './check-store.ts';
import { playDemo } from './demo.ts';
import { firstLook } from './first-look.ts';
import { forgetIn } from './forget.ts';
import { fitHeap } from './heap.ts';
import { observer, terminalObserver } from './logger.ts';
import { openFetcher } from './open-store.ts';
import { type Operations, openOperations } from './operations.ts';
import { platformsOf, terminalOf } from './platforms.ts';
import { recording } from './record.ts';
import { createFront, type Front, type Read, readAgain, takeReloads } from './reload.ts';
import { buildDetector, pipelineSettings, terminalLane, version } from './setup.ts';
import { subscribeWebhooks } from './webhooks.ts';

export interface RunChoice {
  readonly once?: boolean;
  readonly database?: string;
  /** Keep every fetched document in this folder, for a replay. */
  readonly record?: string;
}

/** How long stopping may take (ms). */
const longestStop = 10_000;

/**
 * @param read reads the configuration again, for a reload
 * @returns the exit code
 */
export async function run(config: Config, choice: RunChoice, read: () => Config): Promise<number> {
  // One round is over before anybody could ask.
  const operations = choice.once ? undefined : await openOperations(config, choice, say);
  try {
    return await runBot(config, choice, { read, ...(operations && { operations }) });
  } finally {
    await operations?.close();
  }
}

interface RunParts {
  readonly read: () => Config;
  readonly operations?: Operations;
}

async function runBot(config: Config, choice: RunChoice, { read, operations }: RunParts): Promise<number> {
  const stop = new AbortController();
  const startedAt = systemClock.now();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopWithin(stop));
  const held = choice.once
    ? await holdStore(config, choice)
    : await awaitStore(config, choice, { clock: systemClock, signal: stop.signal, say });
  // Nothing has begun yet: an attempt to connect that is under way is not waited for.
  if (!held) process.exit(0);
  const { store, kept } = held;
  let app: App | undefined;
  try {
    const { lost } = await store.stats();
    if (lost && lost.until >= startedAt) say(lossLine(lost));
    const platforms = await platformsOf(config, store, { interactive: !choice.once, onLeave: () => stop.abort() });
    const terminal = platforms.find((platform) => platform.name === 'terminal');
    const observe = terminal ? terminalObserver : await observer(config.settings.log.level);
    const detector = buildDetector(config);
    const connections = createConnections(platforms, { clock: systemClock, observe });
    operations?.watch({ feeds: config.feeds, store, platforms, connections, observe });
    const { metrics } = operations ?? {};
    const parts = { store, platforms, observe, record: choice.record, front: createFront(), connections, ...(metrics && { metrics }) };
    app = buildApp(config, { ...parts, detector });
    const connected = await app.connect(stop.signal);
    if (stop.signal.aborted) return 0;
    const isHopeless = connected.every((one) => one.refused !== undefined && (choice.once === true || one.forGood));
    for (const one of connected) if (one.name !== 'terminal') say(connectionLine(one, isHopeless));
    if (isHopeless) return 1;
    if (terminal) await welcome(store);
    await subscribeWebhooks(config.settings.webhooks, store, systemClock.now());
    const report = async (polled: readonly PollResult[]) => {
      operations?.firstRoundDone();
      if (terminal) await firstLook({ config, detector, store, terminal, polled });
    };
    const isAsked = process.stdin.isTTY && process.stdout.isTTY;
    if (terminal && !choice.once && !isAsked)
      process.stdout.write(
        'attache: no prompt here, since input or output is no terminal; alerts follow. To ask, start it in a terminal.\n',
      );
    if (choice.once) await report(await app.round());
    else await keepRunning(app, { config, choice, parts, stop, report, read, operations });
    return 0;
  } finally {
    await kept.close();
    await (app ? app.stop() : store.close());
  }
}

function say(line: string): void {
  process.stdout.write(`attache: ${line}\n`);
}

interface Running {
  readonly config: Config;
  readonly choice: RunChoice;
  readonly parts: Omit<BotParts, 'detector'>;
  readonly stop: AbortController;
  readonly report: (polled: readonly PollResult[]) => Promise<void>;
  readonly read: () => Config;
  readonly operations: Operations | undefined;
}

/** Until it is stopped; after a reload with what was read then, on the same connections and the same store. */
async function keepRunning(first: App, { config, choice, parts, stop, report, read, operations }: Running): Promise<void> {
  let known = config;
  let next: Read | undefined;
  let turn = new AbortController();
  const reload = () => {
    const again = readAgain(known, read);
    if ('problems' in again) return { ok: false, lines: again.problems };
    next = again;
    known = again.config;
    turn.abort();
    return { ok: true, lines: [again.says] };
  };
  const control = await takeReloads(
    { config, choice, observe: parts.observe },
    { reload, forget: (wanted) => forgetIn(parts.store, wanted), backup: (to) => backupOf(parts.store, to), leave: () => stop.abort() },
  );
  try {
    await first.run(AbortSignal.any([stop.signal, turn.signal]), report);
    while (next && !stop.signal.aborted) {
      turn = new AbortController();
      operations?.readFeeds(next.config.feeds);
      const app = buildApp(next.config, { ...parts, detector: next.detector });
      next = undefined;
      await app.run(AbortSignal.any([stop.signal, turn.signal]));
    }
  } finally {
    await control.close();
  }
}

function connectionLine({ name, as, refused }: Connected, isHopeless: boolean): string {
  if (refused === undefined) return `${name}: connected as ${as}`;
  return `${name}: ${refused}${isHopeless ? '' : '; it is tried again for as long as Attaché runs'}`;
}

/** What is under way may finish; a platform or a database that does not answer cannot hold the process. */
function stopWithin(stop: AbortController): void {
  stop.abort();
  const late = () => {
    process.stderr.write('attache: stopped after 10 s with work under way; what was being sent is looked up at the next start.\n');
    process.exit(1);
  };
  setTimeout(late, longestStop).unref();
}

export async function demo(config: Config): Promise<void> {
  const terminal = await terminalOf({ interactive: false });
  await playDemo(config, buildDetector(config), terminal, (line) => process.stdout.write(`${line}\n\n`));
}

export interface BotParts {
  readonly detector: Detector;
  readonly store: Store;
  readonly platforms: readonly ChatPlatform[];
  readonly observe: Observe;
  /** A folder that keeps every fetched document. */
  readonly record?: string | undefined;
  /** What platforms talk to over a reload. */
  readonly front?: Front;
  /** The platforms' connections, over a reload too. */
  readonly connections?: Connections;
  readonly metrics?: Metrics;
}

export function buildApp(config: Config, parts: BotParts): App {
  const { detector, store: given, platforms, observe, record, front = createFront(), metrics } = parts;
  const { settings, feeds, places } = config;
  fitHeap(feeds.filter((feed) => feed.on).length);
  const clock = systemClock;
  const store = watchStore(given, { clock, observe });
  const random = Math.random;
  const schedule = createSchedule();
  const { collect, keep, send } = settings;
  const fetching = openFetcher(config);
  const fetcher = record ? recording(fetching, record, feeds, clock) : fetching;
  const reader = createDocumentReader();
  const pipeline = createPipeline(
    {
      detector,
      places,
      feeds,
      settings: pipelineSettings(config),
    },
    { store, clock, random, fetcher, read: reader.read },
  );
  const sender = createSender(
    {
      store,
      platforms: new Map(platforms.map((platform) => [platform.name, metrics ? measured(platform, metrics) : platform])),
      clock,
      random,
      observe,
      ...(metrics && { onSent: createArrivals(store, { metrics, clock }) }),
    },
    {
      owner: randomUUID(),
      plan: createPlan((code) => places.name(code)),
      leaseMs: send.leaseSeconds * 1000,
      parallel: send.parallel,
      attempts: send.attempts,
      giveUpAfterMs: send.giveUpHours * 3_600_000,
      arrivesWithinMs: 15_000,
    },
  );
  const ports = { store, schedule, places, clock };
  const connections = parts.connections ?? createConnections(platforms, { clock, observe });
  front.turnTo(createTalk(ports, { feeds, version, healthOf, connections: connections.states }));
  const sight = createSight(ports, feeds, healthOf);
  const digests = createDigests(ports, sight);
  const outages = createOutages(ports, sight, coverageGapOf);
  const app = createApp(
    {
      feeds,
      pipeline,
      sender,
      talk: front.hooks,
      digests,
      escalations: createEscalations(ports),
      retention: createRetention(
        { items: keep.itemsDays, messages: keep.messagesDays, events: keep.eventsDays },
        { store, clock, observe },
      ),
      outages,
      connections,
      parallel: collect.parallel,
    },
    { store, clock, schedule, observe, ...(metrics && { metrics }) },
  );
  const run: App['run'] = (signal, onRound) => {
    // What publishers have not answered by then is not waited for.
    signal.addEventListener('abort', () => void Promise.all([fetcher.close(), reader.close()]), { once: true });
    return app.run(signal, onRound);
  };
  return { ...app, run, stop: async () => void (await Promise.all([app.stop(), fetcher.close(), reader.close()])) };
}

/** A terminal has asked by being opened: it watches everything until it says otherwise. */
async function welcome(store: Store): Promise<void> {
  if (await store.channel(terminalLane)) return;
  const now = systemClock.now();
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  await store.saveChannel({ lane: terminalLane, zone, language: 'en', createdAt: now });
  const usual = topics.filter((topic) => !topicsOffByDefault.includes(topic));
  await store.saveSubscription({ id: '1', lane: terminalLane, filter: { topics: usual, min: 2 }, createdBy: 'you', createdAt: now });
  // A prompt may stand on the line already.
  process.stdout.write(
    `${process.stdout.isTTY ? '\r\u001b[K' : ''}attache: this terminal watches everywhere from Notice up (subscription 1); to watch Ukraine alone: subscribe Ukraine, then unsubscribe 1.\n`,
  );
}
