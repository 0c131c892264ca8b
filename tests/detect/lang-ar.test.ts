/** Arabic. Every headline is invented. */
import { describe, expect, test } from 'vitest';
import { alertsOf, brief, shippedDetector } from '../support/detector.ts';

const detector = shippedDetector();
const alerted = (title: string) => alertsOf(detector, title).map((found) => `${brief(found)} ${found.status}`);
describe('what is told besides', () => {
  const first = (title: string) => alertsOf(detector, title)[0];

  test('levels, people and cities', () => {
    expect(first('كندا ترفع تحذير السفر إلى لبنان إلى المستوى الرابع')).toMatchObject({ level: 4, direction: 'raised' });
    expect(first('الإمارات تنصح مواطنيها بعدم السفر إلى إيران')).toMatchObject({ level: 4 });
    expect(first('الهند تعلن إجلاء 600 من مواطنيها من إيران')).toMatchObject({ people: 600 });
    expect(first('كندا تنقل سفارتها من كييف إلى لفيف')).toMatchObject({ from: { name: 'Kyiv' }, to: { name: 'Lviv' } });
  });

  test('evidence points at the words themselves: behind a prefix, under vowels, between marks of direction', () => {
    const title = '\u200Fعاجل: وبريطانيا تُغْلِق سفارتها بالخرطوم\u200E';
    const found = first(title);
    const words = Object.fromEntries((found?.evidence ?? []).map(({ role, start, end }) => [role, title.slice(start, end)]));
    expect(found && brief(found)).toBe('embassy-closure GB>SD');
    expect(words).toMatchObject({ act: 'تُغْلِق', actor: 'بريطانيا', host: 'الخرطوم' });
  });

  test('spellings that writers interchange are one', () => {
    const written = ['امريكا تغلق سفارتها فى كييف', 'أمريكا تغلق سفارتها في كييف', 'أميركا تغلــق سفارتها في كييف'];
    expect(written.map(alerted)).toEqual(written.map(() => ['embassy-closure US>UA happening']));
  });

  test('its own ambassador is recalled, another is summoned', () => {
    expect(alerted('الأردن يستدعي سفيره من إسرائيل')).toEqual(['ambassador-recall JO>IL happening']);
    expect(alerted('الأردن يستدعي السفير الإيراني')).toEqual(['ambassador-summoned IR>JO happening']);
  });
});
