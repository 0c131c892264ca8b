/** Every State by its name in languages that do not inflect names, as the one who acts and as the place of its mission. */

import { expect, test } from 'vitest';
import { alertsOf, brief, shippedDetector } from '../support/detector.ts';
import { shippedConfig } from '../support/project.ts';

const detector = shippedDetector();
const config = shippedConfig();

const headlines: Readonly<Record<string, readonly [acts: (name: string) => string, isPlace: (name: string) => string]>> = {
  zh: [(name) => `${name}关闭驻新加坡大使馆`, (name) => `新加坡关闭驻${name}大使馆`],
  ja: [(name) => `${name}、シンガポールの大使館を閉鎖`, (name) => `シンガポール、${name}の大使館を閉鎖`],
  ar: [(name) => `${name} تغلق سفارتها في سنغافورة`, (name) => `سنغافورة تغلق سفارتها في ${name}`],
};

test.each(Object.entries(headlines))('%s', (language, [acts, isPlace]) => {
  const names = config.places.entries.filter((entry) => entry.language === language && entry.role === 'country' && entry.country !== 'SG');
  expect(names.length).toBeGreaterThan(200);
  const read = (title: string) => alertsOf(detector, title).map(brief).join(' ');
  const wrong = names.filter(
    ({ text, country }) => read(acts(text)) !== `embassy-closure ${country}>SG` || read(isPlace(text)) !== `embassy-closure SG>${country}`,
  );
  expect(wrong.map(({ text }) => text)).toEqual([]);
});
