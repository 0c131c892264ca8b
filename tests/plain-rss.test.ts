import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonical } from '../src/collect/canonical.ts';
import { readPlainRss } from '../src/collect/plain-rss.ts';

const base = 'https://news.example/feed.xml';
const feed = (items: string, head = '') =>
  `<?xml version="1.0"?>\n<rss version="2.0"><channel><title>News</title><link>https://news.example/</link><description/>${head}${items}</channel></rss>\n`;
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const word = fc.string({ minLength: 1, maxLength: 40 }).filter((text) => text.trim() === text && !/[\p{Cc}]|\/rss/u.test(text));

test('plain RSS is read alike by both readers', async () => {
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
        '<ttl>30</ttl>',
      );
      const plain = await readPlainRss(xml, base);
      if (plain) expect(plain).toEqual(canonical(xml, base));
    }),
  );
  expect(await readPlainRss(feed('<item><title>A</title><link>https://news.example/a</link></item>'), base)).toMatchObject({
    items: [{ title: 'A' }],
  });
});

test.each([
  [
    'a DOCTYPE',
    '<!DOCTYPE rss [<!ENTITY a "b">]><rss version="2.0"><channel><title>t</title><link>l</link><item><title>&a;</title><link>/a</link></item></channel></rss>',
  ],
  ['two titles', feed('<item><title>A</title><title>B</title><link>/a</link></item>')],
  ['markup in place', feed('<item><title>A <b>bold</b> one</title><link>/a</link></item>')],
  ['no link', feed('<item><title>A</title></item>')],
  [
    'a date of another vocabulary',
    feed('<item xmlns:dc="http://purl.org/dc/elements/1.1/"><title>A</title><link>/a</link><dc:date>2022</dc:date></item>'),
  ],
  ['an end that is missing', feed('<item><title>A</title><link>/a</link></item>').replace('</rss>', '')],
])('%s is left to the careful reading', async (_what, xml) => {
  expect(await readPlainRss(xml, base)).toBeUndefined();
});
