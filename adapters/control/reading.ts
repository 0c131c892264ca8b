/**
 * Reads beside a running bot: it alone holds the embedded database, and answers other processes
 * over a socket that only its user can open.
 */
import { chmodSync, existsSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { type StoreReading, storeReadings } from '../../src/ports/store.ts';

/** The longest path of a Unix socket (bytes). */
const longestPath = 100;
/** Limit for an answer (ms). */
const answerMs = 10_000;

type Answered = { readonly result?: unknown } | { readonly failed: string };

const socketOf = (databaseFile: string) => `${databaseFile}.sock`;

/**
 * Answers readers until closed.
 * @returns undefined if the path is too long for a socket: readers then report that a bot holds the
 * database
 */
export async function serveReaders(store: StoreReading, databaseFile: string): Promise<{ close(): Promise<void> } | undefined> {
  const path = socketOf(databaseFile);
  if (Buffer.byteLength(path) > longestPath) return undefined;
  // The database has one holder, so an existing socket is a leftover.
  rmSync(path, { force: true });
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => {});
    createInterface({ input: socket }).on('line', (line) => {
      void answer(store, line).then((answered) => socket.write(`${JSON.stringify(answered)}\n`));
    });
  });
  const before = process.umask(0o177);
  try {
    await new Promise<void>((done, fail) => server.once('error', fail).listen(path, done));
    chmodSync(path, 0o600);
  } finally {
    process.umask(before);
  }
  server.on('error', () => {});
  return {
    close: async () => {
      const closed = new Promise<void>((done) => server.close(() => done()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

async function answer(store: StoreReading, line: string): Promise<Answered> {
  try {
    const { method, given } = JSON.parse(line) as { readonly method: string; readonly given: readonly unknown[] };
    const name = storeReadings.find((one) => one === method);
    if (!name) return { failed: `nothing to read is called ${JSON.stringify(method)}` };
    const call = store[name] as (...given: readonly unknown[]) => Promise<unknown>;
    // JSON turns undefined list entries into null.
    return { result: await call(...given.map((one) => one ?? undefined)) };
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) };
  }
}

/** @returns what the bot that holds the database knows; undefined if none answers */
export async function readBeside(databaseFile: string): Promise<StoreReading | undefined> {
  const path = socketOf(databaseFile);
  if (Buffer.byteLength(path) > longestPath || !existsSync(path)) return undefined;
  const socket = connect(path);
  const isThere = await new Promise<boolean>((done) => socket.once('connect', () => done(true)).once('error', () => done(false)));
  if (!isThere) return undefined;
  socket.on('error', () => {});
  const waiting: ((answered: Answered) => void)[] = [];
  createInterface({ input: socket }).on('line', (line) => waiting.shift()?.(JSON.parse(line) as Answered));
  socket.on('close', () => {
    for (const done of waiting.splice(0)) done({ failed: 'the running bot has stopped' });
  });
  // One request at a time: answers carry no number.
  let turn: Promise<unknown> = Promise.resolve();
  const ask = (method: string, given: readonly unknown[]): Promise<unknown> => {
    const asked = turn.then(async () => {
      const answered = await new Promise<Answered>((done) => {
        const late = setTimeout(() => socket.destroy(), answerMs);
        waiting.push((one) => {
          clearTimeout(late);
          done(one);
        });
        socket.write(`${JSON.stringify({ method, given })}\n`);
      });
      if ('failed' in answered) throw new Error(answered.failed);
      return answered.result;
    });
    turn = asked.catch(() => undefined);
    return asked;
  };
  const methods = storeReadings.map((name) => [name, (...given: readonly unknown[]) => ask(name, given)] as const);
  return { ...Object.fromEntries(methods), close: async () => void socket.end() } as unknown as StoreReading;
}
