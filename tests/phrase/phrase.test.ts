import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ChatMessage, type Line, plainText } from '../../src/message.ts';
import type { Alert } from '../../src/model/alert.ts';
import type { NewsEvent, SourceRef } from '../../src/model/event.ts';
import type { Finding } from '../../src/model/finding.ts';
import { alertMessage } from '../../src/phrase/alert.ts';
import { digestMessage } from '../../src/phrase/digest.ts';
import { headlineOf } from '../../src/phrase/headline.ts';
import { noteMessage } from '../../src/phrase/update-note.ts';

const at = Date.UTC(2022, 1, 14, 16, 35);
const hour = 3_600_000;
const countries: Readonly<Record<string, string>> = {
  UA: 'Ukraine',
  US: 'United States',
  GB: 'United Kingdom',
  DE: 'Germany',
  NL: 'Netherlands',
  RU: 'Russia',
  ML: 'Mali',
  IQ: 'Iraq',
  QA: 'Qatar',
  FR: 'France',
};
const context = { name: (code: string) => countries[code] ?? code, language: 'en' };

const relocation: Finding = {
  kind: 'embassy-relocation',
  status: 'happening',
  sender: 'US',
  hosts: ['UA'],
  from: { name: 'Kyiv', country: 'UA' },
  to: { name: 'Lviv', country: 'UA' },
  temporary: true,
  scope: 'country',
  severity: 4,
  confidence: 0.95,
  evidence: [],
};

const { from: _, to: __, temporary: ___, ...placeless } = relocation;

const courier: SourceRef = {
  itemId: 'c1',
  feedId: 'courier',
  source: 'The Harbour Courier',
  tier: 'media',
  title: 'US temporarily relocates embassy in Ukraine',
  summary: 'The few diplomats still in the capital move west.',
  url: 'https://courier.example/lviv',
  publishedAt: at - 7 * 60_000,
  seenAt: at,
};
const state: SourceRef = {
  ...courier,
  itemId: 's1',
  feedId: 'state',
  source: 'US State Department',
  tier: 'official',
  title: 'Temporary relocation',
  summary: 'Consular services are not available in Kyiv.',
  url: 'https://state.example/1',
};

function event(more: Partial<NewsEvent> = {}, slots: Partial<Finding> = {}): NewsEvent {
  const finding = { ...(slots.kind === 'travel-advisory' ? placeless : relocation), ...slots };
  return {
    id: 'e1',
    revision: 1,
    alertedRevision: 1,
    finding,
    sources: [courier],
    firstSeenAt: at,
    lastSeenAt: at,
    state: 'open',
    ...more,
  };
}

function alert(about: NewsEvent, more: Partial<Alert> = {}): Alert {
  const bare = { id: `e1@${about.revision}`, kind: 'new', event: about, because: ['first-report'], escalates: false, at, ...more } as const;
  const whole = { ...bare, severity: more.severity ?? about.finding.severity };
  return { ...whole, headline: headlineOf(whole, context) };
}

const headline = (slots: Partial<Finding>, more: Partial<NewsEvent> = {}) => alert(event(more, slots)).headline;
const texts = (lines: readonly Line[]) => lines.map(plainText);

