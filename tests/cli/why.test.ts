/** `attache why`: what people read who wonder why an item was alerted, or was not. */

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { detectorOf } from '../../src/cli/detector.ts';
import { openStore } from '../../src/cli/open-store.ts';
import { type WhyChoice, why } from '../../src/cli/why.ts';
import type { ExplainedCandidate } from '../../src/detect/explain.ts';
import { shippedConfig, whole } from '../support/project.ts';
import { anEvent, aStory, decisionFor } from '../support/stored.ts';

const config = shippedConfig();
const { detector } = whole(detectorOf(config));

async function ask(
  choice: WhyChoice,
  alert?: string,
  lines: readonly string[] = [],
): Promise<{ readonly said: string; readonly code: number }> {
  const output = new PassThrough();
  const code = await why(alert, choice, { config, detector, input: Readable.from(lines.map((line) => `${line}\n`)), output });
  output.end();
  return { said: Buffer.concat(await output.toArray()).toString(), code };
}

describe('attache why', () => {
  test('an alert: its frame, its words with where they stand, and a sum that is its confidence', async () => {
    const { said, code } = await ask({ title: 'US closes its embassy in Kabul' });
    expect(code).toBe(0);
    expect(said.split('\n')[1]).toBe('ALERT');
    expect(said).toContain('embassy-closure, happening');
    expect(said).toContain('by United States; in Afghanistan');
    expect(said).toContain('frame: ACTOR close MISSION (in the title)');
    expect(said).toContain('close “closes” 3–9');
    expect(said).toMatch(/sure: {2}2\.90 a frame that fits.* = 2\.90, 95 % \(alerts from 80 %\)/);
  });

  test('a guard is named by its word', async () => {
    const { said } = await ask({ title: 'UK may close embassy in Juba' });
    expect(said).toContain('NO ALERT: it is only considered, not decided');
    expect(said).toContain('guard: “may” 3–6');
  });

  test('below the threshold: what lowered it', async () => {
    const { said } = await ask({ title: 'US embassy in Juba to close?' });
    expect(said).toContain('NO ALERT: it was not clear enough to alert');
    expect(said).toContain('− 2.50 the headline asks');
  });

  test.each([
    ['Shares fall as trading begins', 'NO ALERT: nothing in it is about travel advice or missions'],
    ['Embassy garden opens to bees', 'NO ALERT: '],
  ])('nothing relevant: %s', async (title, verdict) => {
    expect((await ask({ title })).said).toContain(verdict);
  });

  test('the feed that it came from counts', async () => {
    const title = 'Security Alert: shelter in place';
    expect((await ask({ title })).said).toContain('NO ALERT');
    expect((await ask({ title, kind: 'mission', sender: 'US', host: 'UA' })).said).toContain('by United States; in Ukraine');
  });

  test('as JSON the offsets cut the words out of the text, and the grounds sum up to the confidence', async () => {
    const title = 'Norway orders families of embassy staff to leave Mali after attack';
    const { said } = await ask({ title, json: true });
    const { candidates } = JSON.parse(said) as { candidates: readonly ExplainedCandidate[] };
    expect(candidates.length).toBeGreaterThan(0);
    for (const { words, grounds, confidence } of candidates) {
      for (const { text, start, end } of words) expect(title.slice(start, end)).toBe(text);
      const sum = grounds.reduce((total, { strength, weight }) => total + strength * weight, 0);
      expect(1 / (1 + Math.exp(-sum))).toBeCloseTo(confidence, 2);
    }
  });

  test('JSON Lines in, one answer each; a line that is no item ends in 1', async () => {
    const lines = ['{"title":"US closes its embassy in Kabul"}', 'no item', '{"title":"Shares fall","feedKind":"news"}'];
    const { said, code } = await ask({ json: true }, undefined, lines);
    expect(code).toBe(1);
    expect(said.trim().split('\n')).toHaveLength(3);
    expect(said).toContain('{"error":"not an item","line":2}');
  });

  test('an alert by its id: each of its sources is read again', async () => {
    const database = join(mkdtempSync(join(tmpdir(), 'attache-why-')), 'a.db');
    const store = await openStore(config, { database });
    const event = anEvent('e1');
    const [source] = event.sources;
    const told = { ...event, sources: source ? [{ ...source, title: 'US closes its embassy in Kyiv' }] : [] };
    await store.decide(aStory('e1'), ['UA'], () => decisionFor(told));
    await store.close();
    expect((await ask({ database }, 'e1@1')).said).toContain('“US closes its embassy in Kyiv”\nALERT');
    expect((await ask({ database }, 'e1')).said).toContain('“US closes its embassy in Kyiv”\nALERT');
    await expect(ask({ database }, 'e9@1')).rejects.toThrow('e9@1: no alert of that id');
    await expect(ask({ database: join(tmpdir(), 'none', 'a.db') }, 'e1@1')).rejects.toThrow('there is no database yet');
  });

  test('an alert by as much of its id as cards show, with or without @n; several are asked about', async () => {
    const database = join(mkdtempSync(join(tmpdir(), 'attache-why-')), 'a.db');
    const store = await openStore(config, { database });
    for (const id of ['1a2b3c4d5e6f', '1a2fffffffff']) await store.decide(aStory(id), ['UA'], () => decisionFor(anEvent(id)));
    await store.close();
    for (const typed of ['1a2b3c', '#1a2b3c', '1a2b3c@1', '1A2B'])
      expect((await ask({ database }, typed)).said, typed).toContain('Airspace over 1a2b3c4d5e6f');
    await expect(ask({ database }, '1a2')).rejects.toThrow(/“1a2” begins the ids of 2 events: .*1a2b3c4d5e6f/);
    await expect(ask({ database }, '1a9')).rejects.toThrow('1a9: no alert of that id');
  });

  test('what a feed sends commands no terminal', async () => {
    const { said } = await ask({ title: 'US closes its \u001b[2Jembassy\u202e in Kabul' });
    expect(['\u001b', '\u202e'].filter((mark) => said.includes(mark))).toEqual([]);
  });
});
