/** What a terminal is told of the round of reading that follows a start. */
import { afterEach, expect, test, vi } from 'vitest';
import { openInMemory } from '../../adapters/store/sqlite.ts';
import { detectorOf } from '../../src/cli/detector.ts';
import { firstLook } from '../../src/cli/first-look.ts';
import { terminalLane } from '../../src/cli/setup.ts';
import type { PollResult } from '../../src/ingest/results.ts';
import type { Feed } from '../../src/model/feed.ts';
import type { ChatPlatform, Outgoing } from '../../src/ports/platform.ts';
import { shippedConfig, whole } from '../support/project.ts';
import { aChannel } from '../support/stored.ts';

const shipped = shippedConfig();
const { detector } = whole(detectorOf(shipped));
const [one, two] = shipped.feeds.filter(({ on }) => on) as [Feed, Feed];
const config = { ...shipped, feeds: [one, two] };

afterEach(() => void vi.restoreAllMocks());

async function look(polled: readonly PollResult[], gone: readonly Feed[] = [], read: readonly Feed[] = []) {
  const store = await openInMemory();
  await store.saveChannel(aChannel(terminalLane, { zone: 'Asia/Tokyo' }));
  for (const { id } of gone) await store.moveCursor({ feedId: id, failures: 1, nextAt: 9e12, gone: true, reason: 'gone for good (410)' });
  for (const { id } of read) await store.moveCursor({ feedId: id, failures: 0, nextAt: 9e12, baselineAt: 1, lastOkAt: 1 });
  for (const { cursor } of polled) if (cursor) await store.moveCursor(cursor.after);
  let said = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said += String(text);
    return true;
  });
  const sent: Outgoing[] = [];
  const terminal = { send: async (out: Outgoing) => void sent.push(out) } as unknown as ChatPlatform;
  await firstLook({ config, detector, store, terminal, polled });
  vi.restoreAllMocks();
  await store.close();
  return { said, sent };
}

const firstRead = (feed: Feed): PollResult => ({
  feed,
  outcome: 'read',
  items: 1,
  results: [],
  cursor: { before: undefined, after: { feedId: feed.id, failures: 0, nextAt: 1, baselineAt: 1 } },
});

test('a source that is gone, and so is not asked for now, counts as not read', async () => {
  const { said } = await look([firstRead(one)], [two]);
  expect(said).toContain(`Read 1 of 2 sources. Not read:\n  ${two.id}: gone for good (410)`);
});

test('the first look is shown at the first start, and not again when a source is back or new', async () => {
  const first = (await look([firstRead(one), firstRead(two)])).sent;
  expect(first.map(({ message }) => message.headline)).toEqual([expect.stringContaining('(Asia/Tokyo)')]);
  const { said, sent } = await look([firstRead(two)], [], [one]);
  expect(said).toContain('Read 1 of 1 sources. 1 more was read a moment ago.');
  expect(sent).toEqual([]);
});
