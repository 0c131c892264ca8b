import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { ChatMessage } from '../../../src/message.ts';
import type { SendOutcome } from '../../../src/model/delivery.ts';
import type { ChatPlatform } from '../../../src/ports/platform.ts';
import { alone } from '../../support/discord/alone.ts';
import type { DiscordHarness } from '../../support/discord/harness.ts';
import { anAlert, hooksThat } from '../../support/messages.ts';

/** Titles of posts and threads follow what is known of an event, and its tags say how it stands. */
let server: DiscordHarness;
let bot: ChatPlatform;
let end: () => Promise<unknown>;
beforeAll(async () => {
  ({ server, bot, end } = await alone(hooksThat({})));
});
afterEach(() => expect(server.violations).toEqual([]));
afterAll(() => end());

function refOf(outcome: SendOutcome) {
  if (outcome.kind !== 'sent') throw new Error(outcome.reason);
  return outcome.ref;
}

const tag = (id: string, name: string, moderated = false) => ({ id: `70000000000000000${id}`, name, moderated });
const all = [tag('1', 'Critical'), tag('2', 'warning'), tag('3', '🟢 Open'), tag('4', 'Lifted'), tag('5', 'Team Africa')];

/** A forum that the bot knows by the time this is done. */
async function forumWith(more: { readonly tags?: typeof all; readonly needsTag?: boolean } = {}) {
  const forum = server.addChannel({ guild: server.guild, type: 15, name: 'alerts', ...more });
  await server.command('list');
  return `discord:${server.guild}:${forum}`;
}

const called = (headline: string, more: Partial<ChatMessage> = {}): ChatMessage => ({ ...anAlert(headline), ...more });
const tagsAt = (id: string) => (server.channelAt(id)?.applied ?? []).map((one) => all.find((known) => known.id === one)?.name);

describe('a post in a forum', () => {
  test('is named and tagged after its event, and again as that changes and ends', async () => {
    const lane = await forumWith({ tags: all });
    const ref = refOf(await bot.send({ key: 'k1', lane, message: called('WARNING · Ukraine · reported by 1 outlet', { severity: 3 }) }));
    expect(server.channelAt(ref.channel)?.name).toBe('WARNING · Ukraine · reported by 1 outlet');
    expect(tagsAt(ref.channel)).toEqual(['warning', '🟢 Open']);
    await server.command('list');
    refOf(await bot.edit(ref, { key: 'k2', lane, message: called('CRITICAL · Ukraine · confirmed', { kind: 'update' }) }));
    expect(server.channelAt(ref.channel)?.name).toBe('CRITICAL · Ukraine · confirmed');
    expect(tagsAt(ref.channel)).toEqual(['Critical', '🟢 Open']);
    await server.command('list');
    refOf(await bot.edit(ref, { key: 'k3', lane, message: called('LIFTED · Ukraine · reopens', { kind: 'lifted', severity: 1 }) }));
    expect(server.channelAt(ref.channel)?.name).toBe('LIFTED · Ukraine · reopens');
    expect(tagsAt(ref.channel)).toEqual(['Lifted']);
  });

  test('keeps its title where another message in it is edited', async () => {
    const lane = await forumWith({ tags: all });
    const ref = refOf(await bot.send({ key: 'b1', lane, message: called('CRITICAL · Chad · reopened') }));
    const ended = { lane, message: called('LIFTED · Chad', { kind: 'lifted', severity: 1 }), relatesTo: ref };
    const beside = refOf(await bot.send({ key: 'b2', ...ended }));
    await server.command('list');
    refOf(await bot.edit(beside, { key: 'b3', ...ended }));
    expect(server.channelAt(ref.channel)?.name).toBe('CRITICAL · Chad · reopened');
    expect(tagsAt(ref.channel)).toEqual(['Critical', '🟢 Open']);
  });

  test('keeps its title where nothing changed: Discord takes two new names in ten minutes', async () => {
    const lane = await forumWith({ tags: all });
    const ref = refOf(await bot.send({ key: 's1', lane, message: called('CRITICAL · Mali') }));
    await server.command('list');
    const before = server.calls.filter((route) => route === 'rename').length;
    refOf(await bot.edit(ref, { key: 's2', lane, message: called('CRITICAL · Mali') }));
    expect(server.calls.filter((route) => route === 'rename')).toHaveLength(before);
  });

  test('is right even where its title may not be changed', async () => {
    const lane = await forumWith();
    const ref = refOf(await bot.send({ key: 'r1', lane, message: called('NOTICE · Niger') }));
    server.fail('rename', { code: 50_013, status: 403, message: 'Missing Permissions' });
    refOf(await bot.edit(ref, { key: 'r2', lane, message: called('LIFTED · Niger', { kind: 'lifted' }) }));
    expect(server.messagesIn(ref.channel)[0]?.content).toBe('**LIFTED · Niger**');
  });

  test('gets a tag where the forum asks for one, be it none of ours', async () => {
    const lane = await forumWith({ tags: [tag('8', 'mods only', true), tag('9', 'general')], needsTag: true });
    const ref = refOf(await bot.send({ key: 't1', lane, message: called('CRITICAL · Sudan') }));
    expect(server.channelAt(ref.channel)?.applied).toEqual(['700000000000000009']);
  });
});

test('the thread of a message is named after the message, its country included, and follows it', async () => {
  const lane = `discord:${server.guild}:${server.channel}`;
  const headline = 'CRITICAL · Ukraine · US embassy moves';
  const ref = refOf(await bot.send({ key: 'm1', lane, message: called(headline) }));
  refOf(await bot.send({ key: 'm2', lane, replyTo: ref, message: called('Update 1: confirmed', { thread: headline }) }));
  expect(server.channelAt(ref.id)?.name).toBe(headline);
  await server.command('list');
  refOf(await bot.edit(ref, { key: 'm3', lane, message: called('LIFTED · Ukraine · US embassy reopens', { kind: 'lifted' }) }));
  expect(server.channelAt(ref.id)?.name).toBe('LIFTED · Ukraine · US embassy reopens');
});
