/** A channel in which nobody has set anything yet is answered in the language that is read there, and begins in it. */
import { describe, expect, test } from 'vitest';
import { localeOf } from '../../adapters/discord/locale.ts';
import { channel, feeds, lane } from '../support/talk.ts';

const german = { platform: 'slack', lane, user: 'U1', mayChange: true, locale: 'de-DE', zone: 'Europe/Berlin' } as const;
const line = (text: string) => ({ ...german, input: { line: text } });

test('answers, buttons and mistakes come in it, and a subscription begins in it and says how to change it', async () => {
  const { talk, store } = channel();
  const saying = async (text: string) => (await talk.onCommand(line(text))).message;
  expect(await saying('list')).toMatchObject({ headline: expect.stringContaining('beobachtet noch nichts'), language: 'de' });
  expect(await saying('frobnicate')).toMatchObject({ headline: expect.stringContaining('Einen Befehl'), language: 'de' });
  const pressed = await talk.onButton({ ...german, act: 'mute', value: 'gone@1' });
  expect(pressed.message).toMatchObject({ headline: 'Diese Meldung ist nicht mehr gespeichert.', language: 'de' });
  const subscribed = await saying('subscribe Sahel');
  expect(subscribed.headline).toContain('Abonniert: Sahel');
  expect(JSON.stringify(subscribed.lines)).toContain('Sprache: Deutsch; eine andere setzt /attache settings language en.');
  expect(await store.channel(lane)).toMatchObject({ language: 'de', zone: 'Europe/Berlin' });
  // What was set holds, whoever asks.
  await saying('settings language fr');
  expect(await saying('pause')).toMatchObject({ language: 'fr' });
});

test('a language that Attaché does not speak is answered in English, and nothing is said of it', async () => {
  const { talk, store } = channel();
  const { message } = await talk.onCommand({ ...german, locale: 'ja', input: { line: 'subscribe Ukraine' } });
  expect(message).toMatchObject({ headline: expect.stringContaining('Watching Ukraine'), language: 'en' });
  expect(JSON.stringify(message.lines)).not.toContain('Language:');
  expect((await store.channel(lane))?.language).toBe('en');
});

test('what covers a country names governments in the channel’s language', async () => {
  const { say, talk } = channel();
  expect(feeds.some(({ sender }) => sender === 'GB')).toBe(true);
  const { message } = await talk.onCommand(line('subscribe Ukraine'));
  expect(JSON.stringify(message.lines)).toMatch(/Hinweise USA.*, Vereinigtes Königreich/);
  expect(JSON.stringify((await say('subscribe Mali', { lane: 'slack:T1:C2' })).message.lines)).toMatch(/advice US.*, UK/);
});

test('the overview of several channels is in the language of the person, whatever theirs', async () => {
  const { say, talk } = channel();
  await say('settings language uk');
  await say('subscribe Ukraine');
  const [one] = await talk.overview([lane], 'fr-FR');
  expect(one?.message.headline).toBe('1 abonnement');
  expect(JSON.stringify(one?.message.sections)).toContain('Réglages');
});

describe('on Discord', () => {
  const person = { locale: 'fr', guildLocale: 'en-US', guild: { features: [] } } as const;
  test.each([
    ['the person’s, where the server could choose none', person, 'fr'],
    ['the server’s, where it chose one', { ...person, guildLocale: 'de' }, 'de'],
    ['English, where a community chose that', { ...person, guild: { features: ['COMMUNITY'] } }, 'en-US'],
    ['the person’s, in a direct message', { ...person, guildLocale: null, guild: null }, 'fr'],
    ['the person’s, in a server that only added the app', { ...person, guild: null }, 'fr'],
  ])('it is %s', (_, where, expected) => {
    expect(localeOf(where as Parameters<typeof localeOf>[0])).toBe(expected);
  });
});
