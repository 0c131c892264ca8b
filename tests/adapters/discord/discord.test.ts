import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { hiddenOf } from '../../../adapters/discord/key.ts';
import { createDiscord } from '../../../adapters/discord/platform.ts';
import type { SendOutcome } from '../../../src/model/delivery.ts';
import type { Severity } from '../../../src/model/finding.ts';
import type { ChatPlatform, Outgoing } from '../../../src/ports/platform.ts';
import { alone } from '../../support/discord/alone.ts';
import { type DiscordHarness, startDiscord } from '../../support/discord/harness.ts';
import { pingRole } from '../../support/discord/world.ts';
import { anAlert, hooksThat } from '../../support/messages.ts';

/** Discord, through discord.js, against a gateway and REST server of our own. */
let discord: DiscordHarness;
let platform: ChatPlatform;
let lane: string;

beforeAll(async () => {
  discord = await startDiscord();
  lane = `discord:${discord.guild}:${discord.channel}`;
  platform = createDiscord({ token: discord.token, apiUrl: discord.apiUrl, timeoutMs: 1_000 });
  expect(await platform.start(hooksThat({}))).toMatchObject({ kind: 'ready' });
});
afterEach(() => expect(discord.violations).toEqual([]));
afterAll(async () => {
  await platform.stop();
  await discord.close();
});

const alert = (key: string, more: Partial<Outgoing> = {}): Outgoing => ({ key, lane, message: anAlert(key), ...more });

function refOf(outcome: SendOutcome) {
  if (outcome.kind !== 'sent') throw new Error(outcome.reason);
  return outcome.ref;
}

describe('the living message', () => {
  test('an alert pings whom it should, and its update edits that message and pings nobody', async () => {
    const ref = refOf(await platform.send(alert('moves', { mention: pingRole })));
    const posted = () => discord.messagesIn(discord.channel).filter(({ id }) => id === ref.id);
    expect(ref).toMatchObject({
      channel: discord.channel,
      url: `https://discord.com/channels/${discord.guild}/${discord.channel}/${ref.id}`,
    });
    expect(posted()).toMatchObject([{ content: `<@&${pingRole}> **moves**`, mentions: { parse: [], roles: [pingRole] } }]);

    expect(await platform.edit(ref, alert('confirmed', { mention: pingRole }))).toMatchObject({ kind: 'sent', ref: { id: ref.id } });
    expect(posted()).toMatchObject([{ content: '**confirmed**', editedAt: expect.any(Number) }]);
  });

  test('who is no role of the server is pinged as a person', async () => {
    await platform.send(alert('to a person', { mention: '400000000000000001' }));
    expect(discord.messages.at(-1)).toMatchObject({ content: expect.stringMatching(/^<@400000000000000001> /) });
  });

  test('notes of a message stand in one thread below it', async () => {
    const ref = refOf(await platform.send(alert('with a thread')));
    refOf(await platform.send(alert('note 1', { replyTo: ref })));
    refOf(await platform.send(alert('note 2', { replyTo: ref })));
    expect(discord.messagesIn(ref.id).map(({ content }) => content)).toEqual(['**note 1**', '**note 2**']);
  });

  test('where no thread may be opened, a note is a reply beside its message', async () => {
    const ref = refOf(await platform.send(alert('without a thread')));
    discord.deny(discord.channel, 'CreatePublicThreads');
    refOf(await platform.send(alert('note in the channel', { replyTo: ref })));
    discord.deny(discord.channel);
    expect(discord.messagesIn(discord.channel).at(-1)).toMatchObject({ content: '**note in the channel**', replyTo: ref.id });
  });

  test('direct messages are a channel like any other', async () => {
    const own = discord.addChannel({ guild: null });
    refOf(await platform.send(alert('for you', { lane: `discord:@me:${own}` })));
    expect(discord.messagesIn(own)).toHaveLength(1);
  });
});

