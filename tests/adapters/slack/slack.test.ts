import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createSlack } from '../../../adapters/slack/platform.ts';
import { renderSlack } from '../../../adapters/slack/render.ts';
import type { ButtonPress, CommandCall } from '../../../src/message.ts';
import type { Alert } from '../../../src/model/alert.ts';
import { alertMessage } from '../../../src/phrase/alert.ts';
import type { ChatPlatform } from '../../../src/ports/platform.ts';
import { anAlert, anAnswer, hooksThat } from '../../support/messages.ts';
import { type SlackHarness, startSlack, unpaced } from '../../support/slack/harness.ts';
import { blockViolations } from '../../support/slack/limits.ts';
import { outline } from '../../support/slack/outline.ts';
import { event, places } from '../../support/talk.ts';

describe('Slack, through Bolt, against an emulated workspace', () => {
  let slack: SlackHarness;
  let platform: ChatPlatform;
  let lane: string;
  const said: CommandCall[] = [];
  const pressed: ButtonPress[] = [];
  const gone: unknown[] = [];

  beforeAll(async () => {
    slack = await startSlack();
    lane = `slack:${slack.team}:${slack.channel}`;
    platform = createSlack({ ...slack.access, timeoutMs: 2_000, pace: unpaced });
    expect(await platform.start(hooksThat({ said, pressed, gone }))).toMatchObject({ kind: 'ready' });
    await slack.connected();
  });
  afterEach(() => expect(slack.violations).toEqual([]));
  afterAll(async () => {
    await platform.stop();
    await slack.close();
  });

  test('an alert is posted, and an update edits that message', async () => {
    const sent = await platform.send({ key: 'k1', lane, message: anAlert('US embassy moves from Kyiv to Lviv') });
    if (sent.kind !== 'sent') throw new Error(sent.reason);
    expect(sent.ref.url).toBe(`https://harness.slack.com/archives/${slack.channel}/p${sent.ref.id.replace('.', '')}`);
    expect(await platform.edit(sent.ref, { key: 'k2', lane, message: anAlert('confirmed by the US State Department') })).toMatchObject({
      kind: 'sent',
      ref: { id: sent.ref.id, url: sent.ref.url },
    });
    const mine = (await slack.messages()).filter((message) => message.ts === sent.ref.id);
    expect(mine.map((message) => message.text)).toEqual(['confirmed by the US State Department']);
    const note = await platform.send({ key: 'k3', lane, message: anAlert('what changed'), replyTo: sent.ref });
    expect(note.kind).toBe('sent');
  });

  test('/attache is acknowledged and answered to the one who asked', async () => {
    const answer = await slack.command('country Ukraine');
    expect(answer).toMatchObject({ response_type: 'ephemeral', text: 'answer to country Ukraine' });
    expect(said.at(-1)).toMatchObject({ platform: 'slack', lane, user: slack.user, mayChange: true, input: { line: 'country Ukraine' } });
  });

  test('@attache inside a thread is the same command', async () => {
    await slack.event({
      type: 'app_mention',
      user: slack.user,
      text: `<@${slack.bot}> latest Sudan`,
      channel: slack.channel,
      ts: '2.0',
      thread_ts: '1.0',
      event_ts: '2.0',
    });
    await expect.poll(() => said.at(-1)?.input).toEqual({ line: 'latest Sudan' });
  });

  test('a pressed button comes with its act and value, and the alert stays', async () => {
    expect(await slack.press('acknowledge-0', 'e1@2')).toMatchObject({ text: 'pressed acknowledge' });
    expect(pressed.at(-1)).toMatchObject({ act: 'acknowledge', value: 'e1@2', lane });
    expect(pressed.at(-1)?.pressed).toBeUndefined();
    await slack.press('acknowledge-0', 'e1@2', { message: '1700000000.000100' });
    expect(pressed.at(-1)?.pressed).toEqual({ channel: slack.channel, id: '1700000000.000100' });
  });

  test('what Slack says of a failure becomes what it means for the delivery', async () => {
    const send = (key: string) => platform.send({ key, lane, message: anAlert(key) });
    slack.fail('chat.postMessage', 'rate-limited');
    expect(await send('f1')).toMatchObject({ kind: 'retry', afterMs: 7000 });
    slack.fail('chat.postMessage', { error: 'not_in_channel' });
    expect(await send('f2')).toMatchObject({ kind: 'rejected', mend: expect.stringContaining('/invite @attache') });
    slack.fail('chat.postMessage', 'error-500');
    expect(await send('f3')).toMatchObject({ kind: 'unknown' });
    slack.fail('chat.update', { error: 'message_not_found' });
    expect(await platform.edit({ channel: slack.channel, id: '9.9' }, { key: 'f4', lane, message: anAlert('x') })).toMatchObject({
      kind: 'rejected',
      reason: 'message deleted',
      gone: true,
    });
  });

  test('an accepted post whose answer was lost is found again, and stands once', async () => {
    const since = Date.now() - 60_000;
    slack.fail('chat.postMessage', 'accept-then-drop');
    expect(await platform.send({ key: 'lost', lane, message: anAlert('posted, answer lost') })).toMatchObject({ kind: 'unknown' });
    expect(await platform.find({ key: 'lost', lane, since })).toMatchObject({ kind: 'found' });
    expect(await platform.find({ key: 'never sent', lane, since })).toEqual({ kind: 'absent' });
    expect((await slack.messages()).filter((message) => message.text === 'posted, answer lost')).toHaveLength(1);
    slack.fail('conversations.history', { error: 'missing_scope' });
    expect(await platform.find({ key: 'lost', lane, since })).toMatchObject({ kind: 'later' });
  });

  test('a socket lost while Slack cannot be reached comes back when Slack does', async () => {
    slack.outage(true);
    slack.dropSocket();
    // Only an attempt that was refused shows anything: the first comes some seconds after the loss.
    await expect.poll(() => slack.refused(), { timeout: 15_000 }).toBeGreaterThan(1);
    slack.outage(false);
    await slack.connected();
    expect((await slack.command('status')).text).toBe('answer to status');
  }, 30_000);

  test('uninstalling is told, so that everything is erased', async () => {
    await slack.event({ type: 'app_uninstalled' });
    await expect.poll(() => gone).toEqual([{ workspace: `slack:${slack.team}` }]);
  });

  test('a wrong token is refused in one line with the mend', async () => {
    const wrong = createSlack({ ...slack.access, botToken: 'xoxb-wrong' });
    const outcome = await wrong.start(hooksThat({}));
    expect(outcome).toMatchObject({ kind: 'refused', reason: expect.stringContaining('api.slack.com/apps') });
    const wrongApp = createSlack({ ...slack.access, appToken: 'xapp-wrong' });
    expect(await wrongApp.start(hooksThat({}))).toMatchObject({ kind: 'refused', reason: expect.stringContaining('App-Level Tokens') });
    await Promise.all([wrong.stop(), wrongApp.stop()]);
  });
});

