import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createTerminal, type TerminalOptions } from '../../../adapters/terminal/platform.ts';
import { card } from '../../../adapters/terminal/render.ts';
import type { ChatMessage, CommandCall, Line } from '../../../src/message.ts';
import type { PlatformHooks } from '../../../src/ports/platform.ts';
import { channel } from '../../support/talk.ts';

const ESC = '\u001b';
const BEL = '\u0007';
const at = Date.UTC(2022, 1, 14, 16, 28);

const alert = (more: Partial<ChatMessage> = {}): ChatMessage => ({
  kind: 'new',
  severity: 4,
  headline: '⛔ CRITICAL · Ukraine · US embassy moves from Kyiv to Lviv · reported by 1 outlet',
  fields: [{ name: 'Source', value: ['reported by 1 outlet'] }],
  lines: [['First reported ', { at }]],
  sections: [{ title: 'Sources', lines: [[{ link: 'https://courier.example/lviv', text: 'US moves embassy' }, ' · The Harbour Courier']] }],
  footer: [['Alert abc@1 · not official advice']],
  buttons: [
    { act: 'acknowledge', label: 'Acknowledge', value: 'abc@1' },
    { act: 'why', label: 'Why', value: 'abc@1' },
    { act: 'open', label: 'Source', link: 'https://courier.example/lviv' },
  ],
  language: 'en',
  ...more,
});

const plain = { colour: false, zone: 'UTC', columns: 80 };
const coloured = { ...plain, colour: true };

/** A text as feeds and hostile pages may hold it. */
const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        `${ESC}[2J`,
        `${ESC}]8;;https://evil.example${BEL}`,
        `${ESC}]0;title${BEL}`,
        '\u009b31m',
        '\r\n> ',
        '\b\b',
        '\u202e',
        '\u2028',
        '😀👩‍👩‍👧',
        '漢字',
      ),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(''));

const anyLine: fc.Arbitrary<Line> = fc.array(
  fc.oneof(
    hostile,
    hostile.map((strong) => ({ strong })),
    fc.record({
      link: fc.oneof(
        hostile,
        fc.webUrl(),
        hostile.map((end) => `https://a.example/${end}`),
        fc.constant('javascript:alert(1)'),
      ),
      text: hostile,
    }),
    fc.record({ at: fc.integer({ min: 0, max: 4e12 }) }),
  ),
  { maxLength: 4 },
);

const anyMessage: fc.Arbitrary<ChatMessage> = fc
  .record({ headline: hostile, lines: fc.array(anyLine, { maxLength: 3 }), title: hostile, label: hostile, value: hostile })
  .map(({ headline, lines, title, label, value }) =>
    alert({
      headline,
      lines,
      fields: [{ name: title, value: lines[0] ?? [] }],
      sections: [{ title, lines }],
      footer: lines,
      buttons: [
        { act: 'command', label, value },
        { act: 'why', label, value },
      ],
      marked: title,
    }),
  );

/** Columns that a text takes, for texts of one-column and two-column characters only. */
const columnsOf = (text: string) => [...text].reduce((sum, letter) => sum + ((letter.codePointAt(0) ?? 0) >= 0x2e80 ? 2 : 1), 0);

describe('a card', () => {
  test('times are in the language of the message', () => {
    const german = card(alert({ language: 'de', lines: [[{ at: Date.UTC(2022, 4, 14, 16, 28) }]] }), { ...plain, zone: 'Europe/Kyiv' });
    expect(german).toContain('14. Mai 2022, 19:28 (16:28 UTC)');
  });

  test('says all of an alert in plain text', () => {
    expect(card(alert(), plain, { tag: 'NEW #abc', label: 'abc' })).toBe(
      [
        '┏━ NEW #abc',
        '┃ ⛔ CRITICAL · Ukraine · US embassy moves from Kyiv to Lviv · reported by 1',
        '┃ outlet',
        '┃ First reported 14 Feb 2022, 16:28 UTC',
        '┃ Source: reported by 1 outlet',
        '┃ Sources',
        '┃   • US moves embassy <https://courier.example/lviv> · The Harbour Courier',
        '┃ Alert abc@1 · not official advice',
        '┗━ ack abc · why abc',
        '',
      ].join('\n'),
    );
  });

  test('times are the reader’s, UTC beside; a sample says so above everything else', () => {
    const text = card(alert({ marked: 'SAMPLE' }), { ...plain, zone: 'Europe/Kyiv' }, { tag: 'NEW' });
    expect(text).toContain('14 Feb 2022, 18:28 (16:28 UTC)');
    expect(text.split('\n')[1]).toContain('*** SAMPLE ***');
  });

  test('with colour the words stay and links can be clicked', () => {
    const text = card(alert(), coloured, { tag: 'NEW #abc', label: 'abc' });
    expect(text).toContain(`${ESC}]8;;https://courier.example/lviv${BEL}`);
    expect(text).toContain('CRITICAL');
  });

  test('wide characters count two columns, and no row is wider than the terminal', () => {
    const text = card(alert({ headline: '渡航は止めてください'.repeat(12), fields: [], sections: [], buttons: [] }), {
      ...plain,
      columns: 40,
    });
    for (const row of text.split('\n')) expect(columnsOf(row)).toBeLessThanOrEqual(40);
    expect(text.replace(/[\n┃ ]/g, '')).toContain('渡航は止めてください'.repeat(12));
  });

  test('piped output keeps long links whole', () => {
    const link = `https://courier.example/${'a'.repeat(200)}`;
    const text = card(alert({ lines: [[{ link, text: 'here' }]] }), { colour: false, zone: 'UTC' });
    expect(text).toContain(`<${link}>`);
  });

  test('no text of a feed commands the terminal, in plain text', () => {
    fc.assert(
      fc.property(anyMessage, (message) => {
        const text = card(message, plain, { tag: 'NEW #1' }).replaceAll('\n', '');
        expect(text).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u);
        expect(text).not.toContain('javascript:');
      }),
    );
  });

  test('nor in colour: every sequence is one of ours, and every link is http(s)', () => {
    const ours = new RegExp(`${ESC}\\[[0-9;]*m|${ESC}\\]8;;(?:https?://[!-~]+)?${BEL}`, 'g');
    fc.assert(
      fc.property(anyMessage, (message) => {
        const text = card(message, coloured, { tag: 'NEW #1' }).replaceAll('\n', '');
        const words = text.replace(ours, '');
        expect(words).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u);
        expect(words).not.toContain('evil.example');
        expect(text).not.toContain(`${ESC}]8;;https://evil`);
      }),
    );
  });
});

