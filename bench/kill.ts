/**
 * `node bench/kill.ts [kills]`: a bot that is killed (SIGKILL) at random moments while it delivers to Slack, and started again each time. At the end
 * every message must stand once, in the order of its channel.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../adapters/clock.ts';
import { createSlack } from '../adapters/slack/platform.ts';
import { openSqlite } from '../adapters/store/sqlite.ts';
import type { Delivery } from '../src/model.ts';
import type { Store } from '../src/ports.ts';
import { createSender } from '../src/send/sender.ts';
import { startSlack, unpaced } from '../tests/harness-slack.ts';
import { anAlert, hooksThat } from '../tests/messages.ts';

const perKill = 40;
const perChannel = 10;
/** Of one call to the harness, so that a kill finds many under way (ms). */
const latency = 100;
const leaseMs = 2_000;
const finished = 'finished';

async function openStore(file: string): Promise<Store> {
  const opened = await openSqlite(file);
  if ('problem' in opened) throw new Error(opened.problem);
  return opened.store;
}

/** The bot that is killed: sends what waits, then leaves. */
async function deliverAll(file: string, access: { readonly apiUrl: string; readonly botToken: string; readonly appToken: string }) {
  const store = await openStore(file);
  const observe = { log: () => {} };
  const platform = createSlack({ ...access, observe, pace: unpaced });
  const outcome = await platform.start(hooksThat({}));
  if (outcome.kind === 'refused') throw new Error(outcome.reason);
  const settings = { owner: `bot ${process.pid}`, leaseMs, parallel: 16, attempts: 12, plan: () => [] };
  const ports = { store, platforms: new Map([[platform.name, platform]]), clock: systemClock, random: Math.random, observe };
  const enough = new AbortController();
  const running = createSender(ports, settings).run(enough.signal);
  process.stdout.write('ready\n');
  for (let open = 1; open > 0; ) {
    await systemClock.sleep(100);
    const { ready, sending, unknown } = await store.deliveries({});
    open = ready + sending + unknown;
  }
  enough.abort();
  await running;
  await platform.stop();
  await store.close();
  process.stdout.write(`${finished}\n`);
}

async function killed(kills: number): Promise<boolean> {
  const channels = Array.from({ length: Math.ceil((kills * perKill) / perChannel) }, (_, index) => `kill-${index}`);
  const slack = await startSlack({ channels });
  slack.latency(latency);
  const lanes = (await slack.channels()).filter(({ name }) => name.startsWith('kill-')).map(({ id }) => id);
  const file = join(mkdtempSync(join(tmpdir(), 'attache-kill-')), 'a.db');
  const store = await openStore(file);
  const numbers = Array.from({ length: perChannel }, (_, index) => index);
  for (const number of numbers) await store.enqueue({ [`m${number}`]: { ...anAlert(`message ${number}`), severity: 2 } }, []);
  const all = numbers.flatMap((number) => lanes.map((channel) => post(`slack:${slack.team}:${channel}`, number)));
  for (let from = 0; from < all.length; from += 500) await store.enqueue({}, all.slice(from, from + 500));
  await store.close();

  let done = 0;
  for (let round = 0; ; round += 1) {
    const child = spawn(process.execPath, [import.meta.filename, '--bot', file, JSON.stringify(slack.access)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.on('data', (chunk) => {
      said += String(chunk);
    });
    await once(child.stdout, 'data');
    if (round < kills && !said.includes(finished)) {
      await systemClock.sleep(Math.random() * 400);
      if (child.kill('SIGKILL')) done += 1;
    }
    await once(child, 'close');
    if (said.includes(finished)) break;
  }
  slack.latency(0);
  const looks = slack.calls.filter((call) => call === 'conversations.history').length;
  const stands = await Promise.all(lanes.map(async (channel) => (await slack.messages(channel)).map(({ text }) => text).join()));
  const wanted = numbers.map((number) => `message ${number}`).join();
  const wrong = stands.filter((stand) => stand !== wanted);
  console.log(`killed ${done} times during ${all.length.toLocaleString('en')} messages to ${lanes.length} channels`);
  console.log(`  ${looks} times it had to look whether a message had arrived`);
  console.log(`  ${wrong.length} channels with a message lost, twice or out of order; ${slack.violations.length} violations`);
  if (wrong[0] !== undefined) console.log(`  for example: ${wrong[0]}`);
  await slack.close();
  return wrong.length === 0 && slack.violations.length === 0;
}

function post(lane: string, number: number): Delivery {
  return {
    key: `${lane} ${number}`,
    lane,
    subject: `e${number}`,
    revision: 1,
    act: 'post',
    messageId: `m${number}`,
    notBefore: 0,
    because: ['1'],
    living: true,
  };
}

const [first = '100', file = '', access = ''] = process.argv.slice(2);
if (first === '--bot') await deliverAll(file, JSON.parse(access) as Parameters<typeof deliverAll>[1]);
else process.exitCode = (await killed(Number(first))) ? 0 : 1;
