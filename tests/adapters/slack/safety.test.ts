import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { isWeb } from '../../../adapters/slack/limits.ts';
import type { WhoMayChange } from '../../../adapters/slack/people.ts';
import { createSlack } from '../../../adapters/slack/platform.ts';
import { renderSlack } from '../../../adapters/slack/render.ts';
import type { ChatMessage } from '../../../src/message.ts';
import type { ChatPlatform } from '../../../src/ports/platform.ts';
import { commands } from '../../../src/talk/commands.ts';
import { anAlert } from '../../support/messages.ts';
import { type SlackHarness, startSlack } from '../../support/slack/harness.ts';
import { blockViolations } from '../../support/slack/limits.ts';
import { channel } from '../../support/talk.ts';

test.each([
  ['https://news.example/a?b=c', true],
  ['HTTP://news.example', true],
  ['https://news.example/@author', true],
  ['https://bank.example@evil.example/x', false],
  ['https://bank.example:443@evil.example/x', false],
  ['https://reader:secret@news.example/x', false],
  ['https://:secret@news.example/x', false],
  ['https://news.example/a b', false],
  ['ftp://news.example/', false],
])('an address with a user before its host becomes no link: %s', (link, isLink) => {
  expect(isWeb(link)).toBe(isLink);
  const message: ChatMessage = { ...anAlert('h'), lines: [[{ link, text: 'here' }]], buttons: [{ act: 'open', label: 'Source', link }] };
  const shown = [...objectsIn(renderSlack(message, {}))].filter((one) => one.url === link);
  expect(shown.length > 0).toBe(isLink);
});

/** Every object in a payload, however deep. */
function* objectsIn(value: unknown): Generator<Readonly<Record<string, unknown>>> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield value as Readonly<Record<string, unknown>>;
  for (const inner of Object.values(value)) yield* objectsIn(inner);
}

const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '<!channel>',
        '<!here|here>',
        '<@U0ANA1>',
        '<#C01|general>',
        '@channel',
        '@everyone',
        '<https://evil.example|bbc.co.uk>',
        'https://evil.example/x',
        'javascript:alert(1)',
        '/attache unsubscribe all',
        ':rotating_light:',
        '*bold* _it_ ~no~ `code` ```block```',
        '&lt;!channel&gt;',
        '\u202etxt.exe\u202c',
        '\u2067\u0645\u0631\u062d\u0628\u0627',
        '\u0000\u0007\u001b[31m',
        '\ud800',
        '\n\n',
      ),
      fc.string({ maxLength: 30, unit: 'grapheme' }),
    ),
    { maxLength: 20 },
  )
  .map((parts) => parts.join(' '));

function saying(text: string, link: string): ChatMessage {
  const line = [text, { strong: text }, { link, text }, { person: text }, { at: 0 }];
  return {
    ...anAlert(text),
    lines: [line],
    fields: [{ name: text, value: line }],
    sections: [{ title: text, lines: [line, line] }],
    footer: [line, [text]],
    buttons: [
      { act: 'why', label: text, value: 'e1@1' },
      { act: 'open', label: text, link },
      { act: 'open', label: text, link, overflow: true },
    ],
    marked: text,
  };
}

