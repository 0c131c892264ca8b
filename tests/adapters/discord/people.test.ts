import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createDiscord } from '../../../adapters/discord/platform.ts';
import type { ButtonPress, CommandCall } from '../../../src/message.ts';
import type { ChatPlatform, PlatformHooks } from '../../../src/ports/platform.ts';
import { alone } from '../../support/discord/alone.ts';
import { type DiscordHarness, startDiscord } from '../../support/discord/harness.ts';
import { pingRole } from '../../support/discord/world.ts';
import { anAlert, hooksThat } from '../../support/messages.ts';
import { aChannel, aSubscription } from '../../support/stored.ts';
import { channel, textOf } from '../../support/talk.ts';

/** People and the bot on Discord: commands, buttons, completions, and how it goes. */
let discord: DiscordHarness;
let platform: ChatPlatform;
let lane: string;
const said: CommandCall[] = [];
const pressed: ButtonPress[] = [];
const gone: unknown[] = [];
const asked: unknown[] = [];

beforeAll(async () => {
  discord = await startDiscord();
  lane = `discord:${discord.guild}:${discord.channel}`;
  platform = createDiscord({ token: discord.token, apiUrl: discord.apiUrl });
  const hooks = hooksThat({ said, pressed, gone });
  const started = await platform.start({
    ...hooks,
    suggest: async (ask) => {
      asked.push(ask);
      return ask.typed === 'many' ? manyChoices : hooks.suggest(ask);
    },
  });
  expect(started).toMatchObject({ kind: 'ready' });
});
afterEach(() => expect(discord.violations).toEqual([]));
afterAll(async () => {
  await platform.stop();
  await discord.close();
});

interface Named {
  readonly name: string;
  readonly description: string;
  readonly name_localizations?: Readonly<Record<string, string>>;
  readonly description_localizations?: Readonly<Record<string, string>>;
  readonly options?: readonly Named[];
}

const manyChoices = [
  { label: '', value: 'no label' },
  { label: 'too long to complete to', value: 'x'.repeat(101) },
  ...Array.from({ length: 40 }, (_, at) => ({ label: `${at} ${'long '.repeat(30)}`, value: String(at) })),
];

