/** `attache render --platform P`: lines of a replay in, the calls that the platform would get out. */
import type { Readable, Writable } from 'node:stream';
import type { ChatMessage } from '../message.ts';
import type { ChatPlatform } from '../ports/platform.ts';
import { linesOf, lineWriter, objectOf } from './json-lines.ts';

type Call = 'post' | 'edit' | 'reply';

/** Which calls a change makes to a channel that has followed the event from its first alert on. */
const callsOf: Readonly<Record<string, readonly Call[]>> = {
  new: ['post'],
  update: ['edit', 'reply'],
  correction: ['post', 'edit'],
  lifted: ['post', 'edit'],
  unconfirmed: ['post'],
  // Another outlet reports what was told: the message counts it.
  counted: ['edit'],
};

/** @returns the exit code: 1 when a line was none of a replay */
export async function render(platform: Pick<ChatPlatform, 'render'>, input: Readable, output: Writable): Promise<number> {
  const out = lineWriter(output);
  let bad = 0;
  for await (const { text, number } of linesOf(input)) {
    const line = objectOf(text);
    const calls = callsOf[String(line?.type)];
    const message = line?.message;
    if (line && calls && isMessage(message)) {
      const note = isMessage(line.note) ? line.note : undefined;
      const told = calls.filter((call) => call !== 'reply' || note);
      // What takes a card back or ends it is a short message beside the card.
      const isShort = (call: Call) => call === 'reply' || (call === 'post' && calls.length > 1);
      await out.write(told.map((call) => ({ call, body: platform.render(isShort(call) && note ? note : message, { act: call }) })));
    } else if (!line || 'type' in line) {
      bad += 1;
      await out.write({ error: 'not a line of a replay: needs "type" and "message"', line: number });
    }
  }
  await out.end();
  return bad > 0 ? 1 : 0;
}

function isMessage(value: unknown): value is ChatMessage {
  return typeof value === 'object' && value !== null && 'headline' in value && 'lines' in value && 'footer' in value;
}
