import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createSlack } from '../../../adapters/slack/platform.ts';
import type { ButtonPress, CommandCall } from '../../../src/message.ts';
import type { ChatPlatform } from '../../../src/ports/platform.ts';
import { type SlackHarness, startSlack } from '../../support/slack/harness.ts';
import { channel } from '../../support/talk.ts';

/** The real commands over a store in memory, asked by people in an emulated workspace. */
let slack: SlackHarness;
let platform: ChatPlatform;
let lane: string;
const { talk, store } = channel();
const pressed: ButtonPress[] = [];
const gone: unknown[] = [];
let broken = false;

beforeAll(async () => {
  slack = await startSlack();
  lane = `slack:${slack.team}:${slack.channel}`;
  platform = createSlack(slack.access);
  const hooks = {
    ...talk,
    onCommand: async (call: CommandCall) => {
      if (broken) throw new Error('bug');
      return talk.onCommand(call);
    },
    onButton: async (press: ButtonPress) => {
      pressed.push(press);
      return talk.onButton(press);
    },
    onRemoved: async (what: Parameters<typeof talk.onRemoved>[0]) =>
      void gone.push('lane' in what ? { lane: what.lane, ...(what.called && { called: what.called }) } : what),
    onMoved: async (moved: unknown) => void gone.push(moved),
  };
  expect(await platform.start(hooks)).toMatchObject({ kind: 'ready' });
  await slack.connected();
});
afterEach(() => expect(slack.violations).toEqual([]));
afterAll(async () => {
  await platform.stop();
  await slack.close();
});

