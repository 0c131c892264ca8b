import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asDiscordCommand } from '../../../adapters/discord/commands.ts';
import { carries } from '../../../adapters/discord/key.ts';
import { renderDiscord } from '../../../adapters/discord/render.ts';
import type { ChatMessage, Line } from '../../../src/message.ts';
import { commands } from '../../../src/talk/commands.ts';
import { commandViolations, messageViolations } from '../../support/discord/limits.ts';
import { anAlert, anAnswer } from '../../support/messages.ts';

describe('a message as Discord shows it', () => {
  test('an alert', () => {
    expect(
      renderDiscord(anAlert('⛔ CRITICAL · Ukraine · US embassy moves'), { key: 'k1', mention: '600000000000000001' }),
    ).toMatchInlineSnapshot(`
      {
        "allowed_mentions": {
          "parse": [],
          "roles": [
            "600000000000000001",
          ],
        },
        "components": [
          {
            "components": [
              {
                "custom_id": "acknowledge:e1@1|arnx6499M4",
                "label": "Acknowledge",
                "style": 2,
                "type": 2,
              },
              {
                "custom_id": "why:e1@1",
                "label": "Why",
                "style": 2,
                "type": 2,
              },
              {
                "label": "Source",
                "style": 5,
                "type": 2,
                "url": "https://courier.example/lviv",
              },
            ],
            "type": 1,
          },
        ],
        "content": "<@&600000000000000001> **⛔ CRITICAL · Ukraine · US embassy moves**",
        "embeds": [
          {
            "color": 12986408,
            "description": "The Harbour Courier: “[US moves its embassy](<https://courier.example/lviv>)”",
            "fields": [
              {
                "inline": true,
                "name": "Where",
                "value": "Ukraine",
              },
              {
                "inline": true,
                "name": "First reported",
                "value": "<t:1644856080:F> (16:28 UTC)",
              },
            ],
            "footer": {
              "text": "Alert e1@1 · not official advice",
            },
          },
        ],
      }
    `);
  });

  test('an answer', () => {
    expect(
      renderDiscord(anAnswer('Ukraine', [[{ strong: 'US embassy' }, ': moved since ', { at: 1644856080000 }]])),
    ).toMatchInlineSnapshot(`
      {
        "allowed_mentions": {
          "parse": [],
        },
        "components": [],
        "content": "**Ukraine**",
        "embeds": [
          {
            "description": "**US embassy**: moved since <t:1644856080:F> (16:28 UTC)",
          },
        ],
      }
    `);
  });

  test('a recording says so above everything else', () => {
    const { content } = renderDiscord({ ...anAlert('moves'), marked: 'RECORDING of February 2022' }, { mention: '600000000000000001' });
    expect(content).toBe('RECORDING of February 2022\n<@&600000000000000001> **moves**');
  });

  test('a link whose words name another address says where it leads', () => {
    const lines = [[{ link: 'https://evil.example/x', text: 'https://bbc.co.uk/news' }]];
    expect(renderDiscord({ ...anAlert('x'), lines }).embeds[0]?.description).toBe('[evil.example](<https://evil.example/x>)');
  });

  test('links and times of the foot stand where Discord shows them', () => {
    const [embed] = renderDiscord({
      ...anAnswer('x', [['body']]),
      footer: [['Alert e1@1'], ['Acknowledged by ana ', { at: 1644856080000 }], [{ link: 'https://licence.example/', text: 'OGL' }]],
    }).embeds;
    expect(embed).toMatchObject({
      description: 'body\n\nAcknowledged by ana <t:1644856080:F> (16:28 UTC)\n[OGL](<https://licence.example/>)',
      footer: { text: 'Alert e1@1' },
    });
  });

  test('long sections become embeds of their own, in their order', () => {
    const lines = (count: number): readonly Line[] => Array.from({ length: count }, (_, at) => [`line ${at} of a longer list`]);
    const { embeds } = renderDiscord({
      ...anAnswer('digest'),
      sections: [
        { title: 'short', lines: lines(2) },
        { title: 'long', lines: lines(60) },
        { title: 'short again', lines: lines(2) },
      ],
    });
    expect(embeds.map(({ title, fields }) => title ?? fields?.map(({ name }) => name))).toEqual([['short'], 'long', 'short again']);
  });

  test('what is cut ends in an ellipsis, at a whole grapheme, with its markup closed', () => {
    const family = '👨‍👩‍👧‍👦';
    const { content, embeds } = renderDiscord({
      ...anAnswer(family.repeat(400)),
      lines: [[{ link: 'https://a.example/', text: family.repeat(900) }], ['never shown']],
      fields: [{ name: family.repeat(50), value: [{ strong: '*'.repeat(2_000) }] }],
    });
    expect(content).toMatch(new RegExp(`^\\*\\*(${family})+…\\*\\*$`, 'u'));
    expect(embeds[0]?.description).toMatch(new RegExp(`^\\[(${family})+…\\]\\(<https://a\\.example/>\\)$`, 'u'));
    expect(embeds[0]?.fields?.[0]?.name).toMatch(new RegExp(`^(${family})+…$`, 'u'));
    expect(embeds[0]?.fields?.[0]?.value).toMatch(/^\*\*(\\\*)+…\*\*$/);
  });

  test('a long alert keeps its foot, and says that something is missing', () => {
    const long = Array.from({ length: 30 }, (_, at): Line => [`${at} `, 'word '.repeat(100)]);
    const { embeds } = renderDiscord(
      { ...anAlert('x'), lines: long, sections: Array.from({ length: 30 }, (_, at) => ({ title: `part ${at}`, lines: long })) },
      { key: 'k' },
    );
    expect(embeds.at(-1)?.footer?.text).toMatch(/^… · Alert e1@1 · not official advice$/);
  });

  test('a message without buttons bears its key where nobody sees it, even where it is only a headline', () => {
    const { buttons: _, ...note } = anAlert('NOTICE · what changed');
    for (const message of [anAnswer('the daily digest'), { ...note, buttons: [] }, { ...anAnswer('only this'), lines: [], footer: [] }]) {
      const bare = renderDiscord(message);
      const keyed = renderDiscord(message, { key: 'k1' });
      expect(JSON.stringify(keyed)).not.toMatch(/\bref\b/);
      expect(JSON.parse(JSON.stringify(keyed).replace(/[\u2061-\u2064]/g, ''))).toEqual(bare);
      expect(carries({ content: keyed.content, components: [] }, 'k1')).toBe(true);
      expect(carries({ content: keyed.content, components: [] }, 'k2')).toBe(false);
      expect(carries({ content: bare.content, components: [] }, 'k1')).toBe(false);
    }
  });

  test('buttons in sight come first; what would do something else when cut short is left out', () => {
    const { components } = renderDiscord({
      ...anAnswer('x'),
      buttons: [
        { act: 'open', label: 'Source', link: 'https://a.example/x', overflow: true },
        { act: 'why', label: 'Why', value: 'e1@1' },
        { act: 'command', label: 'L'.repeat(200), value: 'help' },
        { act: 'command', label: 'Too long', value: 'x'.repeat(99) },
        { act: 'command', label: 'Again', value: 'help' },
        { act: 'open', label: 'Not the web', link: 'javascript:alert(1)' },
      ],
    });
    expect(components.flatMap((row) => row.components)).toMatchObject([
      { custom_id: 'why:e1@1' },
      { custom_id: 'command:help' },
      { url: 'https://a.example/x' },
    ]);
  });
});

