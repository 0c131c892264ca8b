/**
 * Where a request may go. People add feeds, so an address must not lead into the machine or the
 * network that Attaché runs in. The literal address, what the name resolves to, and the socket's
 * actual peer are checked, again for each redirect.
 */
import { lookup as resolveName } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { refusal } from './fetch-errors.ts';

/** IANA special-purpose registries, and Azure's metadata address, which is in public space. */
const closedV4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['168.63.129.16', 32],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const;

const closedV6 = [
  ['::', 128],
  ['::1', 128],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001:db8::', 32],
  ['5f00::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const;

const closed = new BlockList();
for (const [net, bits] of closedV4) closed.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of closedV6) closed.addSubnet(net, bits, 'ipv6');

/**
 * Returns whether an address is loopback, private, link-local, shared, metadata or multicast,
 * including IPv4 addresses embedded in IPv6.
 */
export function isPrivateAddress(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  const family = isIP(bare);
  if (family === 4) return closed.check(bare, 'ipv4');
  if (family !== 6) return false;
  return closed.check(bare, 'ipv6') || embedded(bare).some((inner) => closed.check(inner, 'ipv4'));
}

/**
 * Returns the IPv4 addresses embedded in an IPv6 one: mapped, translated, compatible, NAT64, 6to4,
 * Teredo, ISATAP.
 */
function embedded(address: string): readonly string[] {
  const groups = groupsOf(address);
  const at = (index: number) => groups[index] ?? 0;
  const dotted = (high: number, low: number) => `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
  const last = dotted(at(6), at(7));
  const zeros = (until: number) => groups.slice(0, until).every((group) => group === 0);
  if (zeros(6) || (zeros(5) && at(5) === 0xffff) || (zeros(4) && at(4) === 0xffff)) return [last];
  if (at(0) === 0x64 && at(1) === 0xff9b) return [last];
  if (at(0) === 0x2002) return [dotted(at(1), at(2))];
  if (at(0) === 0x2001 && at(1) === 0) return [dotted(at(2), at(3)), dotted(at(6) ^ 0xffff, at(7) ^ 0xffff)];
  if ((at(4) & 0xfdff) === 0 && at(5) === 0x5efe) return [last];
  return [];
}

/** The eight groups; URL normalises every spelling, dotted ones too, to hexadecimal groups. */
function groupsOf(address: string): readonly number[] {
  const host = URL.parse(`http://[${address}]/`)?.hostname.slice(1, -1) ?? '::';
  const [head = '', tail = ''] = host.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === '' ? [] : tail.split(':');
  const gap = Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0');
  return [...left, ...gap, ...right].map((group) => Number.parseInt(group, 16));
}

export interface Guard {
  /**
   * Returns whether the operator allowed both and they are the same host, so that one may redirect
   * to the other.
   */
  allowsBoth(one: URL, other: URL): boolean;
  /** Returns why this address may not be fetched, or undefined. */
  refuses(url: URL): string | undefined;
  /** For the connector: resolves a name to public addresses only. */
  readonly lookup: LookupFunction;
  /** For the connected socket: the last check, on its actual peer. */
  refusesPeer(host: string, port: string, peer: string | undefined): string | undefined;
}

const closedWords = 'a private address (collect.allowHosts in attache.yaml lets a feed of its own through)';

/** @param allowHosts `host` or `host:port` that may be private: tests and intranets */
export function createGuard(allowHosts: readonly string[], resolve: LookupFunction = resolveName): Guard {
  const bare = (host: string) => host.toLowerCase().replace(/^\[|\]$/g, '');
  const whole = new Set(allowHosts.map((one) => bare(one)));
  const withPort = new Set(allowHosts.map((one) => one.toLowerCase().replaceAll(/[[\]]/g, '')));
  const named = new Set(allowHosts.map((one) => bare(one.replace(/:\d+$/, ''))));
  const allowed = (host: string, port: string) => whole.has(bare(host)) || withPort.has(`${bare(host)}:${port}`);

  return {
    allowsBoth: (one, other) =>
      bare(one.hostname) === bare(other.hostname) && allowed(one.hostname, portOf(one)) && allowed(other.hostname, portOf(other)),
    refuses: (url) => {
      if (url.protocol !== 'http:' && url.protocol !== 'https:') return 'not an http(s) address';
      if (allowed(url.hostname, portOf(url))) return undefined;
      const local = /(?:^|\.)localhost\.?$/.test(url.hostname);
      return local || isPrivateAddress(url.hostname) ? closedWords : undefined;
    },
    lookup: (host, options, done) =>
      resolve(host, { ...options, all: true }, (error, found) => {
        if (error) return done(error, '');
        const addresses = Array.isArray(found) ? found : [{ address: found, family: isIP(found) }];
        const open = named.has(bare(host)) ? addresses : addresses.filter(({ address }) => !isPrivateAddress(address));
        const [first] = open;
        if (!first) return done(refusal(closedWords), '');
        return options.all ? done(null, open) : done(null, first.address, first.family);
      }),
    refusesPeer: (host, port, peer) => (allowed(host, port) || (peer !== undefined && !isPrivateAddress(peer)) ? undefined : closedWords),
  };
}

export function portOf(url: { readonly port: string; readonly protocol: string }): string {
  return url.port || (url.protocol === 'https:' ? '443' : '80');
}
