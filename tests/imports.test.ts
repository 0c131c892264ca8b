import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');

/** Each file breaks one arrow of ARCHITECTURE.md; the last ones keep them all. */
const wrong: Readonly<Record<string, string>> = {
  'src/model.ts': "import type { Line } from './message.ts';\nexport type Wrong = Line;\n",
  'src/message.ts': "import type { Store } from './ports.ts';\nexport type Wrong = Store;\n",
  'src/detect/vendor.ts': "import { request } from 'undici';\nexport const wrong = request;\n",
  'src/detect/port.ts': "import type { Store } from '../ports.ts';\nexport type Wrong = Store;\n",
  'src/detect/deep/stage.ts': "import { group } from '../../group/group.ts';\nexport const wrong = group;\n",
  'src/group/file.ts': "import { readFileSync } from 'node:fs';\nexport const wrong = readFileSync;\n",
  'src/match/network.ts': "export const wrong = () => fetch('http://127.0.0.1/');\n",
  'src/phrase/environment.ts': 'export const wrong = process.env;\n',
  'src/collect/stage.ts': "import { detect } from '../detect/detector.ts';\nexport const wrong = detect;\n",
  'src/send/news.ts': "import { group } from '../group/group.ts';\nexport const wrong = group;\n",
  'src/talk/platform.ts': "import { Client } from 'discord.js';\nexport const wrong = Client;\n",
  'src/app.ts': "import { App } from '@slack/bolt';\nexport const wrong = App;\n",
  'src/pipeline.ts': "import { openSqlite } from '../adapters/store/sqlite.ts';\nexport const wrong = openSqlite;\n",
  'adapters/slack/other.ts': "import { Client } from 'discord.js';\nexport const wrong = Client;\n",
  'adapters/discord/neighbour.ts': "import { createSlack } from '../slack/platform.ts';\nexport const wrong = createSlack;\n",
  'adapters/store/stage.ts': "import { group } from '../../src/group/group.ts';\nexport const wrong = group;\n",
};
const right: Readonly<Record<string, string>> = {
  'src/detect/detector.ts': "import type { Finding } from '../model.ts';\n\nexport type Right = Finding;\n",
  'adapters/discord/platform.ts': "import { Client } from 'discord.js';\n\nexport const right = Client;\n",
};

function complaints(files: Readonly<Record<string, string>>): ReadonlySet<string> {
  const folder = mkdtempSync(join(tmpdir(), 'attache-imports-'));
  const config = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8')) as Record<string, unknown>;
  writeFileSync(join(folder, 'biome.json'), JSON.stringify({ ...config, vcs: { enabled: false } }));
  cpSync(join(root, 'package.json'), join(folder, 'package.json'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const biome = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
  const run = spawnSync(process.execPath, [biome, 'lint', '--reporter=json', '--max-diagnostics=none', '.'], {
    cwd: folder,
    encoding: 'utf8',
  });
  const report = JSON.parse(run.stdout) as { diagnostics: { category: string; location: { path: string | { file: string } } }[] };
  const bans = report.diagnostics.filter((one) => /noRestricted(Imports|Globals)|noProcessEnv/.test(one.category));
  return new Set(bans.map(({ location }) => (typeof location.path === 'string' ? location.path : location.path.file)));
}

describe('who may import whom', () => {
  test('every planted wrong arrow is found, and no right one', () => {
    const found = complaints({ ...right, ...wrong });
    expect([...found].map((path) => path.replace(/^\.\//, '')).sort()).toEqual(Object.keys(wrong).sort());
  });

  test('the pure stages ask no clock and no dice', () => {
    const stages = ['detect', 'group', 'match', 'phrase'].flatMap((stage) => {
      const folder = join(root, 'src', stage);
      return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
    });
    const files = stages.filter((path) => path.endsWith('.ts'));
    expect(files.length).toBeGreaterThan(4);
    const impure = files.filter((path) =>
      /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\brandomUUID\(|\bperformance\.now\(/.test(readFileSync(path, 'utf8')),
    );
    expect(impure).toEqual([]);
  });
});
