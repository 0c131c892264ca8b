import { describe, expect, test } from 'vitest';
import type { ParsedItem, ParseHow } from '../../src/collect/feed-types.ts';
import { parseFeed } from '../../src/collect/parse.ts';

const url = 'https://news.example/world/rss.xml';

async function feedOf(document: string, how: Partial<ParseHow> = {}) {
  const outcome = await parseFeed(Buffer.from(document), { url, ...how });
  if (outcome.kind !== 'feed') throw new Error(`expected a feed: ${outcome.reason}`);
  return outcome;
}

async function itemOf(document: string, how: Partial<ParseHow> = {}): Promise<ParsedItem> {
  const [item] = (await feedOf(document, how)).items;
  if (!item) throw new Error('expected an item');
  return item;
}

const rss = (item: string, head = '') => `<?xml version="1.0"?><rss version="2.0"><channel>${head}<item>${item}</item></channel></rss>`;
const atom = (entry: string, head = '') => `<feed xmlns="http://www.w3.org/2005/Atom">${head}<entry>${entry}</entry></feed>`;

describe('formats', () => {
  test('an RSS item is read with everything that it says', async () => {
    const { feed, items, truncated } = await feedOf(
      `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel>
        <title>World</title><link>https://news.example/world</link><ttl>15</ttl>
        <sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>
        <skipHours><hour>0</hour><hour>24</hour><hour>13</hour></skipHours><skipDays><day>SUNDAY</day></skipDays>
        <image><title>Logo</title><link>https://images.example/</link></image>
        <item>
          <title>Embassy moves to Lviv</title>
          <link>https://news.example/1</link>
          <guid isPermaLink="false">n-1</guid>
          <pubDate>Mon, 14 Feb 2022 15:00:00 EST</pubDate>
          <category domain="https://news.example/tags">Ukraine</category><category>Diplomacy</category>
          <source url="https://agency.example/rss">Agency</source>
          <description><![CDATA[<p>Staff leave <b>Kyiv</b>.</p><p>The consulate stays open.</p>]]></description>
          <content:encoded><![CDATA[<p>All of the story.</p>]]></content:encoded>
        </item>
      </channel></rss>`,
    );
    expect(feed).toEqual({
      title: 'World',
      url: 'https://news.example/world',
      format: 'rss',
      hints: { ttlMinutes: 15, updatePeriodMinutes: 30, skipHours: [0, 13], skipDays: ['Sunday'] },
    });
    expect(truncated).toBe(false);
    expect(items).toEqual([
      {
        id: 'n-1',
        title: 'Embassy moves to Lviv',
        url: 'https://news.example/1',
        summary: 'Staff leave Kyiv. The consulate stays open.',
        body: 'All of the story.',
        publishedAt: Date.UTC(2022, 1, 14, 20),
        categories: [
          { domain: 'https://news.example/tags', text: 'Ukraine' },
          { domain: '', text: 'Diplomacy' },
        ],
        source: 'Agency',
      },
    ]);
  });

  test('an Atom entry: its page is the alternate link, its outlet the title of its source', async () => {
    const item = await itemOf(
      atom(`<id>tag:news.example,2022:1</id><title type="html">Embassy &amp;amp; consulate</title>
        <link rel="enclosure" href="https://news.example/1.mp3"/><link rel="self" href="https://news.example/1.atom"/>
        <link href="/1"/><updated>2022-02-15T00:00:00Z</updated><published>2022-02-14T20:00:00+01:00</published>
        <summary>Short.</summary><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Long &amp; whole.</p></div></content>
        <source><id>urn:x</id><title>Agency</title><updated>2021-01-01T00:00:00Z</updated></source>`),
    );
    expect(item).toEqual({
      id: 'tag:news.example,2022:1',
      title: 'Embassy & consulate',
      url: 'https://news.example/1',
      summary: 'Short.',
      body: 'Long & whole.',
      publishedAt: Date.UTC(2022, 1, 14, 19),
      source: 'Agency',
    });
  });

  test('RDF: items stand beside the channel', async () => {
    const { feed, items } = await feedOf(
      `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:d="http://purl.org/dc/elements/1.1/">
        <channel rdf:about="https://dw.example/"><title>DW</title><link>https://dw.example/</link></channel>
        <item rdf:about="https://dw.example/a"><title>A</title><link>https://dw.example/a?x=1</link><d:date>2022-02-14T20:00Z</d:date></item></rdf:RDF>`,
    );
    expect(feed).toMatchObject({ format: 'rdf', title: 'DW', url: 'https://dw.example/' });
    expect(items).toMatchObject([
      { id: 'https://dw.example/a', title: 'A', url: 'https://dw.example/a?x=1', publishedAt: Date.UTC(2022, 1, 14, 20) },
    ]);
  });

  test('JSON Feed', async () => {
    const { feed, items } = await feedOf(
      JSON.stringify({
        version: 'https://jsonfeed.org/version/1.1',
        title: 'World',
        home_page_url: '/',
        items: [
          { id: 7, url: '/7', title: 'A &amp; B', content_html: '<p>Text</p>', date_published: '2022-02-14T20:00:00Z', tags: ['x'] },
          'no item',
        ],
      }),
    );
    expect(feed).toMatchObject({ format: 'json', url: 'https://news.example/' });
    expect(items).toEqual([
      {
        id: '7',
        title: 'A & B',
        url: 'https://news.example/7',
        summary: 'Text',
        publishedAt: Date.UTC(2022, 1, 14, 20),
        categories: [{ text: 'x' }],
      },
    ]);
  });

  test.each([
    [
      'prefixes of another name',
      '<x:rss xmlns:x="http://backend.userland.com/rss2"><x:channel><x:item><x:title>T</x:title></x:item></x:channel></x:rss>',
    ],
    ['another case and no version', '<RSS><CHANNEL><ITEM><TITLE>T</TITLE></ITEM></CHANNEL></RSS>'],
    ['items outside of the channel', '<rss version="2.0"><channel><title>C</title></channel><item><title>T</title></item></rss>'],
    ['an undeclared prefix', rss('<title>T</title><dc:date>2022-02-14</dc:date>')],
    ['a bare ampersand in a link', rss('<title>T</title><link>https://news.example/?a=1&b=2</link>')],
    ['HTML entities that XML does not know', rss('<title>T&nbsp;</title>')],
    ['junk before the declaration', `\n<b>Warning</b>: line 3<br>\n${rss('<title>T</title>')}`],
    ['a comment and a DOCTYPE of HTML', `<!-- a --><!DOCTYPE html PUBLIC "x" "y">${rss('<title>T</title>')}`],
    ['control characters', rss('<title>\u0000T\u0008</title>')],
    ['a title of an image before its own', rss('<image><title>Logo</title></image><title>T</title>')],
    ['a title inside the text of a wrapper', rss('<media:content><media:title>M</media:title></media:content><title>T</title>')],
  ])('%s', async (_, document) => {
    expect((await itemOf(document)).title).toBe('T');
  });

  test('items within items are items of their own, in the order of the document', async () => {
    const { items } = await feedOf(rss('<title>1</title><item><title>2</title></item><item/>'));
    expect(items.map(({ title }) => title)).toEqual(['1', '2']);
  });
});