describe('a form', () => {
  test('opens where something is missing, completes what people type, and runs the same command', async () => {
    const form = await slack.commandForForm('subscribe');
    expect((form.blocks as { block_id: string; optional: boolean }[]).map(({ block_id, optional }) => [block_id, optional])).toEqual([
      ['places', false],
      ['about', true],
      ['from', true],
      ['min', true],
      ['with', true],
      ['without', true],
    ]);
    expect(await slack.type(form, 'places', 'ukr')).toContain('Ukraine');
    expect(await slack.type(form, 'places', 'Sahel')).toContain('Sahel');
    expect(await slack.type(form, 'about', '')).toContain('evacuations');
    const sent = await slack.submit(form, { places: ['Ukraine', 'Sahel'], about: ['evacuations'], min: 'warning', with: 'airport' });
    expect(sent).toMatchObject({ answer: { response_type: 'ephemeral', text: expect.stringContaining('Watching Ukraine') } });
    expect(await store.subscriptions(lane)).toMatchObject([
      { filter: { countries: ['UA', 'BF', 'ML', 'NE', 'TD'], topics: ['evacuations'], min: 3, with: ['airport'] } },
    ]);
  });

  test('keeps what was said, and tells what is wrong at its field', async () => {
    const form = await slack.commandForForm('subscribe from UK');
    expect(JSON.stringify(form.blocks)).toContain(
      '"initial_options":[{"text":{"type":"plain_text","text":"UK","emoji":false},"value":"UK"}]',
    );
    expect(await slack.submit(form, { places: ['Nigr'], from: ['UK'] })).toEqual({
      errors: { places: expect.stringMatching(/No place "?“?Nigr.*Niger\?/) },
    });
    expect(await slack.submit(form, { places: ['Niger'], from: ['Nowhereland'] })).toEqual({
      errors: { from: expect.stringContaining('Nowhereland') },
    });
  });

  test('that Slack no longer takes is told in words', async () => {
    slack.fail('views.open', { error: 'expired_trigger_id' });
    expect(await slack.command('country')).toMatchObject({ text: expect.stringContaining('country needs: a country') });
  });

  test('opens from a button as well', async () => {
    const before = slack.views.length;
    void slack.press('command-0', 'country');
    await expect.poll(() => slack.views.length).toBe(before + 1);
    expect(slack.views.at(-1)?.view).toMatchObject({ type: 'modal', blocks: [{ block_id: 'place' }] });
  });
});

describe('what people type', () => {
  test('is taken kindly: Slack’s own markup, curly quotes, capitals', async () => {
    await slack.command('SUBSCRIBE Mali without “flood &amp; storm”');
    expect((await store.subscriptions(lane)).at(-1)).toMatchObject({ filter: { countries: ['ML'], without: ['flood & storm'] } });
    expect(await slack.command('preview <https://mali.example|mali.example>')).toMatchObject({ response_type: 'ephemeral' });
  });

  test('whom to ping is whom they picked, and never a word', async () => {
    await slack.command('settings ping <!subteam^S0TEAM1|@duty>');
    expect(await store.channel(lane)).toMatchObject({ mention: 'S0TEAM1' });
    for (const word of ['everyone', '@channel', '<!channel>', '<!here|here>'])
      expect((await slack.command(`settings ping ${word}`)).text, word).toContain('No one to ping');
    await slack.command(`settings ping <@${slack.user}|ana>`);
    expect(await store.channel(lane)).toMatchObject({ mention: slack.user });
  });

  test('@attache in a thread twice, as Slack repeats events, runs once', async () => {
    const mention = {
      type: 'app_mention',
      user: slack.user,
      text: `<@${slack.bot}> subscribe Chad`,
      channel: slack.channel,
      ts: '2.0',
      thread_ts: '1.0',
    };
    await slack.event(mention, 'E-same');
    await slack.event(mention, 'E-same');
    const ofChad = async () => (await store.subscriptions(lane)).filter(({ filter }) => filter.countries?.includes('TD'));
    await expect.poll(async () => (await ofChad()).length).toBe(2);
    expect(slack.calls.filter((call) => call === 'chat.postEphemeral')).toHaveLength(1);
  });
});

describe('where the bot was not invited', () => {
  test('a subscription is kept, the mend is named, and Check again sees that it is mended', async () => {
    const quiet = await slack.addChannel('quiet', { members: [slack.user] });
    const answer = await slack.command('subscribe Kenya', { channel: quiet });
    expect(JSON.stringify(answer.blocks)).toMatch(/cannot post here yet.*type \/invite @attache here.*Check again/);
    await slack.invite(quiet, slack.bot);
    expect((await slack.press('command-0', 'check', { channel: quiet })).text).toMatch(/I can post here/);
  });

  test('a private channel does not exist for it', async () => {
    const secret = await slack.addChannel('own-secret', { isPrivate: true, members: [slack.user] });
    expect((await slack.command('check', { channel: secret })).text).toContain('type /invite @attache here');
  });

  test('where Slack does not say, nothing is said', async () => {
    slack.fail('conversations.info', { error: 'missing_scope' });
    expect((await slack.command('check')).text).toMatch(/I can post here/);
  });
});

test('an error of ours is told as one, to the person and in the log', async () => {
  broken = true;
  expect(await slack.command('list')).toMatchObject({ response_type: 'ephemeral', text: expect.stringContaining('not your doing') });
  broken = false;
  expect(slack.logged).toContain('slack.command broke off');
});

describe('the Home tab', () => {
  test('shows the channels that a person is in, and nobody sees others’', async () => {
    const ben = (await slack.people()).ben ?? '';
    const secret = await slack.addChannel('secret', { isPrivate: true, members: [slack.bot] });
    const shared = await slack.addChannel('shared', { members: [slack.bot, ben] });
    await slack.command('subscribe Sudan', { channel: secret });
    await slack.command('subscribe Haiti', { channel: shared });
    const homeOf = async (user: string) => {
      const before = slack.views.length;
      await slack.event({ type: 'app_home_opened', user, channel: 'D1', tab: 'home' });
      await expect.poll(() => slack.views.length).toBe(before + 1);
      expect(slack.views.at(-1)?.user).toBe(user);
      return JSON.stringify(slack.views.at(-1)?.view);
    };
    const anas = await homeOf(slack.user);
    expect(anas).toContain(`"channel_id":"${slack.channel}"`);
    expect(anas).not.toContain('Haiti');
    const bens = await homeOf(ben);
    expect(bens).toContain(`"channel_id":"${shared}"`);
    expect(bens).toContain('Haiti');
    expect(bens).not.toContain('Sudan');
    expect(bens).not.toContain(secret);
  });

  test('says which scopes it lacks', async () => {
    slack.fail('users.conversations', { error: 'missing_scope' });
    await slack.event({ type: 'app_home_opened', user: slack.user, channel: 'D1', tab: 'home' });
    await expect.poll(() => JSON.stringify(slack.views.at(-1)?.view)).toContain('channels:read');
  });
});

test('the Home tab blames no scope where Slack only did not answer', async () => {
  slack.fail('users.conversations', 'error-500');
  await slack.event({ type: 'app_home_opened', user: slack.user, channel: 'D1', tab: 'home' });
  await expect.poll(() => JSON.stringify(slack.views.at(-1)?.view)).toContain('Open this tab again in a minute');
});

test('the Home tab and a greeting are in the language of the person', async () => {
  slack.speak('de-DE');
  await slack.event({ type: 'app_home_opened', user: slack.user, channel: 'D1', tab: 'home' });
  const home = () => JSON.stringify(slack.views.at(-1)?.view);
  await expect.poll(home).toContain('Was Ihre Kanäle bekommen');
  expect(home()).toMatch(/Abos?\b.*Einstellungen|Einstellungen.*Abos?\b|\d Abos?"/);
  slack.fail('users.conversations', { error: 'missing_scope' });
  await slack.event({ type: 'app_home_opened', user: slack.user, channel: 'D1', tab: 'home' });
  await expect.poll(home).toContain('Ich darf nicht sehen');
  const fresh = await slack.addChannel('neu', { members: [slack.bot, slack.user] });
  const joined = { type: 'member_joined_channel', user: slack.bot, inviter: slack.user, channel: fresh, team: slack.team };
  await slack.event(joined, 'EGERMAN');
  const greetings = async () => JSON.stringify(await slack.messages(fresh));
  await expect.poll(greetings).toContain('Attaché: Reisehinweise und Bewegungen von Botschaften');
  slack.speak(undefined);
});

test('an overflow menu sends its act and value', async () => {
  await slack.choose('wrong:e1@1');
  expect(pressed.at(-1)).toMatchObject({ act: 'wrong', value: 'e1@1', lane });
});

test.each(['channel_deleted', 'group_deleted', 'channel_left', 'group_left', 'channel_archive', 'group_archive'])(
  '%s is told, so that nothing more is sent there',
  async (type) => {
    await slack.event({ type, channel: 'C0LOST' });
    await expect.poll(() => gone.at(-1)).toEqual({ lane: `slack:${slack.team}:C0LOST` });
    gone.length = 0;
  },
);

test('a channel that is left is told with its name, as long as Slack still knows it, and a new id with the old one', async () => {
  const left = await slack.addChannel('left-behind', { members: [slack.user] });
  await slack.event({ type: 'channel_left', channel: left });
  await expect.poll(() => gone.at(-1)).toEqual({ lane: `slack:${slack.team}:${left}`, called: '#left-behind' });
  await slack.event({ type: 'channel_id_changed', old_channel_id: 'C1OLD', new_channel_id: 'C1NEW' });
  await expect.poll(() => gone.at(-1)).toEqual({ from: `slack:${slack.team}:C1OLD`, to: `slack:${slack.team}:C1NEW` });
  gone.length = 0;
});

test('invited to a channel it greets once, and says nothing when others come', async () => {
  const fresh = await slack.addChannel('fresh', { members: [slack.bot, slack.user] });
  const inFresh = async () => (await slack.messages(fresh)).length;
  await slack.event({ type: 'member_joined_channel', user: slack.user, channel: fresh, team: slack.team });
  await slack.event({ type: 'member_joined_channel', user: slack.bot, channel: fresh, team: slack.team }, 'EGREET');
  await expect.poll(inFresh).toBe(1);
  await slack.event({ type: 'member_joined_channel', user: slack.bot, channel: fresh, team: slack.team }, 'EGREET');
  await slack.command('list');
  expect(await inFresh()).toBe(1);
});

test('people’s own tokens may go while the bot’s stays', async () => {
  await slack.event({ type: 'tokens_revoked', tokens: { oauth: ['U1'], bot: [] } });
  await slack.event({ type: 'tokens_revoked', tokens: { oauth: [], bot: ['U2'] } });
  await expect.poll(() => gone).toEqual([{ workspace: `slack:${slack.team}` }]);
});