describe('headlines', () => {
  test('of 14 February 2022', () => {
    expect(alert(event()).headline).toBe('⛔ CRITICAL · Ukraine · US embassy moves from Kyiv to Lviv, temporarily · reported by 1 outlet');
    const confirmed = event({ revision: 2, sources: [courier, { ...courier, source: 'Northern Wire', title: 'US moves embassy' }, state] });
    expect(alert(confirmed, { kind: 'update', because: ['officially-confirmed'] }).headline).toBe(
      '⛔ CRITICAL · Ukraine · US embassy moves from Kyiv to Lviv, temporarily · confirmed by the US State Department',
    );
  });

  test('an official who reports first announces, one who follows confirms', () => {
    expect(alert(event({ sources: [state, courier] })).headline).toMatch(/ · announced by the US State Department$/);
    expect(alert(event({ sources: [courier, state] })).headline).toMatch(/ · confirmed by the US State Department$/);
  });

  test('of the reopening, told by its own reports and not by those of the closing', () => {
    const may = { ...courier, itemId: 'c2', seenAt: at + 93 * 24 * hour };
    const reopened = event(
      { state: 'lifted', endedAt: may.seenAt, sources: [courier, state, may] },
      { kind: 'embassy-reopening', severity: 1 },
    );
    expect(alert(reopened, { kind: 'lifted', because: ['reopened'] }).headline).toBe(
      '✅ LIFTED · Ukraine · US embassy in Lviv reopens · reported by 1 outlet',
    );
  });

  test('of a correction', () => {
    const denied = event({ state: 'corrected', sources: [courier, state] }, { status: 'denied' });
    expect(alert(denied, { kind: 'correction', because: ['denied-by-official'] }).headline).toBe(
      '❌ CORRECTION · not so · Ukraine · US embassy moves from Kyiv to Lviv, temporarily · denied by the US State Department',
    );
  });

  test('an agency’s copy in two outlets counts once', () => {
    expect(headline({}, { sources: [courier, { ...courier, source: 'Northern Wire' }] })).toMatch(/reported by 1 outlet$/);
  });

  test.each<readonly [string, Partial<Finding>]>([
    ['US embassy is to move from Kyiv to Lviv', { status: 'planned', temporary: false }],
    ['Germany’s embassy in Kyiv closes, temporarily', { kind: 'embassy-closure', sender: 'DE' }],
    ['Netherlands’ embassy in Kyiv suspends operations, temporarily', { kind: 'embassy-suspension', sender: 'NL' }],
    ['US orders embassy staff to leave (ordered departure)', { kind: 'staff-departure-ordered' }],
    ['US lets embassy staff leave (authorized departure)', { kind: 'staff-departure-authorized' }],
    ['UK evacuates 1,200 people from Kyiv', { kind: 'evacuation', sender: 'GB', people: 1200 }],
    ['UK expels 23 of Russia’s diplomats', { kind: 'diplomatic-expulsion', sender: 'RU', hosts: ['GB'], people: 23 }],
    ['UK and Germany expel Russia’s diplomats', { kind: 'diplomatic-expulsion', sender: 'RU', hosts: ['GB', 'DE'] }],
    ['attack on the US embassy in Kyiv', { kind: 'mission-attack' }],
    ['attack on France’s embassy in Kyiv', { kind: 'mission-attack', sender: 'FR' }],
    [
      'US raises travel advice: Do Not Travel (before: avoid non-essential travel)',
      advice({ nativeText: 'Do Not Travel', level: 4, previousLevel: 3, direction: 'raised' }),
    ],
    ['US issues travel advice for parts of the country: do not travel', advice({ level: 4, scope: 'regional' })],
    ['US tells citizens to leave', advice({})],
    ['airspace closes', { kind: 'border-airspace', severity: 3 }],
    ['border closes', { kind: 'border-airspace', severity: 2 }],
  ])('%s', (expected, slots) => {
    expect(headline(slots)).toContain(` · ${expected} · reported by 1 outlet`);
  });

  test('many levels raised in one read', () => {
    const raised = alert(event({}, advice({ level: 4 })), { together: 17, because: ['raised-together'] });
    expect(raised.headline).toBe('⛔ CRITICAL · US · 17: many levels raised together; unusual, check the source');
  });

  test('more hosts than fit, a region, and no place at all', () => {
    expect(headline({ hosts: ['QA', 'IQ', 'UA', 'ML', 'DE'], area: 'Gulf' })).toContain(' · Gulf (5 countries) · ');
    expect(headline({ hosts: [], area: 'Sahel' })).toContain(' · Sahel · ');
    expect(headline({ hosts: [] })).toContain(' · place not named · ');
  });
});

function advice(slots: Partial<Finding>): Partial<Finding> {
  return { kind: 'travel-advisory', ...slots };
}

