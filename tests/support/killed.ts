/** Deliveries whose process is killed again and again (kill -9), until all of them arrived: what stands in the channels afterwards. */
import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { openPostgres } from '../../adapters/store/postgres.ts';
import { openSqlite } from '../../adapters/store/sqlite.ts';
import { alertMessageId, updateNoteId } from '../../src/match/message-ids.ts';
import type { AlertKind } from '../../src/model/event.ts';
import type { Store } from '../../src/ports/store.ts';
import { startDiscord } from './discord/harness.ts';
import type { Told } from './killed-sender.ts';
import { anAlert } from './messages.ts';
import { startSlack } from './slack/harness.ts';
import { aChannel, anEvent, aStory, aSubscription, decisionFor } from './stored.ts';

export interface Killed {
  /** How often the process was killed before everything had arrived. */
  readonly kills: number;
  /** What stands in each channel and its threads, sorted. */
  readonly channels: readonly (readonly string[])[];
  readonly violations: readonly string[];
}

/** What must be in every channel: the living message in its last form, the note on it, and the other alert with its outlets counted; each once. */
export const whole: readonly string[] = ['first alert, form 2', 'note on the first alert', 'second alert, form 1, 2 outlets'];

interface Stage {
  readonly lanes: readonly string[];
  readonly told: Omit<Told, 'database' | 'leaseMs'>;
  textsIn(lane: string): Promise<readonly string[]>;
  readonly violations: readonly string[];
  close(): Promise<void>;
}

const leaseMs = 1_500;
/**
 * @param most kills; after them the process is left alone to finish
 * @param longestLife how long a process lives at most once it sends (ms): until somewhere in the middle of its work
 * @param database an empty PostgreSQL database's address; without it a SQLite file
 */
export async function killedDeliveries(
  platform: 'slack' | 'discord',
  channels: number,
  most: number,
  longestLife = 250,
  database = join(mkdtempSync(join(tmpdir(), 'attache-killed-')), 'a.db'),
): Promise<Killed> {
  const stage = platform === 'slack' ? await inSlack(channels) : await onDiscord(channels);
  await watching(database, stage.lanes);
  const told: Told = { ...stage.told, database, leaseMs };
  let kills = 0;
  for (const [done, steps] of phases.entries()) {
    await alerted(database, steps);
    const end = (most * (done + 1)) / phases.length;
    while (!(await sent(told, kills < end ? Math.random() * longestLife : undefined))) kills += 1;
  }
  const standing: (readonly string[])[] = [];
  for (const lane of stage.lanes) standing.push((await stage.textsIn(lane)).toSorted());
  await stage.close();
  return { kills, channels: standing, violations: stage.violations };
}

interface Step {
  readonly id: string;
  readonly kind: AlertKind;
  readonly revision: number;
  readonly text: string;
  /** Another outlet is counted in the message, which has arrived before. */
  readonly silent?: true;
}

/** An alert and its update to every channel, then another alert; once these have arrived, another outlet of the second. */
const phases: readonly (readonly Step[])[] = [
  [
    { id: 'first', kind: 'new', revision: 1, text: 'first alert, form 1' },
    { id: 'first', kind: 'update', revision: 2, text: 'first alert, form 2' },
    { id: 'second', kind: 'new', revision: 1, text: 'second alert, form 1' },
  ],
  [{ id: 'second', kind: 'new', revision: 1, text: 'second alert, form 1, 2 outlets', silent: true }],
];

async function opened(database: string): Promise<Store> {
  const open = await (database.startsWith('postgres:') ? openPostgres(database) : openSqlite(database));
  if ('problem' in open) throw new Error(open.problem);
  return open.store;
}

async function watching(database: string, lanes: readonly string[]): Promise<void> {
  const store = await opened(database);
  for (const lane of lanes) {
    await store.saveChannel(aChannel(lane));
    await store.saveSubscription(aSubscription(lane));
  }
  await store.close();
}

async function alerted(database: string, steps: readonly Step[]): Promise<void> {
  const store = await opened(database);
  for (const { id, kind, revision, text, silent } of steps) {
    const event = { ...anEvent(id), revision, alertedRevision: revision };
    const decision = decisionFor(event);
    const messages = {
      [alertMessageId(`${id}@${revision}`, 'en')]: anAlert(text),
      ...(!silent && { [updateNoteId(`${id}@${revision}`, 'en')]: anAlert(`note on the ${id} alert`) }),
    };
    // What is counted is gathered for a minute: this one has passed.
    const more = silent ? { id: `${id}@${revision}+1`, silent, at: Date.now() - 120_000 } : { at: Date.now() };
    const alerts = decision.alerts.map(({ alert }) => ({ alert: { ...alert, kind, ...more }, messages }));
    await store.decide(aStory(`${id}-${revision}-${text.length}`, Date.now()), ['UA'], () => ({ ...decision, alerts }));
  }
  await store.close();
}

/** Runs the sender. Gives true where it finished, false where it was killed. @param lifeMs after it began to send */
async function sent(told: Told, lifeMs: number | undefined): Promise<boolean> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'killed-sender.ts'), JSON.stringify(told)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((done) => child.once('close', () => done()));
  let done = false;
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === 'done') done = true;
    if (line === 'sending' && lifeMs !== undefined) void sleep(lifeMs).then(() => child.kill('SIGKILL'));
  }
  await ended;
  if (!done && lifeMs === undefined) throw new Error(`the sender ended by itself with ${child.exitCode}`);
  return done;
}

async function inSlack(channels: number): Promise<Stage> {
  const names = Array.from({ length: channels }, (_, at) => `channel-${at}`);
  const slack = await startSlack({ channels: names });
  const ids = (await slack.channels()).filter(({ name }) => names.includes(name)).map(({ id }) => id);
  return {
    lanes: ids.map((id) => `slack:${slack.team}:${id}`),
    told: { platform: 'slack', apiUrl: slack.access.apiUrl, token: slack.access.botToken, appToken: slack.access.appToken },
    textsIn: async (lane) => {
      const channel = lane.split(':')[2] ?? '';
      return patiently(async () => (await slack.withThreads(channel)).map(({ text }) => text));
    },
    violations: slack.violations,
    close: () => slack.close(),
  };
}

/** The emulator takes so many questions a minute, and no more. */
async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (let turn = 0; turn < 90; turn += 1) {
    const answer = await ask().catch(() => undefined);
    if (answer !== undefined) return answer;
    await sleep(1_000);
  }
  return ask();
}

async function onDiscord(channels: number): Promise<Stage> {
  const discord = await startDiscord();
  const ids = Array.from({ length: channels }, () => discord.addChannel({ guild: discord.guild }));
  return {
    lanes: ids.map((id) => `discord:${discord.guild}:${id}`),
    told: { platform: 'discord', apiUrl: discord.apiUrl, token: discord.token, appToken: '' },
    textsIn: async (lane) => {
      const here = discord.messagesIn(lane.split(':')[2] ?? '');
      // The thread of a message bears its id.
      const all = here.flatMap((message) => [message, ...discord.messagesIn(message.id)]);
      return all.map(({ content }) => content.replaceAll('*', ''));
    },
    violations: discord.violations,
    close: () => discord.close(),
  };
}
