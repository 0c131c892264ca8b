/** The terminal as a chat platform: one channel, a prompt that takes every command, and living updates that are shown as such. */
import type { Readable, Writable } from 'node:stream';
import type { ChatMessage } from '../../src/message.ts';
import type { MessageRef } from '../../src/model.ts';
import type { ChatPlatform, Outgoing, PlatformHooks } from '../../src/ports.ts';
import { completions, openPrompt, type Prompt } from './prompt.ts';
import { type CardPlace, card, type Look } from './render.ts';

export interface TerminalOptions {
  readonly input: Readable;
  readonly output: Writable & { readonly columns?: number };
  /** Colours and links; without it the output is plain text. */
  readonly colour: boolean;
  /** Ask for commands; without it the terminal only shows. */
  readonly interactive: boolean;
  /** IANA zone of the one who reads. */
  readonly zone: string;
  /** The input ended (Ctrl-D, Ctrl-C, exit): the person wants to leave. */
  readonly onLeave?: () => void;
}

const lane = 'terminal:local:main';

/** An alert as it stands on the screen. */
interface Shown {
  readonly number: number;
  readonly message: ChatMessage;
}

export function createTerminal(options: TerminalOptions): ChatPlatform {
  const { output, zone, colour } = options;
  const sent = new Map<string, MessageRef>();
  let prompt: Prompt | undefined;
  const screen = createScreen(
    (text) => (prompt ? prompt.print(text) : void output.write(`${text}\n`)),
    // A terminal that does not know its width says 0.
    () => ({ colour, zone, ...(output.columns && { columns: output.columns }) }),
  );
  return {
    name: 'terminal',
    start: async (hooks) => {
      if (options.interactive) prompt = listen(options, hooks, screen);
      return { kind: 'ready', as: 'you' };
    },
    send: async (out) => {
      // The key is unique over restarts, as a number on the screen is not.
      const ref = sent.get(out.key) ?? { channel: lane, id: out.key };
      sent.set(out.key, ref);
      screen.post(ref, out);
      return { kind: 'sent', ref };
    },
    edit: async (ref, { message }) => {
      screen.edit(ref, message);
      return { kind: 'sent', ref };
    },
    find: async ({ key }) => {
      const ref = sent.get(key);
      return ref ? { kind: 'found', ref } : { kind: 'absent' };
    },
    render: (message, { act }) => card(message, { colour: false, zone }, placeOf[act]),
    stop: async () => prompt?.close(),
  };
}

const placeOf: Readonly<Record<'post' | 'edit' | 'reply', CardPlace>> = {
  post: {},
  edit: { tag: 'UPDATE' },
  reply: { tag: 'NOTE', indented: true },
};

const nameOf = (one: Shown | undefined): string => (one ? `#${one.number}` : 'an alert from before this start');

function isAlert({ kind }: ChatMessage): boolean {
  return kind === 'new' || kind === 'update' || kind === 'correction' || kind === 'lifted';
}

interface Screen {
  readonly shown: ReadonlyMap<string, Shown>;
  show(message: ChatMessage, place?: CardPlace): void;
  post(ref: MessageRef, out: Outgoing): void;
  edit(ref: MessageRef, message: ChatMessage): void;
}

/** Numbers the alerts as they come and remembers how each was last seen. */
function createScreen(print: (text: string) => void, look: () => Look): Screen {
  const shown = new Map<string, Shown>();
  const show = (message: ChatMessage, place?: CardPlace) => print(card(message, look(), place));
  const keep = (id: string, message: ChatMessage): number => {
    const number = shown.get(id)?.number ?? shown.size + 1;
    shown.set(id, { number, message });
    return number;
  };
  return {
    shown,
    show,
    post: (ref, { message, replyTo }) => {
      if (replyTo) return show(message, { tag: `NOTE to ${nameOf(shown.get(replyTo.id))}`, indented: true });
      if (!isAlert(message)) return show(message);
      const number = keep(ref.id, message);
      show(message, { tag: `${message.kind.toUpperCase()} #${number}`, number });
    },
    edit: (ref, message) => {
      const before = shown.get(ref.id);
      const isClosing = message.kind === 'lifted' || message.kind === 'correction';
      // What lifts or corrects an alert is told by a message of its own; the old one only gets its mark.
      if (isClosing && before?.message.kind !== message.kind) {
        if (!before) return;
        keep(ref.id, message);
        return print(`${nameOf(before)} is now marked ${message.kind.toUpperCase()}.\n`);
      }
      const number = keep(ref.id, message);
      const tag = before ? `UPDATE of #${number}` : `UPDATE #${number} of an alert from before this start`;
      show(message, { tag, number, ...(before && { before: before.message }) });
    },
  };
}

function listen({ input, output, zone, onLeave }: TerminalOptions, hooks: PlatformHooks, { shown, show }: Screen): Prompt {
  const call = { platform: 'terminal', lane, user: 'you', mayChange: true } as const;
  const answer = async (typed: string): Promise<'leave' | undefined> => {
    const said = typed.trim();
    if (said === '') return undefined;
    if (/^(?:exit|quit|bye)$/i.test(said)) return 'leave';
    const line = said.replace(/^(why|ack|wrong|mute)\s+#?(\d{1,6})(?=\s|$)/i, (whole, act: string, number: string) => {
      const id = idOf(shown, Number(number));
      return id === undefined ? whole : `${act} ${id}`;
    });
    // Buttons of other platforms are words here: "ack 1", "wrong 1 old".
    const [, act = '', value = ''] = /^(ack|wrong)\s+(\S+(?:\s\S+)?)$/i.exec(line) ?? [];
    const { message } = value
      ? await hooks.onButton({ ...call, act: act.toLowerCase() === 'ack' ? 'acknowledge' : 'wrong', value })
      : await hooks.onCommand({ ...call, zone, said: { line } });
    show(message);
    return undefined;
  };
  return openPrompt({ input, output, answer, complete: (line) => completions(line, hooks, lane), onClose: () => onLeave?.() });
}

/** The alert behind a number on the screen: what its own buttons stand for. */
function idOf(shown: ReadonlyMap<string, Shown>, number: number): string | undefined {
  const one = [...shown.values()].find((other) => other.number === number);
  return one?.message.buttons.flatMap((button) => (button.act === 'acknowledge' || button.act === 'why' ? [button.value] : []))[0];
}
