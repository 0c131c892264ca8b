/** A page as a picture, by the Chromium that is on this machine, if there is one. */
import { execFile } from 'node:child_process';
import { pathToFileURL } from 'node:url';

const browsers = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];
const flags = ['--headless=new', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--window-size=720,900'];

/** Takes pictures of pages; each gives false where there is no browser. */
export async function photographer(): Promise<(page: string, picture: string) => Promise<boolean>> {
  for (const browser of browsers) {
    if (await runs(browser, ['--version'])) {
      return (page, picture) => runs(browser, [...flags, `--screenshot=${picture}`, pathToFileURL(page).href]);
    }
  }
  return async () => false;
}

function runs(program: string, args: readonly string[]): Promise<boolean> {
  return new Promise((done) => execFile(program, args, { timeout: 60_000 }, (error) => done(error === null)));
}
