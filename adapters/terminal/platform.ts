/** The terminal as a chat platform: one channel, a prompt that takes every command, and living updates that are shown as such. */
import { createInterface, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { ChatMessage } from '../../src/message.ts';
import type { MessageRef } from '../../src/model.ts';
import type { ChatPlatform, Outgoing, PlatformHooks } from '../../src/ports.ts';
import { card, type Look } from './render.ts';

export interface TerminalOptions {
  readonly input: Readable;
  readonly output: Writable & { readonly columns?: number };
  readonly colour: boolean;
  /** Ask for commands; without it the terminal only shows. */
  readonly interactive: boolean;
  readonly zone: string;
  /** The input ended (Ctrl-D, Ctrl-C): the person wants to leave. */
  readonly onLeave?: () => void;
}

const lane = 'terminal:local:main';

export function createTerminal(options: TerminalOptions): ChatPlatform {
  const { output } = options;
  const look = (): Look => ({ colour: options.colour, zone: options.zone, columns: output.columns ?? 100 });
  const sent = new Map<string, MessageRef>();
  let prompt: Interface | undefined;

  const show = (text: string) => {
    if (prompt) output.write('\r\u001b[K');
    output.write(`${text}\n`);
    prompt?.prompt(true);
  };

  const post = (out: Outgoing, tag?: string): MessageRef => {
    const ref = sent.get(out.key) ?? { channel: lane, id: String(sent.size + 1) };
    sent.set(out.key, ref);
    show(card(out.message, look(), tag ?? (isAlert(out.message) ? `${out.message.kind.toUpperCase()} #${ref.id}` : undefined)));
    return ref;
  };

  return {
    name: 'terminal',
    start: async (hooks) => {
      if (options.interactive) prompt = listen(options, hooks, (message) => show(card(message, look())));
      return { kind: 'ready', as: 'you' };
    },
    send: async (out) => {
      const tag = out.replyTo ? `NOTE to #${out.replyTo.id}` : undefined;
      return { kind: 'sent', ref: post(out, tag) };
    },
    edit: async (ref, out) => {
      // The new message that lifts or corrects an alert says it all; the old one only gets its mark.
      if (out.message.kind === 'lifted' || out.message.kind === 'correction') {
        show(`  #${ref.id} is now marked ${out.message.kind.toUpperCase()}.\n`);
        return { kind: 'sent', ref };
      }
      show(card(out.message, look(), `${out.message.kind === 'update' ? 'UPDATE' : out.message.kind.toUpperCase()} of #${ref.id}`));
      return { kind: 'sent', ref };
    },
    find: async ({ key }) => {
      const ref = sent.get(key);
      return ref ? { kind: 'found', ref } : { kind: 'absent' };
    },
    render: (message, { act }) =>
      card(message, { colour: false, zone: options.zone, columns: 100 }, { post: undefined, edit: 'UPDATE', reply: 'NOTE' }[act]),
    stop: async () => prompt?.close(),
  };
}

function isAlert({ kind }: ChatMessage): boolean {
  return kind === 'new' || kind === 'update' || kind === 'correction' || kind === 'lifted';
}

function listen({ input, output, onLeave }: TerminalOptions, hooks: PlatformHooks, show: (message: ChatMessage) => void): Interface {
  const prompt = createInterface({
    input,
    output,
    prompt: 'attache> ',
    completer: (line: string, done: (error: null, found: [string[], string]) => void) => {
      void complete(line, hooks).then((found) => done(null, [found, line]));
    },
  });
  const answer = async (line: string) => {
    const said = line.trim();
    if (said === '') return;
    if (/^(exit|quit|bye)$/i.test(said)) return prompt.close();
    const call = { platform: 'terminal', lane, user: 'you', mayChange: true } as const;
    const ack = /^ack\s+(\S+)$/i.exec(said)?.[1];
    const { message } = ack
      ? await hooks.onButton({ ...call, act: 'acknowledge', value: ack })
      : await hooks.onCommand({ ...call, zone: Intl.DateTimeFormat().resolvedOptions().timeZone, said: { line: said } });
    show(message);
  };
  // One answer after the other, in the order of the questions.
  let queue = Promise.resolve();
  prompt.on('line', (line) => {
    queue = queue
      .then(() => answer(line))
      .then(
        () => prompt.prompt(),
        () => prompt.prompt(),
      );
  });
  prompt.on('close', () => onLeave?.());
  prompt.prompt();
  return prompt;
}

async function complete(line: string, hooks: PlatformHooks): Promise<string[]> {
  const [, name = '', rest] = /^\s*(\S*)(?:\s+(.*))?$/.exec(line) ?? [];
  if (rest === undefined) return hooks.commands.map((command) => command.name).filter((command) => command.startsWith(name));
  const option = hooks.commands.find((command) => command.name === name)?.options[0];
  if (!option) return [];
  const choices = await hooks.suggest({ command: name, option: option.name, typed: rest, locale: 'en', lane });
  return choices.map((choice) => `${name} ${choice.value}`);
}
