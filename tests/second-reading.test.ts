import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseFeed } from '../src/collect/parse.ts';
import { secondReading } from '../src/collect/second-reading.ts';

const url = 'https://news.example/feed.xml';
const compare = (document: string) => secondReading(Buffer.from(document), { url });
const feed = (items: string, head = '') =>
  `<?xml version="1.0"?>\n<rss version="2.0"><channel><title>News</title><link>https://news.example/</link><description/>${head}${items}</channel></rss>\n`;
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const word = fc.string({ minLength: 1, maxLength: 40 }).filter((text) => text.trim() === text && !/\p{Cc}/u.test(text));

describe('two readings', () => {
  test('agree on any plain RSS', async () => {
    const item = fc.record({ title: word, link: fc.webUrl(), guid: word, permalink: fc.boolean(), description: word, category: word });
    await fc.assert(
      fc.asyncProperty(fc.array(item, { minLength: 1, maxLength: 5 }), async (items) => {
        const xml = feed(
          items
            .map(({ title, link, guid, permalink, description, category }) => {
              const tag = `<guid isPermaLink="${permalink}">${escaped(guid)}</guid>`;
              return `<item><title>${escaped(title)}</title><link>${escaped(link)}</link>${tag}<description>${escaped(description)}</description><category domain="d">${escaped(category)}</category><pubDate>Mon, 14 Feb 2022 17:00:00 GMT</pubDate></item>`;
            })
            .join(''),
        );
        expect(await compare(xml)).toEqual({ kind: 'compared', items: items.length, differences: [] });
      }),
    );
  });

  test('agree on Atom with a page in each entry, and on times without a zone', async () => {
    const entry = (id: string) =>
      `<entry><id>urn:${id}</id><title>Entry ${id}</title><link rel="self" href="/self"/><link href="/${id}"/><updated>2026-02-03T04:05:06</updated><content type="xhtml"><div><p>Deep <b>text</b></p></div></content></entry>`;
    const atom = `<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title>${entry('1')}${entry('2')}</feed>`;
    expect(await compare(atom)).toEqual({ kind: 'compared', items: 2, differences: [] });
  });

  test('tell what they read otherwise: how many items, and which date', async () => {
    const two = '<item><guid>1</guid><title>First</title><title>Second</title><pubDate>03 Feb 2026 04:05 EST</pubDate></item>';
    expect(await compare(feed(`${two}<image><item><guid>2</guid><title>Inner</title></item></image>`))).toMatchObject({
      kind: 'compared',
      items: 1,
      differences: [],
    });
    const outside = feed(two).replace('</channel>', '</channel><item><guid>3</guid><title>Outside</title></item>');
    expect(await compare(outside)).toEqual({
      kind: 'compared',
      items: 2,
      differences: [{ field: 'items', ours: '2', theirs: '1' }],
    });
    const bent = feed('<item><guid>1</guid><title>A</title><link>/a</link><pubDate>12/31/2026 10:00:00 GMT</pubDate></item>');
    expect(await compare(bent)).toMatchObject({ differences: [{ field: 'date', item: 'A', ours: '', theirs: '2026-12-31T10:00:00Z' }] });
  });
});

test.each([
  ['JSON', '{"version":"https://jsonfeed.org/version/1.1","items":[]}', /JSON/],
  ['what is not well-formed', '<rss version="2.0"><channel><item><title>A</title></item>', /well-formed/],
  ['what names an entity of its own', feed('<item><title>&mine;</title></item>'), /gives up: Invalid character entity/],
  ['what is deeper than any feed', feed(`<item>${'<a>'.repeat(100)}${'</a>'.repeat(100)}</item>`), /deeper/],
  ['what is longer than any feed', feed(`<item><title>${'long '.repeat(200_000)}</title></item>`), /longer/],
])('the second reader leaves alone %s', async (_what, document, reason) => {
  expect(await compare(document)).toEqual({ kind: 'unread', reason: expect.stringMatching(reason) });
});

test('no text keeps the second reader busy', async () => {
  const text = `<description><![CDATA[${'staff <h'.repeat(50_000)}]]></description>`;
  const whole = text.replaceAll('description', 'content:encoded');
  const document = feed(`<item><title>first</title>${text}${whole}</item>`).replace('<rss', '<rss xmlns:content="c"');
  expect(await compare(document)).toEqual({ kind: 'compared', items: 1, differences: [] });
});

test('a feed in which ours sees no item is read by the second', async () => {
  const document = `<?note more > <html> than this ?>${feed('<item><guid>g</guid><title>A &amp; B</title><link>/a</link><pubDate>Tue, 03 Feb 2026 04:05:06 GMT</pubDate></item>').replace(/<\?xml.*\n/, '')}`;
  expect(await parseFeed(Buffer.from(document), { url })).toMatchObject({
    kind: 'feed',
    items: [{ id: 'g', title: 'A & B', url: 'https://news.example/a', publishedAt: Date.UTC(2026, 1, 3, 4, 5, 6) }],
  });
});
