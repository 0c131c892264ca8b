/**
 * The terminal as a chat platform: one channel, a prompt for commands, and updates shown as such.
 */
import type { Readable, Writable } from 'node:stream';
import { type TerminalWords, terminalWordsIn } from '../../src/i18n/terminal.ts';
import type { ChatMessage } from '../../src/message.ts';
import type { MessageRef } from '../../src/model/delivery.ts';
import type { AlertKind } from '../../src/model/event.ts';
import type { ChatPlatform, Outgoing, PlatformHooks } from '../../src/ports/platform.ts';
import { completions, openPrompt, type Prompt } from './prompt.ts';
import { type CardPlace, card, type Look } from './render.ts';

export interface TerminalOptions {
  readonly input: Readable;
  readonly output: Writable & { readonly columns?: number };
  /** Colours and links; without it the output is plain text. */
  readonly colour: boolean;
  /** Prompts for commands; otherwise the terminal only displays. */
  readonly interactive: boolean;
  /** IANA zone of the reader. */
  readonly zone: string;
  /** Called when the input ends (Ctrl-D, Ctrl-C, exit). */
  readonly onLeave?: () => void;
}

const lane = 'terminal:local:main';

export function createTerminal(options: TerminalOptions): ChatPlatform {
  const { output, colour } = options;
  const sent = createLruMap<MessageRef>();
  let prompt: Prompt | undefined;
  let zone = options.zone;
  const screen = createScreen(
    (text) => (prompt ? prompt.print(text) : void output.write(`${text}\n`)),
    // Terminals of unknown width report 0.
    () => ({ colour, zone, ...(output.columns && { columns: output.columns }) }),
  );
  const setZone = (other: string | undefined) => {
    zone = other ?? zone;
  };
  return {
    name: 'terminal',
    start: async (hooks) => {
      if (options.interactive) prompt = listen({ ...options, setZone }, hooks, screen);
      return { kind: 'ready', as: 'you' };
    },
    send: async (out) => {
      // The key is unique across restarts; the label names the alert after the next start.
      const label = labelOf(out.message);
      const ref = sent.get(out.key) ?? { channel: lane, id: label === undefined ? out.key : `${label}:${out.key}` };
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
    render: (message, { act }) => card(message, { colour: false, zone }, placeOf(act, message)),
    stop: async () => prompt?.close(),
  };
}

/** The oldest entries are dropped, as a terminal may stay open for months. */
const mostRemembered = 1000;

function createLruMap<Value>(): Map<string, Value> {
  return new (class extends Map<string, Value> {
    override set(key: string, value: Value): this {
      this.delete(key);
      super.set(key, value);
      const [oldest] = this.keys();
      if (this.size > mostRemembered && oldest !== undefined) this.delete(oldest);
      return this;
    }
  })();
}

function placeOf(act: 'post' | 'edit' | 'reply', { language }: ChatMessage): CardPlace {
  const words = terminalWordsIn(language);
  if (act === 'post') return {};
  return act === 'edit' ? { tag: words.tags.update } : { tag: words.note, indented: true };
}

/** The part of an alert's id that people need to type, from its buttons. */
function labelOf({ buttons, marked }: ChatMessage): string | undefined {
  // Recorded and sample alerts are not stored: no command finds them.
  if (marked) return undefined;
  const [value] = buttons.flatMap((button) => (button.act === 'acknowledge' || button.act === 'why' ? [button.value] : []));
  return value?.split('@')[0]?.slice(0, 6);
}

function nameOf({ id }: MessageRef, message: ChatMessage | undefined, { recorded, earlier }: TerminalWords): string {
  if (message?.marked) return recorded;
  const label = (message && labelOf(message)) ?? (id.includes(':') ? id.split(':')[0] : undefined);
  return label === undefined ? earlier : `#${label}`;
}

function isAlert(message: ChatMessage): message is ChatMessage & { readonly kind: AlertKind } {
  const { kind } = message;
  return kind === 'new' || kind === 'update' || kind === 'correction' || kind === 'lifted';
}

interface Screen {
  show(message: ChatMessage, place?: CardPlace): void;
  post(ref: MessageRef, out: Outgoing): void;
  edit(ref: MessageRef, message: ChatMessage): void;
}

/** Remembers the last form of each alert, to show what an update changed. */
function createScreen(print: (text: string) => void, look: () => Look): Screen {
  const shown = createLruMap<ChatMessage>();
  const show = (message: ChatMessage, place?: CardPlace) => print(card(message, look(), place));
  const placed = (tag: string, message: ChatMessage): CardPlace => {
    const label = labelOf(message);
    return { tag, ...(label !== undefined && { label }) };
  };
  return {
    show,
    post: (ref, { message, replyTo }) => {
      const words = terminalWordsIn(message.language);
      if (replyTo) return show(message, { tag: words.noteTo(nameOf(replyTo, shown.get(replyTo.id), words)), indented: true });
      if (!isAlert(message)) return show(message);
      shown.set(ref.id, message);
      const label = labelOf(message);
      show(message, placed(`${words.tags[message.kind]}${label === undefined ? '' : ` #${label}`}`, message));
    },
    edit: (ref, message) => {
      const before = shown.get(ref.id);
      const words = terminalWordsIn(message.language);
      const name = nameOf(ref, message, words);
      shown.set(ref.id, message);
      // A Lifted or Correction is a new message; the old one is only marked.
      if ((message.kind === 'lifted' || message.kind === 'correction') && before?.kind !== message.kind) {
        if (before) print(`${words.marked(name, words.tags[message.kind])}\n`);
        return;
      }
      show(message, { ...placed(words.updateOf(name), message), ...(before && { before }) });
    },
  };
}

interface Listening extends TerminalOptions {
  readonly setZone: (zone: string | undefined) => void;
}

function listen({ input, output, zone, onLeave, setZone }: Listening, hooks: PlatformHooks, { show }: Screen): Prompt {
  const call = { platform: 'terminal', lane, user: 'you', mayChange: true } as const;
  const answer = async (typed: string): Promise<'leave' | undefined> => {
    const line = typed.trim();
    if (line === '') return undefined;
    if (/^(?:exit|quit|bye)$/i.test(line)) return 'leave';
    const { message } = await hooks.onCommand({ ...call, zone, input: { line } });
    setZone(message.zone);
    show(message);
    return undefined;
  };
  return openPrompt({ input, output, answer, complete: (line) => completions(line, hooks, lane), onClose: () => onLeave?.() });
}
