/**
 * Sends commands to the bot on this machine, over a socket beside its database, for whoever may
 * open that.
 */

import { chmodSync, rmSync } from 'node:fs';
import { createConnection, createServer, type Server } from 'node:net';
import type { Problem } from '../../src/model/basics.ts';

export interface Replied {
  readonly ok: boolean;
  readonly lines: readonly string[];
}

export interface Control {
  close(): Promise<void>;
}

/** Longer commands are not ours (characters). */
const longest = 5_000;
/** A reply waits for one read of the configuration (ms). */
const replyMs = 30_000;

/**
 * Listens until closed. Only the process that holds the database calls it, so a socket left over
 * from a crash may be removed.
 * @returns a one-line problem if it cannot listen; the bot runs without
 */
export async function listenControl(path: string, reply: (word: string) => Promise<Replied>): Promise<Control | Problem> {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    let said = '';
    socket.setEncoding('utf8').setTimeout(replyMs, () => socket.destroy());
    socket.on('error', () => socket.destroy());
    socket.on('data', (text: string) => {
      said += text;
      if (said.length > longest) socket.destroy();
    });
    socket.on('end', () => {
      reply(said.trim()).then(
        (replied) => socket.end(JSON.stringify(replied)),
        () => socket.destroy(),
      );
    });
  });
  try {
    rmSync(path, { force: true });
    await listening(server, path);
    chmodSync(path, 0o600);
  } catch (error) {
    return { problem: `${path}: ${error instanceof Error ? error.message : String(error)}` };
  }
  return { close: () => new Promise((closed) => server.close(() => closed())) };
}

function listening(server: Server, path: string): Promise<void> {
  return new Promise((ready, fail) => {
    server.once('error', fail);
    server.listen(path, () => ready());
  });
}

/** Resolves with undefined if no bot listens there. */
export function askControl(path: string, word: string): Promise<Replied | undefined> {
  return new Promise((done) => {
    let text = '';
    const socket = createConnection(path, () => socket.end(word));
    socket.setEncoding('utf8').setTimeout(replyMs, () => socket.destroy());
    socket.on('data', (more: string) => {
      text += more;
    });
    socket.on('error', () => done(undefined));
    socket.on('close', () => done(repliedIn(text)));
  });
}

function repliedIn(text: string): Replied | undefined {
  try {
    return JSON.parse(text) as Replied;
  } catch {
    return undefined;
  }
}
