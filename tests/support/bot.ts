/** A bot as a person starts it: the real program with its own folder, at a prompt or without one. */

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { attache } from './project.ts';

const env = { PATH: process.env.PATH, TERM: 'xterm', TZ: 'UTC', NO_COLOR: '1' };

export interface Bot {
  readonly process: ChildProcess;
  /** All that it printed, without what moves the cursor. */
  text(): string;
  /** Waits for words behind all that `says` has seen before. Throws with what was printed instead when they do not come in time (ms). */
  says(words: RegExp | string, within?: number): Promise<RegExpExecArray>;
  type(line: string): void;
  /** Its exit code once it has ended; null where a signal ended it. */
  readonly ended: Promise<number | null>;
}

/** @param at `prompt` for one at a terminal of its own (through util-linux's script), `pipe` for one without */
export function startBot(args: readonly string[], at: 'prompt' | 'pipe', more: Readonly<Record<string, string>> = {}): Bot {
  const quoted = [attache, ...args].map((word) => `'${word}'`).join(' ');
  const [command, words]: [string, readonly string[]] =
    at === 'prompt' ? ['script', ['-qefc', `stty cols 200; exec ${quoted}`, '/dev/null']] : [attache, args];
  const child = spawn(command, words, { env: { ...env, ...more }, detached: true });
  let text = '';
  let seen = 0;
  const hear = (bytes: Buffer) => {
    text += stripVTControlCharacters(bytes.toString()).replaceAll('\r', '');
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const says: Bot['says'] = async (words, within = 30_000) => {
    const wanted = new RegExp(typeof words === 'string' ? words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : words.source, 'g');
    for (const end = Date.now() + within; Date.now() < end; ) {
      wanted.lastIndex = seen;
      const found = wanted.exec(text);
      if (found) {
        seen = wanted.lastIndex;
        return found;
      }
      await new Promise((next) => setTimeout(next, 50));
    }
    throw new Error(`not said within ${within} ms: ${String(words)}; said instead: ${text.slice(seen)}`);
  };
  return {
    process: child,
    text: () => text,
    says,
    type: (line) => void child.stdin.write(`${line}\n`),
    ended: new Promise((done) => child.once('close', (code) => done(code))),
  };
}

/** Ends it at once, whatever it is doing, with all that it started. */
export async function kill({ process: { pid }, ended }: Bot): Promise<void> {
  try {
    if (pid) process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
  await ended;
}

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export function ask(...args: readonly string[]): Promise<Ran> {
  return new Promise((done) =>
    execFile(attache, args, { env }, (error, out, err) => done({ code: error ? Number(error.code) : 0, out, err })),
  );
}
