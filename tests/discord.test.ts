import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createDiscord } from '../adapters/discord/platform.ts';
import { renderDiscord } from '../adapters/discord/render.ts';
import type { ButtonPress, CommandCall } from '../src/message.ts';
import type { ChatPlatform } from '../src/ports.ts';
import { type DiscordHarness, startDiscord } from './harness-discord.ts';
import { messageViolations } from './harness-discord-limits.ts';
import { anAlert, anAnswer, hooksThat } from './messages.ts';

describe('Discord, through discord.js, against a gateway and REST server of our own', () => {
  let discord: DiscordHarness;
  let platform: ChatPlatform;
  let lane: string;
  const said: CommandCall[] = [];
  const pressed: ButtonPress[] = [];
  const gone: unknown[] = [];

  beforeAll(async () => {
    discord = await startDiscord();
    lane = `discord:${discord.guild}:${discord.channel}`;
    platform = createDiscord({ token: discord.token, apiUrl: discord.apiUrl, timeoutMs: 2_000 });
    expect(await platform.start(hooksThat({ said, pressed, gone }))).toMatchObject({
      kind: 'ready',
      as: expect.stringContaining('oauth2/authorize?client_id='),
    });
  });
  afterEach(() => expect(discord.violations).toEqual([]));
  afterAll(async () => {
    await platform.stop();
    await discord.close();
  });

  test('the commands are registered as real subcommands', () => {
    const [root] = discord.commands as { name: string; options: { name: string; options: { name: string; required: boolean }[] }[] }[];
    expect(root?.options.map((option) => option.name)).toEqual(
      expect.arrayContaining(['subscribe', 'list', 'unsubscribe', 'country', 'latest', 'status', 'help']),
    );
    expect(root?.options.find((option) => option.name === 'subscribe')?.options[0]).toMatchObject({ name: 'places', required: true });
  });

  test('an alert is posted, and an update edits that message without pinging', async () => {
    const sent = await platform.send({ key: 'k1', lane, message: anAlert('US embassy moves'), mention: '600000000000000001' });
    if (sent.kind !== 'sent') throw new Error(sent.reason);
    expect(discord.messages.at(-1)?.content).toBe('<@&600000000000000001> **US embassy moves**');
    expect(await platform.edit(sent.ref, { key: 'k2', lane, message: anAlert('confirmed') })).toMatchObject({
      kind: 'sent',
      ref: { id: sent.ref.id },
    });
    expect(discord.messages.filter((message) => message.id === sent.ref.id).map((message) => message.content)).toEqual(['**confirmed**']);
  });

  test('the same delivery twice is one message', async () => {
    const before = discord.messages.length;
    const first = await platform.send({ key: 'same', lane, message: anAlert('once') });
    expect(await platform.send({ key: 'same', lane, message: anAlert('once') })).toEqual(first);
    expect(discord.messages).toHaveLength(before + 1);
  });

  test('commands come with their options and are answered to the one who asked', async () => {
    expect(await discord.command('subscribe', { places: 'Ukraine', from: 'US' })).toMatchObject({
      type: 4,
      ephemeral: true,
      content: '**answer to subscribe Ukraine US**',
    });
    expect(said.at(-1)).toMatchObject({
      platform: 'discord',
      lane,
      mayChange: true,
      locale: 'en-US',
      said: { command: 'subscribe', options: { places: 'Ukraine', from: 'US' } },
    });
    await discord.command('list', {}, false);
    expect(said.at(-1)).toMatchObject({ mayChange: false, said: { command: 'list', options: {} } });
  });

  test('options complete themselves, and buttons come with act and value', async () => {
    expect((await discord.complete('subscribe', 'places', 'Ukr')).choices).toEqual([{ name: 'Ukraine', value: 'Ukraine' }]);
    expect(await discord.press('why:e1@2')).toMatchObject({ ephemeral: true, content: '**pressed why**' });
    expect(pressed.at(-1)).toMatchObject({ act: 'why', value: 'e1@2' });
  });

  test('what Discord says of a failure becomes what it means for the delivery', async () => {
    const send = (key: string) => platform.send({ key, lane, message: anAlert(key) });
    discord.fail('post', { status: 403, code: 50013, message: 'Missing Permissions' });
    expect(await send('f1')).toMatchObject({ kind: 'rejected', mend: expect.stringContaining('Send Messages and Embed Links') });
    discord.fail('post', 'error-500');
    expect(await send('f2')).toMatchObject({ kind: 'unknown' });
    expect(await platform.edit({ channel: discord.channel, id: '1' }, { key: 'f3', lane, message: anAlert('x') })).toEqual({
      kind: 'rejected',
      reason: 'message deleted',
    });
    discord.fail('post', 'rate-limited');
    expect(await send('f4')).toMatchObject({ kind: 'retry', afterMs: expect.any(Number) });
  });

  test('an accepted post whose answer was lost is found again', async () => {
    const other = createDiscord({ token: discord.token, apiUrl: discord.apiUrl, timeoutMs: 2_000 });
    await other.start(hooksThat({}));
    discord.fail('post', 'accept-then-drop');
    const since = Date.now() - 60_000;
    expect(await other.send({ key: 'lost-answer-key', lane, message: anAlert('answer lost') })).toMatchObject({ kind: 'unknown' });
    expect(await other.find({ key: 'lost-answer-key', lane, since })).toMatchObject({ kind: 'found' });
    expect(await other.find({ key: 'never-sent-key', lane, since })).toEqual({ kind: 'absent' });
    await other.stop();
  });

  test('a gateway that breaks off is resumed, and commands go on', async () => {
    discord.dropGateway();
    await expect.poll(() => discord.resumed(), { timeout: 10_000 }).toBeGreaterThan(0);
    expect(await discord.command('status')).toMatchObject({ type: 4 });
  });

  test('being removed from a server is told, so that everything is erased', async () => {
    discord.removeGuild();
    await expect.poll(() => gone).toEqual([{ workspace: `discord:${discord.guild}` }]);
  });

  test('a wrong token is refused in one line with the mend', async () => {
    const wrong = createDiscord({ token: 'MTIz.wrong.token', apiUrl: discord.apiUrl });
    expect(await wrong.start(hooksThat({}))).toMatchObject({ kind: 'refused', reason: expect.stringContaining('Reset Token') });
  });
});

