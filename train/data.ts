/** Labelled items and unlabelled headlines, read from folders. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

export interface Example {
  readonly id: string;
  /** The file it comes from, without its ending. */
  readonly set: string;
  /** Written for the project, or real. */
  readonly written: boolean;
  readonly language: string;
  readonly title: string;
  readonly summary: string;
  /** Kept together when data is parted: one event, or what an author wrote in one go. */
  readonly group: string;
  readonly relevant: boolean;
  readonly kinds: readonly string[];
  readonly sender: string | null;
  readonly hosts: readonly string[];
  readonly ambiguous: boolean;
  /** Measured on, never trained on. */
  readonly heldOut: boolean;
}

interface Line {
  readonly id: string;
  readonly title: string;
  readonly summary?: string;
  readonly event?: string | null;
  readonly feed?: string;
  readonly lang?: string;
  readonly labels: {
    readonly relevant: boolean;
    readonly tags: readonly string[];
    readonly sender?: string | null;
    readonly host?: readonly string[];
    readonly ambiguous?: boolean;
  };
}

/** What one author writes in one go resembles itself: a file is kept together, and of the longest as many lines in a row. */
const blockLength = 50;

/**
 * Reads all `*.jsonl` of the folders, in the order of their names, but `fresh-*`: a batch is measured before anything
 * is learned from it. A line that cannot be read is an error that names it.
 */
export function readExamples(folders: readonly string[]): readonly Example[] {
  const seen = new Set<string>();
  return folders
    .flatMap((folder) => filesOf(folder, '.jsonl'))
    .flatMap((file) =>
      examplesOf(file).filter(({ title, summary }) => {
        const key = `${title}\n${summary}`;
        const isNew = !seen.has(key);
        seen.add(key);
        return isNew;
      }),
    );
}

function filesOf(folder: string, ending: string): readonly string[] {
  return [folder, join(folder, 'headlines')]
    .filter((one) => existsSync(one))
    .flatMap((one) =>
      readdirSync(one)
        .filter((name) => name.endsWith(ending) && !/^(?:\.|fresh-)/.test(name))
        .sort()
        .map((name) => join(one, name)),
    );
}

function examplesOf(file: string): readonly Example[] {
  const set = file.slice(file.lastIndexOf('/') + 1, -'.jsonl'.length);
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.flatMap((text, index) => {
    if (text.trim() === '') return [];
    const { id, title, summary = '', event, feed, lang, labels } = parsed(text, `${file}:${index + 1}`);
    const written = feed === 'written' || set.includes('written');
    const block = set === 'written-first' || set === 'written-contrast' ? `${set} ${Math.floor(index / blockLength)}` : set;
    const { relevant, tags, sender = null, host = [], ambiguous = false } = labels;
    const known = { id, set, written, language: lang ?? 'en', title, summary, relevant, kinds: tags, sender, hosts: host, ambiguous };
    return [{ ...known, group: written ? block : (event ?? id), heldOut: set.includes('holdout') }];
  });
}

function parsed(text: string, where: string): Line {
  try {
    const line = JSON.parse(text) as Line;
    if (typeof line.title === 'string' && typeof line.labels?.relevant === 'boolean' && Array.isArray(line.labels.tags)) return line;
  } catch {
    // Said below, with where it stands.
  }
  throw new Error(
    `${where}: no labelled item; a line is {"id","title","summary","event","feed","lang","labels":{"relevant","tags","ambiguous"}}`,
  );
}

/** Headlines that nobody labelled, each once, in the order of the file. */
export function readBackground(folders: readonly string[]): readonly string[] {
  const titles = folders
    .flatMap((folder) => filesOf(folder, '.tsv.gz'))
    .flatMap((file) => gunzipSync(readFileSync(file)).toString('utf8').split('\n'))
    .filter((line) => line.includes('\t'))
    .map((line) => line.slice(line.indexOf('\t') + 1));
  return [...new Set(titles)];
}
