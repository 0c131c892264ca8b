import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { parseFeed } from '../../src/collect/parse.ts';

const url = 'https://news.example/rss.xml';
const parse = (document: string | Uint8Array, contentType?: string) =>
  parseFeed(typeof document === 'string' ? Buffer.from(document) : document, { url, ...(contentType !== undefined && { contentType }) });

async function titlesOf(document: string | Uint8Array, contentType?: string): Promise<readonly string[]> {
  const outcome = await parse(document, contentType);
  return outcome.kind === 'feed' ? outcome.items.map(({ title }) => title) : [`not a feed: ${outcome.reason}`];
}

const item = (title: string) => `<item><title>${title}</title></item>`;
const rss = (items: string, prolog = '') => `${prolog}<rss version="2.0"><channel><title>World</title>${items}</channel></rss>`;

describe('encodings', () => {
  const title = { 'windows-1251': 'Посольство', gb2312: '大使馆', shift_jis: '大使館', 'iso-8859-1': 'Évacuation' };
  test.each(Object.entries(title))('%s, by the XML declaration or by the HTTP header', async (encoding, text) => {
    const declared = rss(item(text), `<?xml version="1.0" encoding="${encoding}"?>`);
    expect(await titlesOf(iconv.encode(declared, encoding))).toEqual([text]);
    expect(await titlesOf(iconv.encode(rss(item(text)), encoding), `text/xml; charset=${encoding}`)).toEqual([text]);
  });

  test.each(['utf-16le', 'utf-16be', 'utf-32le', 'utf-32be'])('%s, with a byte order mark or without', async (encoding) => {
    const document = rss(item('Botschaft – Київ'), '<?xml version="1.0"?>');
    expect(await titlesOf(iconv.encode(document, encoding, { addBOM: true }))).toEqual(['Botschaft – Київ']);
    expect(await titlesOf(iconv.encode(document, encoding, { addBOM: false }))).toEqual(['Botschaft – Київ']);
  });

  test('valid UTF-8 is read as UTF-8, whatever the document or the header says', async () => {
    const document = rss(item('Київ'), '<?xml version="1.0" encoding="windows-1251"?>');
    expect(await titlesOf(document, 'text/xml; charset=iso-8859-1')).toEqual(['Київ']);
  });

  test('a broken byte costs a letter, not the document', async () => {
    const broken = Buffer.concat([
      Buffer.from('<rss><channel><item><title>Київ '),
      Buffer.of(0xff),
      Buffer.from('</title></item></channel></rss>'),
    ]);
    expect(await titlesOf(broken)).toEqual(['Київ \ufffd']);
  });

  test('Latin text that does not say so is windows-1252', async () => {
    expect(await titlesOf(iconv.encode(rss(item('“Évacuation”')), 'windows-1252'))).toEqual(['“Évacuation”']);
    const mislabelled = rss(item('“Évacuation”'), '<?xml version="1.0" encoding="utf-16"?>');
    expect(await titlesOf(iconv.encode(mislabelled, 'windows-1252'))).toEqual(['“Évacuation”']);
  });
});

describe('what is no feed', () => {
  test.each([
    ['', 'an empty document'],
    [' \n\t ', 'an empty document'],
    ['<!doctype html><html><head><title>Just a moment…</title></head><body><item>x</item></body></html>', 'an HTML page instead of a feed'],
    ['{"error":"not found"}', 'JSON, but no JSON Feed'],
    ['{"version":', 'JSON, but no JSON Feed'],
    ['not even markup', 'neither RSS, Atom, RDF nor JSON Feed'],
    ['<constructor><toString:x xmlns="constructor"/></constructor>', 'neither RSS, Atom, RDF nor JSON Feed'],
    ['<sitemap><url>https://x.example</url></sitemap>', 'neither RSS, Atom, RDF nor JSON Feed'],
  ])('%j is %s', async (document, reason) => {
    expect(await parse(document)).toEqual({ kind: 'not-a-feed', reason });
  });

  test('a feed without items is a feed', async () => {
    expect(await parse(rss(''))).toMatchObject({ kind: 'feed', items: [], truncated: false });
  });
});

