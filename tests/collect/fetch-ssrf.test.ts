import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFetcher, type Fetcher } from '../../src/collect/fetch.ts';
import { redirect, startWeb, type Web } from '../support/web.ts';

/** Addresses that must never be asked, in every spelling that a URL knows, typed by a person, sent by a publisher, or hidden behind a name. */
let web: Web;
let fetcher: Fetcher;

beforeAll(async () => {
  web = await startWeb();
  fetcher = createFetcher({
    userAgent: 'Attache/1',
    allowHosts: [web.host],
    lookup: (host, _, done) => done(null, [{ address: hidden.get(host) ?? '127.0.0.1', family: host.startsWith('six') ? 6 : 4 }]),
  });
});

afterAll(async () => {
  await fetcher.close();
  await web.close();
});

const closed = [
  '127.0.0.1',
  '127.1.2.3',
  '10.0.0.8',
  '172.16.9.1',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '168.63.129.16',
  '0.0.0.0',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
];

function spellingsOf(address: string): readonly string[] {
  const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
  const whole = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
  const hex = (value: number) => value.toString(16).padStart(2, '0');
  const groups = `${hex(a)}${hex(b)}:${hex(c)}${hex(d)}`;
  return [
    address,
    String(whole),
    `0x${whole.toString(16)}`,
    [a, b, c, d].map((part) => `0${part.toString(8)}`).join('.'),
    `${a}.${(b << 16) | (c << 8) | d}`,
    `${address}.`,
    `[::ffff:${address}]`,
    `[::ffff:${groups}]`,
    `[64:ff9b::${groups}]`,
    `[2002:${groups}::1]`,
    `[::${groups}]`,
  ];
}

const more = [
  'localhost',
  'LOCALHOST',
  'a.localhost',
  'localhost.',
  '[::1]',
  '[::]',
  '[fe80::1]',
  '[fd00:ec2::254]',
  '[ff02::1]',
  '%6c%6f%63alhost',
  '①②⑦.⓪.⓪.①',
  '127。0。0。1',
];
const hosts = [...closed.flatMap(spellingsOf), ...more];
/** What harmless names resolve to. */
const hidden = new Map(closed.map((address, index): [string, string] => [`name${index}.test`, address]));

test(`${hosts.length} addresses typed are refused, and nothing is connected to`, async () => {
  expect(hosts.length).toBeGreaterThan(140);
  const before = web.connections();
  for (const host of hosts) {
    const outcome = await fetcher.fetch({ url: `http://${host}:${web.port + 1}/` });
    expect([host, outcome]).toMatchObject([host, { kind: 'failed', code: 'refused-address' }]);
  }
  expect(web.connections()).toBe(before);
});

test('the same addresses in a redirect, with another scheme, user or port before them', async () => {
  const asked = () => web.asked.filter(({ path }) => path !== '/lead').length;
  const before = asked();
  // Headers carry ASCII only.
  for (const [index, host] of hosts.filter((one) => /^[\x21-\x7e]+$/.test(one)).entries()) {
    const target = [`http://${host}/`, `https://${host}:8443/x`, `http://open.example@${host}/`, `//${host}/`][index % 4] ?? '';
    web.serve({ '/lead': redirect(target, [301, 302, 303, 307, 308][index % 5]) });
    expect([target, await fetcher.fetch({ url: `${web.origin}/lead` })]).toMatchObject([
      target,
      { kind: 'failed', code: 'refused-address' },
    ]);
  }
  expect(asked()).toBe(before);
});

test('the same addresses behind a name', async () => {
  for (const host of hidden.keys()) {
    expect([host, await fetcher.fetch({ url: `http://${host}/` })]).toMatchObject([host, { kind: 'failed', code: 'refused-address' }]);
  }
});
