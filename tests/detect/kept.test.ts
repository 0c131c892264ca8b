/** What was compiled is kept between starts, and nothing depends on it. */

import { mkdtempSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { detectorOf } from '../../src/cli/detector.ts';
import { keyOf, readCache, writeCache } from '../../src/cli/detector-cache.ts';
import { type Config, readConfig } from '../../src/config.ts';
import { isAlertable } from '../../src/model/finding.ts';
import { configFolder as defaults, whole } from '../support/project.ts';

const fresh = () => mkdtempSync(join(tmpdir(), 'attache-kept-'));

describe('the detector kept', () => {
  const shipped = whole(readConfig({ folders: [defaults], env: {} })).config;
  const config: Config = { ...shipped, lexicons: shipped.lexicons.filter(({ file }) => file.endsWith('/pl.yaml')) };
  const said = (folder: string, of: Config = config) =>
    whole(detectorOf(of, [folder])).detector.explain({ title: 'USA zamykają ambasadę w Kijowie', feedKind: 'news' });

  test('says what the one read from the lexicons says', () => {
    const folder = fresh();
    const first = said(folder);
    expect(first.findings).toMatchObject([{ kind: 'embassy-closure', sender: 'US', hosts: ['UA'] }]);
    expect(readdirSync(folder)).toHaveLength(1);
    expect(said(folder)).toEqual(first);
    expect(readdirSync(folder)).toHaveLength(1);
  });

  test('is small in all languages: it is most of what an idle bot holds', () => {
    const folder = fresh();
    expect(
      whole(detectorOf(shipped, [folder])).detector.explain({ title: 'US closes embassy in Kyiv', feedKind: 'news' }).findings,
    ).toHaveLength(1);
    const megabytes = statSync(join(folder, readdirSync(folder)[0] ?? '')).size / 1e6;
    expect(megabytes).toBeLessThan(12);
  });

  test('is made again where a file has changed', () => {
    const folder = fresh();
    said(folder);
    const changed = config.lexicons.map(({ file, text }) => ({ file, text: () => text().replaceAll(/ambasad[^,\]]*/g, 'legacj*') }));
    expect(said(folder, { ...config, lexicons: changed }).findings.filter(isAlertable)).toEqual([]);
    expect(readdirSync(folder)).toHaveLength(2);
  });

  test('is made again where it is damaged', () => {
    const folder = fresh();
    const first = said(folder);
    const path = join(folder, readdirSync(folder)[0] ?? '');
    const bytes = readFileSync(path);
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    expect(said(folder)).toEqual(first);
    writeFileSync(path, '');
    expect(said(folder)).toEqual(first);
  });

  test('a wrong file is refused though a right one was kept', () => {
    const folder = fresh();
    said(folder);
    const wrong = { file: 'config/confidence.yaml', text: () => 'weights: {}' };
    expect(detectorOf({ ...config, weights: wrong }, [folder])).toMatchObject({ problems: expect.any(Array) });
  });
});

describe('keeping', () => {
  test('goes to the first folder that can be written, and is found there', () => {
    const folder = fresh();
    writeFileSync(join(folder, 'file'), '');
    const folders = [join(folder, 'file', 'below'), join(folder, 'made', 'deep')];
    writeCache(folders, 'k', { a: new Uint16Array([1, 2]) });
    expect(readCache(folders, 'k')).toEqual({ a: new Uint16Array([1, 2]) });
    expect(readCache(folders, 'other')).toBeUndefined();
    writeCache([join(folder, 'file', 'below')], 'k', 1);
    expect(readCache([], 'k')).toBeUndefined();
  });

  test('leaves no drafts, and takes away all but the latest', () => {
    const folder = fresh();
    writeFileSync(join(folder, 'other'), '');
    for (const [index, key] of [...'abcdefgh'].entries()) {
      writeCache([folder], key, index);
      utimesSync(join(folder, `detector-${key}`), index, index);
    }
    expect(readdirSync(folder).sort()).toEqual([
      'detector-c',
      'detector-d',
      'detector-e',
      'detector-f',
      'detector-g',
      'detector-h',
      'other',
    ]);
  });

  test('the key tells texts apart, and where one ends', () => {
    expect(keyOf(['ab', 'c'])).not.toBe(keyOf(['a', 'bc']));
    expect(keyOf(['ab', 'c'])).toBe(keyOf(['ab', 'c']));
  });
});
