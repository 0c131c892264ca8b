/** What `attache doctor` says of Slack, Discord and the channels there. */
import { join } from 'node:path';
import type { Config } from '../config.ts';
import type { LaneId } from '../model/channel.ts';
import type { CheckResult } from '../ports/operator.ts';
import type { StoreCheck } from './check-store.ts';
import { projectFolder } from './setup.ts';

export interface Elsewhere {
  /** Ends with `/api/`. */
  readonly slackApiUrl?: string;
  readonly discordApiUrl?: string;
}

export async function checkPlatforms(config: Config, opened: StoreCheck, other: Elsewhere): Promise<readonly CheckResult[]> {
  const { secrets, settings } = config;
  const { slackApiUrl = settings.slack.apiUrl, discordApiUrl = settings.discord.apiUrl } = other;
  const elsewhere = { ...(slackApiUrl && { slackApiUrl }), ...(discordApiUrl && { discordApiUrl }) };
  const hasSlack = secrets.slackBotToken !== undefined || secrets.slackForMany !== undefined;
  const [slack, discord] = await Promise.all([
    hasSlack ? checkSlack(config, opened, elsewhere) : notSetUp('slack', opened),
    secrets.discordToken ? checkDiscord(secrets.discordToken, opened, elsewhere) : notSetUp('discord', opened),
  ]);
  const none = !hasSlack && !secrets.discordToken;
  const alone: CheckResult = { subject: 'platform', state: 'note', message: 'no token: Attaché runs in the terminal' };
  return [...(none ? [alone] : []), ...slack, ...discord, ...troubles(opened, discord)];
}

async function checkSlack({ secrets }: Config, { store }: StoreCheck, { slackApiUrl }: Elsewhere): Promise<readonly CheckResult[]> {
  const { slackBotToken: botToken, slackAppToken: appToken, slackForMany } = secrets;
  const check = await import('../../adapters/slack/check.ts');
  const asking = slackApiUrl ? { apiUrl: slackApiUrl } : {};
  if (slackForMany && store) return check.checkSlackForMany(store, slackForMany.secrets, asking);
  if (slackForMany) return [{ subject: 'slack', state: 'note', message: 'the workspaces stand in the database, which is not looked at' }];
  return botToken && appToken ? check.checkSlack({ botToken, appToken }, asking) : [];
}

async function checkDiscord(token: string, { subscribed }: StoreCheck, { discordApiUrl }: Elsewhere): Promise<readonly CheckResult[]> {
  const check = await import('../../adapters/discord/check.ts');
  const asking = { token, ...(discordApiUrl && { apiUrl: discordApiUrl }) };
  return check.checkDiscord(asking, on('discord', subscribed));
}

const ways = {
  slack: `make an app from ${join(projectFolder, 'adapters', 'slack', 'manifest.yaml')} and set SLACK_BOT_TOKEN and SLACK_APP_TOKEN (README: Slack in five minutes)`,
  discord: 'set DISCORD_TOKEN (README: Discord in five minutes); the invite link is printed then',
} as const;

/** No harm, unless channels there wait for alerts. */
async function notSetUp(platform: keyof typeof ways, { subscribed }: StoreCheck): Promise<readonly CheckResult[]> {
  const waiting = on(platform, subscribed).length;
  if (waiting === 0) return [{ subject: platform, state: 'note', message: 'not set up', fix: `to add it, ${ways[platform]}` }];
  return [{ subject: platform, state: 'wrong', message: `subscribed channels: ${waiting}, and there is no token`, fix: ways[platform] }];
}

/** Channels whose last message was given up. Where nothing stands in the way any more, it is only told. */
function troubles({ undelivered }: StoreCheck, looked: readonly CheckResult[]): readonly CheckResult[] {
  const fine = new Set(looked.filter(({ state }) => state === 'ok').map(({ subject }) => subject));
  const known = new Set(looked.filter(({ state }) => state === 'wrong').map(({ subject }) => subject));
  return undelivered
    .filter(({ lane }) => !known.has(lane) && !lane.startsWith('webhook:'))
    .map(({ lane, reason, at }) => {
      const says = `the last message was given up on ${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC: ${reason}`;
      return { subject: lane, state: fine.has(lane) ? 'note' : 'wrong', message: says };
    });
}

const on = (platform: string, lanes: readonly LaneId[]) => lanes.filter((lane) => lane.startsWith(`${platform}:`));