interface Heard {
  readonly calls: CommandCall[];
}

function terminal(more: Partial<TerminalOptions> = {}) {
  const input = new PassThrough();
  const output = Object.assign(new PassThrough(), { columns: 80, isTTY: more.interactive ?? false });
  let text = '';
  output.on('data', (chunk) => {
    text += String(chunk);
  });
  const platform = createTerminal({ input, output, colour: false, interactive: false, zone: 'UTC', ...more });
  const heard: Heard = { calls: [] };
  const { talk } = channel();
  const hooks: PlatformHooks = {
    ...talk,
    onCommand: (call) => {
      heard.calls.push(call);
      return talk.onCommand(call);
    },
  };
  const until = async (done: () => boolean) => {
    for (let turn = 0; turn < 500 && !done(); turn += 1) await new Promise((next) => setImmediate(next));
  };
  return { input, platform, hooks, heard, until, text: () => text };
}

const lane = 'terminal:local:main';

describe('the terminal as a platform', () => {
  test('an update is told as one of the card it changes, and what changed is marked', async () => {
    const { platform, hooks, text } = terminal();
    await platform.start(hooks);
    const sent = await platform.send({ key: 'k1', lane, message: alert() });
    if (sent.kind !== 'sent') throw new Error(sent.kind);
    const changed = alert({ kind: 'update', fields: [{ name: 'Source', value: ['confirmed by the US State Department'] }] });
    await platform.edit(sent.ref, { key: 'k2', lane, message: changed });
    await platform.send({ key: 'k3', lane, message: alert({ kind: 'update', headline: 'Update 1: confirmed' }), replyTo: sent.ref });
    expect(text()).toContain('┏━ NEW #abc\n');
    expect(text()).toContain('┏━ UPDATE of #abc  (▸ new or changed)\n┃ ⛔ CRITICAL');
    expect(text()).toContain('┃ First reported 14 Feb 2022, 16:28 UTC\n┠▸Source: confirmed by the US State Department\n');
    expect(text()).toContain('    ┏━ NOTE to #abc\n    ┃ Update 1: confirmed\n');
  });

  test('what lifts an alert is a card of its own, and the old one is marked', async () => {
    const { platform, hooks, text } = terminal();
    await platform.start(hooks);
    const sent = await platform.send({ key: 'k1', lane, message: alert() });
    if (sent.kind !== 'sent') throw new Error(sent.kind);
    await platform.edit(sent.ref, { key: 'k2', lane, message: alert({ kind: 'lifted' }) });
    await platform.send({ key: 'k3', lane, message: alert({ kind: 'lifted' }) });
    expect(text()).toContain('#abc is now marked LIFTED.');
    expect(text()).toContain('┏━ LIFTED #abc');
  });

  test('an alert of an earlier run keeps its name', async () => {
    const before = terminal();
    await before.platform.start(before.hooks);
    const sent = await before.platform.send({ key: 'k1', lane, message: alert() });
    if (sent.kind !== 'sent') throw new Error(sent.kind);
    const { platform, hooks, text } = terminal();
    await platform.start(hooks);
    await platform.edit(sent.ref, { key: 'k2', lane, message: alert({ kind: 'update' }) });
    await platform.send({ key: 'k3', lane, message: alert({ kind: 'update', buttons: [] }), replyTo: sent.ref });
    expect(text()).toContain('UPDATE of #abc\n');
    expect(text()).toContain('NOTE to #abc\n');
  });

  test('what a recording shows offers nothing to act on', async () => {
    expect(card(alert({ marked: 'RECORDING' }), plain)).not.toMatch(/ack|why/);
  });

  test('times are those of the channel’s zone once it is known', async () => {
    const { platform, hooks, input, until, text } = terminal({ interactive: true });
    await platform.start(hooks);
    input.write('settings zone Asia/Tokyo\n');
    await until(() => text().includes('Saved'));
    await platform.send({ key: 'k1', lane, message: alert() });
    expect(text()).toContain('First reported 15 Feb 2022, 01:28 (16:28 UTC)');
    await platform.stop();
  });

  test('a message is found again by its key', async () => {
    const { platform } = terminal();
    const sent = await platform.send({ key: 'k1', lane, message: alert() });
    const ref = sent.kind === 'sent' ? sent.ref : undefined;
    expect(await platform.find({ key: 'k1', lane, since: 0 })).toEqual({ kind: 'found', ref });
    expect(await platform.find({ key: 'k2', lane, since: 0 })).toEqual({ kind: 'absent' });
  });

  test('only the last thousand are remembered: a terminal may stay open for months', async () => {
    const { platform } = terminal();
    for (let n = 1; n <= 1002; n += 1) {
      await platform.send({ key: `k${n}`, lane, message: alert() });
      // What was seen again is young again.
      if (n === 1000) await platform.send({ key: 'k1', lane, message: alert() });
    }
    const kinds = await Promise.all(
      ['k1', 'k2', 'k3', 'k4', 'k1002'].map(async (key) => (await platform.find({ key, lane, since: 0 })).kind),
    );
    expect(kinds).toEqual(['found', 'absent', 'absent', 'found', 'found']);
  });

  test('what an update changed is shown for the last thousand cards alone', async () => {
    const { platform, text } = terminal();
    const first = await platform.send({ key: 'k0', lane, message: alert() });
    for (let n = 1; n <= 1000; n += 1) await platform.send({ key: `k${n}`, lane, message: alert() });
    if (first.kind !== 'sent') throw new Error(first.kind);
    await platform.edit(first.ref, { key: 'e', lane, message: alert({ kind: 'update', headline: 'changed' }) });
    await new Promise((next) => setImmediate(next));
    expect(text().slice(-2000)).toContain('UPDATE of #abc');
    expect(text()).not.toContain('new or changed');
  });
});

