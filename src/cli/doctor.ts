/** `attache doctor`: what was looked at, what is wrong in plain words, and how to mend it. */
import type { Config } from '../config.ts';
import type { CheckResult } from '../ports/operator.ts';
import { checkStore } from './check-store.ts';
import { checkFeeds } from './doctor-feeds.ts';
import { checkPlatforms, type Elsewhere } from './doctor-platforms.ts';
import { checkWebhooks, type Resolving } from './doctor-webhooks.ts';
import type { StoreChoice } from './open-store.ts';

export interface DoctorChoice extends StoreChoice {
  /** Ask every source now, too. */
  readonly fetch?: boolean;
  readonly json?: boolean;
}

/**
 * One line for each thing that was looked at. It connects to nothing that is not configured, and changes nothing.
 * @param elsewhere other addresses than those of Slack and Discord, and other names than DNS has, for tests
 * @returns the exit code: 0 when nothing is wrong
 */
export async function doctor(
  config: Config,
  choice: DoctorChoice,
  say: (line: string) => void,
  elsewhere: Elsewhere & Resolving = {},
): Promise<number> {
  const opened = await checkStore(config, choice);
  try {
    const found = [
      ...opened.found,
      ...(await checkPlatforms(config, opened, elsewhere)),
      ...(await checkWebhooks(config, opened, elsewhere)),
      ...(await checkFeeds(config, { cursors: opened.cursors, fetch: choice.fetch ?? false })),
    ];
    for (const one of found) say(choice.json ? JSON.stringify(one) : lineOf(one));
    const wrong = found.filter(({ state }) => state === 'wrong').length;
    if (!choice.json) say(wrong === 0 ? 'Nothing is wrong.' : `To mend: ${wrong} of ${found.length}.`);
    return wrong === 0 ? 0 : 1;
  } finally {
    await opened.store?.close();
  }
}

const lineOf = ({ subject: about, state, message: says, fix: mend }: CheckResult) =>
  `${state.padEnd(5)}  ${about}: ${says}${mend ? `; ${mend}` : ''}`;
