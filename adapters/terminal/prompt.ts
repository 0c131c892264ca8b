/** The terminal's prompt: reads and completes commands, and stays below the output. */
import { clearScreenDown, cursorTo, moveCursor } from 'node:readline';
import { createInterface } from 'node:readline/promises';
import type { Readable, Writable } from 'node:stream';
import type { CommandSpec } from '../../src/message.ts';
import type { PlatformHooks } from '../../src/ports/platform.ts';

export interface Prompt {
  /** Prints above the prompt and restores what was being typed. */
  print(text: string): void;
  close(): void;
}

interface PromptOptions {
  readonly input: Readable;
  readonly output: Writable;
  /** Answers one line; returns "leave" to end. */
  answer(line: string): Promise<'leave' | undefined>;
  complete(line: string): Promise<readonly string[]>;
  onClose(): void;
}

export function openPrompt({ input, output, answer, complete, onClose }: PromptOptions): Prompt {
  const lines = createInterface({
    input,
    output,
    prompt: 'attache> ',
    completer: async (line: string): Promise<[string[], string]> => [[...(await complete(line))], line],
  });
  let isOpen = true;
  let waiting = 0;
  const ask = () => {
    if (isOpen && waiting === 0) lines.prompt(true);
  };
  // One at a time, in the order typed.
  let queue = Promise.resolve();
  lines.on('line', (line) => {
    waiting += 1;
    queue = queue
      .then(() => answer(line))
      .then((end) => void (end === 'leave' && lines.close()))
      .finally(() => {
        waiting -= 1;
        ask();
      });
  });
  lines.on('close', () => {
    isOpen = false;
    onClose();
  });
  ask();
  return {
    print: (text) => {
      if (isOpen && waiting === 0) {
        moveCursor(output, 0, -lines.getCursorPos().rows);
        cursorTo(output, 0);
        clearScreenDown(output);
      }
      output.write(`${text}\n`);
      ask();
    },
    close: () => lines.close(),
  };
}

/** Completes a half-typed line: command names, option names, then values of the last option. */
export async function completions(
  line: string,
  hooks: Pick<PlatformHooks, 'commands' | 'suggest'>,
  lane: string,
): Promise<readonly string[]> {
  const [, lead = '', name = '', rest] = /^(\s*)(\S*)(?:\s+(.*))?$/.exec(line) ?? [];
  if (rest === undefined) return hooks.commands.filter((one) => one.name.startsWith(name)).map((one) => `${lead}${one.name} `);
  const command = hooks.commands.find((one) => one.name === name.toLowerCase());
  if (!command) return [];
  const { option, typed, before } = lastOption(rest, command);
  const start = line.slice(0, line.length - rest.length) + before;
  const choices = option === undefined ? [] : await hooks.suggest({ command: name, option, typed, locale: 'en', lane });
  const last = /\S*$/.exec(rest)?.[0] ?? '';
  const names = last === '' ? [] : command.options.map((one) => one.name).filter((one) => one !== option && one.startsWith(last));
  const stem = line.slice(0, line.length - last.length);
  return [...choices.map(({ value }) => `${start}${value}`), ...names.map((one) => `${stem}${one} `)];
}

/** Returns the option whose value is at the end of the line, and the text before that value. */
function lastOption(rest: string, { options }: CommandSpec): { option: string | undefined; typed: string; before: string } {
  const first = options[0]?.positional === false ? undefined : options[0]?.name;
  for (const match of [...rest.matchAll(/(?<=^|\s)(\S+)\s+/g)].reverse()) {
    const option = options.find((one) => one.name === match[1]?.toLowerCase());
    const end = match.index + match[0].length;
    if (option) return { option: option.name, typed: rest.slice(end), before: rest.slice(0, end) };
  }
  return { option: first, typed: rest, before: '' };
}
