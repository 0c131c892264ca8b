/**
 * `npm run eval:parse -- --data DIR [--show wrong]`: what Attaché's parser and its peers read right, of the real documents in
 * DIR/feeds (reference: expected.jsonl) and of the public feedparser corpus in DIR/feedparser-tests (reference: each file's comment).
 */
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { type Expectation, patterns, readCorpusDocument } from './parse/expectations.ts';
import { type Read, type Reader, type ReadItem, readers, type Source, sourceOf } from './parse/readers.ts';
import { Tally, table } from './parse/report.ts';
import { sameDate, sameId, sameLink, sameTitle } from './parse/same.ts';

interface Reference {
  readonly file: string;
  readonly entries: readonly { readonly title?: string; readonly link?: string; readonly id?: string; readonly published?: string }[];
}

const { values } = parseArgs({ options: { data: { type: 'string' }, show: { type: 'string' } } });
if (values.data === undefined) {
  console.error('eval:parse: say where the documents are: npm run eval:parse -- --data DIR');
  process.exit(2);
}
await evaluateReal(join(values.data, 'feeds'));
await evaluateCorpus(join(values.data, 'feedparser-tests', 'tests'));

async function evaluateReal(folder: string): Promise<void> {
  const references = (await readFile(join(folder, 'expected.jsonl'), 'utf8')).split('\n').filter((line) => line !== '');
  const tallies = new Map(readers.map((reader) => [reader, new Tally()]));
  for (const line of references) {
    const { file, entries }: Reference = JSON.parse(line);
    // One document has an empty `<item />` within each item, which the reference counts: an item that says nothing is none.
    const reference = { file, entries: entries.filter(({ title, link, id, published }) => title || link || id || published) };
    const source = sourceOf(await readFile(join(folder, reference.file)), `https://feeds.example/${reference.file}`);
    for (const [reader, tally] of tallies) countReal(await readBy(reader, source), reference, reader, source.url, tally);
  }
  print(`${references.length} real documents, reference Python feedparser`, tallies, ['parsed', 'items', 'title', 'link', 'id', 'date']);
}

function countReal(read: Read | undefined, { file, entries }: Reference, { plain }: Reader, base: string, tally: Tally): void {
  tally.count('parsed', read !== undefined, file);
  tally.count('items', read?.items.length === entries.length, `${file}: ${read?.items.length} of ${entries.length}`);
  for (const [index, { title, link, id, published }] of entries.entries()) {
    const item = read?.items.length === entries.length ? read.items[index] : read?.items.find((one) => one.id === id || one.link === link);
    const about = (wanted: string, found: unknown) =>
      `${file} ${index + 1}: ${JSON.stringify(wanted)} was read as ${JSON.stringify(found)}`;
    if (title) tally.count('title', item !== undefined && sameTitle(title, item.title, plain), about(title, item?.title));
    if (link) tally.count('link', item !== undefined && sameLink(link, item.link, base), about(link, item?.link));
    if (id) tally.count('id', item !== undefined && sameId(id, item.id), about(id, item?.id));
    if (published) tally.count('date', item !== undefined && sameDate(Date.parse(published), item.date), about(published, timeOf(item)));
  }
}

