/**
 * How good the detector is on labelled headlines: `npm run eval:detect -- --data DIR [FILE.jsonl ...]`, DIR holding `headlines/dev-tune.jsonl`,
 * `dev-test.jsonl` and `background.tsv.gz`. One table of all sets, then each set in detail. Figures of sets that anyone tuned on are dev figures:
 * those named so, and all whose errors were read. A file is at first sight only until its errors are printed.
 */
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { isAlertable } from '../src/model/finding.ts';
import { causes, lost, stopsOf } from './eval-detect/causes.ts';
import { type Grouped, grouped } from './eval-detect/grouping.ts';
import { background, type Read, readLabelled, shippedDetector } from './eval-detect/labelled.ts';
import { byKind, calibration, eventsFound, interval, outside, precision, recall, slots, tally, verdictOf } from './eval-detect/score.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { data: { type: 'string' }, errors: { type: 'boolean' }, fires: { type: 'boolean' } },
});
if (values.data === undefined) {
  process.stderr.write('usage: npm run eval:detect -- --data DIR [--errors] [--fires] [FILE.jsonl ...]\n');
  process.exit(2);
}
const folder = resolve(values.data);
const detector = shippedDetector(join(import.meta.dirname, '..'));
const print = (line = '') => process.stdout.write(`${line}\n`);
const share = (value: number) => value.toFixed(3).replace(/^0/, '');

const dev = ['dev-tune', 'dev-test'].map((name) => join(folder, 'headlines', `${name}.jsonl`));
const sets = [...dev, ...positionals].map((file) => ({ name: basename(file, '.jsonl'), reads: readLabelled(resolve(file), detector) }));
const explain = ({ item }: Read) => detector.explain({ title: item.title, summary: item.summary, feedKind: 'news' });
reportAll();
reportGuards();
for (const { name, reads } of sets) reportSet(name, reads);
for (const { name, reads } of sets.slice(0, dev.length)) reportGrouping(name, grouped(reads));
reportGrouping('both', grouped(sets.slice(0, dev.length).flatMap(({ reads }) => reads)));
reportBackground();

/** One row a set and language: how many reports are found and how many of what is told is one, with intervals by event; slots; where misses are lost. */
function reportAll(): void {
  print(
    `set, language | items | precision | recall | events | kind | sender | host | ${causes.map((cause) => `lost: ${cause}`).join(' | ')}`,
  );
  for (const { name, reads } of sets) {
    const languages = [...Map.groupBy(reads, ({ item }) => item.lang ?? 'en')];
    if (languages.length > 1) reportRow(`${name}, all`, reads);
    for (const [language, some] of languages) reportRow(`${name}, ${language}`, some);
  }
  print();
}

function reportRow(name: string, reads: readonly Read[]): void {
  const clear = reads.filter(({ item }) => !item.labels.ambiguous);
  const rates = [precision, recall].map((rate) => interval(clear, rate));
  const shares = rates.map(({ value, low, high }) => `${share(value)} (${share(low)} to ${share(high)})`);
  const events = eventsFound(clear);
  const of = slots(clear).filter(({ name: slot }) => slot === 'kind' || slot === 'sender' || slot === 'host');
  const misses = [...lost(clear, explain).values()];
  const cells = [...shares, `${events.found} of ${events.all}`, ...of.map(({ right, of: all }) => `${right} of ${all}`), ...misses];
  print(`${name} | ${clear.length} | ${cells.join(' | ')}`);
}

/** A guard that costs more than it gains goes. */
function reportGuards(): void {
  print('guard | rightly stopped | wrongly stopped');
  const all = sets.flatMap(({ reads }) => reads);
  for (const { row, gained, cost } of stopsOf(all, explain))
    print(`${row} | ${gained} | ${cost}${cost > gained ? ' | costs more than it gains' : ''}`);
  print();
}

