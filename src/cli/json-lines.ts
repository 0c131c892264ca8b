/** JSON Lines in and out: large inputs stream, and a reader that goes away ends the command quietly. */
import type { Readable, Writable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

/** The lines of a stream with their numbers from 1; empty lines are left out. */
export async function* linesOf(input: Readable): AsyncGenerator<{ readonly text: string; readonly number: number }> {
  let number = 0;
  for await (const lines of manyLinesOf(input)) {
    for (const text of lines) {
      number += 1;
      if (text.trim() !== '') yield { text, number };
    }
  }
}

/** The lines of a stream as many at a time as arrive together: waiting for each by itself would cost more than reading it. */
export async function* manyLinesOf(input: Readable): AsyncGenerator<readonly string[]> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const bytes of input) {
    const lines = `${rest}${typeof bytes === 'string' ? bytes : decoder.write(bytes as Buffer)}`.split(/\r?\n/);
    rest = lines.pop() ?? '';
    if (lines.length > 0) yield lines;
  }
  rest += decoder.end();
  if (rest !== '') yield [rest];
}

export interface LineWriter {
  /** Gives a promise where the reader is to be waited for. */
  write(value: unknown): Promise<void> | undefined;
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
    write: (value) => {
      pending += `${JSON.stringify(value)}\n`;
      return pending.length > chunk ? flush() : undefined;
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
