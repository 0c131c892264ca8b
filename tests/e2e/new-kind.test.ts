/** CONTRIBUTING.md tells how a kind is added: its steps, done as they are written on a copy, add it. */

import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../support/project.ts';

/** A copy of what runs, with the same packages. */
function copyOfProject(): string {
  const folder = mkdtempSync(join(tmpdir(), 'attache-new-kind-'));
  for (const name of ['src', 'adapters', 'config', 'bin', 'package.json', 'tsconfig.json'])
    cpSync(join(root, name), join(folder, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

interface Step {
  readonly file: string;
  readonly way: string;
  readonly anchor: string;
  readonly text: string;
}

function stepsOf(section: string): readonly Step[] {
  const pattern = /In `([^`]+)`, (above|below|instead of) `([^`]+)`:\n\n```\w+\n([\s\S]*?)\n```/g;
  return [...section.matchAll(pattern)].map(([, file = '', way = '', anchor = '', text = '']) => ({ file, way, anchor, text }));
}

function write(folder: string, { file, way, anchor, text }: Step): void {
  const path = join(folder, file);
  const lines = readFileSync(path, 'utf8').split('\n');
  const at = lines.findIndex((line) => line.includes(anchor));
  expect(at, `${file} holds ${anchor}`).toBeGreaterThanOrEqual(0);
  if (way === 'above') lines.splice(at, 0, text);
  else if (way === 'below') lines.splice(at + 1, 0, text);
  else lines[at] = lines[at]?.replace(anchor, text) ?? '';
  writeFileSync(path, lines.join('\n'));
}

/** Whether a channel that watches Spain alone hears of each act of Spain's ambassador to Venezuela, by the copy's own code. */
function heardOf(folder: string, kinds: readonly string[]): unknown {
  const script = `
    import { topics } from './src/kinds.ts';
    import { matches } from './src/match/filter.ts';
    const finding = { status: 'happening', sender: 'ES', hosts: ['VE'], scope: 'country', severity: 2, confidence: 0.9, evidence: [] };
    const hears = (kind) => matches({ topics, min: 1, countries: ['ES'] }, { finding: { ...finding, kind }, sources: [] }, (code) => code);
    console.log(JSON.stringify(Object.fromEntries(${JSON.stringify(kinds)}.map((kind) => [kind, hears(kind)]))));`;
  const node = join(root, 'node_modules', '.bin', 'node');
  const { stdout, stderr } = spawnSync(node, ['--input-type=module', '-e', script], { cwd: folder, encoding: 'utf8' });
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

test('the steps for a new kind of act lead to alerts of it', { timeout: 120_000 }, () => {
  const section = /## A new kind of act[\s\S]*?(?=\n## )/.exec(readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8'))?.[0] ?? '';
  const steps = stepsOf(section);
  expect(steps.length).toBeGreaterThanOrEqual(4);
  const title = /--title "([^"]+)"/.exec(section)?.[1] ?? '';
  const folder = copyOfProject();
  const ask = () => spawnSync(join(folder, 'bin', 'attache'), ['why', '--title', title], { encoding: 'utf8' });
  expect(ask().stdout).toContain('NO ALERT');

  for (const step of steps) write(folder, step);
  const { stdout, stderr } = ask();
  expect(stderr).toBe('');
  expect(stdout).toMatch(/\nALERT\n {2}ambassador-return, happening, 🔶 NOTICE; by Spain; in Venezuela/);
  expect(heardOf(folder, ['ambassador-recall', 'ambassador-return'])).toEqual({ 'ambassador-recall': true, 'ambassador-return': true });
  const checked = spawnSync(join(root, 'node_modules', '.bin', 'tsc'), ['--noEmit'], { cwd: folder, encoding: 'utf8' });
  expect(checked.stdout).toBe('');
});