function reportSet(name: string, reads: readonly Read[]): void {
  const clear = reads.filter(({ item }) => !item.labels.ambiguous);
  const rates = [precision, recall].map((rate) => interval(clear, rate));
  const [p, r] = rates.map(({ value, low, high }) => `${share(value)} (${share(low)} to ${share(high)})`);
  const { tp, fp, fn } = tally(clear);
  const f1 = (2 * tp) / Math.max(1, 2 * tp + fp + fn);
  const events = eventsFound(clear);
  print(`${name}: ${reads.length} items, ${reads.length - clear.length} ambiguous ones apart`);
  print(`  core alerts   precision ${p}  recall ${r}  F1 ${share(f1)}  right ${tp}, false ${fp}, missed ${fn}`);
  print(`  core events   ${events.found} of ${events.all} alerted by one of their items`);
  for (const wanted of [true, false]) reportAmbiguous(reads, wanted);
  for (const { name: slot, right, of } of slots(clear))
    print(`  ${slot.padEnd(13)} ${right} of ${of}${of < 10 ? '' : `  ${share(right / of)}`}`);
  const bins = calibration(clear).filter(({ of }) => of > 0);
  print(`  relevant by confidence: ${bins.map(({ from, right, of }) => `${share(from)} ${right}/${of}`).join(', ')}`);
  for (const { kind, ...row } of byKind(clear)) {
    const few = row.tp + row.fn < 10 ? '' : `  precision ${share(precision(row))}  recall ${share(recall(row))}`;
    print(`  ${`${kind}${outside.has(kind) ? ' *' : ''}`.padEnd(28)} right ${row.tp}, false ${row.fp}, missed ${row.fn}${few}`);
  }
  if (values.errors) for (const read of clear) reportError(read);
  print();
}

/** Those on which a careful colleague could disagree, counted as if all were relevant, or none. */
function reportAmbiguous(reads: readonly Read[], wanted: boolean): void {
  const ambiguous = reads.filter(({ item }) => item.labels.ambiguous && item.labels.relevant === wanted);
  const alerted = ambiguous.filter(({ alerts }) => alerts.some(({ kind }) => !outside.has(kind))).length;
  print(`  ambiguous, ${wanted ? 'rather relevant' : 'rather not'}: ${alerted} of ${ambiguous.length} alerted as core`);
}

function reportError(read: Read): void {
  const verdict = verdictOf(read);
  if (verdict !== 'fp' && verdict !== 'fn') return;
  print(
    `  ${verdict === 'fp' ? 'FALSE ' : 'MISSED'} ${read.item.labels.tags.join(',')} ${read.alerts.map(({ kind }) => kind).join(',')} | ${read.item.title}`,
  );
}

function reportGrouping(name: string, { items, events, pairs, bCubed, alerts, escalations }: Grouped): void {
  const { right, joined, wanted } = pairs;
  print(`grouping ${name}: ${items} items with a date, ${events} events`);
  print(
    `  pairs         precision ${share(right / Math.max(1, joined))}  recall ${share(right / Math.max(1, wanted))}  (${right} right, ${joined} joined, ${wanted} wanted)`,
  );
  print(`  b-cubed       precision ${share(bCubed.precision)}  recall ${share(bCubed.recall)}`);
  print(
    `  first alerts  ${(alerts.first / Math.max(1, alerts.events)).toFixed(2)} for each of ${alerts.events} events; escalations missed ${escalations.missed} of ${escalations.all}`,
  );
}

function reportBackground(): void {
  const titles = background(folder);
  const fires = titles.flatMap((title) => {
    const alerts = detector.read({ title, feedKind: 'news' }).findings.filter(isAlertable);
    return alerts.length > 0 ? [{ title, kinds: alerts.map(({ kind }) => kind) }] : [];
  });
  const core = fires.filter(({ kinds }) => kinds.some((kind) => !outside.has(kind)));
  const rate = (count: number) => ((count / titles.length) * 10_000).toFixed(2);
  print(
    `background: ${titles.length} headlines; ${core.length} core alerts (${rate(core.length)} in 10,000), ${fires.length - core.length} of other kinds`,
  );
  if (values.fires) for (const { kinds, title } of fires) print(`  ${kinds.join(',')} | ${title.slice(0, 200)}`);
}
