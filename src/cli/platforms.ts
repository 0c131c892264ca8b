/** Builds the platforms whose tokens are there. Their libraries are imported only then: Bolt and discord.js cost time and memory. */
import { systemClock } from '../../adapters/clock.ts';
import type { Config } from '../config.ts';
import type { PlatformName } from '../model/channel.ts';
import type { ChatPlatform } from '../ports/platform.ts';
import type { Store } from '../ports/store.ts';
import { observer } from './logger.ts';
import { terminalLane } from './setup.ts';

export async function platformsOf(config: Config, store: Store, terminal: TerminalChoice): Promise<readonly ChatPlatform[]> {
  const { slackBotToken, slackAppToken, slackForMany, discordToken } = config.secrets;
  const { whoMayChange, http, apiUrl } = config.settings.slack;
  const elsewhere = apiUrl ? { apiUrl } : {};
  const { discord, log } = config.settings;
  const platforms: ChatPlatform[] = [];
  // Only where a platform is there: a terminal has its own.
  const observe = slackBotToken || slackForMany || discordToken ? await observer(log.level) : undefined;
  if (observe && slackBotToken && slackAppToken) {
    const { createSlack } = await import('../../adapters/slack/platform.ts');
    platforms.push(createSlack({ botToken: slackBotToken, appToken: slackAppToken, whoMayChange, observe, ...elsewhere }));
  }
  if (observe && slackForMany) {
    const { createSlackForMany } = await import('../../adapters/slack/multi-workspace.ts');
    platforms.push(createSlackForMany({ ...slackForMany, ...http, installed: store, whoMayChange, observe, ...elsewhere }));
  }
  if (observe && discordToken) {
    const { createDiscord } = await import('../../adapters/discord/platform.ts');
    platforms.push(createDiscord({ token: discordToken, ...withAddress(discord), observe }));
  }
  const webhooks = await webhooksOf(config);
  if (platforms.length > 0) return [...platforms, ...webhooks];
  const zone = (await store.channel(terminalLane))?.zone;
  return [await terminalOf({ ...terminal, ...(zone && { zone }) }), ...webhooks];
}

function withAddress({ crosspost, apiUrl }: Config['settings']['discord']) {
  return { crosspost, ...(apiUrl && { apiUrl }) };
}

async function webhooksOf({
  settings: { webhooks: targets },
  secrets: { webhookSecret: secret },
}: Config): Promise<readonly ChatPlatform[]> {
  if (targets.length === 0 || !secret) return [];
  const { createWebhooks } = await import('../../adapters/webhook/platform.ts');
  return [createWebhooks({ targets, secret, clock: systemClock })];
}

interface TerminalChoice {
  /** Ask for commands, where there is someone to ask. */
  readonly interactive: boolean;
  readonly onLeave?: () => void;
  /** The machine's own unless given. */
  readonly zone?: string;
}

/** The terminal that this process was started in; plain where output is piped or NO_COLOR is set. */
export async function terminalOf(choice: TerminalChoice): Promise<ChatPlatform> {
  const { createTerminal } = await import('../../adapters/terminal/platform.ts');
  const { stdin: input, stdout: output } = process;
  const interactive = choice.interactive && input.isTTY && output.isTTY;
  const zone = choice.zone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return createTerminal({
    input,
    output,
    colour: output.isTTY && output.hasColors(),
    interactive,
    zone,
    ...(choice.onLeave && { onLeave: choice.onLeave }),
  });
}

/** What a platform would get, in UTC and without its connection. */
export async function rendererOf(name: PlatformName): Promise<Pick<ChatPlatform, 'render'>> {
  if (name === 'terminal') {
    const { createTerminal } = await import('../../adapters/terminal/platform.ts');
    return createTerminal({ input: process.stdin, output: process.stdout, colour: false, interactive: false, zone: 'UTC' });
  }
  if (name === 'slack') {
    const { renderSlack } = await import('../../adapters/slack/render.ts');
    return { render: renderSlack };
  }
  if (name === 'webhook') {
    const { createWebhooks } = await import('../../adapters/webhook/platform.ts');
    return createWebhooks({ targets: [], secret: '', clock: { now: () => 0 } });
  }
  const { renderDiscord } = await import('../../adapters/discord/render.ts');
  return { render: renderDiscord };
}