describe('commands', () => {
  test('each is a real subcommand, required options first, open to everyone', () => {
    const [root] = discord.commands as {
      name: string;
      default_member_permissions?: unknown;
      options: { name: string; type: number; options: { name: string; required: boolean; autocomplete?: boolean }[] }[];
    }[];
    expect(root).toMatchObject({ name: 'attache' });
    expect(root?.default_member_permissions).toBeUndefined();
    expect(root?.options.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['subscribe', 'list', 'unsubscribe', 'country', 'latest', 'status', 'help']),
    );
    const subscribe = root?.options.find(({ name }) => name === 'subscribe')?.options ?? [];
    expect(subscribe[0]).toMatchObject({ name: 'places', required: true, autocomplete: true });
    expect(subscribe.slice(1).some(({ required }) => required)).toBe(false);
  });

  test('people find them in their own language, within what Discord takes', () => {
    const [root] = discord.commands as { options: Named[] }[];
    const all = (root?.options ?? []).flatMap((command) => [command, ...(command.options ?? [])]);
    for (const locale of ['fr', 'es-ES', 'de', 'uk']) {
      for (const { name, name_localizations: names, description_localizations: descriptions } of all) {
        expect([name, names?.[locale]]).toEqual([name, expect.stringMatching(/^[-_\p{Ll}\p{N}]{1,32}$/u)]);
        expect(descriptions?.[locale]?.length ?? 0).toBeGreaterThan(1);
        expect(descriptions?.[locale]).not.toMatch(/…$/);
      }
      const inCommand = root?.options.map(({ options = [] }) => options.map(({ name_localizations: names }) => names?.[locale])) ?? [];
      for (const names of [...inCommand, root?.options.map(({ name_localizations: names }) => names?.[locale]) ?? []])
        expect(new Set(names).size).toBe(names.length);
    }
    const longest = (text: string, others: Readonly<Record<string, string>> = {}) =>
      Math.max(text.length, ...Object.values(others).map((one) => one.length));
    const written = all.reduce(
      (sum, one) => sum + longest(one.name, one.name_localizations) + longest(one.description, one.description_localizations),
      0,
    );
    expect(written).toBeLessThan(8000);
  });

  test('they are registered once, and again only when they differ', async () => {
    const again = async (hooks: PlatformHooks) => {
      const before = discord.calls.filter((call) => call === 'register').length;
      const bot = createDiscord({ token: discord.token, apiUrl: discord.apiUrl });
      await bot.start(hooks);
      await bot.stop();
      return discord.calls.filter((call) => call === 'register').length - before;
    };
    const hooks = hooksThat({});
    expect(await again(hooks)).toBe(0);
    const [first, ...others] = hooks.commands;
    if (!first) throw new Error('no commands');
    expect(await again({ ...hooks, commands: [{ ...first, description: 'Said otherwise' }, ...others] })).toBe(1);
    expect(await again(hooks)).toBe(1);
  });

  test('what was said comes with who said it, and the answer is for them alone', async () => {
    expect(await discord.command('subscribe', { places: 'Ukraine', from: 'US' })).toMatchObject({
      type: 4,
      ephemeral: true,
      content: '**answer to subscribe Ukraine US**',
    });
    expect(said.at(-1)).toEqual({
      platform: 'discord',
      lane,
      user: '400000000000000001',
      mayChange: true,
      locale: 'en-US',
      input: { command: 'subscribe', options: { places: 'Ukraine', from: 'US' } },
    });
    await discord.person({ mayChange: false, locale: 'uk' }).command('list');
    expect(said.at(-1)).toMatchObject({ mayChange: false, locale: 'uk', input: { command: 'list', options: {} } });
    expect(await discord.command('help')).toMatchObject({ content: '**answer to help**', ephemeral: true });
  });

  test('where the bot cannot post it says what to give it, for as long as that lasts', async () => {
    discord.deny(discord.channel, 'SendMessages', 'EmbedLinks');
    await discord.command('check');
    expect(said.at(-1)?.cannotPost).toEqual({ missing: ['Send Messages', 'Embed Links'] });
    discord.deny(discord.channel);
    await discord.press('command:check');
    expect(pressed.at(-1)?.cannotPost).toBeUndefined();
  });

  test('a server that names the channel by its id alone is understood, and one that names none is told so', async () => {
    await discord.person({ where: 'id alone' }).command('list');
    expect(said.at(-1)?.lane).toBe(`discord:${discord.guild}:${discord.channel}`);
    const before = said.length;
    expect(await discord.person({ where: 'nothing' }).command('list')).toMatchObject({
      content: expect.stringContaining('say it in a channel'),
    });
    expect(said).toHaveLength(before);
  });

  test('a role that the bot may not mention is named with what to change', async () => {
    await discord.command('settings', { ping: '<@&600000000000000002>' });
    expect(said.at(-1)?.cannotPing).toMatchObject({ role: expect.stringContaining('attache') });
    await discord.command('settings', { ping: `<@&${pingRole}>` });
    expect(said.at(-1)?.cannotPing).toBeUndefined();
  });

  test('in direct messages everyone may change what is their own', async () => {
    const own = discord.addChannel({ guild: null });
    await discord.person({ channel: own, mayChange: false }).command('list');
    expect(said.at(-1)).toMatchObject({ lane: `discord:@me:${own}`, mayChange: true });
  });

  test('an answer that is for all stands in the channel', async () => {
    const { server, end } = await alone({
      ...hooksThat({}),
      onCommand: async () => ({ message: anAlert('for everyone'), private: false }),
    });
    expect(await server.command('latest')).toMatchObject({ type: 4, ephemeral: false });
    expect(server.violations).toEqual([]);
    await end();
  });

  test('an answer that takes longer is announced in time, then given to the one who asked', async () => {
    const { server, end } = await alone(hooksThat({ slow: 120 }), 40);
    expect(await server.command('country', { place: 'Mali' })).toMatchObject({ type: 5, ephemeral: true });
    expect(await server.edited()).toBe('**answer to country Mali**');
    expect(server.violations).toEqual([]);
    await end();
  });

  test('a failure of ours is an answer too', async () => {
    const { server, end } = await alone({ ...hooksThat({}), onCommand: () => Promise.reject(new Error('the store is closed')) });
    expect(await server.command('list')).toMatchObject({ type: 4, ephemeral: true, content: expect.stringContaining('went wrong') });
    expect(server.violations).toEqual([]);
    await end();
  });
});

describe('where it is said', () => {
  test('in a post of a forum it is about the forum', async () => {
    const forum = discord.addChannel({ guild: discord.guild, type: 15, name: 'alerts' });
    await discord.command('list');
    const sent = await platform.send({ key: 'an event', lane: `discord:${discord.guild}:${forum}`, message: anAlert('an event') });
    if (sent.kind !== 'sent') throw new Error(sent.reason);
    await discord.person({ channel: sent.ref.channel }).command('list');
    expect(said.at(-1)?.lane).toBe(`discord:${discord.guild}:${forum}`);
  });

  test('a server that is joined is greeted once, where it can be read; an outage is no reason', async () => {
    const { server, end } = await alone(hooksThat({}));
    const joined = server.addGuild('Newcomers', ['rules', 'general']);
    await expect.poll(() => server.messages.map(({ content }) => content)).toEqual(['**answer to help**']);
    server.loseGuild(joined);
    server.addGuild('Newcomers', [], joined);
    server.addGuild('Silent', []);
    await server.command('list');
    expect(server.messages).toHaveLength(1);
    expect(server.violations).toEqual([]);
    await end();
  });
});