test('the commands fit Discord’s own schema and 8,000 characters', () => {
  expect(commandViolations(asDiscordCommand(commands))).toEqual([]);
});

/** What could still be markup when each escape and what it protects count as a letter. */
function live(text: string): string {
  return text.replace(/\\[^0-9A-Za-z\s]/g, 'x');
}

/** Everything in which Discord reads markdown. In the foot it reads none. */
function marked({ content, embeds }: ReturnType<typeof renderDiscord>): string {
  const inEmbeds = embeds.flatMap(({ title, description, fields = [] }) => [
    title,
    description,
    ...fields.flatMap(({ name, value }) => [name, value]),
  ]);
  return [content, ...inEmbeds].join('\n');
}

function shown(payload: ReturnType<typeof renderDiscord>): string {
  return [marked(payload), ...payload.embeds.map(({ footer }) => footer?.text)].join('\n');
}

const bait = fc.constantFrom(
  '@everyone',
  '@here',
  '<@1>',
  '<@&1>',
  '<#2>',
  '<t:0:F>',
  '</attache help:1>',
  '<:smile:1>',
  '[x](https://evil.example)',
  '](https://evil.example)',
  'https://evil.example/',
  'HTTPS://evil.example/',
  '<https://evil.example>',
  'discord.gg/evil',
  '||hidden||',
  '```code```',
  '\\',
  '\n# big',
  '\n> said',
  '\n- item',
  '**bold**',
  '\u202eturned',
  '\u2066',
  'שלום',
  'مرحبا (x)',
);
const hostile = fc
  .array(
    fc.oneof({ weight: 3, arbitrary: bait }, fc.string({ unit: 'grapheme', maxLength: 60 }), fc.string({ unit: 'binary', maxLength: 60 })),
    {
      maxLength: 60,
    },
  )
  .map((parts) => parts.join(''));