describe('attacks end in items or in one reason', () => {
  test('a billion laughs', async () => {
    const levels = Array.from({ length: 9 }, (_, level) => `<!ENTITY lol${level + 1} "${`&lol${level};`.repeat(10)}">`);
    const doctype = `<!DOCTYPE rss [<!ENTITY lol0 "lol">${levels.join('')}]>`;
    expect(await titlesOf(rss(item('&lol9;') + item('after'), doctype))).toEqual(['&lol9;', 'after']);
  });

  test('one long entity many times', async () => {
    const doctype = `<!DOCTYPE rss [<!ENTITY a "${'a'.repeat(1000)}">]>`;
    const outcome = await parse(rss(`<item><title>${'&a;'.repeat(200_000)}</title></item>`, doctype));
    expect(JSON.stringify(outcome).length).toBeLessThan(2_000_000);
  });

  test('an external entity is not fetched', async () => {
    const doctype = '<!DOCTYPE rss [<!ENTITY secret SYSTEM "file:///etc/hostname">]>';
    expect(await titlesOf(rss(item('&secret;'), doctype))).toEqual(['&secret;']);
  });

  test.each([
    ['elements', '<a>'],
    ['items', '<item>'],
    ['closing tags that nothing opened', '<a></b>'],
  ])('a hundred thousand nested %s: what stood before them is kept', async (_, nested) => {
    const outcome = await parse(`<rss><channel>${item('before')}${nested.repeat(100_000)}`);
    expect(outcome).toMatchObject({ kind: 'feed', items: [{ title: 'before' }], truncated: true });
  });

  test('a hundred thousand nested tags within a text', async () => {
    expect(await titlesOf(rss(item(`<![CDATA[deep ${'<b>'.repeat(100_000)}]]>`) + item('after')))).toEqual(['deep', 'after']);
  });

  test('tens of thousands of openings that never end within an otherwise plain document', async () => {
    const text = `<description><![CDATA[${'staff <h'.repeat(50_000)}]]></description>`;
    const document = `<rss version="2.0"><channel><title>World</title><link>https://news.example/</link><item><title>first</title>${text}</item></channel></rss>`;
    expect(await titlesOf(document)).toEqual(['first']);
  });

  test('a hundred thousand nested arrays of JSON', async () => {
    expect(await parse(`{"a":${'['.repeat(100_000)}`)).toMatchObject({ kind: 'not-a-feed' });
  });

  test.each([
    ['comments before the feed', '<!-- -->'.repeat(50_000), ''],
    ['attributes', `<a ${Array.from({ length: 100_000 }, (_, index) => `a${index}="1"`).join(' ')}/>`, ''],
    ['openings that never end', '', item('<![CDATA[<h<h'.repeat(50_000))],
    ['declarations that never end', '<!DOCTYPE '.repeat(50_000), ''],
    ['links', '', `<item><title>T</title>${'<link>x</link>'.repeat(50_000)}</item>`],
    ['namespaces', '', `<item><title>T</title>${'<a xmlns:b="c">'.repeat(100)}${'</a>'.repeat(100)}</item>`.repeat(500)],
  ])('tens of thousands of %s', async (_, before, within) => {
    expect((await titlesOf(`${before}<rss><channel>${item('first')}${within}</channel></rss>`))[0]).toBe('first');
  });

  test('more items than any feed has: the rest is not read', async () => {
    const outcome = await parse(rss(item('x').repeat(50_000)));
    if (outcome.kind !== 'feed') throw new Error('expected a feed');
    expect(outcome.items).toHaveLength(10_000);
    expect(outcome.truncated).toBe(true);
  });

  test('a document of ten megabytes in one title', async () => {
    const [title] = await titlesOf(rss(item('embassy '.repeat(1_250_000))));
    expect(title?.length).toBeLessThanOrEqual(200_000);
  });
});

test('a document that was cut off keeps its complete items', async () => {
  const whole = rss(item('1') + item('2') + item('3'));
  const cut = whole.slice(0, whole.indexOf('3') + 1);
  expect(await parse(cut)).toMatchObject({ kind: 'feed', items: [{ title: '1' }, { title: '2' }], truncated: true });
});

