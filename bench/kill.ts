/** `npm run bench:kill`: a sender that is killed (kill -9) at a hundred random points, on each platform's harness: what was lost, what came twice. */
import { killedDeliveries, whole } from '../tests/support/killed.ts';

const kills = Number(process.argv[2] ?? 100);
/** The Slack emulator takes some thousand calls an hour. */
const channels = Number(process.argv[3] ?? 250);
const longestLife = 40;
let failed = false;
for (const platform of ['slack', 'discord'] as const) {
  const begun = Date.now();
  const { kills: done, channels: standing, violations } = await killedDeliveries(platform, channels, kills, longestLife);
  const count = (texts: readonly string[], text: string) => texts.filter((one) => one === text).length;
  const lost = standing.reduce((sum, texts) => sum + whole.filter((text) => count(texts, text) === 0).length, 0);
  const twice = standing.reduce((sum, texts) => sum + whole.reduce((more, text) => more + Math.max(0, count(texts, text) - 1), 0), 0);
  const messages = standing.reduce((sum, texts) => sum + texts.length, 0);
  console.log(
    `${platform}: ${done} kills over ${channels} channels, ${messages} messages stand: ${lost} lost, ${twice} twice, ${violations.length} violations, ${Math.round((Date.now() - begun) / 1000)} s`,
  );
  failed ||= lost + twice + violations.length > 0;
}
process.exitCode = failed ? 1 : 0;