describe('slow answers', () => {
  test('an answer that takes longer than Discord waits is deferred, then given', async () => {
    const discord = await startDiscord();
    const platform = createDiscord({ token: discord.token, apiUrl: discord.apiUrl });
    await platform.start(hooksThat({ slow: 1_700 }));
    expect(await discord.command('country', { place: 'Mali' })).toMatchObject({ type: 5, ephemeral: true });
    expect(await discord.edited()).toBe('**answer to country Mali**');
    expect(discord.violations).toEqual([]);
    await platform.stop();
    await discord.close();
  });
});

describe('embeds', () => {
  test('an answer reads as it should', () => {
    expect(
      renderDiscord(anAnswer('Ukraine', [[{ strong: 'US embassy' }, ': moved since ', { at: 1644856080000 }]])),
    ).toMatchInlineSnapshot(`
      {
        "allowed_mentions": {
          "parse": [],
        },
        "components": [],
        "content": "**Ukraine**",
        "embeds": [
          {
            "description": "**US embassy**: moved since <t:1644856080:F> (16:28 UTC)",
          },
        ],
      }
    `);
  });

  test('whatever a feed says, limits hold and nothing becomes a mention or a link of its own', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 3000, unit: 'grapheme' }), fc.webUrl(), fc.nat(40), (text, link, count) => {
        const lines = Array.from({ length: count }, () => [text, { link, text: `](https://evil.example) ${text}` }]);
        const hostile = `@everyone <@1> <#2> [x](https://evil.example) ${text}`;
        const payload = renderDiscord(
          {
            ...anAlert(hostile),
            lines: [[hostile], ...lines],
            sections: [{ title: text, lines }],
            footer: [[text]],
            fields: [{ name: text, value: [hostile] }],
          },
          { key: 'k' },
        );
        const shown = `${payload.content} ${JSON.stringify(payload.embeds)}`;
        expect(messageViolations(payload)).toEqual([]);
        expect(shown).not.toMatch(/@everyone|<@1>|<#2>|\[x\]\(|https:\/\/evil/);
      }),
      { numRuns: 60 },
    );
  });
});
