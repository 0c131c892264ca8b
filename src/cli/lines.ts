/** JSON Lines in and out: large inputs stream, and a reader that goes away ends the command quietly. */
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

/** The lines of a stream with their numbers from 1; empty lines are left out. */
export async function* linesOf(input: Readable): AsyncGenerator<{ readonly text: string; readonly number: number }> {
  let number = 0;
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    if (text.trim() !== '') yield { text, number };
  }
}

export interface LineWriter {
  write(value: unknown): Promise<void>;
  end(): Promise<void>;
}

const chunk = 64 * 1024;

/** Writes one JSON text a line, many lines a chunk, and waits where the reader is slow. */
export function lineWriter(output: Writable): LineWriter {
  let pending = '';
  const flush = async () => {
    const text = pending;
    pending = '';
    if (text !== '' && !output.write(text)) await new Promise<void>((drained) => output.once('drain', drained));
  };
  return {
    write: async (value) => {
      pending += `${JSON.stringify(value)}\n`;
      if (pending.length > chunk) await flush();
    },
    end: flush,
  };
}

/** A JSON object, or undefined. */
export function objectOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
