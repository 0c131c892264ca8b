import { describe, expect, test } from 'vitest';
import { plainText } from '../../src/message.ts';
import { unknownLicence } from '../../src/model/feed.ts';
import { aFeed } from '../support/project.ts';
import { channel, day, event, finding, hour, keep, lane, start, textOf } from '../support/talk.ts';

describe('subscribe', () => {
  test('the echo of "from" says which side of an expulsion it takes', async () => {
    const { say } = channel();
    const said = textOf((await say('subscribe everywhere from Russia about diplomacy')).message);
    expect(said).toContain('Of expulsions it takes those of diplomats from Russia, whoever expels them, and not those by Russia.');
    expect(textOf((await say('subscribe Ukraine from Russia about evacuations')).message)).not.toContain('expulsions');
  });

  test('answers with the whole subscription, what it would have caught, what is open, the coverage, and how to undo', async () => {
    const { say, store } = channel();
    await keep(store, [
      event('e1'),
      event('e2', { state: 'lifted' }),
      event('rumour', { finding: finding({ status: 'considered' }) }),
      event('old', { lastSeenAt: start - 40 * day }),
      event('elsewhere', { finding: finding({ hosts: ['ML'], from: undefined, to: undefined } as never) }),
    ]);
    const { message, private: quiet } = await say('subscribe Ukraine, South Sudan from US, UK', { zone: 'Europe/Kyiv' });
    expect(quiet).toBe(true);
    expect(message.headline).toBe(
      'Watching Ukraine and South Sudan; from US and UK; Notice and up. The last 30 days: 2 alerts. Open now: 1.',
    );
    const text = textOf(message);
    expect(text).toContain('Zone: Europe/Kyiv (your profile).');
    expect(text).toContain('advice US (waiting), UK (waiting); mission feeds US (waiting); news in English');
    expect(text).toContain('to undo: /attache unsubscribe 1');
    expect(text).toContain('neither official advice');
    expect(await store.subscriptions(lane)).toMatchObject([
      { id: '1', createdBy: 'U1', filter: { countries: ['UA', 'SS'], from: ['US', 'GB'], min: 2 } },
    ]);
    expect(await store.channel(lane)).toMatchObject({ zone: 'Europe/Kyiv' });
  });

  test('without a profile’s zone it is UTC and says so; the disclaimer comes the first time only', async () => {
    const { say } = channel();
    expect(textOf((await say('subscribe Mali')).message)).toContain('Zone: UTC (none known;');
    expect(textOf((await say('subscribe Chad')).message)).not.toContain('neither official advice');
  });

  test('Notice and up, and neither borders nor ambassadors, unless named; named topics are those only', async () => {
    const { say, store } = channel();
    await say('subscribe everywhere');
    await say('subscribe Mali about borders, evacuations min critical with "airspace closed"');
    const [usual, named] = (await store.subscriptions(lane)).map(({ filter }) => filter);
    expect(usual).toMatchObject({ min: 2 });
    expect(usual).not.toHaveProperty('countries');
    expect(usual?.topics).not.toContain('borders');
    expect(usual?.topics).not.toContain('ambassadors');
    expect(named).toEqual({ countries: ['ML'], topics: ['borders', 'evacuations'], min: 4, with: ['airspace closed'] });
  });

  test('a misspelt place is asked back with buttons that say the whole command again', async () => {
    const { say, store } = channel();
    const { message } = await say('subscribe Mali, Nigr from US');
    expect(message.headline).toMatch(/^No place “Nigr”\. .*Niger\?/);
    const button = message.buttons.find(({ label }) => label === 'Niger');
    expect(button).toMatchObject({ act: 'command', value: 'subscribe Mali, Niger from US' });
    expect(await store.subscriptions(lane)).toEqual([]);
  });

  test.each([
    ['subscribe', 'For example: /attache subscribe Ukraine'],
    ['subscribe Narnia', 'No place “Narnia”. Name a country such as Ukraine'],
    ['subscribe Congo', 'Which Congo? Democratic Republic of the Congo? Republic of the Congo?'],
    ['country Korea', 'Which Korea? South Korea? North Korea?'],
    ['list everything', '“everything” is nothing that “list” knows'],
    ['pause 3h', '“3h” is nothing that “pause” knows'],
    ['digest tomorrow', '“tomorrow” is nothing that “digest” knows'],
    ['subscribe Qwertyuiop', 'No place “Qwertyuiop”'],
    ['subscribe Mali about football', 'No topic “football”. There are'],
    ['subscribe Mali min 9', 'No severity “9”'],
    ['subscribe Mali with', 'Name words after “with”'],
    ['subscribe Mali from', 'Name governments after “from”'],
    ['unsubscribe 7', 'no subscription'],
    ['settings zone Mars/Base', 'No time zone “Mars/Base”'],
    ['settings quiet nights', 'No quiet hours “nights”'],
    ['settings digest sometimes', 'No digest “sometimes”'],
    ['settings digest cron 99 * * * *', 'No digest'],
    ['settings digest cron */5 * * * *', 'at most once an hour'],
    ['settings digest cron 0 0 30 2 *', 'No digest'],
    ['settings ping everyone please', 'No one to ping'],
    ['settings nonsense', '“nonsense” is nothing that “settings” knows'],
    ['embassy US', 'For example: /attache embassy US in Ukraine'],
    ['country Sahel', 'name one'],
    ['why nosuch', 'No alert “nosuch”'],
    ['subcribe Mali', '/attache subscribe?'],
    ['Ukraine', '/attache country Ukraine?'],
    ['frobnicate', 'No command “frobnicate”. /attache help'],
  ])('%s is answered in one private line that says what to do', async (line, says) => {
    const { say } = channel();
    const { message, private: quiet } = await say(line);
    expect(message.headline).toContain(says);
    expect(message.headline).not.toContain('\n');
    expect(quiet).toBe(true);
  });

  test('two people who subscribe at once both get one, and the same rule twice is one', async () => {
    const { say, store } = channel();
    await Promise.all([say('subscribe Mali'), say('subscribe Chad'), say('subscribe Niger')]);
    expect((await store.subscriptions(lane)).map(({ id }) => id)).toEqual(['1', '2', '3']);
    expect((await say('subscribe mali')).message.headline).toContain('already: subscription 1');
    expect(await store.subscriptions(lane)).toHaveLength(3);
  });

  test('Discord’s options mean what the typed line means', async () => {
    const typed = channel();
    const picked = channel();
    const line = await typed.say('subscribe Ukraine from US min warning', { platform: 'discord' });
    const options = await picked.pick('subscribe', { places: 'Ukraine', from: 'US', min: 'warning' }, { platform: 'discord' });
    expect(options).toEqual(line);
    expect(await picked.store.subscriptions(lane)).toEqual(await typed.store.subscriptions(lane));
  });
});

