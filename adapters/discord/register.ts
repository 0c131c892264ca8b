/** Registering the commands: alerts need none, so that a refusal costs no more than the commands, and is not for ever. */
import { setTimeout as sleep } from 'node:timers/promises';
import { DiscordAPIError, type REST, Routes } from 'discord.js';
import type { CommandSpec } from '../../src/message.ts';
import type { Observe } from '../../src/ports/clock.ts';
import { asDiscordCommand, isRegistered } from './commands.ts';
import { isBadToken, outcomeOf } from './errors.ts';

interface Asked {
  readonly rest: Pick<REST, 'get' | 'put'>;
  readonly applicationId: string;
  readonly commands: readonly CommandSpec[];
}

const longest = 3_600_000;
const mostWords = 200;

/** What was refused, in one line; undefined where they are there. Throws where the token is refused. */
export async function registered({ rest, applicationId, commands }: Asked): Promise<string | undefined> {
  const route = Routes.applicationCommands(applicationId);
  try {
    const wanted = [asDiscordCommand(commands)];
    if (!isRegistered(wanted, await rest.get(route, { query: new URLSearchParams({ with_localizations: 'true' }) })))
      await rest.put(route, { body: wanted });
    return undefined;
  } catch (error) {
    if (isBadToken(error)) throw error;
    // Discord names each wrong field on a line of its own.
    const says = error instanceof DiscordAPIError ? error.message : outcomeOf(error).reason;
    return says.replace(/\s*\n\s*/g, '; ').slice(0, mostWords);
  }
}

export async function keepRegistering(asked: Asked, { observe, signal, againMs }: Keeping): Promise<void> {
  for (let pause = againMs; !signal.aborted; pause = Math.min(pause * 2, longest)) {
    await sleep(pause, undefined, { signal, ref: false }).catch(() => undefined);
    if (signal.aborted) return;
    const refused = await registered(asked).catch(String);
    if (refused === undefined) return observe.log('info', 'discord.commands registered');
    observe.log('warn', 'discord.commands refused', { reason: refused });
  }
}

interface Keeping {
  readonly observe: Observe;
  readonly signal: AbortSignal;
  /** The first pause (ms). */
  readonly againMs: number;
}