async function evaluateCorpus(folder: string): Promise<void> {
  const files = (await readdir(folder, { recursive: true })).filter((file) => /\.(xml|json)$/.test(file)).sort();
  const tallies = new Map(readers.map((reader) => [reader, new Tally()]));
  const covered = new Map<string, Set<string>>();
  for (const file of files) {
    const bytes = await readFile(join(folder, file));
    const { contentType, location, expectations } = readCorpusDocument(sourceOf(bytes, '').text);
    const source = sourceOf(bytes, placeOf(location), contentType);
    for (const { column } of expectations) covered.set(column, (covered.get(column) ?? new Set()).add(file));
    for (const [reader, tally] of tallies) {
      const read = await readBy(reader, source);
      // One document is empty, as its comment says.
      if (holdsSomething(source.text)) tally.count('parsed', read !== undefined, file);
      for (const expectation of expectations) countExpectation(read, expectation, reader, { file, url: source.url }, tally);
    }
  }
  const all = new Set([...covered.values()].flatMap((some) => [...some]));
  console.log(
    `\nRead of the corpus's \`Expect\` lines (${all.size} of ${files.length} files; the others are about markup, people, pictures, languages):\n`,
  );
  console.log(
    table(
      ['left side', 'column', 'files'],
      patterns.map(({ form, column }) => [form, column, String(covered.get(column)?.size ?? 0)]),
    ),
  );
  print(`${files.length} documents of the feedparser corpus`, tallies, ['parsed', 'literals', ...patterns.map(({ column }) => column)]);
}

function holdsSomething(text: string): boolean {
  return text.replace(/<!--[\s\S]*?-->/g, '').trim() !== '';
}

/** The corpus is served by a test server on this address; some documents claim another one, of which only the web's count. */
function placeOf(claimed: string | undefined): string {
  const served = 'http://127.0.0.1:8097/';
  const url = URL.parse(claimed ?? served, served);
  return url && /^https?:$/.test(url.protocol) ? url.href : served;
}

function countExpectation(
  read: Read | undefined,
  expected: Expectation,
  reader: Reader,
  { file, url }: { file: string; url: string },
  tally: Tally,
): void {
  const found = read === undefined ? undefined : foundFor(expected, read);
  const right = found !== undefined && isRight(expected, found, reader.plain, url);
  for (const column of [expected.column, 'literals']) {
    tally.count(column, right, `${relative('.', file)}: ${JSON.stringify(expected.value)} was read as ${JSON.stringify(found)}`);
  }
}

function foundFor({ column, index }: Expectation, read: Read): string | number | undefined {
  const item = read.items[index];
  switch (column) {
    case 'count':
      return read.items.length;
    case 'feed title':
      return read.title;
    case 'feed link':
      return read.link;
    default:
      return item?.[column];
  }
}

function isRight({ column, value }: Expectation, found: string | number, plain: boolean, base: string): boolean {
  if (typeof value === 'number' || typeof found === 'number')
    return column === 'date' ? sameDate(Number(value), Number(found)) : value === found;
  if (column === 'title' || column === 'feed title') return sameTitle(value, found, plain);
  return column === 'id' ? sameId(value, found) : sameLink(value, found, base);
}

/** A parser that throws, or that gives nothing within 10 seconds, has not read the document. */
async function readBy(reader: Reader, source: Source): Promise<Read | undefined> {
  try {
    return await Promise.race([reader.read(source), new Promise<undefined>((resolve) => setTimeout(resolve, 10_000, undefined).unref())]);
  } catch {
    return undefined;
  }
}

function timeOf(item: ReadItem | undefined): string | undefined {
  return item && !Number.isNaN(item.date) ? new Date(item.date).toISOString() : undefined;
}

function print(about: string, tallies: ReadonlyMap<Reader, Tally>, columns: readonly string[]): void {
  const [first] = tallies.values();
  const heads = columns.map((column) => `${column} (${first?.of(column) ?? 0})`);
  console.log(`\n${about}:\n`);
  console.log(
    table(
      ['', ...heads],
      [...tallies].map(([{ name }, tally]) => [name, ...columns.map((column) => tally.share(column))]),
    ),
  );
  const ahead = [...tallies].flatMap(([{ name }, tally]) =>
    columns.filter((column) => tally.right(column) > (first?.right(column) ?? 0)).map((column) => `${name} in ${column}`),
  );
  console.log(ahead.length === 0 ? '\nNo peer is ahead in any column.' : `\nAhead of Attaché: ${ahead.join(', ')}.`);
  if (values.show === 'wrong') for (const line of first?.wrong ?? []) console.log(`  ${line}`);
}
