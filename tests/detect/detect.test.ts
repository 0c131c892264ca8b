/** What the detector promises: slots, feeds of governments, summaries and bodies, explanations, and data files that say what is wrong. */
import { describe, expect, test } from 'vitest';
import { readWeights } from '../../src/detect/confidence.ts';
import { createDetector } from '../../src/detect/detector.ts';
import { readLevels } from '../../src/detect/levels.ts';
import { readLexicon } from '../../src/detect/lexicon.ts';
import { isReopening } from '../../src/group/keys.ts';
import { actInEnglish } from '../../src/i18n/en/acts.ts';
import type { Finding } from '../../src/model/finding.ts';
import { createPlaces, readPlaces } from '../../src/places.ts';
import { alertsOf, brief, shippedDetector } from '../support/detector.ts';

const detector = shippedDetector();
const read = (title: string, more: Parameters<typeof alertsOf>[2] = {}) => detector.read({ title, feedKind: 'news', ...more });

describe('slots', () => {
  test.each([
    ['Poland closes border with Belarus', false, 'border closes'],
    ['Iran closes its airspace', false, 'airspace closes'],
    ['Closure of Jordanian airspace announced', false, 'airspace closes'],
    ['Niger reopens border with Benin', true, 'border reopens'],
    ['Qatar airspace reopens', true, 'airspace reopens'],
    ['Munich airport closed', false, 'airport closes'],
  ])('a border, an airspace or an airport closes or reopens: %s', (title, reopens, words) => {
    const [alert] = alertsOf(detector, title);
    expect(alert && isReopening(alert)).toBe(reopens);
    expect(alert && actInEnglish(alert, { name: (code) => code, language: 'en' })).toBe(words);
  });

  test.each<readonly [string, Partial<Finding>]>([
    ['US, UK and Canada close embassies in Kyiv', { sender: 'US', jointly: ['GB', 'CA'], hosts: ['UA'] }],
    ['US and UK embassies in Kyiv close', { jointly: ['US'], hosts: ['UA'] }],
    ['British and Norwegian nationals urged to leave Ukraine', { sender: 'GB', jointly: ['NO'], hosts: ['UA'] }],
    ['UK embassies in Iran and Syria close', { sender: 'GB', hosts: ['IR', 'SY'] }],
    ['US, UK and EU expel Russian diplomats', { sender: 'RU', hosts: ['US', 'GB', 'EU'] }],
  ])('several States: %s', (title, expected) => {
    const [alert] = alertsOf(detector, title);
    expect(alert).toMatchObject(expected);
    expect(alert?.jointly).toEqual(expected.jointly);
  });

  test('a relocation names both cities, the post, and is grave where danger is named', () => {
    const title = 'US temporarily relocates embassy in Ukraine from Kyiv to Lviv as fears of attack grow';
    expect(alertsOf(detector, title)).toMatchObject([
      {
        kind: 'embassy-relocation',
        sender: 'US',
        hosts: ['UA'],
        from: { name: 'Kyiv', country: 'UA' },
        to: { name: 'Lviv', country: 'UA' },
        post: 'embassy',
        temporary: true,
        severity: 4,
      },
    ]);
  });

  test.each([
    ['US raises travel advisory for Jamaica to Level 3', { level: 3, nativeText: 'Level 3', direction: 'raised', severity: 3 }],
    ['UK advises against all but essential travel to Kenya', { level: 3, severity: 3, direction: 'issued' }],
    ['Foreign Office advises against all travel to parts of Ethiopia', { level: 4, scope: 'regional', severity: 3 }],
    ['US eases travel advisory for Iceland', { direction: 'lowered', severity: 2 }],
    ['State Department reissues travel advisory for Peru', { direction: 'reissued', severity: 0 }],
    ['Norway tells citizens to leave Lebanon', { severity: 4 }],
  ])('advice: %s', (title, expected) => {
    expect(read(title).findings[0]).toMatchObject({ kind: 'travel-advisory', ...expected });
  });

  test.each([
    ['France evacuates 300 nationals from Chad', 'evacuation FR>TD', 300],
    ['Ireland closes embassies in Mali, Niger and Chad', 'embassy-closure IE>ML,NE,TD', undefined],
    ['Embassy of Japan in Juba suspends operations', 'embassy-suspension JP>SS', undefined],
    ['Canada suspends operations at Sudan embassy', 'embassy-suspension CA>SD', undefined],
    ['Russia orders closure of Polish consulate in St Petersburg', 'embassy-closure PL>RU', undefined],
    ['Latvia expels 2 Belarusian diplomats', 'diplomatic-expulsion BY>LV', 2],
    ['British and Irish nationals urged to leave Yemen', 'travel-advisory GB>YE', undefined],
    ['Sudan: Spain evacuates its citizens', 'evacuation ES>SD', undefined],
  ])('who and where: %s', (title, expected, people) => {
    const [found] = alertsOf(detector, title);
    expect(found && brief(found)).toBe(expected);
    expect(found?.people).toBe(people);
  });

  test('one headline can tell several acts', () => {
    const found = alertsOf(detector, 'Sweden closes its embassy in Bamako and urges citizens to leave Mali');
    expect(found.map(brief).sort()).toEqual(['embassy-closure SE>ML', 'travel-advisory SE>ML']);
  });

  test('evidence points at the words themselves', () => {
    const title = 'Live: “Élan” — U.S. closes its embassy in Kabul 🇦🇫';
    const [found] = alertsOf(detector, title);
    const words = Object.fromEntries((found?.evidence ?? []).map(({ role, start, end }) => [role, title.slice(start, end)]));
    expect(words).toMatchObject({ act: 'closes', actor: 'U.S.', host: 'Kabul' });
  });
});