describe('who may', () => {
  test.each(['subscribe Mali', 'unsubscribe 1', 'pause', 'resume', 'settings zone UTC'])('%s needs the right to change', async (line) => {
    const { say, store } = channel();
    await say('subscribe Chad');
    const before = [await store.subscriptions(lane), await store.channel(lane)];
    const { message, private: quiet } = await say(line, { mayChange: false });
    expect(message.headline).toContain('may not change');
    expect(quiet).toBe(true);
    expect([await store.subscriptions(lane), await store.channel(lane)]).toEqual(before);
  });

  test.each(['list', 'settings', 'help', 'status', 'feeds', 'country Mali', 'latest', 'search gold', 'test', 'digest now'])(
    '%s needs none',
    async (line) => expect((await channel().say(line, { mayChange: false })).message.headline).not.toContain('may not'),
  );

  test('a button has no more rights than its presser', async () => {
    const { say, talk, store } = channel();
    await say('subscribe Mali');
    const press = { platform: 'slack', lane, user: 'U2', mayChange: false } as const;
    await talk.onButton({ ...press, act: 'command', value: 'unsubscribe 1' });
    expect(await store.subscriptions(lane)).toHaveLength(1);
    await talk.onButton({ ...press, mayChange: true, act: 'command', value: 'unsubscribe 1' });
    expect(await store.subscriptions(lane)).toHaveLength(0);
  });

  test('acknowledging is kept with the posting, once for each person, and only with the right', async () => {
    const { talk, store } = channel();
    await store.savePosting({ lane, subject: 'e1', ref: { channel: 'C1', id: '1' }, revision: 1, acks: [] });
    const press = { platform: 'slack', lane, act: 'acknowledge', value: 'e1@2' } as const;
    await talk.onButton({ ...press, user: 'U1', mayChange: false });
    expect((await store.posting(lane, 'e1'))?.acks).toEqual([]);
    await Promise.all(['U1', 'U2', 'U1'].map((user) => talk.onButton({ ...press, user, mayChange: true })));
    expect((await store.posting(lane, 'e1'))?.acks).toEqual([
      { by: 'U1', at: start },
      { by: 'U2', at: start },
    ]);
    expect((await talk.onButton({ ...press, value: 'other@1', user: 'U1', mayChange: true })).message.headline).toContain('not in this');
  });
});

