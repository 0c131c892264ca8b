import { PassThrough } from 'node:stream';
import { createDiscord } from '../adapters/discord/platform.ts';
import { createSlack } from '../adapters/slack/platform.ts';
import { createTerminal } from '../adapters/terminal/platform.ts';
import { commands } from '../src/talk/commands.ts';
import { readLine } from '../src/talk/line.ts';
import { startDiscord } from './harness-discord.ts';
import type { Embed } from './harness-discord-world.ts';
import { startSlack, unpaced } from './harness-slack.ts';
import { platformContract, type Stage } from './platform-contract.ts';

/** All words of a structure, in order: what a reader could see of it. */
function wordsIn(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(wordsIn).filter(Boolean).join('\n');
  if (typeof value !== 'object' || value === null) return '';
  return Object.entries(value)
    .filter(([key]) => !/^(?:type|style|action_id|block_id|value|custom_id|url|emoji|verbatim)$/.test(key))
    .map(([, inner]) => wordsIn(inner))
    .filter(Boolean)
    .join('\n');
}

async function inSlack(): Promise<Stage> {
  const slack = await startSlack();
  const platform = createSlack({ ...slack.access, pace: unpaced });
  return {
    platform,
    lane: `slack:${slack.team}:${slack.channel}`,
    violations: slack.violations,
    say: async (line) => {
      await slack.connected();
      return wordsIn(await slack.command(line));
    },
    press: async (act, value) => wordsIn(await slack.press(act, value)),
    standing: async () => (await slack.messages()).map((message) => wordsIn([message.text, message.blocks])),
    close: async () => {
      await platform.stop();
      await slack.close();
    },
  };
}

async function onDiscord(): Promise<Stage> {
  const discord = await startDiscord();
  const platform = createDiscord({ token: discord.token, apiUrl: discord.apiUrl });
  const shown = ({ content = '', embeds = [] }: { readonly content?: string; readonly embeds?: readonly Embed[] }) =>
    wordsIn([content, embeds]).replaceAll(/\\(?=[^\w\s])/g, '');
  return {
    platform,
    lane: `discord:${discord.guild}:${discord.channel}`,
    violations: discord.violations,
    say: async (line) => {
      // People fill in the options of a subcommand: what stands behind each name in the line.
      const said = readLine(line, commands);
      if ('unknown' in said) throw new Error(`Discord has no subcommand ${said.unknown}`);
      return shown(await discord.command(said.command, said.options));
    },
    press: async (act, value) => shown(await discord.press(`${act}:${value}`)),
    standing: async () => discord.messages.map(shown),
    close: async () => {
      await platform.stop();
      await discord.close();
    },
  };
}

async function inTerminal(): Promise<Stage> {
  const input = new PassThrough();
  const output = Object.assign(new PassThrough(), { columns: 200 });
  let written = '';
  output.on('data', (chunk: Buffer) => {
    written += chunk.toString('utf8');
  });
  const platform = createTerminal({ input, output, colour: false, interactive: true, zone: 'UTC' });
  const answered: string[] = [];
  const type = async (line: string) => {
    const before = written.length;
    input.write(`${line}\n`);
    const isAnswered = () => /\n\s*\S.*\n[\s\S]*\n/.test(written.slice(before).replace(line, ''));
    for (let turn = 0; turn < 400 && !isAnswered(); turn += 1) await new Promise((next) => setTimeout(next, 5));
    const answer = written.slice(before);
    answered.push(answer);
    return answer;
  };
  return {
    platform,
    lane: 'terminal:local:main',
    violations: [],
    say: type,
    press: (act, value) => type(`${act === 'acknowledge' ? 'ack' : act} ${value}`),
    standing: async () => {
      const rest = answered.reduce((text, answer) => text.replace(answer, ''), written);
      return rest.split(/\n(?=\S*(?:NEW|UPDATE|LIFTED|CORRECTION|NOTE)\b)/).filter((text) => text.trim() !== '');
    },
    close: () => platform.stop(),
  };
}

platformContract('Slack', inSlack);
platformContract('Discord', onDiscord);
platformContract('the terminal', inTerminal);
