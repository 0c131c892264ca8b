/** The bot on an emulated Slack and Discord, and a person in one channel of each: what is said there, and what stands there as the platform has it. */
import { createDiscord } from '../../adapters/discord/platform.ts';
import { createSlack } from '../../adapters/slack/platform.ts';
import type { ButtonAct } from '../../src/message.ts';
import type { LaneId } from '../../src/model/channel.ts';
import type { ChatPlatform } from '../../src/ports/platform.ts';
import { commands } from '../../src/talk/commands.ts';
import { readLine } from '../../src/talk/parse-line.ts';
import { startDiscord } from './discord/harness.ts';
import { startSlack, unpaced } from './slack/harness.ts';

export interface Stage {
  readonly platform: ChatPlatform;
  readonly lane: LaneId;
  /** Says a line of the command table as people do it there; gives the answer's payload. */
  say(line: string): Promise<unknown>;
  /** @param on the message whose button it is; that which carries it unless given */
  press(act: ButtonAct, value: string, on?: string): Promise<unknown>;
  /** The messages of the channel and its threads, oldest first, each with an id that stays. */
  standing(): Promise<readonly { readonly id: string; readonly payload: unknown }[]>;
  readonly violations: readonly string[];
  close(): Promise<void>;
}

export async function onSlack(): Promise<Stage> {
  const slack = await startSlack();
  const platform = createSlack({ ...slack.access, pace: unpaced });
  return {
    platform,
    lane: `slack:${slack.team}:${slack.channel}`,
    violations: slack.violations,
    say: async (line) => {
      await slack.connected();
      return slack.command(line);
    },
    press: (act, value, on) => slack.press(act, value, on ? { message: on } : {}),
    standing: async () => {
      const all = [...(await slack.withThreads())].sort((a, b) => Number(a.ts) - Number(b.ts));
      return all.map((message) => ({ id: message.ts, payload: message }));
    },
    close: async () => {
      await platform.stop();
      await slack.close();
    },
  };
}

export async function onDiscord(): Promise<Stage> {
  const discord = await startDiscord();
  const platform = createDiscord({ token: discord.token, apiUrl: discord.apiUrl });
  return {
    platform,
    lane: `discord:${discord.guild}:${discord.channel}`,
    violations: discord.violations,
    say: async (line) => {
      // People fill in the options of a subcommand: what stands behind each name in the line.
      const said = readLine(line, commands);
      if ('unknown' in said) throw new Error(`Discord has no subcommand ${said.unknown}`);
      return discord.command(said.command, said.options);
    },
    press: (act, value, on) => discord.person(on ? { message: on } : {}).press(`${act}:${value}`),
    standing: async () => discord.messages.map((message) => ({ id: message.id, payload: { ...message } })),
    close: async () => {
      await platform.stop();
      await discord.close();
    },
  };
}