describe('Block Kit', () => {
  test('an alert reads as it should', () => {
    expect(renderSlack(anAnswer('Ukraine', [[{ strong: 'US embassy' }, ': moved since ', { at: 1644856080000 }]]))).toMatchInlineSnapshot(`
      {
        "blocks": [
          {
            "text": {
              "emoji": false,
              "text": "Ukraine",
              "type": "plain_text",
            },
            "type": "header",
          },
          {
            "elements": [
              {
                "elements": [
                  {
                    "style": {
                      "bold": true,
                    },
                    "text": "US embassy",
                    "type": "text",
                  },
                  {
                    "text": ": moved since ",
                    "type": "text",
                  },
                  {
                    "fallback": "2022-02-14 16:28 UTC",
                    "format": "{date_short_pretty} {time} (16:28 UTC)",
                    "timestamp": 1644856080,
                    "type": "date",
                  },
                ],
                "type": "rich_text_section",
              },
            ],
            "type": "rich_text",
          },
        ],
        "link_names": false,
        "parse": "none",
        "text": "Ukraine",
        "unfurl_links": false,
        "unfurl_media": false,
      }
    `);
  });

  test('an alert from headline to buttons, as people read it', () => {
    const sources = [
      {
        itemId: 'c1',
        feedId: 'courier',
        source: 'The Harbour Courier',
        tier: 'media' as const,
        title: 'US temporarily relocates embassy in Ukraine & warns <all>',
        summary: 'The few diplomats still in the capital move west.',
        url: 'https://courier.example/lviv',
        publishedAt: Date.UTC(2022, 1, 14, 16, 28),
        seenAt: Date.UTC(2022, 1, 14, 16, 35),
      },
    ];
    const told: Alert = {
      id: 'e1@1',
      kind: 'new',
      event: event('e1', { sources, firstSeenAt: Date.UTC(2022, 1, 14, 16, 35), lastSeenAt: Date.UTC(2022, 1, 14, 16, 35) }),
      because: ['first-report'],
      escalates: false,
      severity: 4,
      headline: '⛔ CRITICAL · Ukraine · US embassy moves from Kyiv to Lviv · reported by 1 outlet',
      at: Date.UTC(2022, 1, 14, 16, 35),
    };
    const message = alertMessage(told, { name: (code) => places.name(code), language: 'en' });
    expect(outline(renderSlack(message, { mention: 'S0DUTY1' }).blocks)).toMatchInlineSnapshot(`
      "header: 🇺🇦 ⛔ CRITICAL · Ukraine · US embassy moves from Kyiv to Lviv · reported by 1 outlet
      rich_text: @S0DUTY1
        _US temporarily relocates embassy in Ukraine & warns <all>_<https://courier.example/lviv>
        The Harbour Courier · {2022-02-14 16:28 UTC}
        “The few diplomats still in the capital move west.”
      context: Alert e1 · not official advice
      actions: [Acknowledge] [Mute] [Why] ⋮ Source, Wrong"
    `);
  });

  test('who acknowledged is named as Slack names people, and nothing else becomes a person', () => {
    const footer = [['Alert e1@1'], ['Acknowledged by ', { person: 'U0ANA1' }, ' ', { at: 0 }], ['by ', { person: '!channel' }]];
    const { blocks } = renderSlack({ ...anAlert('x'), footer });
    expect(blocks.at(-3)).toMatchObject({
      elements: [
        {
          elements: [
            { text: 'Acknowledged by ' },
            { type: 'user', user_id: 'U0ANA1' },
            { text: ' ' },
            { type: 'date', timestamp: 0 },
            { text: '\n' },
            { text: 'by ' },
            { type: 'text', text: '!channel' },
          ],
        },
      ],
    });
    expect(blocks.at(-2)).toMatchObject({ type: 'context', elements: [{ text: 'Alert e1@1' }] });
  });

  test('whatever a feed says, limits hold and nothing becomes markup', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 5000, unit: 'grapheme' }), fc.webUrl(), fc.nat(60), (text, link, count) => {
        const lines = Array.from({ length: count }, () => [text, { link, text }, { link: `javascript:${text}`, text }]);
        const payload = renderSlack({
          ...anAlert(`<!channel> <@U1> ${text}`),
          lines,
          sections: [{ title: text, lines }],
          footer: [[text]],
          fields: [{ name: text, value: [text] }],
        });
        const links = JSON.stringify(payload.blocks).match(/"url":"(?!https?:)/g);
        expect([...blockViolations({ ...payload }), ...(links ?? [])]).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });
});
