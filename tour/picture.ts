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
const flags = ['--headless=new', '--no-sandbox', '--disable-gpu', '--hide-scrollbars'];
const width = 720;

/** Takes pictures of pages, each as high as what stands on it; each gives false where there is no browser. */
export async function photographer(): Promise<(page: string, picture: string) => Promise<boolean>> {
  for (const browser of browsers) {
    if ((await outputOf(browser, ['--version'])) === undefined) continue;
    return async (page, picture) => {
      const address = pathToFileURL(page).href;
      const shown = await outputOf(browser, [...flags, `--window-size=${width},900`, '--dump-dom', address]);
      const height = /data-height="(\d+)"/.exec(shown ?? '')?.[1] ?? '900';
      return (await outputOf(browser, [...flags, `--window-size=${width},${height}`, `--screenshot=${picture}`, address])) !== undefined;
    };
  }
  return async () => false;
}

/** Whether pictures can show the marks of severities and flags; true where nobody can tell. */
export async function hasEmoji(): Promise<boolean> {
  const fonts = await outputOf('fc-list', [':lang=und-zsye', 'family']);
  return fonts === undefined || fonts.trim() !== '';
}

/** Undefined where it is not there or fails. */
function outputOf(program: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((done) =>
    execFile(program, args, { timeout: 60_000, maxBuffer: 8e6 }, (error, out) => done(error === null ? out : undefined)),
  );
}
