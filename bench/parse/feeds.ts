/** Feeds as news sites publish them, made from a seed: every run and every machine measures the same bytes. */

const news =
  'ministers agreed on Monday that the budget for schools and hospitals will grow next year although prices have risen and the bank expects a slow winter after weeks of talks between farmers traders and the mayor of a town in the north'.split(
    ' ',
  );
/** What a detector of embassy news has to look at twice. */
const ours =
  'embassy officials said on Monday that citizens should leave the country while commercial flights are still available because the security situation has become worse in the north and around the capital after weeks of talks'.split(
    ' ',
  );
/** One item in ten is about embassies: more than on any but a bad day. */
const oursEvery = 10;

/** @param seed which feed; @param bytes about how long it should be; @param newest the date of its first item, from which the others go back by the hour */
export function generateFeed(seed: number, bytes: number, newest = Date.UTC(2026, 1, 20)): string {
  const next = randomOf(seed);
  let words = news;
  const say = (count: number) => Array.from({ length: count }, () => words[Math.floor(next() * words.length)]).join(' ');
  let items = '';
  for (let index = 0; items.length < bytes - 700; index += 1) {
    words = (seed + index) % oursEvery === 0 ? ours : news;
    const link = `https://news.example/${seed}/world/${index}-${say(3).replaceAll(' ', '-')}`;
    items += `
    <item>
      <title>${index % 3 === 0 ? `<![CDATA[${say(9)} & more]]>` : `${say(9)} &amp; more`}</title>
      <link>${link}</link>
      <guid isPermaLink="true">${link}</guid>
      <pubDate>${new Date(newest - index * 3_600_000 - (seed % 60) * 60_000).toUTCString()}</pubDate>
      <dc:creator><![CDATA[${say(2)}]]></dc:creator>
      <category>World news</category>
      <category domain="https://news.example/tags">${say(1)}</category>
      <description><![CDATA[<p>${say(18)}</p><p>${say(14)} &hellip; <a href="${link}">Continue reading</a></p>]]></description>
      ${index % 2 === 0 ? `<content:encoded><![CDATA[<p>${say(30)}</p><p><strong>${say(4)}</strong> ${say(50)}</p>]]></content:encoded>` : ''}
      <media:content width="460" url="https://images.example/${seed}/${index}.jpg"><media:credit scheme="urn:ebu">${say(2)}</media:credit></media:content>
    </item>`;
  }
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom" version="2.0">
  <channel>
    <title>World news ${seed}</title>
    <link>https://news.example/${seed}</link>
    <description>${say(12)}</description>
    <language>en-gb</language>
    <ttl>15</ttl>
    <atom:link href="https://news.example/${seed}/rss" rel="self" type="application/rss+xml"/>${items}
  </channel>
</rss>
`;
}

/** Mulberry32: numbers in 0–1 that depend on the seed alone. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
