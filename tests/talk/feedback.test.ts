import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openSqlite } from '../../adapters/store/sqlite.ts';
import { attache } from '../support/project.ts';
import { anEvent, aStory, decisionFor, lane } from '../support/stored.ts';
import { channel, start, lane as talkLane, textOf } from '../support/talk.ts';

const press = { platform: 'slack', lane, user: 'U2', mayChange: false, act: 'wrong' } as const;

test('anyone may call an alert wrong, first at all and then how; it is kept once', async () => {
  const { store, talk } = channel();
  await store.decide(aStory('a'), ['UA'], () => decisionFor(anEvent('e1')));
  const asked = await talk.onButton({ ...press, value: 'e1@1' });
  expect(asked.private).toBe(true);
  expect(textOf(asked.message)).toMatch(/What was wrong\?.*\[Wrong country\].*\[Old news\]/s);
  expect(await store.feedback()).toMatchObject([{ alertId: 'e1@1', by: 'U2', at: start, sources: [{ itemId: 'e1' }] }]);
  const [, second] = asked.message.buttons;
  const value = second && 'value' in second ? second.value : '';
  expect((await talk.onButton({ ...press, value })).message.headline).toMatch(/Noted: wrong country/);
  expect(await store.feedback()).toMatchObject([{ reason: 'wrong-place' }]);
  expect((await talk.onButton({ ...press, value: 'nothing@9' })).message.headline).toMatch(/No alert “nothing@9”/);
});

test('ack and wrong are commands, by an id as lists show it, and what was wrong can be said in own words', async () => {
  const { store, say } = channel();
  const id = '1a2b3c4d5e6f';
  await store.decide(aStory('a'), ['UA'], () => decisionFor(anEvent(id)));
  await store.savePosting({ lane: talkLane, subject: id, ref: { channel: 'C1', id: '1' }, revision: 1, acks: [] });
  expect(textOf((await say('help')).message)).toMatch(/ack 1a2b3c .*\n.*wrong 1a2b3c/);
  expect((await say('ack 1a2b3c')).message.headline).toBe('Acknowledged.');
  expect((await store.posting(talkLane, id))?.acks).toHaveLength(1);
  expect((await say('wrong #1a2 it was a drill')).message.headline).toBe('Noted: “it was a drill”. Thank you.');
  expect(await store.feedback()).toMatchObject([{ alertId: `${id}@1`, note: 'it was a drill' }]);
  expect((await say('wrong 1a2b3c4d5e6f@1 Old news.')).message.headline).toMatch(/Noted: old news/);
  expect((await say('why 1a2b3c')).message.headline).toBe(`Why ${id.slice(0, 6)}`);
  await store.decide(aStory('b'), ['UA'], () => decisionFor(anEvent('1a2fffffffff')));
  expect((await say('wrong 1a2 old')).message.headline).toMatch(/begins the ids of 2 events: .*1a2fffffffff/);
});

test('an operator gets it as lines that can be classified again, without names', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'attache-feedback-')), 'a.db');
  const opened = await openSqlite(file);
  if ('problem' in opened) throw new Error(opened.problem);
  const { finding, sources } = anEvent('e1');
  await opened.store.saveFeedback({ alertId: 'e1@1', lane, by: 'U-SECRET', at: 0, reason: 'old', finding, sources });
  await opened.store.close();
  const out = await new Promise<string>((done) =>
    execFile(attache, ['feedback', 'export', '--database', file], (_error, text) => done(text)),
  );
  expect(out).not.toContain('U-SECRET');
  expect(JSON.parse(out)).toMatchObject({
    id: 'e1',
    title: 'Airspace over e1',
    verdict: 'wrong',
    reason: 'old',
    found: { kind: 'embassy-closure', hosts: ['UA'] },
  });
}, 30_000);
