/** What an operator's tools see of a running bot: one port with health and metrics, and a heartbeat. Each is off unless it is named. */
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { systemClock } from '../../adapters/clock.ts';
import type { DiskRoom, PrometheusMetrics } from '../../adapters/metrics/metrics.ts';
import { createSchedule } from '../../adapters/schedule/schedule.ts';
import { notReady, notWell, snapshotOf } from '../app-metrics.ts';
import type { Config } from '../config.ts';
import type { Connections } from '../connections.ts';
import { kinds } from '../kinds.ts';
import type { Feed } from '../model/feed.ts';
import type { Observe } from '../ports/clock.ts';
import type { Metrics, Snapshot } from '../ports/metrics.ts';
import type { ChatPlatform } from '../ports/platform.ts';
import type { Store } from '../ports/store.ts';
import { startHeartbeat } from './heartbeat.ts';
import { databaseFile, type StoreChoice } from './open-store.ts';
import { Failure, version } from './setup.ts';

/** The bot that is watched. */
export interface Watched {
  readonly feeds: readonly Feed[];
  readonly store: Store;
  readonly platforms: readonly ChatPlatform[];
  readonly connections: Connections;
  readonly observe: Observe;
}

export interface Operations {
  /** Counts what happens; absent where nobody asks for it. */
  readonly metrics?: Metrics;
  /** From now on this bot is watched. */
  watch(watched: Watched): void;
  /** After a reload. */
  readFeeds(feeds: readonly Feed[]): void;
  /** Every source was asked once. */
  firstRoundDone(): void;
  close(): Promise<void>;
}

/**
 * Opened before anything else, so that a bot that waits for its database is seen to wait.
 * @param say hears where the port is
 * @throws Failure with one line where the port cannot be had
 */
export async function openOperations(config: Config, choice: StoreChoice, say: (line: string) => void): Promise<Operations> {
  const { operations: port } = config.settings;
  const { heartbeatUrl } = config.secrets;
  let watched: Watched | undefined;
  let roundDone = false;
  let heartbeat: { stop(): Promise<void> } | undefined;
  const snapshot = async (): Promise<Snapshot | undefined> => watched && snapshotOf({ ...watched, clock: systemClock }, roundDone);
  const missing = async (lacks: (now: Snapshot) => readonly string[]) => {
    const now = await snapshot();
    return now ? lacks(now) : ['the bot is starting, or waits for its database'];
  };
  const failed = (page: string, error: unknown) =>
    watched?.observe.log('error', 'operations page failed', {
      page,
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
  // A database server has a disk of its own.
  const folder = config.secrets.databaseUrl ? undefined : dirname(databaseFile(config, choice));
  const listening = port && (await listen(port, { snapshot, missing: () => missing(notReady), failed }, folder));
  if (listening) say(`health and metrics at ${listening.origin} (/healthz /readyz /metrics)`);
  return {
    ...(listening && { metrics: listening.metrics }),
    watch: (bot) => {
      watched = bot;
      listening?.metrics.expect(bot.platforms.map(({ name }) => name));
      const { observe } = bot;
      if (heartbeatUrl) heartbeat ??= startHeartbeat(heartbeatUrl, () => missing(notWell), { schedule: createSchedule(), observe });
    },
    readFeeds: (feeds) => {
      if (watched) watched = { ...watched, feeds };
    },
    firstRoundDone: () => {
      roundDone = true;
    },
    close: async () => void (await Promise.all([heartbeat?.stop(), listening?.close()])),
  };
}

interface Listening {
  readonly metrics: PrometheusMetrics;
  readonly origin: string;
  close(): Promise<void>;
}

/** The library is loaded only where somebody listens. */
async function listen(
  where: { readonly host: string; readonly port: number },
  asked: {
    readonly snapshot: () => Promise<Snapshot | undefined>;
    readonly missing: () => Promise<readonly string[]>;
    readonly failed: (page: string, error: unknown) => void;
  },
  folder: string | undefined,
): Promise<Listening> {
  const [{ createPrometheusMetrics }, { serveOperations }] = await Promise.all([
    import('../../adapters/metrics/metrics.ts'),
    import('../../adapters/metrics/server.ts'),
  ]);
  const metrics = createPrometheusMetrics(version, kinds);
  const server = await serveOperations(where, {
    notReady: asked.missing,
    failed: asked.failed,
    metrics: async () => {
      const [now, disk] = await Promise.all([asked.snapshot(), folder === undefined ? undefined : roomIn(folder)]);
      return { text: await metrics.exposition(now, disk), contentType: metrics.contentType };
    },
  });
  if ('problem' in server) throw new Failure(server.problem);
  return { metrics, ...server };
}

/** Undefined where the system does not say. */
async function roomIn(folder: string): Promise<DiskRoom | undefined> {
  const said = await statfs(folder).catch(() => undefined);
  return said && { freeBytes: said.bavail * said.bsize, sizeBytes: said.blocks * said.bsize };
}