describe('texts', () => {
  test.each([
    ['AT&amp;T', 'AT&T'],
    ['AT&amp;amp;T', 'AT&T'],
    ['a &amp;lt;b&amp;gt; c', 'a <b> c'],
    ['&amp;amp;lt;', '&lt;'],
    ['<![CDATA[Caf&eacute; &#8211; 5 < 6]]>', 'Café – 5 < 6'],
    ['a&lt;script&gt;alert(1)&lt;/script&gt;\n  b', 'a b'],
    ['<b>bold</b>ly', 'boldly'],
    ['KÃ¤lte', 'Kälte'],
  ])('the title %s is the plain text %s', async (written, read) => {
    expect((await itemOf(rss(`<title>${written}</title>`))).title).toBe(read);
  });

  test('what Atom declares to be text is no markup', async () => {
    expect((await itemOf(atom('<title type="text">The &lt;b&gt; tag</title>'))).title).toBe('The <b> tag');
  });

  test('base64 is decoded', async () => {
    expect((await itemOf(atom('<title mode="base64">RW1iYXNzeQ==</title>'))).title).toBe('Embassy');
  });

  test('an entity that the document declares is read once', async () => {
    const document = `<!DOCTYPE rss [<!ENTITY who "the embassy"> <!ENTITY two "&who;&who;">]>${rss('<title>&who; of &two;</title>')}`;
    expect((await itemOf(document)).title).toBe('the embassy of &two;');
  });
});

