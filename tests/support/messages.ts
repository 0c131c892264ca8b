/** Messages and hooks that platform tests share. */
import type { ButtonPress, ChatMessage, CommandCall, Line } from '../../src/message.ts';
import type { PlatformHooks } from '../../src/ports/platform.ts';
import { commands } from '../../src/talk/commands.ts';

export function anAlert(headline: string): ChatMessage {
  return {
    kind: 'new',
    severity: 4,
    headline,
    lines: [['The Harbour Courier: “', { link: 'https://courier.example/lviv', text: 'US moves its embassy' }, '”']],
    fields: [
      { name: 'Where', value: ['Ukraine'] },
      { name: 'First reported', value: [{ at: Date.UTC(2022, 1, 14, 16, 28) }] },
    ],
    sections: [],
    footer: [['Alert e1@1 · not official advice']],
    buttons: [
      { act: 'acknowledge', label: 'Acknowledge', value: 'e1@1' },
      { act: 'why', label: 'Why', value: 'e1@1' },
      { act: 'open', label: 'Source', link: 'https://courier.example/lviv', overflow: true },
    ],
    language: 'en',
  };
}

export function anAnswer(headline: string, lines: readonly Line[] = []): ChatMessage {
  return { kind: 'answer', headline, lines, fields: [], sections: [], footer: [], buttons: [], language: 'en' };
}

export interface Heard {
  readonly said?: CommandCall[];
  readonly pressed?: ButtonPress[];
  readonly gone?: unknown[];
  /** How long an answer takes (ms). */
  readonly slow?: number;
}

/** Hooks that answer plainly and remember what they heard. */
export function hooksThat({ said, pressed, gone, slow = 0 }: Heard): PlatformHooks {
  const late = () => new Promise((done) => setTimeout(done, slow));
  return {
    commands,
    onCommand: async (call) => {
      said?.push(call);
      if (slow > 0) await late();
      const words = 'line' in call.input ? call.input.line : `${call.input.command} ${Object.values(call.input.options).join(' ')}`.trim();
      return { message: anAnswer(`answer to ${words}`), private: true };
    },
    onButton: async (press) => {
      pressed?.push(press);
      return { message: anAnswer(`pressed ${press.act}`), private: true };
    },
    suggest: async ({ typed }) => [{ label: `${typed}aine`, value: `${typed}aine` }],
    overview: async (lanes) => lanes.map((lane) => ({ lane, message: anAnswer(`what ${lane} watches`) })),
    onMoved: async (moved) => void gone?.push(moved),
    onRemoved: async (what) => void gone?.push('lane' in what ? { lane: what.lane } : what),
  };
}