describe('an alert', () => {
  test('from an outlet: its title, its summary cut short, its name and its link, and never more', () => {
    const long = { ...courier, summary: 'word '.repeat(100) };
    const message = alertMessage(alert(event({ sources: [long] })), context);
    expect(message.title).toEqual({ link: courier.url, text: courier.title });
    expect(texts(message.lines)[0]).toMatch(/^The Harbour Courier · /);
    const quoted = texts(message.lines)[1] ?? '';
    expect(quoted).toMatch(/^“.*…”$/);
    expect(quoted.length).toBeLessThan(230);
  });

  test('quotes officials with the attribution that their licence asks for', () => {
    const attribution = (feedId: string) => (feedId === 'state' ? 'US Department of State, public domain' : undefined);
    const message = alertMessage(alert(event({ sources: [courier, state] })), { ...context, attribution });
    expect(message.title?.text).toBe(state.title);
    expect(texts(message.lines)[0]).toMatch(/^US State Department \(official\) · /);
    expect(texts(message.lines)[1]).toBe('“Consular services are not available in Kyiv.”');
    expect(texts(message.footer)).toEqual(['US Department of State, public domain', 'Alert e1 · not official advice']);
    expect(message.sections[0]?.lines.map(plainText)).toEqual([expect.stringMatching(/ · The Harbour Courier · /)]);
  });

  test('says each thing once: what the headline says stands nowhere else in it', () => {
    const message = alertMessage(alert(event()), context);
    expect(message.flag).toBe('🇺🇦');
    expect(message.fields).toEqual([]);
    expect(message.sections).toEqual([]);
    const rest = [message.title?.text ?? '', ...texts(message.lines), ...texts(message.footer)].join('\n');
    for (const said of ['reported by', 'first report', 'Where', 'Published', 'First seen']) expect(rest).not.toContain(said);
    expect(rest.match(/The Harbour Courier/g)).toHaveLength(1);
    expect(rest.match(/2022-02-14/g)).toHaveLength(1);
  });

  test('opens with the first who reported it, whoever is counted later; with the official once there is one', () => {
    const wire = { ...courier, itemId: 'w', source: 'Northern Wire', tier: 'wire', title: 'US moving embassy', seenAt: at + hour } as const;
    expect(alertMessage(alert(event({ sources: [courier, wire] })), context).title?.text).toBe(courier.title);
    expect(alertMessage(alert(event({ sources: [courier, wire, state] })), context).title?.text).toBe(state.title);
  });

  test('what lifts or corrects a card is short: what it was, who says so, and nothing else', () => {
    const may = { ...courier, itemId: 'c2', seenAt: at + hour };
    const lifted = event({ state: 'lifted', endedAt: may.seenAt, sources: [courier, may] }, { kind: 'embassy-reopening', severity: 1 });
    const note = noteMessage(alert(lifted, { kind: 'lifted', because: ['reopened'], previous: relocation }), context);
    expect(note.headline).toMatch(/^✅ LIFTED · Ukraine · /);
    expect(texts(note.lines)).toEqual([
      'Before: US embassy moves from Kyiv to Lviv, temporarily',
      expect.stringMatching(/^.+ · The Harbour Courier · /),
    ]);
    expect([note.fields, note.sections, note.footer]).toEqual([[], [], []]);
  });

  test('embassy staff are staff, and acts of one crisis are each counted by those who report them', () => {
    const moves = { ...courier, acts: ['embassy-relocation'] as const };
    const wire = {
      ...courier,
      itemId: 'w',
      source: 'Northern Wire',
      title: 'US evacuates all embassy staff',
      acts: ['evacuation'] as const,
    };
    const acts = [
      { kind: 'embassy-relocation', status: 'planned', finding: { ...relocation, status: 'planned', temporary: false } },
      { kind: 'evacuation', status: 'happening' },
    ] as const;
    const crisis = event({ sources: [moves, wire], acts }, { kind: 'evacuation', whom: 'staff' });
    const message = alertMessage(alert(crisis), context);
    expect(message.headline).toBe(
      '⛔ CRITICAL · Ukraine · US evacuates embassy staff from Kyiv · reported by 1 outlet · also: US embassy is to move from Kyiv to Lviv',
    );
    expect(message.sections[0]).toEqual({
      title: 'Also in this crisis',
      lines: [['US embassy is to move from Kyiv to Lviv · reported by 1 outlet']],
    });
  });

  test('has its buttons in sight and the rest in the overflow', () => {
    const { buttons } = alertMessage(alert(event()), context);
    expect(buttons.map(({ label, overflow = false }) => [label, overflow])).toEqual([
      ['Acknowledge', false],
      ['Mute', false],
      ['Why', false],
      ['Source', true],
      ['Wrong', true],
    ]);
  });

  test('an update tells old and new', () => {
    const previous: Finding = { ...relocation, kind: 'staff-departure-authorized', severity: 3 };
    const update = alert(event({ revision: 3 }), { kind: 'update', because: ['posture-changed'], previous, escalates: true });
    expect(texts(alertMessage(update, context).lines)).toEqual([
      expect.stringMatching(/^The Harbour Courier · /),
      '“The few diplomats still in the capital move west.”',
      'Update 2: the mission goes a step further',
      'Before: ⚠️ WARNING · US lets embassy staff leave (authorized departure)',
    ]);
    const note = noteMessage(update, context);
    expect(note.headline).toBe(
      '⛔ CRITICAL · Update 2: the mission goes a step further · US embassy moves from Kyiv to Lviv, temporarily · reported by 1 outlet',
    );
  });

  test('keeps authorized and ordered apart, and says the posture beside the advice', () => {
    const acts = [
      { kind: 'staff-departure-ordered', status: 'happening' },
      { kind: 'travel-advisory', status: 'happening' },
    ] as const;
    const saidOf = (slots: Partial<Finding>) => {
      const { fields } = alertMessage(alert(event({ acts }, slots)), context);
      return Object.fromEntries(fields.map(({ name, value }) => [name, plainText(value)]));
    };
    // The headline says one of them, the field the other.
    expect(saidOf({ kind: 'staff-departure-ordered', level: 4, nativeText: 'Do Not Travel' })).toEqual({ Advice: 'US: “Do Not Travel”' });
    expect(saidOf(advice({ level: 4, nativeText: 'Do Not Travel' }))).toEqual({ Staff: 'ordered departure: staff must leave' });
  });

  test('says when it comes late, by the newest report', () => {
    const late = event({ sources: [{ ...courier, publishedAt: at - 9.5 * hour }] });
    expect(texts(alertMessage(alert(late), context).lines)).toContain('LATE, reported 9 h ago');
    expect(texts(alertMessage(alert(event()), context).lines).join()).not.toContain('LATE');
    // An official page bears the date of its text, not the hour at which it changed.
    const page = event({ sources: [{ ...state, publishedAt: at - 9.5 * hour }] });
    expect(texts(alertMessage(alert(page), context).lines).join()).not.toContain('LATE');
  });

  test('marks a foreign source with its language and keeps its own title', () => {
    const french = { ...courier, title: 'Les États-Unis déplacent leur ambassade', language: 'fr' };
    const message = alertMessage(alert(event({ sources: [french] })), context);
    expect(message.title?.text).toBe('Les États-Unis déplacent leur ambassade');
    expect(texts(message.lines)[0]).toMatch(/^The Harbour Courier \[fr\] · /);
  });

  test('shows the first source, five more, and counts the rest', () => {
    const sources = Array.from({ length: 8 }, (_, index) => ({
      ...courier,
      itemId: `${index}`,
      source: `Outlet ${index}`,
      title: `Title ${index}`,
    }));
    const lines = texts(alertMessage(alert(event({ sources })), context).sections[0]?.lines ?? []);
    expect(lines).toHaveLength(6);
    expect(lines.at(-1)).toBe('and 2 more');
  });

  test('whatever a feed says, links go to http(s) only and no text is lost whole', () => {
    const hostile = fc.record({
      title: fc.string({ unit: 'binary', maxLength: 400 }),
      summary: fc.string({ unit: 'binary', maxLength: 4000 }),
      url: fc.oneof(fc.webUrl(), fc.constantFrom('javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'https://', '//x', '')),
    });
    fc.assert(
      fc.property(hostile, (fields) => {
        const message = alertMessage(alert(event({ sources: [{ ...courier, ...fields }] })), context);
        for (const link of linksOf(message)) expect(link).toMatch(/^https?:\/\/./i);
        const quoted = texts(message.lines).find((line) => line.startsWith('“')) ?? '';
        const graphemes = [...new Intl.Segmenter().segment(quoted)].length;
        expect(graphemes).toBeLessThanOrEqual(200 + '“” The Harbour Courier'.length);
      }),
      { numRuns: 200 },
    );
  });
});

function linksOf(message: ChatMessage): readonly string[] {
  const lines = [...message.lines, ...message.footer, ...message.sections.flatMap((section) => section.lines)];
  const inLines = lines.flat().flatMap((part) => (typeof part === 'object' && 'link' in part ? [part.link] : []));
  return [
    ...(message.title?.link === undefined ? [] : [message.title.link]),
    ...inLines,
    ...message.buttons.flatMap((button) => (button.act === 'open' ? [button.link] : [])),
  ];
}

describe('a digest', () => {
  const span = { from: at - 24 * hour, to: at, zone: 'Europe/Kyiv', feeds: { ok: 17, all: 17 } };

  test('of nothing says how much was seen', () => {
    const message = digestMessage({ ...span, events: [] }, context);
    expect(message.headline).toBe('Digest, 13 Feb, 18:35 to 14 Feb, 18:35 (Europe/Kyiv): nothing changed, 17 of 17 sources read');
    expect(message.sections).toEqual([]);
  });

  test('says that events may be missing where sources were not read', () => {
    const message = digestMessage({ ...span, events: [], feeds: { ok: 9, all: 17 } }, context);
    expect(message.headline).toContain('nothing changed, 8 of 17 sources cannot be read');
    expect(texts(message.lines).join()).toContain('may hold events that are missing');
  });

  test('of what was corrected says who denied it, and leads to the first source', () => {
    const denied = event({ state: 'corrected', endedAt: state.seenAt, sources: [courier, state] }, { status: 'denied' });
    const [line = []] = digestMessage({ ...span, events: [denied] }, context).sections[0]?.lines ?? [];
    expect(plainText(line)).toContain('denied by the US State Department');
    expect(line.filter((part) => typeof part === 'object' && 'link' in part)).toHaveLength(1);
  });

  test('names the time that was not watched, in the headline and from when to when', () => {
    const gap = { since: at - 20 * hour, until: at - 6 * hour };
    const message = digestMessage({ ...span, events: [], unwatched: [gap] }, context);
    expect(message.headline).toMatch(/: nothing seen, 14 h not watched, 17 of 17 sources read$/);
    expect(texts(message.lines)).toEqual([
      'Not watched: 2022-02-13 20:35 UTC to 2022-02-14 10:35 UTC',
      'What happened meanwhile may be missing here.',
    ]);
  });

  test('lists what has not ended, the gravest first', () => {
    const closed = event({ id: 'x' }, { kind: 'embassy-closure', hosts: ['ML'], severity: 3 });
    const { sections } = digestMessage({ ...span, events: [], stillOpen: [closed, event({ id: 'y' })] }, context);
    expect(sections.map(({ title }) => title)).toEqual(['Still open']);
    expect(texts(sections[0]?.lines ?? [])).toEqual([
      expect.stringMatching(/^Ukraine · US embassy moves from Kyiv to Lviv, temporarily · since 2022-02-14/),
      expect.stringMatching(/^Mali · /),
    ]);
  });

  test('is grouped by country, the gravest first; unchanged advice and what is watched stand apart', () => {
    const message = digestMessage(
      {
        ...span,
        events: [
          event({ id: 'a' }, advice({ hosts: ['ML'], severity: 2 })),
          event({ id: 'b' }),
          event({ id: 'c' }, { kind: 'embassy-closure', status: 'considered' }),
          event({ id: 'd' }, { kind: 'evacuation', confidence: 0.6 }),
          event({ id: 'e' }, advice({ hosts: ['QA'], severity: 0, level: 2, direction: 'reissued' })),
          event({ id: 'f', state: 'lifted' }, { kind: 'embassy-reopening', hosts: ['IQ'], severity: 1 }),
        ],
      },
      context,
    );
    expect(message.headline).toContain(': 3 events, ');
    expect(message.sections.map(({ title, lines }) => [title, lines.length])).toEqual([
      ['Ukraine', 1],
      ['Mali', 1],
      ['Iraq', 1],
      ['Advice reissued, level unchanged', 1],
      ['Watch: reported, not sure enough to alert', 2],
    ]);
    expect(texts(message.sections[2]?.lines ?? [])[0]).toMatch(/^✅ LIFTED · US embassy/);
    expect(texts(message.sections[4]?.lines ?? [])).toEqual([
      expect.stringMatching(/^Ukraine · US embassy in Kyiv may close/),
      expect.stringMatching(/^Ukraine · US evacuates people/),
    ]);
  });

  test('an event in two countries stands under both, in many under one title', () => {
    const both = digestMessage({ ...span, events: [event({}, { hosts: ['UA', 'ML'] })] }, context);
    expect(both.sections.map(({ title }) => title)).toEqual(['Mali', 'Ukraine']);
    const many = digestMessage({ ...span, events: [event({}, { hosts: ['UA', 'ML', 'QA', 'IQ'] })] }, context);
    expect(many.sections.map(({ title }) => title)).toEqual(['Several countries']);
  });
});
