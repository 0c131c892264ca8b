/** `node bench/poll/one.ts NAME < addresses.json`: one poller measured in a process of its own; prints one line of JSON. */
import { text } from 'node:stream/consumers';
import { pollers } from './pollers.ts';

export interface Measured {
  readonly items: number;
  readonly cold: Effort;
  readonly again?: Effort;
  /** The most that the process ever held. */
  readonly peakMegabytes?: number;
}

export interface Effort {
  readonly ms: number;
  readonly cpuMs: number;
}

if (import.meta.main) await measure();

async function measure(): Promise<void> {
  const kind = pollers.find(({ name }) => name === process.argv[2]);
  if (!kind) throw new Error('say which poller');
  const urls: readonly string[] = JSON.parse(await text(process.stdin));
  const poller = await kind.open(urls);
  let items = 0;
  const cold = await effort(async () => {
    items = await poller.cold();
  });
  await poller.makeDue?.();
  const again = poller.again && (await effort(poller.again));
  const measured: Measured = { items, cold, ...(again && { again }), peakMegabytes: process.resourceUsage().maxRSS / 1024 };
  console.log(JSON.stringify(measured));
  await poller.close();
  process.exit();
}

async function effort(work: () => Promise<void>): Promise<Effort> {
  const began = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { ms: performance.now() - began, cpuMs: (user + system) / 1000 };
}
