import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../support/project.ts';

const attache = join(root, 'bin', 'attache');

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function run(args: readonly string[], input = '', cwd = tmpdir()): Promise<Ran> {
  return new Promise((done) => {
    const child: ChildProcess = execFile(
      attache,
      args,
      { cwd, env: { PATH: process.env.PATH, NO_COLOR: '1' }, maxBuffer: 1e8 },
      (error, out, err) => done({ code: error ? Number(error.code) : 0, out, err }),
    );
    child.stdin?.end(input);
  });
}

const linesOf = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
const folder = () => mkdtempSync(join(tmpdir(), 'attache-cli-'));
const feed = (items: string) =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>News</title><link>http://127.0.0.1/</link><description/>${items}</channel></rss>`;
const item = (id: string, title: string) =>
  `<item><guid isPermaLink="false">${id}</guid><title>${title}</title><link>https://news.example/${id}</link><pubDate>${new Date(Date.now() - 3_600_000).toUTCString()}</pubDate></item>`;

describe('the command line', () => {
  test('works through a symlink and from any folder, with help on every command', async () => {
    const link = join(folder(), 'attache');
    symlinkSync(attache, link);
    const help = await new Promise<Ran>((done) =>
      execFile(link, ['--help'], { cwd: '/' }, (error, out, err) => done({ code: error ? 1 : 0, out, err })),
    );
    expect(help).toMatchObject({ code: 0, out: expect.stringContaining('replay') });
    for (const command of ['run', 'classify', 'parse', 'replay', 'render', 'demo'])
      expect((await run([command, '--help'])).out).toContain('Usage: attache');
  });

  test('wrong use ends with 2 and one word of help, a failure with 1', async () => {
    expect((await run(['dance'])).code).toBe(2);
    expect((await run(['render'])).code).toBe(2);
    expect(await run(['parse', '/no/such/file'])).toMatchObject({ code: 1, err: expect.stringContaining('cannot be read') });
    expect(await run(['replay', '/no/such/file'])).toMatchObject({ code: 1, err: expect.stringContaining('no such file') });
  });

  test.each([
    [['bogus'], 2, 'no command "bogus"; there are: run, demo, classify,'],
    [['run', 'bogus'], 2, 'run takes options only: found "bogus"'],
    [['feeds', 'bogus'], 2, 'no command "feeds bogus"; there are: feeds list, feeds add,'],
    [['--config', join(root, 'config', 'attache.yaml'), 'feeds'], 2, `name the folder that holds it: --config ${join(root, 'config')}`],
    [['replay', tmpdir()], 1, 'holds no recording.jsonl; name a folder that attache run --record wrote'],
    [
      ['run', '--once', '--database', join(folder(), 'a.db'), '--record', join(root, 'package.json')],
      1,
      'package.json/documents: leads through a file that is no folder',
    ],
  ])('%j ends with %i and one line that says what to do', async (args, code, line) => {
    const ran = await run(args);
    expect(ran).toMatchObject({ code, err: expect.stringContaining(line) });
    expect(ran.err.trim().split('\n')).toHaveLength(1);
  });

  test('a folder that may not be written keeps its file, and that is one line', async () => {
    const own = folder();
    writeFileSync(join(own, 'feeds.yaml'), readFileSync(join(root, 'config', 'feeds.yaml')));
    chmodSync(own, 0o555);
    // Root may write everywhere: then somebody else asks.
    const who = process.getuid?.() === 0 ? { uid: 65_534 } : {};
    const err = await new Promise<string>((done) =>
      execFile(attache, ['--config', own, 'feeds', 'remove', 'us-state'], { env: { PATH: process.env.PATH }, ...who }, (_, __, said) =>
        done(said),
      ),
    );
    expect(err).toMatch(/^attache: .*feeds\.yaml\.new: may not be read or written here.*\(EACCES\); nothing was changed\n$/);
    expect(readFileSync(join(own, 'feeds.yaml'), 'utf8')).toContain('id: us-state');
  });

  test('a folder that is not there is no folder, and a wrong entry is named with the file that holds it', async () => {
    expect(await run(['--config', '/no/such/folder', 'feeds', 'list'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('found no folder "/no/such/folder"'),
    });
    const own = folder();
    writeFileSync(join(own, 'regions.yaml'), 'Sahel: [Mali]\n');
    expect((await run(['--config', own, 'feeds', 'list'])).err).toContain(`attache: ${join(own, 'regions.yaml')}:1: Sahel.0: found "Mali"`);
    expect((await run(['feeds', 'test', 'nosuch'])).err).toContain('no source has the id "nosuch"');
  });

  test('classify answers line by line, in order, and goes on after a bad one', async () => {
    const lines = [
      '{"id":"a","title":"US temporarily relocates embassy in Ukraine from Kyiv to Lviv"}',
      'not json',
      '{"id":"b","title":"Embassy Suites opens a tower"}',
      '{"id":3}',
    ];
    const { code, out } = await run(['classify'], lines.join('\n'));
    const [first, second, third, fourth] = linesOf(out);
    expect(code).toBe(1);
    expect(first).toMatchObject({
      id: 'a',
      alert: true,
      findings: [
        {
          kind: 'embassy-relocation',
          status: 'happening',
          sender: 'US',
          hosts: ['UA'],
          fromCity: 'Kyiv',
          toCity: 'Lviv',
          level: null,
          direction: null,
        },
      ],
    });
    expect(second).toEqual({ error: 'not a JSON object', line: 2 });
    expect(third).toEqual({ id: 'b', alert: false, confidence: 0, findings: [] });
    expect(fourth).toMatchObject({ line: 4, error: expect.stringContaining('title') });
  });

  test('the evidence points at the exact words', async () => {
    const title = 'UK advises against all travel to Israel';
    const [verdict] = linesOf((await run(['classify'], JSON.stringify({ id: 1, title }))).out) as {
      findings: { level: number; evidence: { start: number; end: number; role: string }[] }[];
    }[];
    const words = verdict?.findings[0]?.evidence.map(({ start, end, role }) => `${role}: ${title.slice(start, end)}`);
    expect(words).toEqual(expect.arrayContaining(['actor: UK', 'host: Israel']));
    expect(verdict?.findings[0]?.level).toBe(4);
  });

  test('parse gives a feed as JSON, dates in UTC', async () => {
    const xml =
      '<rss version="2.0"><channel><title>A &amp; B</title><link>/home</link><item><title>One</title><link>/1</link><pubDate>Mon, 14 Feb 2022 17:00:00 +0100</pubDate><description>&lt;p&gt;Hello&lt;/p&gt;</description></item><item><title>Later</title><guid isPermaLink="false">x</guid><pubDate>2050-01-01</pubDate></item></channel></rss>';
    const { out } = await run(['parse', '-', '--base', 'https://news.example/feed', '--at', '2022-03-01T00:00:00Z'], xml);
    expect(JSON.parse(out)).toEqual({
      feed: { title: 'A & B', url: 'https://news.example/home', format: 'rss' },
      items: [
        {
          id: 'https://news.example/1',
          title: 'One',
          url: 'https://news.example/1',
          publishedAt: '2022-02-14T16:00:00.000Z',
          summary: 'Hello',
        },
        { id: 'x', title: 'Later', url: '', publishedAt: '2022-03-01T00:00:00.000Z', summary: '' },
      ],
    });
    expect(await run(['parse', '-'], '<html><body>no</body></html>')).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining('HTML'),
    });
  });

  test('a replay tells the story of the demo, the same bytes each time, and renders for each platform', async () => {
    const first = await run(['replay', join(root, 'config', 'demo'), '--assignments']);
    expect(await run(['replay', join(root, 'config', 'demo'), '--assignments'])).toEqual(first);
    const lines = linesOf(first.out);
    const changes = lines.filter((line) => 'type' in line);
    expect(changes.slice(0, 4).map(({ type, kind, sender, hosts, severity }) => ({ type, kind, sender, hosts, severity }))).toEqual([
      { type: 'new', kind: 'embassy-relocation', sender: 'US', hosts: ['UA'], severity: 4 },
      { type: 'counted', kind: 'embassy-relocation', sender: 'US', hosts: ['UA'], severity: 4 },
      { type: 'update', kind: 'embassy-relocation', sender: 'US', hosts: ['UA'], severity: 4 },
      { type: 'lifted', kind: 'embassy-reopening', sender: 'US', hosts: ['UA'], severity: 1 },
    ]);
    const of = (id: string) => lines.find((line) => line.item === id);
    expect(of('northern-2')).toMatchObject({ eventId: changes[0]?.eventId });
    expect(of('courier-2')).toMatchObject({ eventId: null, dropped: expect.any(String) });
    for (const platform of ['slack', 'discord', 'terminal']) {
      const rendered = linesOf(
        (await run(['render', '--platform', platform], changes.map((line) => JSON.stringify(line)).join('\n'))).out,
      ) as unknown as { call: string; body: unknown }[][];
      expect(rendered[0]?.map(({ call }) => call)).toEqual(['post']);
      expect(rendered[1]?.map(({ call }) => call)).toEqual(['edit']);
      expect(rendered[2]?.map(({ call }) => call)).toEqual(['edit', 'reply']);
      expect(JSON.stringify(rendered[0])).toContain('Lviv');
    }
  });

  test('the demo shows first report, a second outlet counted, confirmation and lifting', async () => {
    const { code, out } = await run(['demo']);
    expect(code).toBe(0);
    expect(out).toMatch(
      /NEW #([0-9a-f]{6})[\s\S]*without noise[\s\S]*UPDATE of #\1[\s\S]*reported by 2\W+outlets[\s\S]*UPDATE of #\1[\s\S]*confirmed[\s\S]*LIFTED #\1/,
    );
  });
});

