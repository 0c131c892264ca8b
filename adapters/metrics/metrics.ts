/** Counts and states in the words of Prometheus, over prom-client. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Kind } from '../../src/kinds.ts';
import type { PlatformName } from '../../src/model/channel.ts';
import { type Metrics, pollOutcomes, type Snapshot, sendResults } from '../../src/ports/metrics.ts';

/** Room on the disk that the database lies on. */
export interface DiskRoom {
  readonly freeBytes: number;
  readonly sizeBytes: number;
}

export interface PrometheusMetrics extends Metrics {
  /** Counts of these platforms begin at 0, so that their first failure is a rise. */
  expect(platforms: readonly PlatformName[]): void;
  /** The exposition, with what is known at this moment; what is not known is left out, so that nothing old is taken for the present. */
  exposition(snapshot: Snapshot | undefined, disk: DiskRoom | undefined): Promise<string>;
  readonly contentType: string;
}

/** From a second to six hours (s). */
const arrivalBuckets = [1, 2, 5, 10, 30, 60, 120, 300, 600, 1_800, 3_600, 21_600];
/** How often the event loop is asked to come back (ms). */
const resolution = 20;

export function createPrometheusMetrics(version: string, kinds: readonly Kind[]): PrometheusMetrics {
  const registers = [new Registry()];
  const [register = new Registry()] = registers;
  collectDefaultMetrics({ register });
  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[] = []) =>
    new Counter({ name, help, labelNames: [...labelNames], registers });
  const polls = counter('attache_polls_total', 'Polls of sources by outcome', ['outcome']);
  const items = counter('attache_items_total', 'Items read that were not known before');
  const findings = counter('attache_findings_total', 'Acts found in new items by kind', ['kind']);
  const sends = counter('attache_sends_total', 'Answers of platforms to messages and edits', ['platform', 'outcome']);
  const waits = counter('attache_rate_limit_waits_total', 'Sends put off because a platform asks for fewer', ['platform']);
  const arrivals = new Histogram({
    name: 'attache_published_to_sent_seconds',
    help: 'From the publication of a report to its new alert in a channel',
    labelNames: ['platform'],
    buckets: arrivalBuckets,
    registers,
  });
  new Gauge({ name: 'attache_info', help: 'The running version', labelNames: ['version'], registers }).set({ version }, 1);
  for (const outcome of pollOutcomes) polls.inc({ outcome }, 0);
  for (const kind of kinds) findings.inc({ kind }, 0);
  const states = stateGauges(registers);
  const loop = monitorEventLoopDelay({ resolution });
  loop.enable();

  return {
    polled: (poll) => {
      polls.inc({ outcome: poll.outcome });
      items.inc(poll.items);
      for (const kind of poll.findings) findings.inc({ kind });
    },
    sent: (platform, outcome) => {
      sends.inc({ platform, outcome });
      if (outcome === 'rate-limited') waits.inc({ platform });
    },
    arrived: (platform, afterMs) => arrivals.observe({ platform }, afterMs / 1000),
    expect: (platforms) => {
      for (const platform of platforms) {
        for (const outcome of sendResults) sends.inc({ platform, outcome }, 0);
        waits.inc({ platform }, 0);
        arrivals.zero({ platform });
      }
    },
    exposition: (snapshot, disk) => {
      states.show(snapshot, disk);
      states.showLoop(loop);
      return register.metrics();
    },
    contentType: register.contentType,
  };
}

function stateGauges(registers: Registry[]) {
  const all: (() => void)[] = [];
  const gauge = <L extends string>(name: string, help: string, labelNames: readonly L[] = []) => {
    const made = new Gauge<string>({ name, help, labelNames: [...labelNames], registers });
    // Resetting gives one without labels the value 0, which would be taken for known.
    all.push(() => (labelNames.length > 0 ? made.reset() : made.remove()));
    return made;
  };
  const databaseUp = gauge('attache_database_up', '1 while the database can be used');
  const firstRound = gauge('attache_first_round_done', '1 once every source was asked since the start');
  const connected = gauge('attache_platform_connected', '1 while the platform is connected', ['platform']);
  const refused = gauge('attache_platform_refused', '1 while the platform refuses the token or settings until somebody mends them', [
    'platform',
  ]);
  const sources = gauge('attache_sources', 'Sources that are on by health', ['state']);
  const lag = gauge('attache_poll_lag_seconds', 'How long the most overdue source has been due');
  const good = gauge('attache_last_good_poll_timestamp_seconds', 'When any source was last read without a failure');
  const deliveries = gauge('attache_outbox_deliveries', 'Deliveries that are not sent by state', ['state']);
  const oldest = gauge('attache_outbox_oldest_seconds', 'How long the longest waiting delivery has been due', ['urgent']);
  const bytes = gauge('attache_database_bytes', 'Size of the database');
  const free = gauge('attache_disk_free_bytes', 'Free room on the disk of the embedded database');
  const size = gauge('attache_disk_size_bytes', 'Size of that disk');
  const delay = gauge('attache_event_loop_delay_seconds', 'How late the event loop was since the last scrape', ['quantile']);

  const showStored = ({ at, stored }: Snapshot) => {
    if (!stored) return;
    for (const [state, count] of Object.entries(stored.sources)) sources.set({ state }, count);
    lag.set(stored.pollLagMs / 1000);
    // Before the first good poll: since 1970, so that the alert on it holds.
    good.set((stored.lastGoodPollAt ?? 0) / 1000);
    for (const [state, count] of Object.entries(stored.backlog.counts)) deliveries.set({ state }, count);
    const { urgent, other } = stored.backlog.oldest;
    oldest.set({ urgent: 'true' }, urgent === undefined ? 0 : (at - urgent) / 1000);
    oldest.set({ urgent: 'false' }, other === undefined ? 0 : (at - other) / 1000);
    bytes.set(stored.databaseBytes);
  };
  return {
    show: (snapshot: Snapshot | undefined, disk: DiskRoom | undefined) => {
      for (const clear of all) clear();
      databaseUp.set(snapshot?.stored ? 1 : 0);
      firstRound.set(snapshot?.firstRoundDone ? 1 : 0);
      if (snapshot) showStored(snapshot);
      for (const { name: platform, connected: isThere, refusedForGood } of snapshot?.platforms ?? []) {
        connected.set({ platform }, isThere ? 1 : 0);
        refused.set({ platform }, refusedForGood ? 1 : 0);
      }
      if (disk) free.set(disk.freeBytes);
      if (disk) size.set(disk.sizeBytes);
    },
    showLoop: (loop: ReturnType<typeof monitorEventLoopDelay>) => {
      // It counts the time between its own questions as well.
      const late = (nanoseconds: number) => Math.max(0, nanoseconds / 1e9 - resolution / 1e3);
      for (const quantile of [50, 99]) delay.set({ quantile: String(quantile / 100) }, late(loop.percentile(quantile)));
      delay.set({ quantile: '1' }, late(loop.max));
      loop.reset();
    },
  };
}
