/** What a newcomer sees in the terminal: what could be read, and what the last days held; or, where nothing could be read, why, and a recording. */
import { systemClock } from '../../adapters/clock.ts';
import type { Config } from '../config.ts';
import type { Detector } from '../detect/detector.ts';
import type { PollResult } from '../ingest/results.ts';
import { isAlertable } from '../model/finding.ts';
import { digestMessage } from '../phrase/digest.ts';
import type { FeedCursor } from '../ports/feed-store.ts';
import type { ChatPlatform, Outgoing } from '../ports/platform.ts';
import type { Store } from '../ports/store.ts';
import { playDemo } from './demo.ts';
import { terminalLane } from './setup.ts';

export interface FirstRound {
  readonly config: Config;
  readonly detector: Detector;
  readonly store: Store;
  readonly terminal: ChatPlatform;
  /** Sources that were due; the others were asked before this start. */
  readonly polled: readonly PollResult[];
}

export async function firstLook({ config, detector, store, terminal, polled }: FirstRound): Promise<void> {
  const cursors = await store.cursors();
  const { ok, all, notRead, fresh } = countRead(config, cursors, polled);
  if (all === 0) return say('Nothing is due yet: every source was read a moment ago.\n');
  const more = fresh > 0 ? ` ${fresh === 1 ? '1 more was' : `${fresh} more were`} read a moment ago.` : '';
  say(`\nRead ${ok} of ${all} sources.${more}${notRead.length > 0 ? ' Not read:' : ''}`);
  for (const line of notRead) say(`  ${line}`);
  if (ok === 0 && fresh === 0) {
    say('\nNo source can be reached from here. What follows is a RECORDING of February 2022, not the present.\n');
    await playDemo(config, detector, marked(terminal, 'RECORDING of February 2022, not the present'), (line) => say(`${line}\n`));
    return say('The recording is over, and nothing of it is kept: answers are about the present. status says what cannot be read.\n');
  }
  // What later reads bring is alerted; a source that is new, or back, among others is no first look.
  if (!isFirstStart(cursors, polled)) return;
  const to = systemClock.now();
  const { zone = 'UTC' } = (await store.channel(terminalLane)) ?? {};
  const from = to - config.settings.alert.baselineDays * 86_400_000;
  const events = (await store.events({ since: from, limit: 200 })).filter(
    (event) => isAlertable(event.finding) && event.alertedRevision === undefined,
  );
  const message = digestMessage(
    { events, from, to, feeds: { ok, all }, zone, title: 'What the last days hold (a first read alerts nothing)' },
    { name: config.places.name, language: 'en' },
  );
  await terminal.send({ key: `first-look-${to}`, lane: terminalLane, message });
}

interface Counted {
  readonly ok: number;
  /** Of the sources that were asked now, and those that are not asked for now since they fail. */
  readonly all: number;
  /** `id: reason` */
  readonly notRead: readonly string[];
  /** Read well before this start, and not due yet. */
  readonly fresh: number;
}

function countRead({ feeds }: Config, cursors: readonly FeedCursor[], polled: readonly PollResult[]): Counted {
  const asked = new Set(polled.map(({ feed }) => feed.id));
  const failed = polled.filter(({ outcome }) => outcome === 'failed').map(({ feed, reason }) => `${feed.id}: ${reason}`);
  const notDue = feeds.filter(({ id, on }) => on && !asked.has(id));
  const failing = cursors.filter(({ feedId, failures }) => failures > 0 && notDue.some(({ id }) => id === feedId));
  const waiting = failing.map(({ feedId, reason = 'not asked again yet' }) => `${feedId}: ${reason}`);
  return {
    ok: polled.length - failed.length,
    all: polled.length + waiting.length,
    notRead: [...failed, ...waiting],
    fresh: notDue.length - waiting.length,
  };
}

/** Whether nothing was read before this round. */
function isFirstStart(cursors: readonly FeedCursor[], polled: readonly PollResult[]): boolean {
  const read = polled.flatMap(({ feed, cursor: stood }) =>
    stood?.after.baselineAt !== undefined && stood.before?.baselineAt === undefined ? [feed.id] : [],
  );
  return read.length > 0 && cursors.every(({ feedId, baselineAt }) => baselineAt === undefined || read.includes(feedId));
}

/** A prompt may stand on the line: what is said takes its place. */
function say(line: string): void {
  process.stdout.write(`${process.stdout.isTTY ? '\r\u001b[K' : ''}${line}\n`);
}

/** What a recording shows is not kept: neither its ids nor its subscription can be asked about. */
function marked(platform: ChatPlatform, mark: string): ChatPlatform {
  const asRecorded = (out: Outgoing): Outgoing => ({
    ...out,
    message: { ...out.message, marked: mark, buttons: [], footer: [] },
  });
  return {
    ...platform,
    send: (out) => platform.send(asRecorded(out)),
    edit: (ref, out) => platform.edit(ref, asRecorded(out)),
  };
}
