/** The process that is killed: a sender over a database and one platform, told on its command line. `killed.ts` starts it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createDiscord } from '../../adapters/discord/platform.ts';
import { createSlack } from '../../adapters/slack/platform.ts';
import { openPostgres } from '../../adapters/store/postgres.ts';
import { openSqlite } from '../../adapters/store/sqlite.ts';
import { createPlan } from '../../src/match/fan-out.ts';
import { createSender } from '../../src/send/sender.ts';
import { hooksThat } from './messages.ts';
import { unpaced } from './slack/harness.ts';

export interface Told {
  /** A file, or the address of a PostgreSQL database. */
  readonly database: string;
  readonly platform: 'slack' | 'discord';
  readonly apiUrl: string;
  readonly token: string;
  readonly appToken: string;
  /** How long a lane is held (ms): what a killed process left is looked up after it. */
  readonly leaseMs: number;
}

const told = JSON.parse(process.argv[2] ?? '{}') as Told;
const opened = await (told.database.startsWith('postgres:') ? openPostgres(told.database) : openSqlite(told.database));
if ('problem' in opened) throw new Error(opened.problem);
const observe = { log: () => {} };
const platform =
  told.platform === 'slack'
    ? createSlack({ botToken: told.token, appToken: told.appToken, apiUrl: told.apiUrl, observe, pace: unpaced })
    : createDiscord({ token: told.token, apiUrl: told.apiUrl });
const started = await platform.start(hooksThat({}));
if (started.kind === 'refused') throw new Error(started.reason);
const { store } = opened;
const clock = { now: Date.now, sleep: (ms: number, signal?: AbortSignal) => sleep(ms, undefined, { signal }).catch(() => undefined) };
const sender = createSender(
  { store, platforms: new Map([[platform.name, platform]]), clock, random: Math.random, observe },
  { owner: `${process.pid}`, plan: createPlan((code) => code), leaseMs: told.leaseMs, parallel: 8, attempts: 50 },
);
process.stdout.write('sending\n');
const stop = new AbortController();
const running = sender.run(stop.signal);
// It ends by itself once nothing is left, so that whoever kills it knows.
for (;;) {
  await sleep(100);
  const { ready, sending, unknown } = await store.deliveries({});
  if (ready + sending + unknown === 0) break;
}
stop.abort();
await running;
await platform.stop();
await store.close();
process.stdout.write('done\n');
process.exit(0);
