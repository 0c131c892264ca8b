import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from './support/project.ts';

/** One row of the table "Who may import whom" in ARCHITECTURE.md. */
interface Rule {
  readonly from: readonly string[];
  readonly everything: boolean;
  readonly pure: boolean;
  readonly modules: readonly string[];
  readonly libraries: readonly string[];
}

function readRules(architecture: string): readonly Rule[] {
  const [, section = ''] = architecture.split('\n## Who may import whom\n');
  const [table = ''] = section.split('\n## ');
  const rows = table.split('\n').filter((line) => line.startsWith('| `'));
  return rows.map((row) => {
    const [, from = '', modules = '', libraries = ''] = row.split('|');
    return {
      from: namesIn(from),
      everything: modules.trim() === 'everything',
      pure: from.includes('pure'),
      modules: namesIn(modules),
      libraries: namesIn(libraries),
    };
  });
}

const namesIn = (cell: string): readonly string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);

/** `src/app-store.ts` belongs to `app`, `src/detect/opinion/train.ts` to `detect`, `adapters/slack/permalink.ts` to `adapters/slack`. */
function isIn(path: string, name: string): boolean {
  const [, module = ''] = /^(?:src\/([^/]+)|(adapters\/[^/]+))/.exec(path.replace(/\.ts$/, ''))?.filter((part) => part !== undefined) ?? [];
  return module === name || module.startsWith(`${name}-`);
}

