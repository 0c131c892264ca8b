/** Documents that grow, each in the way in which one part of a reader could cost more than its size. */

const rss = (items: string, root = '', prolog = '') =>
  `${prolog}<rss version="2.0" ${root}><channel><title>World</title><link>https://news.example/</link>${items}</channel></rss>`;
const times = (size: number, text: string) => text.repeat(Math.ceil(size / text.length));
const each = (size: number, about: number, of: (index: number) => string, glue = '') =>
  Array.from({ length: Math.ceil(size / about) }, (_, index) => of(index)).join(glue);
const long = (size: number) => `xml:base="https://a.example/${'a/'.repeat(size / 2)}"`;
const cdata = (text: string) => `<item><title>t</title><description><![CDATA[${text}]]></description></item>`;

/** By what grows in it. @param size characters, about */
export const documents: Readonly<Record<string, (size: number) => string>> = {
  items: (size) => rss(each(size, 60, (index) => `<item><title>t${index}</title><guid>${index}</guid></item>`)),
  'elements with a base of their own under a long one': (size) => rss(times(size / 2, '<x xml:base="a"/>'), long(size / 2)),
  'bases within bases': (size) => rss(times(size, '<x xml:base="a/">'.repeat(100) + '</x>'.repeat(100)), long(2000)),
  'relative links under a long base': (size) =>
    rss('<item><title>t</title><link>a</link></item>'.repeat(Math.min(9999, size / 90)), long(size / 2)),
  'links that lead nowhere': (size) => rss(times(size, `<item><title>t</title>${'<link>a:</link>'.repeat(60)}</item>`), long(2000)),
  'links of the head': (size) => rss(times(size, '<link>a:b</link>')),
  'prefixes and names': (size) =>
    rss(
      each(size / 2, 11, (index) => `<a${index % 9999}:b${index}/>`),
      each(size / 2, 42, (index) => `xmlns:a${index}="http://purl.org/dc/terms/"`, ' '),
    ),
  'prefixes, one an element': (size) => rss(each(size, 48, (index) => `<a${index}:b xmlns:a${index}="http://www.w3.org/2005/Atom"/>`)),
  'names of elements': (size) => rss(each(size, 9, (index) => `<n${index}/>`)),
  'attributes of one element': (size) => rss(`<a ${each(size, 12, (index) => `b${index}="1"`, ' ')}/>`),
  'nested elements': (size) => rss(times(size, '<a>'.repeat(500) + '</a>'.repeat(500))),
  'ever deeper elements': (size) => rss(times(size, '<a>')),
  'closing tags that nothing opened': (size) => rss('<a>'.repeat(500) + times(size, '</b>')),
  'items within items': (size) => rss(times(size, '<item><title>t</title>'.repeat(400) + '</item>'.repeat(400))),
  'openings that never end, in a text': (size) => rss(cdata(times(size, 'staff <h'))),
  'the same in a summary for podcasts': (size) =>
    rss(
      `<item><title>t</title><itunes:summary><![CDATA[${times(size, 'staff <h')}]]></itunes:summary></item>`,
      'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"',
    ),
  'declarations that never end': (size) => times(size, '<!DOCTYPE '),
  comments: (size) => rss(times(size, '<!-- x -->')),
  entities: (size) => rss(`<item><title>t</title><description>${times(size, '&amp;lt;')}</description></item>`),
  'entities of the document’s own': (size) =>
    rss(`<item><title>${times(size, '&a;')}</title></item>`, '', `<!DOCTYPE rss [<!ENTITY a "${'x'.repeat(1000)}">]>`),
  categories: (size) => rss(`<item><title>t</title>${times(size, '<category domain="d">x</category>')}</item>`),
  dates: (size) => rss(`<item><title>t</title>${times(size, '<pubDate>Mon, 14 Feb 2022 17:00:00 GMT</pubDate>')}</item>`),
  'white space': (size) => rss(`<item><title>${' \n'.repeat(size / 2)}x</title></item>`),
  'pages within entries': (size) =>
    `<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>t</title><content type="xhtml">${times(size, '<div><p>x</p></div>')}</content></entry></feed>`,
  'JSON items': (size) =>
    `{"version":"https://jsonfeed.org/version/1.1","items":[${each(size, 36, (index) => `{"id":"${index}","url":"a","title":"t<b>"}`, ',')}]}`,
  'JSON within JSON': (size) => `{"a":${times(size, '[')}`,
};
