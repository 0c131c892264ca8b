/**
 * Trains the second opinion: `npm run train -- --data DIR [--data DIR] [--out FILE] [--report | --cv]`, each DIR holding `*.jsonl` of labelled items and
 * `*.tsv.gz` of unlabelled headlines, in it or in `headlines/`. The project's own written items in `train/written/` are always among them.
 */
import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { detectorParts } from '../src/cli/detector.ts';
import { readConfig } from '../src/config.ts';
import { compile, observer } from '../src/detect/detector.ts';
import { createLearnedGate } from '../src/detect/opinion/learned-gate.ts';
import { writeOpinion } from '../src/detect/opinion/weights.ts';
import { readBackground, readExamples } from './data.ts';
import { trainGate } from './gate.ts';
import { phraseExamples } from './phrases.ts';
import { report } from './report.ts';
import { foldOf, seeBackground, seeExamples } from './samples.ts';
import { folds } from './settings.ts';
import { train } from './train.ts';

const root = join(import.meta.dirname, '..');
const { values } = parseArgs({
  options: { data: { type: 'string', multiple: true }, out: { type: 'string' }, report: { type: 'boolean' }, cv: { type: 'boolean' } },
});
const given = (values.data ?? []).map((folder) => resolve(folder));
const absent = given.filter((folder) => !existsSync(folder));
if (given.length === 0 || absent.length > 0) {
  const missing = absent.map((folder) => `${folder}: no such folder\n`).join('');
  process.stderr.write(`${missing}usage: npm run train -- --data DIR [--data DIR] [--out FILE] [--report | --cv]\n`);
  process.exit(2);
}

const say = (line: string) => process.stdout.write(`${line}\n`);
const folders = [join(root, 'train', 'written'), ...given];
const parts = partsOf();
const see = observer(compile(parts), parts);
const labelled = [...readExamples(folders), ...phraseExamples(join(root, 'train', 'phrases'))];
const titles = readBackground(folders);
const gate = trainGate(labelled, titles, parts.places, foldOf, folds);
const gates = gate.parts.map(createLearnedGate);
const examples = seeExamples(labelled, see, gates);
const background = seeBackground(titles, labelled, see, gates);
const sounds = createLearnedGate(gate.weights);
const passing = titles.filter((title) => sounds(see({ title, feedKind: 'news' }).hasWords, title)).length;
say(
  `${labelled.length} labelled items, ${titles.length} headlines, of which ${passing} pass the gate; ${background.length} of these are labelled nowhere`,
);
const { weights, models } = train(examples, background, gate.weights, values.cv);
if (values.report || values.cv) say(report(examples, background, titles.length, models, parts));
if (!values.cv) write();

function write(): void {
  const out = values.out ? resolve(values.out) : join(root, 'config', 'opinion.bin');
  const bytes = writeOpinion(weights);
  writeFileSync(`${out}.new`, bytes);
  renameSync(`${out}.new`, out);
  say(`${out}: ${weights.rows} rows, ${(bytes.length / 1e6).toFixed(2)} MB`);
}

function partsOf() {
  const config = readConfig({ folders: [join(root, 'config')], envFile: join(root, 'no.env') });
  const read = 'problems' in config ? config : detectorParts(config.config);
  if ('problems' in read) throw new Error(read.problems.join('\n'));
  return read.parts;
}
