import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { discoverFeeds, findFeeds } from '../../src/collect/discover.ts';
import { createFetcher, type Fetcher, type FetchLimits } from '../../src/collect/fetch.ts';
import { certificates, startSecureWeb } from '../support/tls.ts';
import { document, rss, startWeb, status, type Web } from '../support/web.ts';

const page = (head: string, url = 'https://news.test/world/africa') =>
  discoverFeeds({ url, html: `<html><head>${head}</head><body></body></html>` });
const addresses = (head: string, url?: string) => page(head, url).map((one) => one.url);

test.each([
  ['nested elements', '<div>'.repeat(300_000)],
  [
    'a long base and its links',
    `<base href="https://news.example/${'a/'.repeat(200_000)}">${'<link rel=alternate type=application/rss+xml href=a>'.repeat(10_000)}`,
  ],
])('a page of %s costs no more than its size', (_what, html) => {
  const began = process.cpuUsage();
  discoverFeeds({ url: 'https://news.example/', html });
  // Each took more than ten seconds.
  expect(process.cpuUsage(began).user / 1e6).toBeLessThan(3);
});

describe('a page that announces its feeds', () => {
  test('names them in full, with their titles', () => {
    expect(
      page(`<link rel="alternate" type="application/rss+xml" title="World &amp; Africa" href="/world/rss.xml">
            <LINK REL='alternate feed' TYPE='Application/Atom+XML; charset=utf-8' HREF='atom'>`),
    ).toEqual([{ url: 'https://news.test/world/rss.xml', title: 'World & Africa' }, { url: 'https://news.test/world/atom' }]);
  });

  test('resolves against its base', () => {
    expect(addresses('<base href="https://cdn.test/x/"><link rel=alternate type=application/rss+xml href=feed>')).toEqual([
      'https://cdn.test/x/feed',
    ]);
  });

  test('puts the feeds of comments last and names none twice', () => {
    const link = (href: string, title: string) => `<link rel="alternate" type="application/rss+xml" title="${title}" href="${href}">`;
    expect(addresses(link('/comments/feed', 'Comments') + link('/feed', 'News') + link('/feed#top', 'News'))).toEqual([
      'https://news.test/feed',
      'https://news.test/comments/feed',
    ]);
  });

  test('means only feeds by it', () => {
    const others = `
      <link rel="alternate" hreflang="fr" href="/fr">
      <link rel="alternate" type="application/json" href="/wp-json/wp/v2/posts/1">
      <link rel="alternate" type="application/json+oembed" href="/oembed">
      <link rel="stylesheet" type="text/css" href="/feed.css">
      <link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">
      <link rel="alternate" type="application/rss+xml" href="http://[">
      <link rel="alternate" type="application/rss+xml">`;
    expect(addresses(`${others}<link rel="alternate" type="application/json" href="/feed.json">`)).toEqual(['https://news.test/feed.json']);
  });

  test('cannot fill the answer with feeds or titles', () => {
    const many = Array.from(
      { length: 500 },
      (_, index) => `<link rel=alternate type=application/rss+xml href=/${index} title="${'x\n'.repeat(500)}">`,
    );
    const found = page(many.join(''));
    expect(found).toHaveLength(10);
    expect(found.every(({ title = '' }) => title.length <= 120 && !title.includes('\n'))).toBe(true);
  });

  test('may be any text at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (html) => {
        for (const { url } of discoverFeeds({ url: 'https://news.test/', html })) expect(url).toMatch(/^https?:\/\//);
      }),
    );
  });
});

test('a page that announces none leaves the common places, nearest first', () => {
  const found = addresses('');
  expect(found.slice(0, 2)).toEqual(['https://news.test/world/africa/feed', 'https://news.test/world/africa.atom']);
  expect(found).toContain('https://news.test/rss.xml');
  expect(addresses('', 'https://news.test/')).not.toContain('https://news.test//feed');
});

describe('what a person typed', () => {
  let web: Web;
  let fetcher: Fetcher;
  beforeAll(async () => {
    web = await startWeb({
      '/feed': document(rss('a')),
      '/page': document(
        '<html><link rel=alternate type=application/rss+xml href=/dead><link rel=alternate type=application/rss+xml href=/feed></html>',
      ),
      '/plain': document('<html></html>'),
      '/rss.xml': document(rss('b')),
      '/lost': status(404),
    });
    fetcher = createFetcher({ userAgent: 'Attache/1', allowHosts: [web.host] });
  });
  afterAll(async () => {
    await fetcher.close();
    await web.close();
  });
  const find = (path: string) => findFeeds(`${web.origin}${path}`, { fetcher });

  test('is the feed itself, or what its page announces and can be read, or what lies in a common place', async () => {
    expect(await find('/feed')).toEqual({ feeds: [{ url: `${web.origin}/feed`, title: 'Test' }], guessed: false });
    expect(await find('/page')).toEqual({ feeds: [{ url: `${web.origin}/feed`, title: 'Test' }], guessed: false });
    const guessed = await find('/plain');
    expect(guessed).toHaveProperty('guessed', true);
    expect(guessed).toHaveProperty('feeds', expect.arrayContaining([{ url: `${web.origin}/rss.xml`, title: 'Test' }]));
  });

  test('keeps the user and password that were typed, for what is read after it on the same origin', async () => {
    const feed = document(rss('a'));
    web.serve({
      '/priv': (request, response) => (request.headers.authorization ? feed : status(401))(request, response),
      '/door': document('<html><link rel=alternate type=application/rss+xml href=/priv></html>'),
    });
    const url = `http://joe:geheim@${web.host}/priv`;
    for (const path of ['/priv', '/door'])
      expect(await findFeeds(`http://joe:geheim@${web.host}${path}`, { fetcher })).toEqual({
        feeds: [{ url, title: 'Test' }],
        guessed: false,
      });
  });

  test('may lack a scheme: https is tried, then http, but no wrong certificate is gone round', async () => {
    const bare = await findFeeds(`${web.host}/feed`, { fetcher });
    expect(bare).toEqual({ feeds: [{ url: `${web.origin}/feed`, title: 'Test' }], guessed: false });
    const secure = await startSecureWeb({ cert: certificates.good }, document(rss('a')));
    const lookup: NonNullable<FetchLimits['lookup']> = (_, __, done) => done(null, [{ address: '127.0.0.1', family: 4 }]);
    const named = createFetcher({ userAgent: 'Attache/1', allowHosts: ['feeds.test'], lookup });
    expect(await findFeeds(`${secure.host}/feed`, { fetcher: named })).toHaveProperty('problem', expect.stringContaining('VERIFY'));
    await Promise.all([named.close(), secure.close()]);
  });

  test('ends in one clear line where there is nothing', async () => {
    expect(await find('/lost')).toEqual({ problem: 'no such page (404)' });
    expect(await findFeeds('http://169.254.169.254/', { fetcher })).toHaveProperty('problem', expect.stringContaining('private address'));
    expect(await findFeeds('not an address', { fetcher })).toHaveProperty('problem');
  });
});
