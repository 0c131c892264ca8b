/**
 * Where a request may go. People add feeds, so an address must not lead into the machine or the network that Attaché runs in: the literal, what the
 * name resolves to, and the socket's real peer are checked, for each redirect anew.
 */
import { lookup as resolveName } from 'node:dns';
import { BlockList, isIP } from 'node:net';

const closed = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  closed.addSubnet(net, bits, 'ipv4');
}
for (const [net, bits] of [
  ['::', 128],
  ['::1', 128],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
  ['fec0::', 10],
] as const) {
  closed.addSubnet(net, bits, 'ipv6');
}

/** True for loopback, private, link-local, shared, metadata and multicast addresses, also as IPv4 inside IPv6. */
export function isClosed(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  const family = isIP(bare);
  if (family === 4) return closed.check(bare, 'ipv4');
  if (family !== 6) return false;
  return closed.check(bare, 'ipv6') || embedded(bare).some((inner) => closed.check(inner, 'ipv4'));
}

/** The IPv4 addresses that an IPv6 one carries: mapped, compatible, NAT64, 6to4. */
function embedded(address: string): readonly string[] {
  const host = URL.parse(`http://[${address}]/`)?.hostname.slice(1, -1) ?? address;
  const [head = '', tail = ''] = host.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === '' ? [] : tail.split(':');
  const groups = [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right].map((group) =>
    Number.parseInt(group, 16),
  );
  const dotted = (high = 0, low = 0) => `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
  const zeros = (from: number, to: number) => groups.slice(from, to).every((group) => group === 0);
  if (zeros(0, 5) && (groups[5] === 0 || groups[5] === 0xffff)) return [dotted(groups[6], groups[7])];
  if (groups[0] === 0x64 && groups[1] === 0xff9b) return [dotted(groups[6], groups[7])];
  if (groups[0] === 0x2002) return [dotted(groups[1], groups[2])];
  return [];
}

export interface Guard {
  /** The reason why this address may not be asked, or undefined. */
  refuses(url: URL): string | undefined;
  /** For the connector: resolves a name to open addresses only. */
  readonly lookup: typeof resolveName;
  /** For the connected socket: the last check, of where it really went. */
  refusesPeer(host: string, port: string, peer: string | undefined): string | undefined;
}

/** @param allowHosts hosts, or host:port, that may be private: tests and intranets */
export function createGuard(allowHosts: readonly string[], resolve: typeof resolveName = resolveName): Guard {
  const allowed = (host: string, port: string) => allowHosts.includes(host) || allowHosts.includes(`${host}:${port}`);
  const portOf = (url: URL) => url.port || (url.protocol === 'https:' ? '443' : '80');
  const lookup = ((host: string, options: object, done: (error: Error | null, address?: unknown, family?: number) => void) => {
    resolve(host, { ...options, all: true }, (error, found) => {
      if (error) return done(error);
      const open = found.filter(({ address }) => !isClosed(address) || allowHosts.some((one) => one.replace(/:\d+$/, '') === host));
      const [first] = open;
      if (!first) return done(new Error('a private address'));
      return 'all' in options && options.all ? done(null, open) : done(null, first.address, first.family);
    });
  }) as typeof resolveName;
  return {
    refuses: (url) => {
      if (url.protocol !== 'http:' && url.protocol !== 'https:') return 'not an http(s) address';
      if (allowed(url.hostname, portOf(url))) return undefined;
      const local = url.hostname === 'localhost' || url.hostname.endsWith('.localhost');
      return local || isClosed(url.hostname) ? 'a private address (allowHosts in config/attache.yaml lets it through)' : undefined;
    },
    lookup,
    refusesPeer: (host, port, peer) => (peer && isClosed(peer) && !allowed(host, port) ? 'a private address' : undefined),
  };
}
