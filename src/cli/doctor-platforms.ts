/** What `attache doctor` says of Slack, Discord and the channels there. */
import { join } from 'node:path';
import type { Config } from '../config.ts';
import type { LaneId } from '../model.ts';
import type { Checked } from '../ports.ts';
import type { Databased } from './doctor-store.ts';
import { projectFolder } from './wire.ts';

export interface Elsewhere {
  /** Ends with `/api/`. */
  readonly slackApiUrl?: string;
  readonly discordApiUrl?: string;
}

export async function checkPlatforms(config: Config, opened: Databased, other: Elsewhere): Promise<readonly Checked[]> {
  const { secrets, settings } = config;
  const { slackApiUrl = settings.slack.apiUrl, discordApiUrl = settings.discord.apiUrl } = other;
  const elsewhere = { ...(slackApiUrl && { slackApiUrl }), ...(discordApiUrl && { discordApiUrl }) };
  const hasSlack = secrets.slackBotToken !== undefined || secrets.slackForMany !== undefined;
  const [slack, discord] = await Promise.all([
    hasSlack ? checkSlack(config, opened, elsewhere) : notSetUp('slack', opened),
    secrets.discordToken ? checkDiscord(secrets.discordToken, opened, elsewhere) : notSetUp('discord', opened),
  ]);
  const none = !hasSlack && !secrets.discordToken;
  const alone: Checked = { about: 'platform', state: 'note', says: 'no token: Attaché runs in the terminal' };
  return [...(none ? [alone] : []), ...slack, ...discord, ...troubles(opened, discord)];
}

async function checkSlack({ secrets }: Config, { store }: Databased, { slackApiUrl }: Elsewhere): Promise<readonly Checked[]> {
  const { slackBotToken: botToken, slackAppToken: appToken, slackForMany } = secrets;
  const check = await import('../../adapters/slack/check.ts');
  const asking = slackApiUrl ? { apiUrl: slackApiUrl } : {};
  if (slackForMany && store) return check.checkSlackForMany(store, slackForMany.secrets, asking);
  if (slackForMany) return [{ about: 'slack', state: 'note', says: 'the workspaces stand in the database, which is not looked at' }];
  return botToken && appToken ? check.checkSlack({ botToken, appToken }, asking) : [];
}

async function checkDiscord(token: string, { subscribed }: Databased, { discordApiUrl }: Elsewhere): Promise<readonly Checked[]> {
  const check = await import('../../adapters/discord/check.ts');
  const asking = { token, ...(discordApiUrl && { apiUrl: discordApiUrl }) };
  return check.checkDiscord(asking, on('discord', subscribed));
}

const ways = {
  slack: `make an app from ${join(projectFolder, 'adapters', 'slack', 'manifest.yaml')} and set SLACK_BOT_TOKEN and SLACK_APP_TOKEN (README: Slack in five minutes)`,
  discord: 'set DISCORD_TOKEN (README: Discord in five minutes); the invite link is printed then',
} as const;

/** No harm, unless channels there wait for alerts. */
async function notSetUp(platform: keyof typeof ways, { subscribed }: Databased): Promise<readonly Checked[]> {
  const waiting = on(platform, subscribed).length;
  if (waiting === 0) return [{ about: platform, state: 'note', says: 'not set up', mend: `to add it, ${ways[platform]}` }];
  return [{ about: platform, state: 'wrong', says: `subscribed channels: ${waiting}, and there is no token`, mend: ways[platform] }];
}

/** Channels whose last message was given up. Where nothing stands in the way any more, it is only told. */
function troubles({ undelivered }: Databased, looked: readonly Checked[]): readonly Checked[] {
  const fine = new Set(looked.filter(({ state }) => state === 'ok').map(({ about }) => about));
  const known = new Set(looked.filter(({ state }) => state === 'wrong').map(({ about }) => about));
  return undelivered
    .filter(({ lane }) => !known.has(lane))
    .map(({ lane, reason, at }) => {
      const says = `the last message was given up on ${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC: ${reason}`;
      return { about: lane, state: fine.has(lane) ? 'note' : 'wrong', says };
    });
}

const on = (platform: string, lanes: readonly LaneId[]) => lanes.filter((lane) => lane.startsWith(`${platform}:`));
