/** The two emulated platforms, as the day needs them. */
import { createDiscord } from '../adapters/discord/platform.ts';
import { createSlack } from '../adapters/slack/platform.ts';
import { commands } from '../src/talk/commands.ts';
import { readLine } from '../src/talk/line.ts';
import { startDiscord } from '../tests/harness-discord.ts';
import { startSlack } from '../tests/harness-slack.ts';
import type { Stage } from './day.ts';

export async function onSlack(): Promise<Stage> {
  const slack = await startSlack();
  const platform = createSlack(slack.access);
  const threads = async (ts: string): Promise<readonly { readonly ts: string }[]> => {
    const body = new URLSearchParams({ channel: slack.channel, ts, limit: '100' });
    const headers = { authorization: `Bearer ${slack.access.botToken}` };
    const response = await fetch(`${slack.access.apiUrl}conversations.replies`, { method: 'POST', body, headers });
    return ((await response.json()) as { readonly messages: readonly { readonly ts: string }[] }).messages;
  };
  return {
    platform,
    lane: `slack:${slack.team}:${slack.channel}`,
    violations: slack.violations,
    say: async (line) => {
      await slack.connected();
      return slack.command(line);
    },
    press: (act, value) => slack.press(act, value),
    standing: async () => {
      const all = (await Promise.all((await slack.messages()).map(({ ts }) => threads(ts)))).flat();
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
      const said = readLine(line, commands);
      if ('unknown' in said) throw new Error(`no command ${said.unknown}`);
      return discord.command(said.command, said.options);
    },
    press: (act, value) => discord.press(`${act}:${value}`),
    standing: async () => discord.messages.map((message) => ({ id: message.id, payload: { ...message } })),
    close: async () => {
      await platform.stop();
      await discord.close();
    },
  };
}
