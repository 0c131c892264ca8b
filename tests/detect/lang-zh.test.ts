/** Chinese, in simplified and traditional signs. Every headline is invented. */
import { describe, expect, test } from 'vitest';
import { alertsOf, brief, shippedDetector } from '../support/detector.ts';

const detector = shippedDetector();
const alerted = (title: string) => alertsOf(detector, title).map((found) => `${brief(found)} ${found.status}`);
describe('what is told besides', () => {
  const first = (title: string) => alertsOf(detector, title)[0];

  test('levels, people and cities', () => {
    expect(first('外交部提醒中国公民暂勿前往海地')).toMatchObject({ level: 4, nativeText: '暂勿前往', severity: 4 });
    expect(first('加拿大將黎巴嫩旅遊警示升至第四級')).toMatchObject({ level: 4, direction: 'raised' });
    expect(first('中国海军从也门撤离571名中国公民')).toMatchObject({ people: 571 });
    expect(first('美国将驻乌克兰大使馆从基辅迁至利沃夫')).toMatchObject({ from: { name: 'Kyiv' }, to: { name: 'Lviv', country: 'UA' } });
  });

  test('evidence points at the words themselves, in either script', () => {
    const title = '快訊：英國關閉駐喀布爾大使館 🇦🇫';
    const found = first(title);
    const words = Object.fromEntries((found?.evidence ?? []).map(({ role, start, end }) => [role, title.slice(start, end)]));
    expect(words).toMatchObject({ act: '關閉', actor: '英國', host: '喀布爾' });
  });

  test('a ministry without a name is the one of those who write so', () => {
    expect(alerted('外交部提醒公民暂勿前往海地')).toEqual(['travel-advisory CN>HT happening']);
    expect(alerted('外交部籲國人暫勿前往海地')).toEqual(['travel-advisory ->HT happening']);
  });

  test('one sign is a State only where all beside it is known', () => {
    expect(alerted('美关闭驻乌使馆')).toEqual(['embassy-closure US>UA happening']);
    expect(alerted('26日关闭大使馆旁地铁站')).toEqual([]);
    expect(alerted('美术馆宣布关闭')).toEqual([]);
  });
});