describe('feeds of governments', () => {
  const feed = { feedKind: 'mission', tier: 'official', sender: 'US', host: 'NG' } as const;
  test.each([
    ['Security Alert: Protests Expected in Abuja', 'security-alert US>NG', 2],
    ['Security Alert: Shelter in Place', 'security-alert US>NG', 4],
    ['Travel Advisory Update', 'travel-advisory US>NG', 2],
    ['Nigeria - Level 3: Reconsider Travel', 'travel-advisory US>NG', 3],
  ])('%s', (title, expected, severity) => {
    const [found] = alertsOf(detector, title, feed);
    expect([found && brief(found), found?.severity]).toEqual([expected, severity]);
  });

  test('a source that names its mission suffices; what is no notice stays silent', () => {
    const named = { feedKind: 'mission', source: 'US Embassy in Mali' } as const;
    expect(alertsOf(detector, 'Demonstration Alert', named).map(brief)).toEqual(['security-alert US>ML']);
    expect(alertsOf(detector, 'Ambassador Hosts Reception for Alumni', feed)).toEqual([]);
    expect(alertsOf(detector, 'Embassy Closed for Independence Day Holiday', feed)).toEqual([]);
  });

  test('one row of a register can name several places, and says when nothing changed', () => {
    const row = 'Israel, the West Bank and Gaza - Level 4: Do Not Travel';
    expect(read(row, { feedKind: 'register' }).findings[0]).toMatchObject({ hosts: ['IL', 'PS'], level: 4, severity: 4 });
    const same = read('Peru - Level 2: Exercise Increased Caution', { summary: 'Reissued with no changes to the advisory level.' });
    expect(same.findings[0]).toMatchObject({ direction: 'reissued', severity: 0 });
  });
});