/** Whatever is named as a module: imports and exports of values and types, `import('…')` of both, and a thread's `new URL('…')`. */
const specifier =
  /^(?:import|export)\s[^;'"`=()]*?\bfrom\s*['"]([^'"]+)['"]|^import\s*['"]([^'"]+)['"]|\bimport\(\s*(?:['"]([^'"]+)['"])?|\bnew URL\('(\.[^']+\.ts)'/gm;

const impure = new RegExp(
  [
    String.raw`\bDate\.now\b|\bnew Date(?:\(\)|;)|(?<!new )\bDate\(|\bMath\.random\b|\brandomUUID\b`,
    String.raw`(?<![.\w])(?:fetch|setTimeout|setInterval|setImmediate)\(|(?<![.\w'])(?:process|performance|crypto|globalThis|console|Temporal)[.[;)]`,
  ].join('|'),
  'g',
);

/** @returns one line for each import and each use of the outside that the table does not allow */
function violations(rules: readonly Rule[], path: string, text: string): readonly string[] {
  const rule = rules.find(({ from }) => from.some((name) => isIn(path, name)));
  if (!rule) return [`${path} stands in no row`];
  if (rule.everything) return [];
  const own = rule.from.filter((name) => isIn(path, name));
  const code = text.replaceAll(/^\s*(?:\/\*\*?|\*|\/\/).*$|\s\/\/ .*$/gm, '');
  const targets = [...code.matchAll(specifier)].map((match) => match.slice(1).find((one) => one !== undefined) ?? 'something computed');
  const wrong = targets.filter((target) => {
    if (!target.startsWith('.')) return !rule.libraries.some((name) => target === name || target.startsWith(`${name}/`));
    const file = join(dirname(path), target);
    return ![...own, ...rule.modules].some((name) => isIn(file, name));
  });
  const outside = rule.pure ? (code.match(impure) ?? []) : [];
  return [...wrong.map((target) => `${path} imports ${target}`), ...outside.map((use) => `${path} is pure and uses ${use}`)];
}

const rules = readRules(readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8'));
const sources = ['src', 'adapters'].flatMap((folder) => {
  const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.ts')).map((name) => join(folder, name));
});

describe('who may import whom, as ARCHITECTURE.md says', () => {
  test('every file keeps to its row', () => {
    expect(sources.length).toBeGreaterThan(200);
    expect(sources.flatMap((path) => violations(rules, path, readFileSync(join(root, path), 'utf8')))).toEqual([]);
  });

  test('every row is of something that is there', () => {
    const names = rules.flatMap(({ from, modules }) => [...from, ...modules]);
    expect(names.filter((name) => !sources.some((path) => isIn(path, name)))).toEqual([]);
  });

  test.for<readonly [path: string, text: string]>([
    ['src/kinds.ts', "import type { Finding } from './model/finding.ts';"],
    ['src/model/feed.ts', "import type { Line } from '../message.ts';"],
    ['src/severity.ts', "import { matches } from './match/filter.ts';"],
    ['src/message.ts', "import type { Store } from './ports/store.ts';"],
    ['src/places.ts', "import type { Line } from './message.ts';"],
    ['src/ports/store.ts', "import { group } from '../group/group.ts';"],
    ['src/detect/vendor.ts', "import { request } from 'undici';"],
    ['src/detect/port.ts', "import type {\n  Claimed,\n  Store,\n} from '../ports/outbox.ts';"],
    ['src/detect/deep/stage.ts', "import { group } from '../../group/group.ts';"],
    ['src/detect/type.ts', "export type Wrong = import('../ports/store.ts').Store;"],
    ['src/detect/file.ts', "import { readFileSync } from 'node:fs';"],
    ['src/detect/clock.ts', 'export const wrong = () => Date.now();'],
    ['src/detect/date.ts', 'export const wrong = () => new Date().getTime();'],
    ['src/group/dice.ts', 'export const wrong = () => Math.random();'],
    ['src/group/side-effect.ts', "import '../collect/fetch.ts';"],
    ['src/group/again.ts', "export { readFileSync } from 'node:fs';"],
    ['src/match/network.ts', "export const wrong = () => fetch('http://127.0.0.1/');"],
    ['src/match/wait.ts', 'export const wrong = () => setTimeout(() => {}, 1);'],
    ['src/phrase/environment.ts', 'export const wrong = process.env.HOME;'],
    ['src/phrase/later.ts', "export const wrong = async () => await import('../send/sender.ts');"],
    ['src/phrase/computed.ts', 'export const wrong = (name: string) => import(name);'],
    ['src/collect/stage.ts', "import { detect } from '../detect/detector.ts';"],
    ['src/collect/thread.ts', "export const wrong = new URL('../cli/run.ts', import.meta.url);"],
    ['src/send/news.ts', "import { group } from '../group/group.ts';"],
    ['src/talk/platform.ts', "import { Client } from 'discord.js';"],
    ['src/talk/stage.ts', "import { deliver } from '../send/deliver.ts';"],
    ['src/app.ts', "import { App } from '@slack/bolt';"],
    ['src/ingest/poll.ts', "import { openSqlite } from '../../adapters/store/sqlite.ts';"],
    ['src/config.ts', "import { detect } from './detect/detector.ts';"],
    ['adapters/slack/other.ts', "import { Client } from 'discord.js';"],
    ['adapters/discord/neighbour.ts', "import { createSlack } from '../slack/platform.ts';"],
    ['adapters/terminal/database.ts', "import { DatabaseSync } from 'node:sqlite';"],
    ['adapters/store/stage.ts', "import { group } from '../../src/group/group.ts';"],
    ['adapters/nobody/new.ts', 'export const wrong = 1;'],
  ])('a wrong arrow is found: %s', ([path, text]) => {
    expect(violations(rules, path, `${text}\n`)).toHaveLength(1);
  });

  test.for<readonly [path: string, text: string]>([
    [
      'src/detect/detector.ts',
      "import type { Finding } from '../model/finding.ts';\n// new Date() of an item comes in; it imports 'node:fs' nowhere",
    ],
    ['src/detect/opinion/deep.ts', "import { tokens } from '../tokens.ts';\nexport const day = (at: number) => new Date(at).getUTCDay();"],
    ['adapters/discord/platform.ts', "import { Client } from 'discord.js';\nimport { helper } from './helper.ts';"],
    ['src/cli/run.ts', "import { openSqlite } from '../../adapters/store/sqlite.ts';\nexport const name = () => process.pid;"],
  ])('a right arrow is none: %s', ([path, text]) => {
    expect(violations(rules, path, `${text}\n`)).toEqual([]);
  });
});
