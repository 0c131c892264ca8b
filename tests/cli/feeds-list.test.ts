/** What whoever runs Attaché reads of the sources on the command line. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listLines, probeSummary, unknownFeed } from '../../src/cli/feeds-probe.ts';
import { freeId } from '../../src/cli/opml.ts';
import { addressOf } from '../../src/collect/discover.ts';
import { createFetcher } from '../../src/collect/fetch.ts';
import { shippedConfig } from '../support/project.ts';
import { document, startWeb, type Web } from '../support/web.ts';

const config = shippedConfig();
const now = Date.UTC(2026, 2, 2, 23, 50);
let web: Web;
beforeAll(async () => {
  const rss = '<?xml version="1.0"?><rss version="2.0"><channel><title>T</title><item><title>One</title></item></channel></rss>';
  web = await startWeb({ '/feed.xml': document(rss) });
});
afterAll(() => web.close());

test('why a source cannot be read has a line of its own, so that the table fits a terminal', () => {
  const feeds = config.feeds.filter(({ on }) => on).slice(0, 2);
  const reason = 'no secure connection: its certificate or TLS is not valid (UNABLE_TO_VERIFY_LEAF_SIGNATURE)';
  const cursors = feeds.map(({ id }) => ({ feedId: id, failures: 1, reason, nextAt: now + 20 * 60_000, blindSince: now }));
  const lines = listLines(feeds, cursors, now);
  expect(lines).toHaveLength(5);
  expect(Math.max(...[0, 1, 3].map((row) => lines[row]?.length ?? 0))).toBeLessThan(110);
  expect(lines[2]).toBe(`    blind since 2026-03-02 23:50 UTC (${reason}) next try 2026-03-03 00:10`);
});

test.each([
  ['http://127.0.0.1:8080/feed.xml', '127-0-0-1-8080'],
  ['http://[::1]:81/', '1-81'],
  ['https://www.example.org/rss', 'example'],
])('the id of %s is %s', (url, id) => {
  expect(freeId(url, new Set())).toBe(id);
});

test('an address without a scheme is tried by https, then by http; one item is one item', async () => {
  const fetcher = createFetcher({ userAgent: 'test', allowHosts: [web.host] });
  const url = await addressOf(`${web.host}/feed.xml`, fetcher);
  expect(url).toBe(`${web.origin}/feed.xml`);
  expect(await probeSummary(unknownFeed('x', url, 'X'), config.places, fetcher)).toMatch(/: 1 item;/);
  await fetcher.close();
});
