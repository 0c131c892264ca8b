/** `attache forget`: what is kept of a workspace, a server or a channel is erased, by the running bot where one holds the database. */
import { askControl, type Replied } from '../../adapters/control/control.ts';
import type { Config } from '../config.ts';
import type { LaneId } from '../model/channel.ts';
import type { Store } from '../ports/store.ts';
import { controlPath, hasStore, openStore, type StoreChoice } from './open-store.ts';
import { forgetWord } from './reload.ts';
import { Failure } from './setup.ts';

export interface ForgetChoice extends StoreChoice {
  /** Else it is only shown what would be erased. */
  readonly yes?: boolean;
}

type Part = Pick<Store, 'channels' | 'subscriptions' | 'installations' | 'erase'>;
type Target = { readonly lane: LaneId } | { readonly workspace: string };

const all = 1_000_000;
const confirmed = '--yes ';

/** @throws Failure where nothing is kept of it, or where its id means several */
export async function forget(wanted: string, choice: ForgetChoice, config: Config, say: (line: string) => void): Promise<void> {
  const words = `${choice.yes ? confirmed : ''}${wanted}`;
  const replied = (await askControl(controlPath(config, choice), `${forgetWord}${words}`)) ?? (await inStore(words, choice, config));
  if (!replied.ok) throw new Failure(replied.lines.join('\n'));
  for (const line of replied.lines) say(line);
}

async function inStore(words: string, choice: ForgetChoice, config: Config): Promise<Replied> {
  if (!hasStore(config, choice)) throw new Failure('there is no database yet, so nothing is kept');
  const store = await openStore(config, choice);
  try {
    return await forgetIn(store, words);
  } finally {
    await store.close();
  }
}

/** @param words an id, behind `--yes ` where it is to be erased */
export async function forgetIn(store: Part, words: string): Promise<Replied> {
  const isConfirmed = words.startsWith(confirmed);
  const wanted = (isConfirmed ? words.slice(confirmed.length) : words).trim();
  const lanes = (await store.channels(undefined, all)).map(({ lane }) => lane);
  const installed = (await store.installations()).map(({ workspace }) => workspace);
  const targets = targetsOf(wanted, lanes, installed);
  const [target] = targets;
  if (!target)
    return {
      ok: false,
      lines: [`nothing is kept of "${wanted}"; name a workspace (T0123), a server, a channel, or all of it: slack:T0123:C0456`],
    };
  if (targets.length > 1) return { ok: false, lines: [`"${wanted}" means ${targets.map(nameOf).join(' and ')}: name one of them whole`] };
  const inside = 'lane' in target ? [target.lane] : lanes.filter((lane) => lane.startsWith(`${target.workspace}:`));
  let subscriptions = 0;
  for (const lane of inside) subscriptions += (await store.subscriptions(lane)).length;
  const what = `${nameOf(target)}: ${counted(inside.length, 'channel')}, ${counted(subscriptions, 'subscription')}`;
  if (!isConfirmed) return { ok: true, lines: [`${what}. Nothing was erased yet: say it again with --yes.`] };
  await store.erase(target);
  return { ok: true, lines: [`Erased ${what}. Messages in the channels stay there; backups keep what they hold.`] };
}

/** What an id means, whole or its last part. */
function targetsOf(wanted: string, lanes: readonly LaneId[], installed: readonly string[]): readonly Target[] {
  const workspaces = new Set([...installed, ...lanes.map((lane) => lane.split(':').slice(0, 2).join(':'))]);
  const isMeant = (name: string) => name === wanted || name.split(':').at(-1) === wanted;
  const meant = [...workspaces].filter(isMeant).map((workspace): Target => ({ workspace }));
  return [...meant, ...lanes.filter(isMeant).map((lane): Target => ({ lane }))];
}

const nameOf = (target: Target) => ('lane' in target ? target.lane : target.workspace);
const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;