const part = fc.oneof(
  hostile,
  hostile.map((strong) => ({ strong })),
  fc.record({ link: fc.oneof(fc.webUrl(), hostile, fc.constant('https://ok.example/a_(b)?c=<d>&e=)')), text: hostile }),
  fc.integer({ min: 0, max: 4e12 }).map((at) => ({ at })),
);
const line = fc.array(part, { maxLength: 5 });
const message = fc.record({
  kind: fc.constantFrom('new', 'answer', 'digest'),
  severity: fc.constantFrom(0, 1, 2, 3, 4),
  headline: hostile,
  lines: fc.array(line, { maxLength: 8 }),
  fields: fc.array(fc.record({ name: hostile, value: line }), { maxLength: 30 }),
  sections: fc.array(fc.record({ title: hostile, lines: fc.array(line, { maxLength: 10 }) }), { maxLength: 14 }),
  footer: fc.array(line, { maxLength: 4 }),
  buttons: fc.array(fc.record({ act: fc.constantFrom('why', 'command', 'mute'), label: hostile, value: fc.string() }), { maxLength: 40 }),
  language: fc.constant('en'),
}) satisfies fc.Arbitrary<ChatMessage>;

describe('whatever a feed says', () => {
  test('all limits hold', () => {
    fc.assert(
      fc.property(message, (one) => {
        expect(messageViolations(renderDiscord(one, { key: 'k' }))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  test('nothing becomes a mention, an emoji, a heading, or a link of its own', () => {
    fc.assert(
      fc.property(message, (one) => {
        const payload = renderDiscord(one, { key: 'k' });
        expect(shown(payload).replace(/<t:\d+:F>/g, '')).not.toMatch(/@everyone|@here|<[@#:/t]|<a:/i);
        // Times and masked links are ours alone: the former of a number, the latter to an address in brackets that nothing in it closes.
        const theirs = live(marked(payload).replace(/<t:\d+:F>/g, '')).replace(/\]\(<https?:\/\/[^\s<>()\\]*>\)/gi, ' ');
        expect(theirs).not.toMatch(/\]\(|https?:\/\/|discord\.gg|\|\||`/i);
        expect(live(marked(payload))).not.toMatch(/^\s*(?:#|>|-#|- )/m);
      }),
      { numRuns: 150 },
    );
  });

  test('no text turns the direction of what stands beside it', () => {
    fc.assert(
      fc.property(message, (one) => {
        const told = shown(renderDiscord(one, { key: 'k' }));
        expect(told).not.toMatch(/[\u202a-\u202e\u2066\u2067]/);
        expect(told.match(/\u2068/g)?.length ?? 0).toBe(told.match(/\u2069/g)?.length ?? 0);
      }),
      { numRuns: 100 },
    );
  });
});
