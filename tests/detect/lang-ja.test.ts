/** Japanese. Every headline is invented. */
import { describe, expect, test } from 'vitest';
import { alertsOf, brief, shippedDetector } from '../support/detector.ts';

const detector = shippedDetector();
const alerted = (title: string) => alertsOf(detector, title).map((found) => `${brief(found)} ${found.status}`);
describe('what is told besides', () => {
  const first = (title: string) => alertsOf(detector, title)[0];

  test("Japan's levels are one lower than anybody else's", () => {
    expect(first('外務省、イスラエルの危険情報をレベル3に引き上げ')).toMatchObject({ level: 4, direction: 'raised' });
    expect(first('外務省、タイの危険情報をレベル2に引き上げ')).toMatchObject({ level: 3 });
    expect(first('外務省、レバノンに退避勧告')).toMatchObject({ level: 4, nativeText: '退避勧告' });
  });

  test('people and cities', () => {
    expect(first('自衛隊機、イスラエルから邦人60人を輸送')).toMatchObject({ people: 60 });
    expect(first('米国、大使館をキーウからリビウに移転')).toMatchObject({ from: { name: 'Kyiv' }, to: { name: 'Lviv' } });
  });

  test('evidence points at the words themselves', () => {
    const title = '【速報】英国、カブールの大使館を閉鎖 🇦🇫';
    const found = first(title);
    const words = Object.fromEntries((found?.evidence ?? []).map(({ role, start, end }) => [role, title.slice(start, end)]));
    expect(words).toMatchObject({ act: '閉鎖', actor: '英国' });
  });

  test('a name ends where katakana ends', () => {
    expect(alerted('マリ、フランス大使を追放')).toEqual(['diplomatic-expulsion FR>ML happening']);
    expect(alerted('マリナーズ、大使を追放')).not.toContain('diplomatic-expulsion ML>ML happening');
  });
});
