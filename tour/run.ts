/**
 * `npm run tour`: a day of one channel on emulated Slack and Discord, and every message of it as a person would see it: the payload, and a preview
 * as a page and, where a Chromium is there, as a picture. The previews resemble the platforms; they show nothing of the live services.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { onDiscord, onSlack } from '../tests/support/stages.ts';
import { playDay } from './day.ts';
import { hasEmoji, photographer } from './picture.ts';
import { discordPage, slackPage } from './preview.ts';

const folder = resolve(process.argv[2] ?? join(import.meta.dirname, '..', 'var', 'tour'));
mkdirSync(folder, { recursive: true });
const photograph = await photographer();
let pictures = 0;
let messages = 0;
for (const [name, open, page] of [
  ['slack', onSlack, slackPage],
  ['discord', onDiscord, discordPage],
] as const) {
  const stage = await open();
  let step = 0;
  await playDay(stage, async (title, payload) => {
    step += 1;
    messages += 1;
    const file = join(
      folder,
      `${name}-${String(step).padStart(2, '0')}-${title
        .toLowerCase()
        .replace(/[^a-z]+/g, '-')
        .replace(/-$/, '')}`,
    );
    writeFileSync(`${file}.json`, `${JSON.stringify(payload, null, 2)}\n`);
    writeFileSync(`${file}.html`, page(title, payload));
    if (await photograph(`${file}.html`, `${file}.png`)) pictures += 1;
    process.stdout.write(`${name} ${step}. ${title}\n`);
  });
  await stage.close();
  if (stage.violations.length > 0) {
    process.stderr.write(`attache: ${name} would refuse: ${stage.violations.join('; ')}\n`);
    process.exitCode = 1;
  }
}
process.stdout.write(`\n${messages} messages, ${pictures} pictures, in ${folder}\n`);
if (pictures === 0)
  process.stdout.write(
    'No Chromium was found: the pages are there, open them. To get pictures: apt-get install chromium fonts-noto-color-emoji\n',
  );
else if (!(await hasEmoji()))
  process.stdout.write(
    'No emoji font was found: marks and flags are missing in the pictures. To get one: apt-get install fonts-noto-color-emoji\n',
  );
