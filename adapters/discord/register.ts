/** Registers the commands. Alerts do not need them, so a failure only delays the commands. */
import { setTimeout as sleep } from 'node:timers/promises';
import { DiscordAPIError, type REST, Routes } from 'discord.js';
import type { CommandSpec } from '../../src/message.ts';
import type { Observe } from '../../src/ports/clock.ts';
import { asDiscordCommand, isRegistered } from './commands.ts';
import { isBadToken, outcomeOf } from './errors.ts';

interface Registration {
  readonly rest: Pick<REST, 'get' | 'put'>;
  readonly applicationId: string;
  readonly commands: readonly CommandSpec[];
}

const maxPauseMs = 3_600_000;
const maxReasonLength = 200;

/**
 * Registers the commands; returns the refusal in one line, or undefined on success. @throws if the
 * token is refused
 */
export async function registered({ rest, applicationId, commands }: Registration): Promise<string | undefined> {
  const route = Routes.applicationCommands(applicationId);
  try {
    const wanted = [asDiscordCommand(commands)];
    if (!isRegistered(wanted, await rest.get(route, { query: new URLSearchParams({ with_localizations: 'true' }) })))
      await rest.put(route, { body: wanted });
    return undefined;
  } catch (error) {
    if (isBadToken(error)) throw error;
    // Discord lists each invalid field on its own line.
    const says = error instanceof DiscordAPIError ? error.message : outcomeOf(error).reason;
    return says.replace(/\s*\n\s*/g, '; ').slice(0, maxReasonLength);
  }
}

export async function keepRegistering(asked: Registration, { observe, signal, againMs }: RetryOptions): Promise<void> {
  for (let pause = againMs; !signal.aborted; pause = Math.min(pause * 2, maxPauseMs)) {
    await sleep(pause, undefined, { signal, ref: false }).catch(() => undefined);
    if (signal.aborted) return;
    const refused = await registered(asked).catch(String);
    if (refused === undefined) return observe.log('info', 'discord.commands registered');
    observe.log('warn', 'discord.commands refused', { reason: refused });
  }
}

interface RetryOptions {
  readonly observe: Observe;
  readonly signal: AbortSignal;
  /** The first pause (ms). */
  readonly againMs: number;
}
