/** `attache reload` and SIGHUP: sources and settings are read again, and the bot goes on with them without a restart. */

import { askControl, type Control, listenControl, type Replied } from '../../adapters/control/control.ts';
import type { Config } from '../config.ts';
import type { Detector } from '../detect/detector.ts';
import type { Problems } from '../model/basics.ts';
import type { Observe } from '../ports/clock.ts';
import type { PlatformHooks } from '../ports/platform.ts';
import { controlPath, type StoreChoice } from './open-store.ts';
import { buildDetector, Failure } from './setup.ts';

/** What platforms talk to: the same for as long as they are connected, whatever stands behind it. */
export interface Front {
  readonly hooks: PlatformHooks;
  turnTo(hooks: PlatformHooks): void;
}

export function createFront(): Front {
  let behind: PlatformHooks | undefined;
  const now = (): PlatformHooks => {
    if (!behind) throw new Error('nobody stands behind the front yet');
    return behind;
  };
  const hooks: PlatformHooks = {
    get commands() {
      return now().commands;
    },
    onCommand: (call) => now().onCommand(call),
    onButton: (press) => now().onButton(press),
    suggest: (asked) => now().suggest(asked),
    overview: (lanes, locale) => now().overview(lanes, locale),
    onRemoved: (gone) => now().onRemoved(gone),
    onMoved: (moved) => now().onMoved(moved),
  };
  return {
    hooks,
    turnTo: (other) => {
      behind = other;
    },
  };
}

export interface Read {
  readonly config: Config;
  readonly detector: Detector;
}

/** Reads everything again. What is wrong is told, and nothing changes then. */
export function readAgain(before: Config, read: () => Config): (Read & { readonly says: string }) | Problems {
  try {
    const config = read();
    return { config, detector: buildDetector(config), says: differenceOf(before, config) };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { problems: [...error.message.split('\n'), nothingChanged] };
  }
}

/** Held by what is connected or open since the start. */
const untilRestart = ['database', 'slack', 'discord', 'webhooks', 'operations', 'log'] as const;

function differenceOf(before: Config, after: Config): string {
  const on = ({ feeds }: Config) => feeds.filter((feed) => feed.on).map(({ id }) => id);
  const [old, now] = [on(before), on(after)];
  const more = now.filter((id) => !old.includes(id));
  const fewer = old.filter((id) => !now.includes(id));
  const later = untilRestart.filter((key) => JSON.stringify(before.settings[key]) !== JSON.stringify(after.settings[key]));
  return [
    `Read again: ${now.length} sources are on`,
    ...(more.length > 0 ? [`new: ${more.join(', ')}`] : []),
    ...(fewer.length > 0 ? [`gone: ${fewer.join(', ')}`] : []),
    ...(later.length > 0 ? [`from the next start on: ${later.join(', ')}`] : []),
  ].join('; ');
}

/** Takes `attache reload` and SIGHUP until closed. At a prompt SIGHUP says that the terminal is gone, and ends the bot. */
export async function takeReloads(
  where: { readonly config: Config; readonly choice: StoreChoice; readonly observe: Observe },
  act: {
    readonly reload: () => Replied;
    readonly forget: (wanted: string) => Promise<Replied>;
    readonly backup: (to: string) => Promise<Replied>;
    readonly leave: () => void;
  },
): Promise<Control> {
  const onHangUp = () => {
    if (process.stdin.isTTY) return act.leave();
    const { ok, lines } = act.reload();
    for (const line of lines) (ok ? process.stdout : process.stderr).write(`attache: ${line}\n`);
  };
  process.on('SIGHUP', onHangUp);
  const control = await listenControl(controlPath(where.config, where.choice), async (word) =>
    word === 'reload'
      ? act.reload()
      : word.startsWith(backupWord)
        ? act.backup(word.slice(backupWord.length))
        : word.startsWith(forgetWord)
          ? act.forget(word.slice(forgetWord.length))
          : { ok: false, lines: [`The bot knows no word "${word}"; it may be older than this command.`] },
  );
  if ('problem' in control) where.observe.log('warn', 'attache reload is not heard', { reason: control.problem });
  return {
    close: async () => {
      process.off('SIGHUP', onHangUp);
      if ('close' in control) await control.close();
    },
  };
}

/** Begins what `attache forget` says to a running bot. */
export const forgetWord = 'forget ';
/** The same for `attache db backup`. */
export const backupWord = 'backup ';

/** @throws Failure where what is there now is wrong, or no bot runs on that database */
export async function reload(read: () => Config, choice: StoreChoice, say: (line: string) => void): Promise<void> {
  const replied = await askControl(controlPath(readOrRefuse(read), choice), 'reload');
  if (!replied) throw new Failure('no bot is running on this database; attache run starts one, and reads everything then');
  if (!replied.ok) throw new Failure(replied.lines.join('\n'));
  for (const line of replied.lines) say(line);
}

const nothingChanged = 'Nothing changed: the bot goes on with what it had.';

function readOrRefuse(read: () => Config): Config {
  try {
    return read();
  } catch (error) {
    throw error instanceof Failure ? new Failure(`${error.message}\n${nothingChanged}`) : error;
  }
}