describe('an acknowledged alert', () => {
  test('shows who saw it, in the newest form that was told', async () => {
    const { say, talk, store } = channel();
    const told = event('e1', { revision: 2, alertedRevision: 2 });
    const alert = {
      id: 'e1@2',
      kind: 'new',
      event: told,
      because: [],
      escalates: false,
      severity: 4,
      headline: 'Told',
      at: start,
    } as const;
    const message = (await say('help')).message;
    const item = { id: 'i1', feedId: 'courier', url: '', title: '', summary: '', fetchedAt: start };
    const story = { item, source: 'x', tier: 'media', feedKind: 'news', baseline: false } as const;
    const change = { kind: 'new', event: told, because: [] } as const;
    await store.decide(story, ['UA'], () => ({ changes: [change], ledger: [], alerts: [{ alert, messages: { 'e1@2/en': message } }] }));
    await say('subscribe Ukraine');
    await store.savePosting({ lane, subject: 'e1', ref: { channel: 'C1', id: '1' }, revision: 1, acks: [] });
    await talk.onButton({ platform: 'slack', lane, user: 'U7', mayChange: true, act: 'acknowledge', value: 'e1@1' });
    const [claimed] = await store.claim({ owner: 'o', now: start, leaseMs: 1000, limit: 1, platforms: ['slack'] });
    expect(claimed).toMatchObject({
      delivery: { act: 'edit', subject: 'e1', revision: 2, because: ['1'] },
      message,
      posting: { acks: [{ by: 'U7', at: start }] },
    });
  });
});

describe('a channel in which the bot cannot post', () => {
  test('keeps its subscription, hears what is missing, and can look again', async () => {
    const { talk, store } = channel();
    const call = { platform: 'discord', lane: 'discord:1:2', user: 'U1', mayChange: true } as const;
    const cannotPost = { missing: ['Send Messages'] };
    const needs = 'give me Send Messages (Edit Channel → Permissions)';
    const { message } = await talk.onCommand({ ...call, cannotPost, input: { line: 'subscribe Lebanon' } });
    expect(textOf(message)).toContain(`Saved, but I cannot post here yet: ${needs}.`);
    expect(message.buttons[0]).toMatchObject({ label: 'Check again', value: 'check' });
    expect(await store.subscriptions('discord:1:2')).toHaveLength(1);
    const pressed = { ...call, act: 'command', value: 'check' } as const;
    expect((await talk.onButton({ ...pressed, cannotPost })).message).toMatchObject({ headline: `I cannot post here yet: ${needs}.` });
    expect((await talk.onButton(pressed)).message.headline).toMatch(/I can post here/);
  });
});

