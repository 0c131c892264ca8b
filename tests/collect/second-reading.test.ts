import fc from 'fast-check';
import RssParser from 'rss-parser';
import { describe, expect, test, vi } from 'vitest';
import { secondReading } from '../../src/collect/compare-readers.ts';
import { parseFeed } from '../../src/collect/parse.ts';

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

  test('agree on Atom under any prefix, and on times without a zone', async () => {
    const entry = (id: string) =>
      `<a:entry><a:id>urn:${id}</a:id><a:title>Entry ${id}</a:title><a:link rel="self" href="/self"/><a:link href="/${id}"/><a:updated>2026-02-03T04:05:06</a:updated><a:content type="html">Deep &lt;b>text&lt;/b></a:content></a:entry>`;
    const atom = `<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>A</a:title>${entry('1')}${entry('2')}</a:feed>`;
    expect(await compare(atom)).toEqual({ kind: 'compared', items: 2, differences: [] });
  });

  test('agree on RDF, on hints for readers, and on what hangs deeper in an item', async () => {
    const rdf = `<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="/"><title>R</title></channel><item rdf:about="/1"><title>One</title><link>/1</link><dc:date>2026-02-03</dc:date></item></rdf:RDF>`;
    expect(await compare(rdf)).toEqual({ kind: 'compared', items: 1, differences: [] });
    const media = '<item><guid>1</guid><media:group><media:title>Deeper</media:title></media:group></item>';
    const hints = '<ttl>30</ttl><skipHours><hour>3</hour></skipHours>';
    const document = feed(media, hints).replace('<rss', '<rss xmlns:media="http://search.yahoo.com/mrss/"');
    expect(await compare(document)).toEqual({ kind: 'compared', items: 1, differences: [] });
    expect(await parseFeed(Buffer.from(document), { url })).toMatchObject({
      feed: { hints: { ttlMinutes: 30, skipHours: [3] } },
      items: [{ id: '1', title: 'Deeper' }],
    });
  });

  test('tell what they read otherwise', async () => {
    const bent = feed('<item><guid>1</guid><title>A &lang; B</title></item>');
    expect(await compare(bent)).toMatchObject({
      differences: [{ field: 'title', item: 'A \u2329 B', ours: 'A \u2329 B', theirs: 'A \u27e8 B' }],
    });
  });
});

const twice = '<item><guid>1</guid><title>First</title></item>';

test('rss-parser reads what is well-formed, and no other reader then', async () => {
  const asked = vi.spyOn(RssParser.prototype, 'parseString');
  const read = await parseFeed(Buffer.from(feed(twice)), { url });
  expect(asked.mock.calls.map(([text]) => text)).toEqual([feed(twice)]);
  asked.mockRestore();
  expect(read).toMatchObject({ kind: 'feed', items: [{ id: '1', title: 'First' }] });
});

test.each([
  ['items that hang elsewhere', feed(twice).replace('</channel>', `</channel>${twice.replace('1', '2')}`), 2],
  ['markup that is written as elements', feed('<item><guid>1</guid><description>a <b>b</b></description></item>'), 1],
  ['a base of its own', feed(twice).replace('<channel', '<channel xml:base="/news/"'), 1],
  ['a prefix that changes its meaning', feed('<item><guid>1</guid><x:title xmlns:x="http://www.w3.org/2005/Atom">T</x:title></item>'), 1],
  ['an item within an item', feed('<item><guid>1</guid><item><guid>2</guid></item></item>'), 2],
  ['an Atom link without attributes', `<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><link>/a</link></entry></feed>`, 1],
])('%s: the tolerant reader reads it instead', async (_what, document, items) => {
  expect(await compare(document)).toMatchObject({ kind: 'unread' });
  expect(await parseFeed(Buffer.from(document), { url })).toMatchObject({ kind: 'feed', items: Array(items).fill({}) });
});

test.each(['<!-- nothing -->', '<?xml version="1.0"?>', ' text alone '])(
  'a document without an element is done with: %s',
  async (document) => {
    expect(await parseFeed(Buffer.from(document), { url })).toMatchObject({ kind: 'not-a-feed' });
  },
);

test.each([
  ['JSON', '{"version":"https://jsonfeed.org/version/1.1","items":[]}', /JSON/],
  ['what is not well-formed', '<rss version="2.0"><channel><item><title>A</title></item>', /well-formed/],
  ['what names an entity of its own', feed('<item><title>&mine;</title></item>'), /gives up: Invalid character entity/],
  ['what is deeper than any feed', feed(`<item>${'<a>'.repeat(100)}${'</a>'.repeat(100)}</item>`), /deeper/],
  ['what is longer than any feed', feed(`<item><title>${'long '.repeat(200_000)}</title></item>`), /longer/],
])('rss-parser leaves alone %s', async (_what, document, reason) => {
  expect(await compare(document)).toEqual({ kind: 'unread', reason: expect.stringMatching(reason) });
});

test('no text keeps rss-parser busy', async () => {
  const text = `<description><![CDATA[${'staff <h'.repeat(50_000)}]]></description>`;
  const whole = text.replaceAll('description', 'content:encoded');
  const document = feed(`<item><title>first</title>${text}${whole}</item>`).replace('<rss', '<rss xmlns:content="c"');
  expect(await compare(document)).toEqual({ kind: 'compared', items: 1, differences: [] });
});

test('a note before the feed that looks like a page hides no feed', async () => {
  const document = `<?note more > <html> than this ?>${feed('<item><guid>g</guid><title>A &amp; B</title><link>/a</link><pubDate>Tue, 03 Feb 2026 04:05:06 GMT</pubDate></item>').replace(/<\?xml.*\n/, '')}`;
  expect(await parseFeed(Buffer.from(document), { url })).toMatchObject({
    kind: 'feed',
    items: [{ id: 'g', title: 'A & B', url: 'https://news.example/a', publishedAt: Date.UTC(2026, 1, 3, 4, 5, 6) }],
  });
});