describe('options and buttons', () => {
  test('options complete themselves, for the command, the place and the language', async () => {
    expect((await discord.person({ locale: 'fr' }).complete('subscribe', 'places', 'Ukr')).choices).toEqual([
      { name: 'Ukraine', value: 'Ukraine' },
    ]);
    expect(asked.at(-1)).toEqual({ command: 'subscribe', option: 'places', typed: 'Ukr', locale: 'fr', lane });
  });

  test('a command and a button carry the language that is read there', async () => {
    const person = discord.person({ locale: 'fr', server: 'de' });
    await person.command('list');
    await person.press('why:e1@2');
    await discord.person({ locale: 'fr' }).command('list');
    expect([said.at(-2)?.locale, pressed.at(-1)?.locale, said.at(-1)?.locale]).toEqual(['de', 'de', 'fr']);
  });

  test('no more is offered than Discord shows, and nothing that would complete to something else', async () => {
    const { choices = [] } = await discord.complete('subscribe', 'places', 'many');
    expect(choices).toHaveLength(25);
    expect(choices[0]).toMatchObject({ name: expect.stringMatching(/^0 long .*…$/), value: '0' });
  });

  test('a pressed button is answered to the one who pressed it, and the message stays as it is', async () => {
    const sent = await platform.send({ key: 'with buttons', lane, message: anAlert('with buttons') });
    const on = sent.kind === 'sent' ? sent.ref.id : '';
    expect(await discord.person({ message: on }).press('why:e1@2')).toMatchObject({
      type: 4,
      ephemeral: true,
      content: '**pressed why**',
    });
    expect(pressed.at(-1)).toEqual({
      pressed: { channel: discord.channel, id: on },
      platform: 'discord',
      locale: 'en-US',
      lane,
      user: '400000000000000001',
      mayChange: true,
      act: 'why',
      value: 'e1@2',
    });
    await discord.person({ mayChange: false }).press('command:subscribe Niger from US: all');
    expect(pressed.at(-1)).toMatchObject({ mayChange: false, act: 'command', value: 'subscribe Niger from US: all' });
  });
});

describe('going', () => {
  test('who subscribed is told the name of what is gone in direct messages, whoever else cannot be reached', async () => {
    const chat = channel();
    const { server, end } = await alone(chat.talk);
    const subscribed = async (where: string, user: string, id: string) => {
      const own = `discord:${server.guild}:${where}`;
      if (!(await chat.store.channel(own))) await chat.store.saveChannel(aChannel(own));
      await chat.store.saveSubscription({ ...aSubscription(own, id), createdBy: user });
    };
    const alerts = server.addChannel({ guild: server.guild, name: 'alerts' });
    const forum = server.addChannel({ guild: server.guild, type: 15, name: 'events' });
    for (const where of [alerts, forum]) await subscribed(where, '400000000000000001', '1');
    await subscribed(alerts, '400000000000000002', '2');
    await server.command('list');
    server.fail('dm', 'error-500');
    server.removeChannel(alerts);
    server.removeChannel(forum);
    const told: string[] = [];
    const collect = async () => {
      const claim = { owner: 'o', now: chat.clock.now(), leaseMs: 1000, limit: 10, platforms: ['discord' as const] };
      told.push(...(await chat.store.claim(claim)).map(({ delivery, message }) => `${delivery.lane} ${textOf(message)}`));
      return told.length;
    };
    await expect.poll(collect).toBe(2);
    expect(told.every((text) => text.startsWith('discord:@me:'))).toBe(true);
    for (const name of ['#alerts', '#events']) expect(told.filter((text) => text.includes(`removed from ${name}`))).toHaveLength(1);
    expect(server.violations).toEqual([]);
    await end();
  });

  test('a server lost to an outage is kept; a channel, a thread or a server that is gone is erased', async () => {
    const other = discord.addGuild('Other');
    const [channel, kept] = ['gone', 'kept'].map((name) => discord.addChannel({ guild: other, name }));
    const sent = await platform.send({ key: 'k', lane: `discord:${other}:${kept}`, message: anAlert('in another server') });
    if (sent.kind !== 'sent' || !channel) throw new Error('not sent');
    await platform.send({ key: 'n', lane: `discord:${other}:${kept}`, message: anAlert('note'), replyTo: sent.ref });
    discord.loseGuild();
    discord.removeChannel(channel);
    discord.removeChannel(sent.ref.id);
    discord.removeGuild(other);
    await expect
      .poll(() => gone)
      .toEqual([{ lane: `discord:${other}:${channel}` }, { lane: `discord:${other}:${sent.ref.id}` }, { workspace: `discord:${other}` }]);
  });

  test('a server that is lost to an outage and then removed is erased', async () => {
    const other = discord.addGuild('Unlucky');
    discord.loseGuild(other);
    discord.removeGuild(other);
    await expect.poll(() => gone.at(-1)).toEqual({ workspace: `discord:${other}` });
  });
});
