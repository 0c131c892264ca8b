/** Parses YAML to plain values and knows the line of every entry, so that problems can name it. */

import { type Document, isCollection, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import type { Problems } from './model/basics.ts';

export interface YamlFile {
  readonly value: unknown;
  /**
   * Returns where an entry is, as "config/feeds.yaml:12"; for a missing one, the entry that should
   * hold it.
   */
  where(path: readonly PropertyKey[]): string;
}

/** @param file its name in the problems, one line each, if the text is not YAML */
export function parseYaml(text: string, file: string): YamlFile | Problems {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0) {
    return {
      problems: document.errors.map(({ linePos, message }) => {
        const said = message.split('\n')[0]?.replace(/ at line.*$/, '') ?? 'not YAML';
        return `${file}:${linePos?.[0].line ?? 1}: ${said}`;
      }),
    };
  }
  return {
    value: document.toJS() as unknown,
    where: (path) => `${file}:${lines.linePos(offsetOf(document, path)).line}`,
  };
}

/** Points at keys rather than values, which may begin lines below. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  let node: unknown = document.contents;
  let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
  for (const step of path) {
    const pair = isMap(node) ? node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step)) : undefined;
    const next: unknown = pair ? pair.value : isCollection(node) ? node.get(step, true) : undefined;
    const spot: unknown = pair ? pair.key : next;
    if (!isNode(spot)) break;
    offset = spot.range?.[0] ?? offset;
    node = next;
  }
  return offset;
}
