import { describe, expect, test } from 'vitest';
import { languages } from '../../src/i18n/speech.ts';
import { kinds } from '../../src/kinds.ts';
import { createPlan } from '../../src/match/fan-out.ts';
import { alertMessageId, updateNoteId } from '../../src/match/message-ids.ts';
import { type ChatMessage, plainText } from '../../src/message.ts';
import type { Alert } from '../../src/model/alert.ts';
import type { NewsEvent } from '../../src/model/event.ts';
import type { Finding } from '../../src/model/finding.ts';
import { alertMessage } from '../../src/phrase/alert.ts';
import { digestMessage } from '../../src/phrase/digest.ts';
import { headlineOf } from '../../src/phrase/headline.ts';
import { outageMessage } from '../../src/phrase/outage.ts';
import { noteMessage } from '../../src/phrase/update-note.ts';
import { aChannel, anEvent, aSubscription, lane } from '../support/stored.ts';
import { places } from '../support/talk.ts';

const statuses = ['happening', 'planned', 'considered', 'denied', 'historic', 'followup'] as const;
const relocation: Partial<Finding> = {
  kind: 'embassy-relocation',
  from: { name: 'Kyiv', country: 'UA' },
  to: { name: 'Lviv', country: 'UA' },
  temporary: true,
};
const told = (slots: Partial<Finding>, more: Partial<Alert> = {}): Omit<Alert, 'headline'> => {
  const event: NewsEvent = { ...anEvent('e1'), finding: { ...anEvent('e1').finding, ...slots } };
  return {
    id: 'e1@1',
    kind: 'new',
    event,
    because: ['first-report'],
    escalates: false,
    severity: event.finding.severity,
    at: 1000,
    ...more,
  };
};
const textOf = (message: ChatMessage) =>
  [
    message.headline,
    ...message.lines.map(plainText),
    ...message.fields.map(({ name, value }) => `${name}: ${plainText(value)}`),
    ...message.sections.flatMap(({ title, lines }) => [title, ...lines.map(plainText)]),
    ...message.footer.map(plainText),
    ...message.buttons.map(({ label }) => label),
  ].join('\n');
const in_ = (language: string) => ({ name: places.name, language });

test('a relocation is told in each language by its own words, the mark of severity the same', () => {
  expect(Object.fromEntries(languages.map((language) => [language, headlineOf(told(relocation), in_(language))]))).toMatchInlineSnapshot(`
    {
      "de": "⛔ KRITISCH · Ukraine · Botschaft verlegt (USA), von Kyiv nach Lviv, vorübergehend · gemeldet von 1 Medium",
      "en": "⛔ CRITICAL · Ukraine · US embassy moves from Kyiv to Lviv, temporarily · reported by 1 outlet",
      "es": "⛔ CRÍTICO · Ucrania · embajada trasladada (EE. UU.), de Kyiv a Lviv, de forma temporal · según 1 medio",
      "fr": "⛔ CRITIQUE · Ukraine · ambassade déplacée (États-Unis), de Kyiv vers Lviv, à titre temporaire · rapporté par 1 média",
      "uk": "⛔ КРИТИЧНО · Україна · посольство перенесено (США), з міста Kyiv до міста Lviv, тимчасово · повідомляє 1 видання",
    }
  `);
});

test('what passes between two States says who is who', () => {
  const expulsion: Partial<Finding> = { kind: 'diplomatic-expulsion', sender: 'RU', hosts: ['PL'], people: 45, severity: 3 };
  expect(languages.map((language) => headlineOf(told(expulsion), in_(language)))).toMatchInlineSnapshot(`
    [
      "⚠️ WARNING · Poland · Poland expels 45 of Russia’s diplomats · reported by 1 outlet",
      "⚠️ ALERTE · Pologne · 45 diplomates expulsés (pays d’envoi : Russie ; décision : Pologne) · rapporté par 1 média",
      "⚠️ ADVERTENCIA · Polonia · 45 diplomáticos expulsados (país de origen: Rusia; decisión: Polonia) · según 1 medio",
      "⚠️ WARNUNG · Polen · 45 Diplomaten ausgewiesen (Entsendestaat: Russland; Entscheidung: Polen) · gemeldet von 1 Medium",
      "⚠️ ПОПЕРЕДЖЕННЯ · Польща · вислано дипломатів: 45 (держава: Росія; рішення: Польща) · повідомляє 1 видання",
    ]
  `);
});

describe.each(languages)('in %s', (language) => {
  const context = in_(language);

  test('every kind, status and direction has its words, and no gap shows', () => {
    for (const kind of kinds) {
      for (const status of statuses) {
        for (const direction of ['issued', 'raised', 'lowered', 'reissued', 'text-changed'] as const) {
          const alert = told({ kind, status, direction, level: 4, previousLevel: 3, people: 1200, scope: 'regional' });
          const whole = { ...alert, headline: headlineOf(alert, context) };
          expect(textOf(alertMessage(whole, context))).not.toMatch(/undefined|null|\[object|NaN|, ,|\(\)/);
        }
      }
    }
  });

  test('nothing is left in English but names and what sources say', () => {
    if (language === 'en') return;
    const alert = told(
      { ...relocation, sender: 'FR' },
      { kind: 'update', previous: { ...anEvent('e').finding, severity: 3 }, because: ['severity-rose'] },
    );
    const whole = { ...alert, headline: headlineOf(alert, context) };
    const digest = digestMessage({ events: [alert.event], from: 0, to: 1000, feeds: { ok: 1, all: 2 } }, context);
    const lost = { half: true, advice: true, countries: ['UA'] };
    const outage = outageMessage({ lost, back: { ...lost }, sources: [{ source: 'Courier', state: 'gone' }] }, context);
    const english = /\b(the|by|moves?|closes?|update|source|read|where|people|before|outlets?|official|advice|digest|why|mute|wrong)\b/i;
    for (const message of [alertMessage(whole, context), noteMessage(whole, context), digest, outage]) {
      const ours = textOf(message).replaceAll(/Airspace over e1|Courier|Source|Sources/g, '');
      expect(ours).not.toMatch(
        language === 'fr' ? /\b(the|by|moves?|closes?|update|where|people|before|outlets?|advice|digest|why|mute|wrong)\b/i : english,
      );
    }
  });

  test('a channel gets the message and the note in its language', () => {
    const plan = createPlan((code) => code);
    const posting = { lane, subject: 'e1', ref: { channel: 'c', id: 'm' }, revision: 1, acks: [] };
    const view = { channel: aChannel(lane, { language }), subscriptions: [aSubscription(lane)], pending: false, posting };
    const deliveries = plan({ ...told({}, { kind: 'update' }), headline: '' }, [view], 0);
    expect(deliveries.map(({ messageId }) => messageId)).toEqual([alertMessageId('e1@1', language), updateNoteId('e1@1', language)]);
  });
});

test('a language that we do not speak is answered in English', () => {
  expect(headlineOf(told(relocation), in_('sw'))).toBe(headlineOf(told(relocation), in_('en')));
  expect(alertMessageId('e@1', 'pt-BR')).toBe('e@1/en');
});