describe('addresses and ids', () => {
  test('addresses are resolved against xml:base, then against the address of the feed', async () => {
    const based = atom('<link href="a/b"/>').replace('<entry>', '<entry xml:base="/news/">');
    expect((await itemOf(based)).url).toBe('https://news.example/news/a/b');
    expect((await itemOf(rss('<title>T</title><link>../x</link>'))).url).toBe('https://news.example/x');
  });

  test.each(['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'mailto:a@b.example', ' ', 'https://'])(
    '%j is no address to open',
    async (link) => {
      expect((await itemOf(rss(`<title>T</title><link>${link}</link>`))).url).toBe('');
    },
  );

  test('characters that could end a link in a message are encoded', async () => {
    expect((await itemOf(rss('<title>T</title><link><![CDATA[https://x.example/a b"<c>]]></link>'))).url).toBe(
      'https://x.example/a%20b%22%3Cc%3E',
    );
  });

  test('a guid is the link where there is none, unless it says that it is no address', async () => {
    expect((await itemOf(rss('<guid>https://x.example/1</guid>'))).url).toBe('https://x.example/1');
    expect((await itemOf(rss('<title>T</title><guid isPermaLink="false">https://x.example/1</guid>'))).url).toBe('');
    expect((await itemOf(rss('<title>T</title><guid>a1</guid>'))).url).toBe('');
  });

  test('the id is the guid, else the link, else the same hash for the same title and date', async () => {
    expect((await itemOf(rss('<guid>g</guid><link>https://x.example/1</link>'))).id).toBe('g');
    expect((await itemOf(rss('<title>T</title><link>https://x.example/1</link>'))).id).toBe('https://x.example/1');
    const ids = await Promise.all(
      ['2022-02-14', '2022-02-14', '2022-02-15'].map(async (date) => (await itemOf(rss(`<title>T</title><pubDate>${date}</pubDate>`))).id),
    );
    expect(ids[0]).toBe(ids[1]);
    expect(ids[0]).not.toBe(ids[2]);
  });
});

describe('dates', () => {
  const clampTo = Date.UTC(2022, 1, 15);

  test('a date to come is clamped to the time of the fetch', async () => {
    expect((await itemOf(rss('<title>T</title><pubDate>Tue, 1 Jan 2030 00:00:00 GMT</pubDate>'), { clampTo })).publishedAt).toBe(clampTo);
  });

  test('one date that says nothing does not hide the next one, and costs no item', async () => {
    const { items } = await feedOf(atom('<title>T</title><published>soon</published><updated>2022-02-14T20:00:00Z</updated>'), { clampTo });
    expect(items).toMatchObject([{ title: 'T', publishedAt: Date.UTC(2022, 1, 14, 20) }]);
    expect(await itemOf(atom('<title>T</title><updated>0001-01-01T00:00:00</updated>'))).not.toHaveProperty('publishedAt');
  });
});
