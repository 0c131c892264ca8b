/** A bot with a Discord of its own, for tests that would disturb others. */
import { createDiscord, type DiscordOptions } from '../../../adapters/discord/platform.ts';
import type { PlatformHooks } from '../../../src/ports/platform.ts';
import { startDiscord } from './harness.ts';

export async function alone(hooks: PlatformHooks, patienceMs = 1_500, more: Partial<DiscordOptions> = {}) {
  const server = await startDiscord();
  const bot = createDiscord({ token: server.token, apiUrl: server.apiUrl, patienceMs, ...more });
  const outcome = await bot.start(hooks);
  return { server, bot, outcome, end: () => Promise.all([bot.stop(), server.close()]) };
}