describe('title, summary, body', () => {
  test('the summary fills what the title leaves open', () => {
    const found = alertsOf(detector, '12,000 evacuated in a week, White House says', { summary: 'The airlift from Afghanistan goes on.' });
    expect(found.map(brief)).toEqual(['evacuation US>AF']);
  });

  test('a summary alerts alone in its first sentence, and not against its title', () => {
    const summary = 'Estonia expels a Russian diplomat over spying.';
    expect(alertsOf(detector, 'Tallinn acts after inquiry', { summary }).map(brief)).toEqual([]);
    expect(alertsOf(detector, 'Tallinn acts over spying', { summary }).map(brief)).toEqual(['diplomatic-expulsion RU>EE']);
    expect(
      alertsOf(detector, 'Rain keeps Tallinn indoors', { summary: `It rained in the capital all day long on Monday. ${summary}` }),
    ).toEqual([]);
  });

  test('a news body never alerts by itself, and speaks only where two sentences agree', () => {
    const one = 'Norway closed its embassy in Mali.';
    expect(read('A week in Bamako', { body: one }).findings).toEqual([]);
    const { findings } = read('A week in Bamako', {
      body: `${one} Weeks of fighting came first. Oslo shut the embassy in Bamako on Monday.`,
    });
    expect(findings.map(({ kind }) => kind)).toEqual(['embassy-closure']);
    expect(findings[0]?.confidence).toBeLessThan(0.8);
  });

  test('however sure its words are: the same text alerts on a mission’s own feed', () => {
    const body =
      'Norway evacuated 200 of its citizens from Mali. Weeks of fighting came first. Oslo flew 200 Norwegian nationals out of Bamako on Monday.';
    expect(alertsOf(detector, 'A week in Bamako', { body })).toEqual([]);
    expect(alertsOf(detector, 'A week in Bamako', { body, feedKind: 'mission' }).map(brief)).toEqual(['evacuation NO>ML']);
  });
});

describe('explanations', () => {
  test('name the frame, the words, the guard and the features', () => {
    expect(detector.explain({ title: 'UK may close embassy in Juba', feedKind: 'news' })).toMatchObject({
      gate: true,
      findings: [],
      dropped: 'considered',
      candidates: [
        {
          frame: 'ACTOR close MISSION',
          guard: { text: 'may', start: 3, end: 6 },
          dropped: 'considered',
          words: [{ step: 'close', text: 'close', start: 7 }, {}, {}],
        },
      ],
    });
    expect(detector.explain({ title: 'Shares fall', feedKind: 'news' })).toMatchObject({ gate: false, dropped: 'nothing-relevant' });
    expect(JSON.parse(JSON.stringify(detector.explain({ title: 'UK closes embassy in Juba', feedKind: 'news' })))).toMatchObject({
      findings: [{ kind: 'embassy-closure' }],
    });
  });
});

describe('data files', () => {
  const lexicon = { language: 'xx', gate: { alone: ['embassy'], together: [] }, tags: { embassy: ['amba*'] } };
  test.each([
    [{ ...lexicon, tags: { embasy: ['amba'] } }, 'x.yaml: tags.embasy: found "embasy"; allowed: embassy'],
    [{ ...lexicon, tags: { embassy: ['a*mba'] } }, 'x.yaml: tags.embassy.0: found "a*mba"'],
    [{ ...lexicon, tags: { embassy: [false] } }, 'x.yaml: tags.embassy.0: found false'],
    [{ ...lexicon, gate: { alone: ['post'], together: [] } }, 'x.yaml: gate.alone.0: found "post"'],
    [{ ...lexicon, order: 'any' }, 'x.yaml: order: found "any"; allowed: fixed, free, final'],
    [{ ...lexicon, demonyms: { Ukraine: ['x'] } }, 'x.yaml: demonyms.Ukraine'],
    [{ ...lexicon, colour: 1 }, 'x.yaml: colour'],
  ])('a wrong lexicon is refused: %#', (value, problem) => {
    expect(readLexicon(value, () => 'x.yaml')).toMatchObject({ problems: expect.arrayContaining([expect.stringContaining(problem)]) });
  });

  test('wrong levels and weights are refused', () => {
    expect(readLevels({ levels: { US: { 7: ['x'] } }, common: {} }, () => 'l.yaml')).toEqual({
      problems: [expect.stringContaining('l.yaml: levels.US.7: found "level 7"')],
    });
    expect(readWeights({ weights: { base: 'much' } }, () => 'w.yaml')).toEqual({
      problems: expect.arrayContaining([expect.stringContaining('w.yaml: weights.base: found "much"')]),
    });
  });
});