describe('for any bytes', () => {
  const snippets = fc.constantFrom(
    '<rss version="2.0">',
    '<channel>',
    '<item>',
    '</item>',
    '<title>',
    '</title>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    '<entry>',
    '<link href="',
    '">',
    '<![CDATA[',
    ']]>',
    '<!DOCTYPE x [',
    '<!ENTITY a "b">',
    '&a;',
    '&amp;',
    '&#x0;',
    '&#1114112;',
    '<!--',
    '-->',
    '<?xml encoding="utf-16"?>',
    '{"version":"https://jsonfeed.org/version/1","items":[',
    '<source>',
    '<description type="xhtml">',
    ' xml:base="http://[" ',
    'mode="base64"',
    '\u0000',
    '🙂',
    '\ud800',
  );
  const documents = fc.oneof(
    fc.uint8Array({ maxLength: 400 }),
    fc.array(fc.oneof(snippets, fc.string({ maxLength: 8 })), { maxLength: 40 }).map((parts) => Buffer.from(parts.join(''))),
  );

  test('parsing never throws, and what it gives keeps its promises', async () => {
    await fc.assert(
      fc.asyncProperty(documents, fc.option(fc.string(), { nil: undefined }), async (bytes, contentType) => {
        const outcome = await parseFeed(bytes, { url, clampTo: 1e12, ...(contentType !== undefined && { contentType }) });
        if (outcome.kind === 'not-a-feed') {
          expect(outcome.reason).not.toBe('');
          return;
        }
        for (const one of outcome.items) {
          expect(one.id).not.toBe('');
          expect(one.url).toMatch(/^(https?:\/\/\S+)?$/);
          expect(one.publishedAt ?? 0).toBeLessThanOrEqual(1e12);
          for (const text of [one.title, one.summary, one.body ?? '']) expect(text).not.toMatch(/^\s|\s$|\s{2}|\p{Cc}/u);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('no field grows beyond its cap, however often anything is repeated', async () => {
    const field = fc.constantFrom('title', 'link', 'guid', 'description', 'category', 'source', 'pubDate', 'dc:subject', 'content:encoded');
    const piece = fc.constantFrom('x', '&amp;', '&a;', '<b>', 'https://news.example/', ' ', '🙂');
    const part = fc.tuple(field, piece, fc.integer({ min: 1, max: 30_000 }), fc.integer({ min: 1, max: 150 }));
    await fc.assert(
      fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 3 }), fc.boolean(), async (parts, json) => {
        const long = ([name, text, times]: readonly [string, string, number, number]) => [name, text.repeat(times)] as const;
        const fields = parts.flatMap((one) => Array.from({ length: one[2] > 1000 ? 1 : one[3] }, () => long(one)));
        const tags = fields.map(([, text]) => text);
        const asJson = { id: tags[0], url: tags.at(-1), title: tags[0], summary: tags[0], content_html: tags.at(-1), tags };
        const document = json
          ? JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', items: [asJson] })
          : rss(
              `<item>${fields.map(([name, text]) => `<${name}>${text}</${name}>`).join('')}</item>`,
              `<!DOCTYPE rss [<!ENTITY a "${'a'.repeat(900)}">]>`,
            );
        const outcome = await parse(document);
        if (outcome.kind !== 'feed') return;
        for (const { id, url: link, title, summary, body = '', source = '', categories = [] } of outcome.items) {
          expect(id.length).toBeLessThanOrEqual(1000);
          expect(link.length).toBeLessThanOrEqual(8192);
          for (const text of [title, summary, body, source]) expect(text.length).toBeLessThanOrEqual(200_000);
          expect(categories.length).toBeLessThanOrEqual(100);
          for (const { text } of categories) expect(text.length).toBeLessThanOrEqual(1000);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('cutting a document anywhere gives a beginning of its items', async () => {
    const whole = rss(Array.from({ length: 6 }, (_, index) => item(`No. ${index}`)).join(''));
    const all = await titlesOf(whole);
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length), async (length) => {
        const outcome = await parse(whole.slice(0, length));
        if (outcome.kind === 'feed') expect(all.slice(0, outcome.items.length)).toEqual(outcome.items.map(({ title }) => title));
      }),
    );
  });
});