describe('a forum', () => {
  const inForum = async () => {
    const forum = discord.addChannel({ guild: discord.guild, type: 15, name: 'alerts' });
    // Events come in order: once the command is answered, the forum is known.
    await discord.command('list');
    return { forum, there: `discord:${discord.guild}:${forum}` };
  };

  test('each event is a post of its own: edits, notes and what ends it stand in it', async () => {
    const { there } = await inForum();
    const ref = refOf(await platform.send(alert('US embassy moves', { lane: there, mention: pingRole })));
    expect(discord.messagesIn(ref.channel)).toMatchObject([{ id: ref.channel, mentions: { roles: [pingRole] } }]);
    await platform.edit(ref, alert('US embassy moves to Lviv', { lane: there }));
    await platform.send(alert('note', { lane: there, replyTo: ref }));
    await platform.send(alert('LIFTED', { lane: there, relatesTo: ref }));
    expect(discord.messagesIn(ref.channel).map(({ content }) => content)).toEqual([
      '**US embassy moves to Lviv**',
      '**note**',
      '**LIFTED**',
    ]);
    const other = refOf(await platform.send(alert('another event', { lane: there })));
    expect(other.channel).not.toBe(ref.channel);
  });

  test('what may have arrived is found in the posts that were begun since', async () => {
    const { there } = await inForum();
    const since = Date.now() - 1000;
    discord.fail('forum', 'accept-then-drop');
    expect(await platform.send(alert('in doubt', { lane: there }))).toMatchObject({ kind: 'unknown' });
    const found = await platform.find({ key: 'in doubt', lane: there, since });
    expect(found).toMatchObject({ kind: 'found', ref: { channel: discord.messages.at(-1)?.channel_id } });
    expect(await platform.find({ key: 'never sent', lane: there, since })).toEqual({ kind: 'absent' });
  });

  test('a forum that is closed to it names what it lacks', async () => {
    const { forum, there } = await inForum();
    discord.deny(forum, 'SendMessages');
    expect(await platform.send(alert('not here', { lane: there }))).toMatchObject({
      kind: 'rejected',
      mend: 'give me Send Messages there (Edit Channel → Permissions)',
    });
  });
});

describe('an announcement channel', () => {
  test('passes Critical alerts on where that is wanted, and a refusal to do so costs nothing', async () => {
    const { bot: passing, server, end } = await alone(hooksThat({}), undefined, { crosspost: true });
    const news = server.addChannel({ guild: server.guild, type: 5, name: 'news' });
    await server.command('list');
    const at = (key: string, severity: Severity) =>
      alert(key, { lane: `discord:${server.guild}:${news}`, message: { ...anAlert(key), severity } });
    expect(await passing.send(at('critical', 4))).toMatchObject({ kind: 'sent' });
    expect(await passing.send(at('notice', 2))).toMatchObject({ kind: 'sent' });
    server.fail('crosspost', 'rate-limited');
    expect(await passing.send(at('too many', 4))).toMatchObject({ kind: 'sent' });
    expect(server.messagesIn(news).map(({ crossposted = false }) => crossposted)).toEqual([true, false, false]);
    expect(server.violations).toEqual([]);
    await end();
  });

  test('keeps them to itself unless asked', async () => {
    const news = discord.addChannel({ guild: discord.guild, type: 5, name: 'news' });
    await discord.command('list');
    await platform.send(alert('critical', { lane: `discord:${discord.guild}:${news}`, message: { ...anAlert('critical'), severity: 4 } }));
    expect(discord.messagesIn(news)).toMatchObject([{ content: expect.any(String) }]);
    expect(discord.calls.filter((call) => call === 'crosspost')).toEqual([]);
  });
});

describe('never twice', () => {
  test('the same delivery again is the message that is there', async () => {
    const before = discord.messages.length;
    const first = await platform.send(alert('once'));
    expect(await platform.send(alert('once'))).toEqual(first);
    expect(discord.messages).toHaveLength(before + 1);
  });

  test('an accepted post whose answer was lost is found, when its nonce is long forgotten and many wrote since', async () => {
    const since = Date.now() - 60_000;
    discord.fail('post', 'accept-then-drop');
    expect(await platform.send(alert('answer lost'))).toMatchObject({ kind: 'unknown' });
    discord.passTime(600_000);
    for (let said = 0; said < 150; said += 1) discord.say(discord.channel, 'and then?');
    discord.fail('post', 'accept-then-drop');
    expect(await platform.send(alert('lost later'))).toMatchObject({ kind: 'unknown' });

    for (const key of ['answer lost', 'lost later']) {
      const posted = discord.messagesIn(discord.channel).filter(({ content }) => content === `**${key}**`);
      expect(posted).toHaveLength(1);
      expect(await platform.find({ key, lane, since })).toMatchObject({ kind: 'found', ref: { id: posted[0]?.id } });
    }
    expect(await platform.find({ key: 'never sent', lane, since })).toEqual({ kind: 'absent' });
  });

  test('a key in somebody else’s words is not our message', async () => {
    discord.say(discord.channel, `**whatever${hiddenOf('whatever')}**`);
    expect(await platform.find({ key: 'whatever', lane, since: 0 })).not.toMatchObject({ kind: 'found' });
  });

  test('a lost note is found in its thread, and absent where there is no thread', async () => {
    const ref = refOf(await platform.send(alert('with a lost note')));
    const wanted = { key: 'the note', lane, since: Date.now() - 60_000, replyTo: ref };
    expect(await platform.find(wanted)).toEqual({ kind: 'absent' });
    refOf(await platform.send(alert('the first note', { replyTo: ref })));
    discord.fail('post', 'accept-then-drop');
    expect(await platform.send(alert('the note', { replyTo: ref }))).toMatchObject({ kind: 'unknown' });
    expect(await platform.find(wanted)).toMatchObject({ kind: 'found', ref: { channel: ref.id } });
  });

  test('where Discord could not be asked just now, it is asked later', async () => {
    discord.fail('read', 'error-500');
    expect(await platform.find({ key: 'once', lane, since: 0 })).toEqual({ kind: 'later', reason: 'Discord answered 500' });
  });

  test('where it may not look back, it cannot tell', async () => {
    discord.deny(discord.channel, 'ReadMessageHistory');
    await expect
      .poll(() => platform.find({ key: 'once', lane, since: 0 }))
      .toEqual({ kind: 'cannot-tell', reason: 'I lack Read Message History there' });
    discord.deny(discord.channel);
    await expect.poll(async () => (await platform.find({ key: 'once', lane, since: Date.now() })).kind).toBe('absent');
  });
});