describe('attache run --once', () => {
  let server: Server;
  let port: number;
  let news = item('old', 'US temporarily relocates embassy in Ukraine from Kyiv to Lviv');

  beforeAll(async () => {
    server = createServer((request, response) => {
      if (request.url === '/news.xml') response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(feed(news));
      else if (request.url === '/page.xml')
        response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><html><body>Just a moment</body></html>');
      else if (request.url === '/broken.xml') response.writeHead(200).end('not xml at all');
      else if (request.url === '/slow.xml') response.writeHead(200);
      else response.writeHead(500).end();
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  function configWith(names: readonly string[]): string {
    const dir = folder();
    const feeds = names.map(
      (name) =>
        `  - { id: ${name}, url: "http://127.0.0.1:${port}/${name}.xml", kind: news, tier: media, source: ${name}, language: en, everyMinutes: 1, licence: l, attribution: a, terms: open, on: true }`,
    );
    writeFileSync(join(dir, 'feeds.yaml'), `feeds:\n${feeds.join('\n')}\n`);
    const settings = 'collect: { parallel: 4, maxMegabytes: 1, deadlineSeconds: 1, allowHosts: ["127.0.0.1"] }\nsend: { attempts: 3 }\n';
    writeFileSync(join(dir, 'attache.yaml'), settings);
    return dir;
  }

  test('a first read alerts nothing and shows what the last days hold; each broken source is one line, the rest runs on', async () => {
    const dir = configWith(['news', 'page', 'broken', 'slow', 'down']);
    const { code, out, err } = await run(['--config', dir, 'run', '--once', '--database', join(dir, 'a.db')]);
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(out).toContain('Read 1 of 5 sources');
    expect(out).toMatch(/page: .*HTML/);
    expect(out).toMatch(/broken: .+/);
    expect(out).toMatch(/slow: .*1 s/);
    expect(out).toMatch(/down: .*500/);
    expect(out).toContain('US embassy moves from Kyiv to Lviv');
    expect(out).not.toMatch(/NEW #/);
    expect(out).toContain('this terminal watches everywhere from Notice up (subscription 1)');
  });

  test('what comes after the first read is alerted once', async () => {
    const dir = configWith(['news']);
    const database = join(dir, 'a.db');
    const once = () => run(['--config', dir, 'run', '--once', '--database', database]);
    await once();
    news = `${news}${item('new', 'Germany closes embassy in Mali after attack')}`;
    // The feed is due again a minute later: a new database of the same state would not know it, so time is what is moved.
    const { DatabaseSync } = await import('node:sqlite');
    const due = () => {
      const db = new DatabaseSync(database);
      db.exec("update cursor set json = json_set(json, '$.nextAt', 0)");
      db.close();
    };
    due();
    const second = await once();
    expect(second.out.match(/NEW #/g)).toHaveLength(1);
    expect(second.out).toContain('Mali');
    // The first look is of a first read.
    expect(second.out).not.toContain('What the last days hold');
    due();
    expect((await once()).out).not.toMatch(/NEW #/);
  });

  test('what was recorded is replayed: the second read alerts what was new in it, as it did live', async () => {
    const dir = configWith(['news']);
    const record = join(dir, 'record');
    const once = (database: string) => run(['--config', dir, 'run', '--once', '--database', join(dir, database), '--record', record]);
    await once('a.db');
    news = `${news}${item('recorded', 'Spain closes embassy in Niger after attack')}`;
    await once('b.db');
    const lines = linesOf((await run(['--config', dir, 'replay', record])).out);
    expect(lines.map(({ type, sender, hosts }) => ({ type, sender, hosts }))).toEqual([{ type: 'new', sender: 'ES', hosts: ['NE'] }]);
  });

  test('where no source can be reached it says so, names the reasons, and plays a recording marked as one', async () => {
    const dir = configWith(['down']);
    const { code, out, err } = await run(['--config', dir, 'run', '--once', '--database', join(dir, 'a.db')]);
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(out).toContain('down: the publisher');
    expect(out).toContain('RECORDING');
    expect(out).toContain('Lviv');
    // What is not kept cannot be asked about.
    expect(out).not.toMatch(/\b(?:why|ack) [0-9a-f]{6}|#[0-9a-f]{6}|Alert [0-9a-f]{6}|Subscription 1/);
    expect(out).toContain('UPDATE of the recorded alert');
    expect(out).toContain('The recording is over, and nothing of it is kept');
  });

  test('a wrong setting, a database of another program, one that is in use: each one clear line', async () => {
    const dir = configWith(['news']);
    const wrong = configWith(['news']);
    writeFileSync(join(wrong, 'regions.yaml'), 'Gulf: [Bahrain]\n');
    expect(await run(['--config', wrong, 'run', '--once'])).toMatchObject({
      code: 1,
      err: expect.stringMatching(/\/regions\.yaml:1: Gulf\.0: found "Bahrain"; allowed: an ISO country code/),
    });
    const foreign = join(dir, 'foreign.db');
    writeFileSync(foreign, 'this is no database at all, but a text that is long enough to look at');
    expect(await run(['--config', dir, 'run', '--once', '--database', foreign])).toMatchObject({
      code: 1,
      err: expect.stringContaining('not a database of ours'),
    });

    const database = join(dir, 'held.db');
    const holder = spawn(attache, ['--config', dir, 'run', '--database', database], { env: { PATH: process.env.PATH } });
    await new Promise<void>((ready) => holder.stdout.once('data', () => ready()));
    expect(await run(['--config', dir, 'run', '--once', '--database', database])).toMatchObject({
      code: 1,
      err: expect.stringContaining('in use by another Attaché'),
    });
    const ended = new Promise<number | null>((done) => holder.once('exit', done));
    holder.kill('SIGTERM');
    expect(await ended).toBe(0);
  });
});
