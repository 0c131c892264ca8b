/** The prompt of the terminal: takes every command, completes them, and stays below whatever is printed. */
import { clearScreenDown, cursorTo, moveCursor } from 'node:readline';
import { createInterface } from 'node:readline/promises';
import type { Readable, Writable } from 'node:stream';
import type { CommandSpec } from '../../src/message.ts';
import type { PlatformHooks } from '../../src/ports/platform.ts';

export interface Prompt {
  /** Prints above the prompt and puts back what was being typed. */
  print(text: string): void;
  close(): void;
}

interface PromptOptions {
  readonly input: Readable;
  readonly output: Writable;
  /** Answers one line; gives "leave" to end. */
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
  // One answer after the other, in the order of the questions.
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

/** What a half-typed line can become: command names, names of options, then what the option at the end can be. */
export async function completions(
  line: string,
  hooks: Pick<PlatformHooks, 'commands' | 'suggest'>,
  lane: string,
): Promise<readonly string[]> {
  const [, lead = '', name = '', said] = /^(\s*)(\S*)(?:\s+(.*))?$/.exec(line) ?? [];
  if (said === undefined) return hooks.commands.filter((one) => one.name.startsWith(name)).map((one) => `${lead}${one.name} `);
  const command = hooks.commands.find((one) => one.name === name.toLowerCase());
  if (!command) return [];
  const { option, typed, before } = lastOption(said, command);
  const start = line.slice(0, line.length - said.length) + before;
  const choices = option === undefined ? [] : await hooks.suggest({ command: name, option, typed, locale: 'en', lane });
  const last = /\S*$/.exec(said)?.[0] ?? '';
  const names = last === '' ? [] : command.options.map((one) => one.name).filter((one) => one !== option && one.startsWith(last));
  const stem = line.slice(0, line.length - last.length);
  return [...choices.map(({ value }) => `${start}${value}`), ...names.map((one) => `${stem}${one} `)];
}

/** The option whose value stands at the end of the line, and what stands before that value. */
function lastOption(said: string, { options }: CommandSpec): { option: string | undefined; typed: string; before: string } {
  const first = options[0]?.positional === false ? undefined : options[0]?.name;
  for (const match of [...said.matchAll(/(?<=^|\s)(\S+)\s+/g)].reverse()) {
    const option = options.find((one) => one.name === match[1]?.toLowerCase());
    const end = match.index + match[0].length;
    if (option) return { option: option.name, typed: said.slice(end), before: said.slice(0, end) };
  }
  return { option: first, typed: said, before: '' };
}
