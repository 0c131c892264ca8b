import { describe, expect, test } from 'vitest';
import { alertsOf, shippedDetector } from '../support/detector.ts';

const detector = shippedDetector();

describe('a report that is called untrue', () => {
  test.each([
    ['Germany is closing its embassy in Niamey', 'Reports that Germany is closing its embassy in Niamey are false, ministry says'],
    [
      'L’Allemagne ferme son ambassade à Niamey',
      'Les informations sur la fermeture de l’ambassade d’Allemagne à Niamey sont fausses, selon Berlin',
    ],
    ['Deutschland schließt Botschaft in Niamey', 'Berichte über Schließung der deutschen Botschaft in Niamey sind falsch'],
    ['Polska zamknęła ambasadę w Kijowie', 'Nieprawda, że Polska zamknęła ambasadę w Kijowie'],
    ['США закрили посольство в Києві', 'Неправда, що США закрили посольство в Києві'],
    ['美国关闭驻基辅大使馆', '谣言：美国关闭驻基辅大使馆'],
  ])('%s is told, and not: %s', (told, untrue) => {
    expect(alertsOf(detector, told)).toHaveLength(1);
    expect(alertsOf(detector, untrue)).toEqual([]);
  });
});
