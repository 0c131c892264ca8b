import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { root } from '../support/project.ts';
import { type Page, startWeb, type Web } from '../support/web.ts';

const defaults = readFileSync(join(root, 'config', 'feeds.yaml'), 'utf8');
const settings = readFileSync(join(root, 'config', 'attache.yaml'), 'utf8');

const rss = (title: string, items: readonly string[]) =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>${title}</title><link>http://x.test/</link><language>fr-FR</language>${items
    .map(
      (one, index) =>
        `<item><guid isPermaLink="false">${index}</guid><title>${one}</title><pubDate>Mon, 02 Nov 2026 08:00:00 GMT</pubDate></item>`,
    )
    .join('')}</channel></rss>`;
const answer =
  (type: string, body: string): Page =>
  (_request, response) =>
    void response.writeHead(200, { 'content-type': type }).end(body);
const page = (links: readonly string[]) =>
  answer(
    'text/html',
    `<!doctype html><html><head>${links.map((href) => `<link rel="alternate" type="application/rss+xml" href="${href}" title="Of ${href}">`).join('')}</head><body>Hello</body></html>`,
  );

let web: Web;
let folder: string;

/** Each use of the command line starts a process (ms). */
const patient = 30_000;

beforeAll(async () => {
  web = await startWeb({
    '/one': page(['/world.xml']),
    '/many': page(['/world.xml', '/sport.xml']),
    '/bare': answer('text/html', '<!doctype html><html><body>No feed here</body></html>'),
    '/world.xml': answer(
      'application/rss+xml',
      rss('Le Courrier', ['US relocates its embassy in Ukraine from Kyiv to Lviv', 'Cup final tonight']),
    ),
    '/news/': answer('text/html', '<!doctype html><html><body>No feed here</body></html>'),
    '/news/feed': answer('application/rss+xml', rss('Of something else', ['Cup final tonight'])),
    '/sport.xml': answer('application/rss+xml', rss('Sport', ['Cup final tonight'])),
  });
}, patient);
afterAll(() => web.close());

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'attache-feeds-'));
  writeFileSync(join(folder, 'attache.yaml'), settings.replace('allowHosts: []', `allowHosts: ["${web.host}"]`));
}, patient);

const feeds = (...args: readonly string[]) =>
  new Promise<{ readonly code: number; readonly out: string; readonly err: string }>((done) =>
    execFile(join(root, 'bin', 'attache'), ['--config', folder, 'feeds', ...args], { env: { PATH: process.env.PATH } }, (error, out, err) =>
      done({ code: error ? Number(error.code) : 0, out, err }),
    ),
  );
const written = () => readFileSync(join(folder, 'feeds.yaml'), 'utf8');

test(
  'a page becomes the feed that it announces, and the file keeps every other letter',
  async () => {
    const { code, out, err } = await feeds('add', `${web.origin}/one`, '--id', 'courrier');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('Added courrier: Le Courrier, news, media, in fr, every 5 min.');
    expect(out).toContain('embassy-relocation, happening, United States in Ukraine');
    expect(written().startsWith(defaults)).toBe(true);
    expect(written()).toContain(`- id: courrier\n    url: ${web.origin}/world.xml\n    kind: news\n    tier: media\n`);
    expect((await feeds('list')).out).toMatch(/^courrier +waiting +news +media +fr +5 min +terms unverified$/m);
  },
  patient,
);

test(
  'nobody but the operator’s word makes a feed official, or a mission',
  async () => {
    expect((await feeds('add', `${web.origin}/world.xml`, '--id', 'm', '--sender', 'us', '--host', 'UA', '--official')).code).toBe(0);
    expect(written()).toContain('kind: mission\n    tier: official\n    source: Le Courrier\n    sender: US\n    host: UA\n');
    expect(await feeds('add', `${web.origin}/sport.xml`, '--sender', 'US')).toMatchObject({
      code: 2,
      err: expect.stringContaining('go together'),
    });
    expect(await feeds('add', `${web.origin}/sport.xml`, '--sender', 'UK', '--host', 'ML')).toMatchObject({
      code: 2,
      err: expect.stringContaining('found the country "UK"'),
    });
  },
  patient,
);

test(
  'a second time, several feeds, none, and a wrong value each end in what to do, and the file stays',
  async () => {
    await feeds('add', `${web.origin}/world.xml`, '--id', 'courrier');
    const before = written();
    expect(await feeds('add', `${web.origin}/one`)).toMatchObject({ code: 1, err: expect.stringContaining('in feeds.yaml as "courrier"') });
    const several = await feeds('add', `${web.origin}/many`);
    expect(several).toMatchObject({ code: 2, err: expect.stringContaining(`attache feeds add ${web.origin}/sport.xml   (Of /sport.xml)`) });
    expect(await feeds('add', `${web.origin}/bare`)).toMatchObject({ code: 1, err: expect.stringContaining('no feed was found') });
    const beside = await feeds('add', `${web.origin}/news/`);
    expect(beside).toMatchObject({ code: 2, err: expect.stringContaining('the page announces no feed; what was found beside it') });
    expect(beside.err).toContain(`attache feeds add ${web.origin}/news/feed   (Of something else)`);
    const wrong = await feeds('add', `${web.origin}/sport.xml`, '--every', '0', '--id', 'sport');
    expect(wrong).toMatchObject({ code: 2, err: expect.stringMatching(/everyMinutes: found 0; allowed: .*minutes/) });
    expect(await feeds('add', 'http://127.0.0.1:9/')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^attache: http.*private|not allowed|refused/),
    });
    expect(written()).toBe(before);
  },
  patient,
);

test(
  'what was added can be removed',
  async () => {
    await feeds('add', `${web.origin}/world.xml`, '--id', 'courrier');
    expect(await feeds('remove', 'courrier')).toMatchObject({ code: 0, out: expect.stringContaining('Removed courrier') });
    expect(written()).toBe(defaults);
    expect(await feeds('remove', 'courrier')).toMatchObject({ code: 1, err: expect.stringContaining('no source has the id "courrier"') });
  },
  patient,
);

test(
  'a source can be tried without being kept',
  async () => {
    const tried = await feeds('test', `${web.origin}/world.xml`);
    expect(tried.out).toContain('rss: 2 items, the newest of 2026-11-02 08:00 UTC');
    expect(tried.out).toContain('embassy-relocation');
    expect(tried.out).toContain('A second, independent reader reads the same.');
    expect(await feeds('test', `${web.origin}/gone.xml`)).toMatchObject({ code: 1, err: expect.stringContaining('404') });
  },
  patient,
);

test(
  'the list of programs says what a source is and how it is',
  async () => {
    const { out } = await feeds('list', '--json');
    const rows = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: string; on: boolean; health: unknown });
    expect(rows.find(({ id }) => id === 'us-state')).toMatchObject({
      kind: 'register',
      terms: 'open',
      health: { state: expect.any(String) },
    });
    expect(rows.filter(({ on }) => !on).every(({ health }) => health === null)).toBe(true);
  },
  patient,
);

const opml = (...outlines: readonly string[]) =>
  `<?xml version="1.0"?>\n<opml version="1.1"><head><title>Mine</title></head>\n<body>\n${outlines.join('\n')}\n</body></opml>\n`;

test(
  'an OPML file of another reader is taken whole, folders included, and what is exported comes back the same',
  async () => {
    const file = join(folder, 'reader.opml');
    writeFileSync(
      file,
      opml(
        '<outline text="World"><outline text="A &amp; B" xmlUrl="https://a.example/rss?x=1&amp;y=2" language="fr-FR" type="rss"/>',
        '<outline title="Deux" text="x" xmlurl="https://a.example/two" /></outline>',
        '<outline text="A again" xmlUrl="https://a.example/two"/>',
      ),
    );
    const { code, out } = await feeds('import', file);
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('Added 2, known before: 1.') });
    expect(written()).toContain(
      '- id: a\n    url: https://a.example/rss?x=1&y=2\n    kind: news\n    tier: media\n    source: A & B\n    language: fr',
    );
    expect(written()).toContain('- id: a-2\n    url: https://a.example/two\n    kind: news\n    tier: media\n    source: Deux');
    expect((await feeds('import', file)).out).toContain('Nothing new');

    const all = join(folder, 'all.opml');
    expect((await feeds('export', all)).code).toBe(0);
    const before = (await feeds('list', '--json')).out;
    writeFileSync(join(folder, 'feeds.yaml'), 'feeds: []\n');
    expect((await feeds('import', all)).code).toBe(0);
    expect((await feeds('list', '--json')).out).toBe(before);
  },
  2 * patient,
);

test(
  'each wrong row of an OPML file is one line with its number, and nothing is half written',
  async () => {
    const file = join(folder, 'reader.opml');
    writeFileSync(
      file,
      opml(
        '<outline text="Good" xmlUrl="https://good.example/rss"/>',
        '<outline text="Bad" xmlUrl="ftp://bad.example/rss"/>',
        '<outline text="Worse" xmlUrl="https://worse.example/" attache:tier="best" attache:id="us-state"/>',
      ),
    );
    const { code, err } = await feeds('import', file);
    expect(code).toBe(1);
    expect(err.trim().split('\n')).toEqual([
      `attache: ${file}:5: url: found "ftp://bad.example/rss"; allowed: an http(s) address`,
      `${file}:6: tier: found "best"; allowed: official, wire, media`,
      `${file}:6: attache:id: found "us-state" a second time; allowed: each id once`,
      'Nothing was imported.',
    ]);
    expect(() => written()).toThrow('ENOENT');
    writeFileSync(file, '<html></html>');
    expect((await feeds('import', file)).err).toContain(`${file}:1: found no <opml>`);
    writeFileSync(file, opml('<outline xmlUrl="https://a.example/"/>').slice(0, -12));
    expect((await feeds('import', file)).err).toContain('only a part of the file is here');
    expect((await feeds('import', join(folder, 'none.opml'))).err).toBe(`attache: ${join(folder, 'none.opml')}: is not there (ENOENT)\n`);
  },
  2 * patient,
);