describe('the prompt', () => {
  test('takes commands in order, those of an alert included', async () => {
    const { platform, hooks, heard, input, until, text } = terminal({ interactive: true, zone: 'Europe/Kyiv' });
    await platform.start(hooks);
    const lines = ['subscribe Mali', 'list', 'why #99', 'ack abc', 'wrong abc it was a drill'];
    input.write(`${lines.join('\n')}\n`);
    await until(() => heard.calls.length === lines.length);
    expect(heard.calls.map(({ input: said }) => said)).toEqual(lines.map((line) => ({ line })));
    expect(heard.calls[0]).toMatchObject({ platform: 'terminal', lane, mayChange: true, zone: 'Europe/Kyiv' });
    await until(() => text().includes('No alert “abc” is kept'));
    expect(text()).toContain('That alert is not in this channel');
    expect(text()).toContain('Watching Mali');
    expect(text()).toContain('1  Mali; Notice and up');
    await platform.stop();
  });

  test('a card that comes while someone types goes above what is being typed', async () => {
    const { platform, hooks, input, text, until } = terminal({ interactive: true });
    await platform.start(hooks);
    input.write('countr');
    await until(() => text().endsWith('countr'));
    const before = text().length;
    await platform.send({ key: 'k1', lane, message: alert() });
    const after = text().slice(before);
    expect(after.indexOf('┏━ NEW #abc')).toBeGreaterThan(-1);
    expect(after.lastIndexOf('attache> countr')).toBeGreaterThan(after.indexOf('┗━'));
    await platform.stop();
  });

  test('Tab completes commands, places and the options after them', async () => {
    const { platform, hooks, heard, input, until } = terminal({ interactive: true });
    await platform.start(hooks);
    for (const typed of ['subs', '\t', 'Ukrai', '\t', ' fro', '\t', 'Canad', '\t', ' min crit', '\t', '\n']) {
      input.write(typed);
      for (let turn = 0; turn < 20; turn += 1) await new Promise((next) => setImmediate(next));
    }
    await until(() => heard.calls.length === 1);
    expect(heard.calls[0]?.input).toEqual({ line: 'subscribe Ukraine from Canada min critical' });
    await platform.stop();
  });

  test.each(['exit\n', '\u0004', '\u0003'])('%j leaves', async (typed) => {
    let left = 0;
    const { platform, hooks, input, until } = terminal({ interactive: true, onLeave: () => (left += 1) });
    await platform.start(hooks);
    input.write(typed);
    await until(() => left > 0);
    expect(left).toBe(1);
    await platform.send({ key: 'k1', lane, message: alert() });
    await platform.stop();
  });
});
