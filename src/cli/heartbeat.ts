/** `HEARTBEAT_URL`: asked each minute while all is well, so that whoever watches it is called when it falls silent. */
import type { Observe, Schedule } from '../ports/clock.ts';

/** How long the other side may take (ms). */
const patience = 15_000;

export interface HeartbeatPorts {
  readonly schedule: Pick<Schedule, 'everyMinute'>;
  readonly observe: Observe;
}

/**
 * The address is a secret and never logged.
 * @param notWell what an operator should be called for; empty while all is well
 */
export function startHeartbeat(
  url: string,
  notWell: () => Promise<readonly string[]>,
  { schedule, observe }: HeartbeatPorts,
): { stop(): Promise<void> } {
  const ending = new AbortController();
  let silent = '';
  const beat = async (): Promise<void> => {
    const wrong = (await notWell()).join('; ');
    // Once for each reason: a minute is short.
    if (wrong !== silent && wrong !== '') observe.log('warn', 'heartbeat withheld', { reason: wrong });
    if (wrong !== silent && wrong === '') observe.log('info', 'heartbeat goes on');
    silent = wrong;
    if (wrong !== '') return;
    const failed = await ping(url, ending.signal);
    if (failed && !ending.signal.aborted) observe.log('warn', 'heartbeat failed', { reason: failed });
  };
  const minutes = schedule.everyMinute(() =>
    beat().catch((bug: unknown) => observe.log('error', 'heartbeat broke off', { error: bug instanceof Error ? bug.stack : String(bug) })),
  );
  return {
    stop: async () => {
      ending.abort();
      await minutes.stop();
    },
  };
}

/** @returns what went wrong, without the address */
async function ping(url: string, signal: AbortSignal): Promise<string | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]), redirect: 'follow' });
    await response.body?.cancel();
    return response.ok ? undefined : `answered ${response.status}`;
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const code = typeof cause === 'object' && cause !== null ? Reflect.get(cause, 'code') : undefined;
    return typeof code === 'string' ? code : error instanceof Error ? error.name : 'no answer';
  }
}
