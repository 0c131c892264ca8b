/** Changes to `feeds.yaml` that leave everything else in it, comments included, as it was written. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Document, isMap, isSeq, parseDocument, type YAMLSeq } from 'yaml';
import { problemsOfFeeds } from '../config.ts';
import type { Feed } from '../model/feed.ts';
import { type ConfigChoice, Failure, fileProblem, projectFolder } from './setup.ts';

const defaults = join(projectFolder, 'config');

/** The file that `run` would read; where a folder of one's own has none yet, the one that it will get. */
function fileOf({ config }: ConfigChoice): { readonly path: string; readonly text: string } {
  const path = join(config ? resolve(config) : defaults, 'feeds.yaml');
  return { path, text: readFileSync(existsSync(path) ? path : join(defaults, 'feeds.yaml'), 'utf8') };
}

/**
 * Puts feeds behind the last one, all or none.
 * @returns the file's path
 * @throws Failure where one would be refused at the next start; the file then stays as it is
 */
export function addToFile(choice: ConfigChoice, added: readonly Feed[]): string {
  return change(choice, (feeds, document) => {
    // "feeds: []" is a list on one line; what is added needs lines of its own.
    feeds.flow = false;
    for (const feed of added) feeds.add(document.createNode(feed));
  });
}

/** @throws Failure where no feed has the id */
export function removeFromFile(choice: ConfigChoice, id: string): string {
  return change(choice, (feeds) => {
    const index = feeds.items.findIndex((one) => isMap(one) && one.get('id') === id);
    if (index < 0) throw new Failure(`no source has the id "${id}"; attache feeds list shows them`);
    feeds.delete(index);
  });
}

function change(choice: ConfigChoice, how: (feeds: YAMLSeq, document: Document) => void): string {
  const { path, text } = fileOf(choice);
  const document = parseDocument(text);
  const feeds = document.get('feeds');
  if (!isSeq(feeds)) throw new Failure(`${path}: has no list of feeds; put the default file back`);
  how(feeds, document);
  const changed = document.toString({ lineWidth: 0 });
  const problems = problemsOfFeeds(changed);
  if (problems.length > 0) throw new Failure(problems.join('\n'), 2);
  // In one step, so that a bot that starts meanwhile reads the old file or the new one.
  try {
    writeFileSync(`${path}.new`, changed);
    renameSync(`${path}.new`, path);
  } catch (error) {
    const reason = fileProblem(error);
    throw reason ? new Failure(`${reason}; nothing was changed`) : error;
  }
  return path;
}