describe('what a channel gets', () => {
  test('list and unsubscribe', async () => {
    const { say, store } = channel();
    await say('subscribe Mali');
    await say('subscribe Chad min critical');
    const shown = await say('list');
    expect(shown.private).toBe(true);
    expect(textOf(shown.message)).toContain('2  Chad; Critical only');
    expect((await say('unsubscribe #1')).message.headline).toBe('Subscription 1 ended: Mali; Notice and up.');
    expect((await say('unsubscribe 9')).message.headline).toContain('There is 2');
    await say('unsubscribe all');
    expect(await store.subscriptions(lane)).toEqual([]);
  });

  test('several subscriptions end by their numbers, and places are taken out of those that name them', async () => {
    const { say, store } = channel();
    const left = async () => (await store.subscriptions(lane)).map(({ id, filter }) => `${id} ${filter.countries?.join() ?? 'everywhere'}`);
    for (const place of ['Mali', 'Chad', 'Niger', 'Sudan', 'Sudan, South Sudan min warning', 'everywhere min critical'])
      await say(`subscribe ${place}`);
    expect(textOf((await say('unsubscribe 2, 3')).message)).toBe('Subscriptions 2 and 3 ended.\n/attache list shows the 4 that are left.');
    expect((await say('unsubscribe 1 and 9')).message.headline).toContain('No subscription “9”');
    const { message } = await say('unsubscribe Sudan');
    expect(textOf(message)).toBe(
      [
        'No longer watching Sudan',
        'Subscription 4 ended: Sudan; Notice and up.',
        'Subscription 5 goes on with South Sudan; Warning and up.',
        'Subscription 6 still watches everywhere.',
        '/attache list shows the 3 that are left.',
      ].join('\n'),
    );
    expect(await left()).toEqual(['1 ML', '5 SS', '6 everywhere']);
    expect((await say('unsubscribe Chad')).message.headline).toBe('No subscription of this channel names Chad.');
    expect((await say('unsubscribe Nigr')).message.headline).toMatch(/No place “Nigr”/);
    await say('unsubscribe everywhere');
    expect(textOf((await say('unsubscribe 1 5')).message)).toContain('This channel watches nothing now.');
  });

  test('list goes by number and calls a whole region by its name', async () => {
    const { say } = channel();
    for (const place of ['Mali', 'Niger', 'Chad', 'Ukraine', 'Poland', 'Togo', 'Benin', 'Ghana', 'Senegal'])
      await say(`subscribe ${place}`);
    await say('subscribe Sahel, Sudan');
    const lines = textOf((await say('list')).message).split('\n');
    expect(lines[9]).toBe('9  Senegal; Notice and up');
    expect(lines[10]).toBe('10  Sahel and Sudan; Notice and up');
  });

  test('a region that is ended is called by its name, as when it was begun', async () => {
    const { say } = channel();
    await say('subscribe West Africa, Ukraine');
    expect((await say('unsubscribe West Africa')).message.headline).toBe('No longer watching West Africa');
  });

  test('of terms that nobody looked up feeds says that once, in its language', async () => {
    const added = aFeed({ terms: 'unverified', licence: unknownLicence });
    const { say } = channel({ feeds: [added, aFeed({ ...added, id: 'own', licence: 'Press Act' })] });
    const lines = async () => (await say('feeds')).message.lines.map(plainText).map((line) => line.split(' · ').at(-1));
    expect(await lines()).toEqual(['terms unverified', 'Press Act (terms unverified)']);
    await say('settings language de');
    expect(await lines()).toEqual(['Bedingungen ungeprüft', 'Press Act (Bedingungen ungeprüft)']);
  });

  test('a terminal says that it shows no maps, and a region is offered by its name', async () => {
    const { say } = channel();
    expect((await say('settings map on', { platform: 'terminal' })).message.headline).toBe(
      'Saved. A terminal shows no maps; Slack and Discord do',
    );
    expect((await say('settings map on')).message.headline).toBe('Saved');
    const values = (await say('subscribe Sahel, Sudan')).message.buttons.flatMap((button) => ('value' in button ? [button.value] : []));
    expect(values).toContain('latest Sahel, Sudan');
  });

  test('what a wider subscription catches already is said, with the way to end that', async () => {
    const { say } = channel();
    await say('subscribe everywhere');
    const { message } = await say('subscribe Ukraine');
    expect(textOf(message)).toContain('Subscription 1 catches all of this already: everywhere; Notice and up.');
    expect(message.buttons).toContainEqual({ act: 'command', label: 'End 1', value: 'unsubscribe 1' });
    expect(textOf((await say('subscribe Mali min info')).message)).not.toContain('catches all of this');
  });

  test('latest takes how many, and shows the ids that why takes', async () => {
    const { say, store } = channel();
    const ids = Array.from({ length: 30 }, (_, index) => `${String(index).padStart(6, '0')}ffffff`);
    await keep(
      store,
      ids.map((id) => event(id)),
    );
    const answer = async (line: string) => textOf((await say(line)).message).split('\n');
    expect(await answer('latest')).toHaveLength(11);
    expect((await answer('latest 20'))[0]).toBe('The latest 20 events');
    expect(await answer('latest 20')).toHaveLength(21);
    expect((await answer('latest Ukraine 25'))[0]).toBe('The latest 25 events in Ukraine');
    expect((await answer('latest 1'))[0]).toBe('The latest 1 event');
    const id = /· (\d{6})$/.exec((await answer('search Lviv'))[1] ?? '')?.[1];
    expect((await say(`why ${id}`)).message.headline).toBe(`Why ${id}`);
  });

  test('messages that quiet hours hold are called so', async () => {
    const { say, store } = channel();
    await say('settings quiet 11:30-13');
    const delivery = { subject: 's', revision: 1, act: 'post', messageId: 'm', notBefore: start + 1, because: [], living: false } as const;
    await store.enqueue({ m: (await say('help')).message }, [{ key: 'k', lane, ...delivery }]);
    expect(textOf((await say('status')).message)).toContain(
      'Messages: 1 waiting (1 held by quiet hours here until 2026-03-03 13:00 UTC), 0 unknown, none dead.',
    );
    expect(textOf((await say('settings')).message)).toContain('quiet 11:30 to 13:00; Critical passes');
  });

  test('what quiet hours hold comes once they are switched off, or at the end of shorter ones', async () => {
    const held = async (later: string) => {
      const { say, store, clock } = channel();
      await say('settings quiet 10-14');
      const delivery = { subject: 's', revision: 1, act: 'post', messageId: 'm', because: [], living: false } as const;
      await store.enqueue({ m: (await say('help')).message }, [{ key: 'k', lane, ...delivery, notBefore: start + 2 * hour }]);
      const due = async (at: number) =>
        (await store.claim({ owner: `${at}`, now: at, leaseMs: 1000, limit: 1, platforms: ['slack'] })).length;
      expect(await due(clock.now())).toBe(0);
      await say(later);
      return { now: await due(clock.now()), later: await due(start + hour) };
    };
    expect(await held('settings quiet off')).toMatchObject({ now: 1 });
    expect(await held('settings quiet 10-13')).toEqual({ now: 0, later: 1 });
    expect(await held('settings digest daily 08:00')).toEqual({ now: 0, later: 0 });
  });

  test('an event that ended counts for those who were told of it', async () => {
    const { say, store } = channel();
    const previous = finding({ severity: 4 });
    const reopening = finding({ kind: 'embassy-reopening', severity: 1 });
    await keep(store, [
      event('e1', {
        state: 'lifted',
        finding: reopening,
        lastTold: { kind: 'lifted', because: ['reopened'], previous, at: start },
      }),
    ]);
    expect((await say('preview Ukraine')).message.headline).toMatch(/1 alert in the last 30 days/);
    await say('subscribe Ukraine min warning');
    expect(textOf((await say('why e1')).message)).not.toMatch(/No subscription/);
    expect(textOf((await say('digest now')).message)).toContain('LIFTED');
  });

  test('settings change what is named and keep the rest', async () => {
    const { say, store } = channel();
    await say('settings zone Europe/Kyiv quiet 23-07 digest daily 08:00 ping <@&123456>');
    await say('settings quiet off');
    expect(await store.channel(lane)).toMatchObject({
      zone: 'Europe/Kyiv',
      mention: '123456',
      digest: { cron: '0 8 * * *', nextRunAt: Date.UTC(2026, 2, 4, 6), coveredUntil: Date.UTC(2026, 2, 3, 6) },
    });
    expect(await store.channel(lane)).not.toHaveProperty('quiet');
    const text = textOf((await say('settings')).message);
    expect(text).toContain('digest daily 08:00, next 2026-03-04 06:00 UTC');
    // The same hour in another zone is another moment.
    await say('settings zone Asia/Tokyo');
    expect((await store.channel(lane))?.digest?.nextRunAt).toBe(Date.UTC(2026, 2, 3, 23));
    await say('settings digest off ping off');
    expect(await store.channel(lane)).toEqual({ lane, zone: 'Asia/Tokyo', language: 'en', createdAt: start });
  });

  test('pause holds until resume', async () => {
    const { say, store } = channel();
    await say('subscribe Mali');
    await say('pause');
    expect((await store.channel(lane))?.pausedUntil).toBeGreaterThan(start + 1000 * day);
    expect(textOf((await say('subscribe Chad')).message)).toContain('This channel is paused');
    await say('resume');
    expect(await store.channel(lane)).not.toHaveProperty('pausedUntil');
  });

  test('another channel sees none of it', async () => {
    const { say } = channel();
    await say('subscribe Mali');
    expect((await say('list', { lane: 'slack:T1:C2' })).message.headline).toContain('watches nothing');
  });
});

test('a topic where a place is meant: the answer says how to ask for it, and what is left is counted in words', async () => {
  const { say } = channel();
  expect((await say('subscribe expulsions')).message.headline).toBe(
    'No place “expulsions”. For example: /attache subscribe everywhere about diplomacy',
  );
  await say('subscribe Ukraine');
  await say('subscribe Mali');
  expect(textOf((await say('unsubscribe 1')).message)).toContain('/attache list shows the one that is left.');
});
