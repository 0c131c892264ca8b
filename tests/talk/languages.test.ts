/** Every command in a channel of each language: what comes back is in that language, and fits both platforms. */
import { describe, expect, test } from 'vitest';
import { renderDiscord } from '../../adapters/discord/render.ts';
import { formOf } from '../../adapters/slack/form.ts';
import { renderSlack } from '../../adapters/slack/render.ts';
import { formsOf } from '../../src/i18n/forms.ts';
import { languages, speechIn } from '../../src/i18n/speech.ts';
import type { AnswerWords } from '../../src/i18n/words.ts';
import type { ChatMessage, Line } from '../../src/message.ts';
import { commands } from '../../src/talk/commands.ts';
import { messageViolations } from '../support/discord/limits.ts';
import { answersIn, typed } from '../support/every-answer.ts';
import { blockViolations, viewViolations } from '../support/slack/limits.ts';
import { channel, textOf } from '../support/talk.ts';

/** What we say: without the titles of sources, and without what stays as it is typed. */
function ourWords(message: ChatMessage): string {
  const own = (line: Line) => line.filter((part) => typeof part === 'string' || 'strong' in part);
  const sections = message.sections.map(({ title, lines }) => ({ title, lines: lines.map(own) }));
  return textOf({ ...message, lines: message.lines.map(own), sections, footer: message.footer.map(own) })
    .replaceAll(/\/attache [^\n.;]*/g, '')
    .replaceAll(/“[^”]*”|«[^»]*»|„[^“]*“/g, '')
    .replaceAll(typed, '');
}

/** Words that no other language of ours has, but French "source" and German "was". */
const english =
  /\b(?:the|this|channel|are|and|nothing|here|since|until|cannot|you|your|its|only|there|that|could|been|known|read|alerts?|events?|of|by|is|has|for example|such as|muted|level|subscription|watch(?:es|ing)?|undo|show|again|yet|like|not|with|from|about)\b/gi;

describe.each(languages.filter((language) => language !== 'en'))('answers in %s', (language) => {
  test('none holds an English sentence, and each fits Slack and Discord', async () => {
    const wrong: string[] = [];
    const inEnglish = new Map(await answersIn('en'));
    for (const [said, { message }] of await answersIn(language)) {
      const found = ourWords(message).match(english) ?? [];
      if (found.length > 0) wrong.push(`${said}: ${found.join(', ')} in ${ourWords(message)}`);
      if (message.language !== language) wrong.push(`${said}: in ${message.language}`);
      if (message.headline === inEnglish.get(said)?.message.headline) wrong.push(`${said}: ${message.headline}`);
      wrong.push(...blockViolations({ ...renderSlack(message) }).map((one) => `${said} on Slack: ${one}`));
      wrong.push(...messageViolations({ ...renderDiscord(message) }).map((one) => `${said} on Discord: ${one}`));
    }
    expect(wrong).toEqual([]);
  });

  test('commands, options and forms are described in it, within Discord’s and Slack’s limits', async () => {
    const described = commands
      .flatMap((command) => [command, ...command.options])
      .map(({ name, local }) => [name, local?.[language]] as const);
    expect(described.filter(([, named]) => !named || named.name.length > 32 || named.description.length > 100)).toEqual([]);
    const place = { command: 'embassy', channel: 'C1', responseUrl: 'https://hooks.slack.com/1', locale: language };
    const asked = (await answersIn(language)).flatMap(([, { asks, message }]) => (asks ? [{ asks, message }] : []));
    expect(asked.length).toBeGreaterThan(10);
    for (const { asks, message } of asked) {
      const spec = commands.find(({ name }) => name === asks.command);
      const form = spec && formOf(spec, asks, place, message.language);
      expect(form && viewViolations({ ...form })).toEqual([]);
      expect(JSON.stringify(form)).not.toMatch(/Begin to|Choose|Countries or|Only |Not with/);
    }
  });

  test('each text differs from the English one', () => {
    const ours = new Map(textsOf(speechIn(language).answers));
    const same = textsOf(speechIn('en').answers).filter(([key, text]) => ours.get(key) === text && /[a-z]{3}/i.test(text));
    expect(same.map(([key]) => key)).toEqual([]);
  });
});

/** Texts without parameters, by their path. */
function textsOf(table: object, path = ''): (readonly [string, string])[] {
  return Object.entries(table).flatMap(([key, value]): (readonly [string, string])[] => {
    if (typeof value === 'string') return [[`${path}${key}`, value]];
    return typeof value === 'object' && value !== null ? textsOf(value, `${path}${key}.`) : [];
  });
}

test('what a library or the detector says by an English word is said in the channel’s language as well', async () => {
  const said = new Map((await answersIn('de')).map(([line, { message }]) => [line, textOf(message)]));
  expect(said.get('why e1aaaa')).toContain('Regel relocation: Handelnder „US“.');
  expect(said.get('settings digest cron 99 * * * *')).toMatch(/fünf Felder .* einen wirklichen Zeitpunkt nennen\.$/);
});

test('a text that a language lacks does not compile', () => {
  const { nothing, ...lacking } = speechIn('fr').answers.muting;
  // @ts-expect-error the compiler is the test: without an error here `npm run check` fails
  const muting: AnswerWords['muting'] = lacking;
  expect(muting.nothing ?? nothing).toBe(nothing);
});

describe('forms', () => {
  test('Ukrainian numbers take the form that they ask for', () => {
    const { subscriptions } = speechIn('uk').answers.subscribing;
    expect([1, 2, 5, 11, 21, 22, 25].map(subscriptions)).toEqual([
      '1 підписка',
      '2 підписки',
      '5 підписок',
      '11 підписок',
      '21 підписка',
      '22 підписки',
      '25 підписок',
    ]);
  });

  test('a list that is too long counts its rest, by the rules of its language', () => {
    const { list } = formsOf({ locale: 'fr', more: (number) => `${number} autres`, quoted: (text) => text });
    expect(list(['a', 'b', 'c'])).toBe('a, b et c');
    expect(list(['a', 'b', 'c', 'd', 'e'], 4)).toBe('a, b et 3 autres');
  });

  test('a command is understood in English whatever the language of the channel', async () => {
    const { say } = channel();
    await say('settings language uk');
    expect((await say('subscribe Ukraine')).message.headline).toContain('Підписку створено: Україна');
  });
});
