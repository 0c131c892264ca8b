import type { SendOutcome } from '../../src/model/delivery.ts';
import type { ChatPlatform, Outgoing } from '../../src/ports/platform.ts';

interface Called {
  readonly call: 'send' | 'edit' | 'find';
  readonly lane?: string;
  readonly key: string;
  readonly headline?: string;
  readonly foot?: string;
  readonly mention?: string | undefined;
  /** From when on a lookup looks. */
  readonly since?: number;
}

/** A platform that does what it is told to, and keeps what it got. */
export function fakePlatform(
  answers: (out: Outgoing, call: 'send' | 'edit') => SendOutcome,
  found: 'found' | 'absent' | 'cannot-tell' | (() => 'absent' | 'later') = 'absent',
) {
  const called: Called[] = [];
  const take = (call: 'send' | 'edit', out: Outgoing) => {
    called.push({
      call,
      lane: out.lane,
      key: out.key,
      headline: out.message.headline,
      foot: JSON.stringify(out.message.footer),
      mention: out.mention,
    });
    return answers(out, call);
  };
  const platform: ChatPlatform = {
    name: 'terminal',
    start: async () => ({ kind: 'ready', as: 'x' }),
    send: async (out) => take('send', out),
    edit: async (_ref, out) => take('edit', out),
    find: async ({ key, since }) => {
      called.push({ call: 'find', key, since });
      if (found === 'found') return { kind: 'found', ref: { channel: 'c', id: 'looked-up' } };
      const told = typeof found === 'function' ? found() : found;
      return told === 'absent' ? { kind: 'absent' } : { kind: told, reason: 'not allowed' };
    },
    render: () => undefined,
    stop: async () => {},
  };
  return { platform, called };
}
