/**
 * Reads secrets from environment variables, or from the files they name. A wrong one is named,
 * never shown.
 */
import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';

export interface Secrets {
  readonly slackBotToken?: string;
  readonly slackAppToken?: string;
  /** An app that many workspaces install. */
  readonly slackForMany?: SlackForMany;
  readonly discordToken?: string;
  readonly databaseUrl?: string;
  /** The key that signs webhooks. */
  readonly webhookSecret?: string;
  /** Asked each minute while all is well. */
  readonly heartbeatUrl?: string;
}

interface SlackForMany {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly signingSecret: string;
  /** The keys that encrypt tokens, the newest first. */
  readonly secrets: readonly [string, ...string[]];
}

const credentials = '(api.slack.com/apps → Basic Information → App Credentials)';
const shapes = {
  SLACK_BOT_TOKEN: [/^xoxb-\S+$/, 'a bot token that begins with xoxb- (api.slack.com/apps → OAuth & Permissions)'],
  SLACK_APP_TOKEN: [/^xapp-\S+$/, 'an app-level token that begins with xapp- (api.slack.com/apps → Basic Information → App-Level Tokens)'],
  SLACK_CLIENT_ID: [/^\d+\.\d+$/, `the client id ${credentials}`],
  SLACK_CLIENT_SECRET: [/^\S{16,}$/, `the client secret ${credentials}`],
  SLACK_SIGNING_SECRET: [/^\S{16,}$/, `the signing secret ${credentials}`],
  ATTACHE_SECRET: [/^\S{32,}$/, '32 characters or more, from: openssl rand -base64 32'],
  ATTACHE_SECRET_OLD: [/^\S{32,}$/, 'the ATTACHE_SECRET before this one'],
  DISCORD_TOKEN: [/^\S{20,}$/, 'the bot token (discord.com/developers/applications → Bot → Reset Token)'],
  // Only one @, and before any path: otherwise part of the password would be read as a host, which
  // errors name.
  ATTACHE_WEBHOOK_SECRET: [/^\S{32,}$/, '32 characters or more, from: openssl rand -base64 32'],
  HEARTBEAT_URL: [/^https?:\/\/[^\s/]+\S*$/, 'an http(s) address, such as your monitoring gives for a check'],
  DATABASE_URL: [
    /^postgres(ql)?:\/\/(?:[^\s@/?#]*@)?[^\s@]+$/,
    'an address such as postgres://user:password@host:5432/attache; signs such as @ / ? # in the password are written %40 %2F %3F %23',
  ],
} as const;
type Name = keyof typeof shapes;
type Read = (name: Name) => string | undefined;

/** @param problems gets one line for each secret that is wrong, or missing beside another */
export function readSecrets(env: Readonly<Record<string, string | undefined>>, problems: string[]): Secrets {
  const secret: Read = (name) => {
    const path = env[`${name}_FILE`];
    if (!env[name] && path && !existsSync(path)) {
      problems.push(`environment: ${name}_FILE: found no file "${basename(path)}"; allowed: the path of a file that holds the value`);
      return undefined;
    }
    const value = (env[name] || (path ? readFileSync(path, 'utf8') : '')).trim();
    if (value === '') return undefined;
    const [shape, allowed] = shapes[name];
    if (!shape.test(value)) problems.push(`environment: ${name}: found something else; allowed: ${allowed}`);
    return value;
  };
  const [slackBotToken, slackAppToken] = allOrNone(secret, ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN'], 'Slack needs both', problems);
  const slackForMany = readSlackForMany(secret, problems);
  const discordToken = secret('DISCORD_TOKEN');
  const databaseUrl = secret('DATABASE_URL');
  const webhookSecret = secret('ATTACHE_WEBHOOK_SECRET');
  const heartbeatUrl = secret('HEARTBEAT_URL');
  if (slackForMany && slackBotToken)
    problems.push('environment: SLACK_BOT_TOKEN: found it beside SLACK_CLIENT_ID; allowed: one of them, for one workspace or for many');
  return {
    ...(slackBotToken && { slackBotToken }),
    ...(slackAppToken && { slackAppToken }),
    ...(slackForMany && { slackForMany }),
    ...(discordToken && { discordToken }),
    ...(databaseUrl && { databaseUrl }),
    ...(webhookSecret && { webhookSecret }),
    ...(heartbeatUrl && { heartbeatUrl }),
  };
}

function readSlackForMany(secret: Read, problems: string[]): SlackForMany | undefined {
  const names = ['SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET', 'SLACK_SIGNING_SECRET'] as const;
  const [clientId, clientSecret, signingSecret] = allOrNone(secret, names, 'many workspaces need all of them', problems);
  if (!clientId || !clientSecret || !signingSecret) return undefined;
  const [newest] = allOrNone(secret, ['ATTACHE_SECRET', 'SLACK_CLIENT_ID'], 'what many workspaces entrust is encrypted under it', problems);
  const older = secret('ATTACHE_SECRET_OLD');
  return newest === undefined ? undefined : { clientId, clientSecret, signingSecret, secrets: older ? [newest, older] : [newest] };
}

function allOrNone(secret: Read, names: readonly Name[], why: string, problems: string[]): readonly (string | undefined)[] {
  const values = names.map(secret);
  const missing = names.filter((_, index) => values[index] === undefined);
  if (missing.length < names.length)
    for (const name of missing) problems.push(`environment: ${name}: found nothing; allowed: ${shapes[name][1]}; ${why}`);
  return values;
}