describe('what a feed says stays words', () => {
  test('no mention, command, emoji or markup comes of it, and no link but the one that was checked', () => {
    fc.assert(
      fc.property(hostile, fc.oneof(fc.webUrl(), hostile, fc.constant('javascript:alert(1)')), (text, link) => {
        const payload = renderSlack(saying(text, link));
        expect(blockViolations({ ...payload })).toEqual([]);
        expect(payload.text).not.toMatch(/[<>]/);
        for (const { type, url, emoji, text: shown } of objectsIn(payload.blocks)) {
          expect(['user', 'usergroup', 'broadcast', 'channel', 'emoji', 'team', 'mrkdwn', 'color']).not.toContain(type);
          if (url !== undefined) expect([link, String(url).slice(0, 4)]).toEqual([url, 'http']);
          if (emoji !== undefined) expect(emoji).toBe(false);
          if (typeof shown === 'string') expect(shown).not.toMatch(/[\u202a-\u202e\u2066\u2067]|[^\P{Cc}\n]/u);
        }
      }),
      { numRuns: 60 },
    );
  });

  test.each([
    ['https://bbc.co.uk/news says so', 'https://evil.example/x', 'evil.example'],
    ['www.gov.uk', 'https://gov.uk.evil.example/', 'gov.uk.evil.example'],
    ['see https://courier.example/a', 'https://www.courier.example/b', 'see https://courier.example/a'],
    ['US moves embassy to Lviv', 'https://courier.example/b', 'US moves embassy to Lviv'],
  ])('%s, which leads to %s, reads %s', (text, link, shown) => {
    const links = [...objectsIn(renderSlack({ ...anAlert('x'), lines: [[{ link, text }]] }).blocks)].filter(({ type }) => type === 'link');
    expect(links).toContainEqual({ type: 'link', url: link, text: shown });
  });

  test('words from right to left stay where they are', () => {
    const arabic = '\u0645\u0631\u062d\u0628\u0627';
    const { blocks, text } = renderSlack({ ...anAlert(`${arabic}\u202e`), lines: [[arabic, ' · by 1 outlet']] });
    expect(text).toBe(`\u2068${arabic} \u2069`);
    expect([...objectsIn(blocks)].map((one) => one.text)).toEqual(expect.arrayContaining([`\u2068${arabic}\u2069`, ' · by 1 outlet']));
  });

  test('who is pinged is whom the channel named, by id', () => {
    const pinged = (mention: string) =>
      [...objectsIn(renderSlack(anAlert('x'), { mention }).blocks)].filter(({ type }) => /^user/.test(String(type)));
    expect(pinged('S0TEAM1')).toEqual([{ type: 'usergroup', usergroup_id: 'S0TEAM1' }]);
    expect(pinged('U0ANA1')).toEqual([{ type: 'user', user_id: 'U0ANA1' }]);
    for (const word of ['channel', '!here', 'everyone', '<!channel>', 'u0ana1']) expect(pinged(word)).toEqual([]);
  });
});

describe('who may change what a channel gets', () => {
  let slack: SlackHarness;
  let ben: string;
  const open: ChatPlatform[] = [];

  /** A bot of its own for each rule, one after the other: Slack gives an event to one connection. */
  async function under(whoMayChange: WhoMayChange) {
    for (const before of open.splice(0)) await before.stop();
    const { talk, store } = channel();
    const platform = createSlack({ ...slack.access, whoMayChange });
    open.push(platform);
    expect(await platform.start(talk)).toMatchObject({ kind: 'ready' });
    await slack.connected();
    return store;
  }
  const refusal = /may not/;
  const changing: Readonly<Record<string, string>> = {
    subscribe: 'subscribe Mali',
    unsubscribe: 'unsubscribe all',
    pause: 'pause',
    resume: 'resume',
    mute: 'mute Ukraine 24h',
    unmute: 'unmute Ukraine',
    ack: 'ack 1',
    wrong: 'wrong 1',
    settings: 'settings zone Europe/Kyiv',
  };

  beforeAll(async () => {
    slack = await startSlack();
    ben = (await slack.people()).ben ?? '';
  });
  afterEach(() => expect(slack.violations).toEqual([]));
  afterAll(async () => {
    for (const platform of open) await platform.stop();
    await slack.close();
  });

  test('where admins may: each changing command, its form and its button refuse everyone else, and nothing changes', async () => {
    const store = await under('admins');
    const lane = `slack:${slack.team}:${slack.channel}`;
    expect((await slack.command('subscribe Ukraine')).text).toContain('Watching Ukraine');
    const before = JSON.stringify([await store.subscriptions(lane), await store.channel(lane)]);
    for (const { name } of commands.filter(({ changes }) => changes)) {
      const line = changing[name];
      if (!line) throw new Error(`say what a changing "${name}" is`);
      expect((await slack.command(line, { user: ben })).text, line).toMatch(refusal);
      expect((await slack.press('command-0', line, { user: ben })).text, line).toMatch(refusal);
    }
    const form = await slack.commandForForm('subscribe');
    expect(await slack.submit(form, { places: ['Mali'] }, { user: ben })).toMatchObject({
      answer: { text: expect.stringMatching(refusal) },
    });
    expect((await slack.press('acknowledge-0', 'e1@1', { user: ben })).text).toMatch(refusal);
    expect(JSON.stringify([await store.subscriptions(lane), await store.channel(lane)])).toBe(before);
    for (const line of ['list', 'status', 'country Ukraine', 'latest', 'help'])
      expect((await slack.command(line, { user: ben })).text, line).not.toMatch(refusal);
  });

  test('where named people may: they, and no admin', async () => {
    await under([ben]);
    expect((await slack.command('subscribe Ukraine', { user: ben })).text).toContain('Watching Ukraine');
    expect((await slack.command('unsubscribe all')).text).toMatch(refusal);
  });

  test('where Slack does not say who is an admin, nobody is', async () => {
    await under('admins');
    slack.fail('users.info', { error: 'missing_scope' });
    expect((await slack.command('subscribe Ukraine')).text).toMatch(refusal);
  });
});