describe('what Discord says of a failure, and what it means for the delivery', () => {
  test.each([
    [['EmbedLinks'], 'Embed Links'],
    [['SendMessages', 'EmbedLinks'], 'Send Messages and Embed Links'],
    [['ViewChannel'], 'View Channel'],
  ] as const)('without %s it asks for exactly that', async (denied, asked) => {
    const channel = discord.addChannel({ guild: discord.guild, name: 'closed' });
    discord.deny(channel, ...denied);
    const closed = alert(`closed ${asked}`, { lane: `discord:${discord.guild}:${channel}` });
    const outcome = await platform.send(closed);
    expect(outcome).toMatchObject({ kind: 'rejected', mend: `give me ${asked} there (Edit Channel → Permissions)` });
    discord.deny(channel);
    expect(await platform.send(closed)).toMatchObject({ kind: 'sent' });
  });

  test('a channel or a message that is gone stays gone', async () => {
    const ref = refOf(await platform.send(alert('soon deleted')));
    discord.deleteMessage(ref.id);
    expect(await platform.edit(ref, alert('too late'))).toEqual({ kind: 'rejected', reason: 'message deleted', gone: true });
    expect(await platform.send(alert('nowhere', { lane: `discord:${discord.guild}:1` }))).toMatchObject({
      kind: 'rejected',
      reason: 'the channel is gone',
    });
  });

  test.each([
    ['rate-limited', { kind: 'retry' }],
    ['error-500', { kind: 'unknown', reason: 'Discord answered 500' }],
    ['drop', { kind: 'unknown' }],
    [{ delayMs: 1_300 }, { kind: 'unknown' }],
  ] as const)('%s', async (fault, outcome) => {
    const channel = discord.addChannel({ guild: discord.guild });
    discord.fail('post', fault);
    expect(await platform.send(alert('into trouble', { lane: `discord:${discord.guild}:${channel}` }))).toMatchObject(outcome);
  });

  test('how long Discord asks to wait is passed on, and no call is made meanwhile by itself', async () => {
    const channel = discord.addChannel({ guild: discord.guild });
    const before = discord.calls.length;
    discord.fail('post', 'rate-limited');
    const outcome = await platform.send(alert('too fast', { lane: `discord:${discord.guild}:${channel}` }));
    expect(outcome.kind === 'retry' && outcome.afterMs).toBeGreaterThanOrEqual(3_000);
    expect(discord.calls.slice(before)).toEqual(['post']);
  });

  test('nobody there to take the request means that nothing was sent', async () => {
    const other = await startDiscord();
    const lonely = createDiscord({ token: other.token, apiUrl: other.apiUrl, timeoutMs: 2_000 });
    await lonely.start(hooksThat({}));
    await other.close();
    // A connection that was kept open may break first, and then nobody can tell.
    expect((await lonely.send(alert('into the void'))).kind).toMatch(/unknown|retry/);
    expect(await lonely.send(alert('into the void'))).toEqual({ kind: 'retry', reason: 'Discord cannot be reached (ECONNREFUSED)' });
    await lonely.stop();
  });
});