describe('other languages', () => {
  const entries = readPlaces(
    [
      'Украина\tcountry\tUA\tUkraine\tru',
      '米国\tcountry\tUS\tUnited States\tja',
      'ウクライナ\tcountry\tUA\tUkraine\tja',
      'الولايات المتحدة\tcountry\tUS\tUnited States\tar',
      'أوكرانيا\tcountry\tUA\tUkraine\tar',
    ].join('\n'),
  );
  const places = createPlaces('entries' in entries ? entries.entries : [], []);
  const levels = readLevels({ levels: {}, common: {} }, () => 'l.yaml');
  const shippedWeights = {
    base: 2.9,
    gap: -0.3,
    'no-sender': -0.7,
    'no-host': -1.2,
    aside: -0.7,
    noun: -0.9,
    'no-actor': -0.8,
    question: -2.5,
  };
  const rest = {
    'followup-near': -1,
    'reacts-near': -1,
    'local-near': -1,
    domestic: -3,
    'weak-people': -1,
    live: -0.6,
    summary: -0.9,
    body: -1.6,
  };
  const weights = readWeights({ weights: { ...shippedWeights, ...rest, agreed: 0.5, official: 0.8, people: 0.3 } }, () => 'w.yaml');
  const speaking = (value: unknown) => {
    const lexicon = readLexicon(value, () => 'x.yaml');
    if ('problems' in lexicon || 'problems' in levels || 'problems' in weights) throw new Error(JSON.stringify([lexicon, levels, weights]));
    return createDetector({ lexicons: [lexicon.lexicon], places, levels: levels.levels, weights: weights.weights });
  };
  const gate = { alone: ['embassy'], together: [] };

  test('words that inflect and change places, by stems', () => {
    const russian = speaking({
      language: 'ru',
      order: 'free',
      gate,
      tags: { embassy: ['посольств*'], close: ['закры*'], in: ['в'], small: ['свое'] },
      demonyms: { US: ['американск*'] },
      countries: { US: ['США'], UA: ['Украин*'] },
      capitals: { UA: ['Киев*'] },
    });
    for (const title of ['США закрывают посольство в Киеве', 'Посольство США в Киеве закрыто', 'В Киеве закрыли американское посольство']) {
      expect([title, ...alertsOf(russian, title).map(brief)]).toEqual([title, 'embassy-closure US>UA']);
    }
  });

  test('words without spaces between them', () => {
    const japanese = speaking({
      language: 'ja',
      order: 'free',
      gate,
      tags: { embassy: ['大使館'], close: ['閉鎖'], posted: ['在'], small: ['を', 'が', 'は'] },
    });
    expect(alertsOf(japanese, '米国、在ウクライナ大使館を閉鎖').map(brief)).toEqual(['embassy-closure US>UA']);
    expect(alertsOf(japanese, '在ウクライナ米国大使館が閉鎖').map(brief)).toEqual(['embassy-closure US>UA']);
  });

  test('words written right to left, with their article', () => {
    const arabic = speaking({
      language: 'ar',
      order: 'free',
      prefixes: ['ال', 'و', 'ب', 'ل'],
      gate,
      tags: { embassy: ['سفارة', 'سفارتها'], close: ['تغلق', 'أغلقت'], in: ['في'] },
    });
    expect(alertsOf(arabic, 'الولايات المتحدة تغلق سفارتها في أوكرانيا').map(brief)).toEqual(['embassy-closure US>UA']);
    expect(alertsOf(arabic, 'أغلقت الولايات المتحدة السفارة في أوكرانيا').map(brief)).toEqual(['embassy-closure US>UA']);
  });
});
