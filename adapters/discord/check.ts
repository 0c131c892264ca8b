/**
 * `doctor`'s check of Discord: whether the token works and which channels refuse posts. It answers
 * no commands.
 */
import { type Client, DiscordAPIError, Events } from 'discord.js';
import type { LaneId } from '../../src/model/channel.ts';
import type { CheckResult } from '../../src/ports/operator.ts';
import { openConnection } from './connect.ts';
import { outcomeOf, refusalOf } from './errors.ts';
import { inviteUrl, lacking } from './invite.ts';
import { channelOf, guildOf } from './lane.ts';

interface CheckOptions {
  readonly token: string;
  readonly apiUrl?: string;
  /** How long connecting may take (ms). */
  readonly readyMs?: number;
}

const about = 'discord';

/** @param lanes the channels to check for posting */
export async function checkDiscord(
  { token, apiUrl, readyMs = 30_000 }: CheckOptions,
  lanes: readonly LaneId[],
): Promise<readonly CheckResult[]> {
  const rest = { retries: 0, timeout: 15_000, ...(apiUrl && { api: apiUrl }) };
  const connection = openConnection(rest);
  const { client } = connection;
  // Errors on the way surface in `ready`.
  client.on(Events.Error, () => {});
  client.on(Events.ShardError, () => {});
  try {
    const { applicationId, tag } = await connection.ready(token, readyMs);
    const invite = inviteUrl(applicationId);
    const inside = `${tag}: the token is good; servers: ${client.guilds.cache.size}`;
    const found: CheckResult[] = [{ subject: about, state: 'ok', message: `${inside}; invite it to another with ${invite}` }];
    for (const lane of lanes) found.push(await checkLane(client, lane, invite));
    return found;
  } catch (error) {
    return [{ subject: about, state: 'wrong', message: refusalOf(error) }];
  } finally {
    await connection.end();
  }
}

async function checkLane(client: Client, lane: LaneId, invite: string): Promise<CheckResult> {
  const id = channelOf(lane);
  const guild = client.guilds.cache.get(guildOf(lane));
  const wrong = (says: string, fix: string): CheckResult => ({ subject: lane, state: 'wrong', message: says, fix });
  if (!guild && guildOf(lane) !== '@me') return wrong('the bot is not in that server', `invite it again with ${invite}`);
  try {
    const channel = await client.channels.fetch(id);
    const name = channel && 'name' in channel && channel.name ? `#${channel.name} in ${guild?.name}` : 'direct messages';
    const missing = lacking(client, id);
    if (missing.length === 0) return { subject: lane, state: 'ok', message: `${name} can be posted to` };
    return wrong(`${name} cannot be posted to`, `give the bot ${listed(missing)} there (Edit Channel → Permissions)`);
  } catch (error) {
    const failure = outcomeOf(error);
    if (error instanceof DiscordAPIError && failure.kind === 'rejected')
      return wrong(failure.reason, failure.mend ?? 'subscribe elsewhere');
    return { subject: lane, state: 'note', message: `cannot be looked at now (${failure.reason})` };
  }
}

const listed = (missing: readonly string[]) => new Intl.ListFormat('en', { type: 'conjunction' }).format(missing);
