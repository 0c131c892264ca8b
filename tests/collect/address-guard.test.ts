import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createGuard, isPrivateAddress } from '../../src/collect/address-guard.ts';

const refuses = (address: string, allowHosts: readonly string[] = []) => createGuard(allowHosts).refuses(new URL(address));

/** What the lookup gives for a name that resolves to these addresses. */
function looked(addresses: readonly string[], allowHosts: readonly string[] = [], all = true): Promise<string | readonly LookupAddress[]> {
  const resolve: LookupFunction = (_, __, done) =>
    done(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  return new Promise((found, refused) => {
    createGuard(allowHosts, resolve).lookup('feeds.test', { all }, (error, address) => (error ? refused(error) : found(address)));
  });
}

describe('literal addresses', () => {
  test.each([
    'http://127.0.0.1/',
    'http://127.1/',
    'http://0x7f.1/',
    'http://0x7f000001/',
    'http://2130706433/',
    'http://017700000001/',
    'http://127.0.0.1./',
    'http://①②⑦.⓪.⓪.①/',
    'http://127。0。0。1/',
    'http://%31%32%37.0.0.1/',
    'http://user:pass@127.0.0.1/',
    'http://localhost/',
    'http://LOCALHOST./',
    'http://feeds.localhost/',
    'http://0/',
    'http://0.0.0.0/',
    'http://[::]/',
    'http://[::1]/',
    'http://[0:0:0:0:0:0:0:1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://[::127.0.0.1]/',
    'http://[::ffff:0:127.0.0.1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://[2002:7f00:1::]/',
    'http://[2001:0:4136:e378:8000:63bf:80ff:fffe]/',
    'http://[fe80::5efe:10.0.0.1]/',
    'http://[2a00:1450::200:5efe:10.0.0.1]/',
  ])('%s leads into the machine or its network', (address) => {
    expect(refuses(address)).toContain('private address');
  });

  test.each([
    'http://169.254.169.254/latest/meta-data/',
    'http://0xa9fea9fe/',
    'http://2852039166/',
    'http://[::ffff:169.254.169.254]/',
    'http://[::ffff:a9fe:a9fe]/',
    'http://[64:ff9b::a9fe:a9fe]/',
    'http://[fd00:ec2::254]/',
    'http://100.100.100.200/',
    'http://192.0.0.192/',
    'http://168.63.129.16/',
  ])('%s is a metadata address', (address) => {
    expect(refuses(address)).toContain('private address');
  });

  test.each([
    'http://10.1.2.3/',
    'http://172.31.255.255/',
    'http://192.168.1.1/',
    'http://100.64.0.1/',
    'http://[fc00::1]/',
    'http://[fe80::1]/',
  ])('%s is a private network', (address) => expect(refuses(address)).toContain('private address'));

  test.each(['https://www.gov.uk/', 'http://8.8.8.8/', 'http://172.32.0.1/', 'http://[2606:4700::1111]/', 'http://[64:ff9b::808:808]/'])(
    '%s is open',
    (address) => expect(refuses(address)).toBeUndefined(),
  );

  test.each(['file:///etc/passwd', 'ftp://feeds.test/', 'data:text/xml,<rss/>', 'gopher://feeds.test/'])(
    '%s is no web address',
    (address) => {
      expect(refuses(address)).toBe('not an http(s) address');
    },
  );

  test('every IPv4 address that is closed is closed inside IPv6 as well', () => {
    const octet = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(octet, octet, octet, octet, (...octets) => {
        const address = octets.join('.');
        expect(isPrivateAddress(`::ffff:${address}`)).toBe(isPrivateAddress(address));
        expect(isPrivateAddress(`64:ff9b::${address}`)).toBe(isPrivateAddress(address));
      }),
    );
  });
});

describe('names', () => {
  test('only open addresses of a name are given to the connector', async () => {
    expect(await looked(['127.0.0.1', '93.184.216.34', '::1'])).toEqual([{ address: '93.184.216.34', family: 4 }]);
    expect(await looked(['10.0.0.1', '93.184.216.34'], [], false)).toBe('93.184.216.34');
  });

  test('a name that resolves to closed addresses only is refused', async () => {
    await expect(looked(['169.254.169.254', '::ffff:10.0.0.1'])).rejects.toThrow('private address');
  });

  test('a host that the operator named is let through', async () => {
    expect(await looked(['10.0.0.1'], ['feeds.test'])).toEqual([{ address: '10.0.0.1', family: 4 }]);
    expect(refuses('http://127.0.0.1:8080/', ['127.0.0.1:8080'])).toBeUndefined();
    expect(refuses('http://[::1]:8080/', ['[::1]:8080'])).toBeUndefined();
    expect(refuses('http://127.0.0.1:8081/', ['127.0.0.1:8080'])).toContain('private address');
  });
});

test('the connected socket is judged by where it really went', () => {
  const guard = createGuard(['intranet.test:8080']);
  expect(guard.refusesPeer('feeds.test', '443', '93.184.216.34')).toBeUndefined();
  expect(guard.refusesPeer('feeds.test', '443', '::ffff:127.0.0.1')).toContain('private address');
  expect(guard.refusesPeer('feeds.test', '443', undefined)).toContain('private address');
  expect(guard.refusesPeer('intranet.test', '8080', '10.0.0.1')).toBeUndefined();
  expect(guard.refusesPeer('intranet.test', '80', '10.0.0.1')).toContain('private address');
});
