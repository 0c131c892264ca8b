/** What a wrong entry of a data file is answered with: one line that says where it stands, what was found and what is allowed. */

export type Path = readonly (string | number)[];

/** Where an entry stands, for the eye: "config/lexicon/en.yaml:12". The path leads to it from the top of its file. */
export type Where = (path: Path) => string;

export function wrong(where: Where, path: Path, found: unknown, allowed: string): string {
  const key = path.length === 0 ? '' : `${path.join('.')}: `;
  return `${where(path)}: ${key}found ${shown(found)}; allowed: ${allowed}`;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isWord(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

/** The words of a list. Each member that is none is a problem at its own place. */
export function wordsIn(value: unknown, path: Path, allowed: string, where: Where, problems: string[]): readonly string[] {
  if (!Array.isArray(value)) {
    problems.push(wrong(where, path, value, allowed));
    return [];
  }
  const members: unknown[] = value;
  problems.push(...members.flatMap((word, at) => (isWord(word) ? [] : [wrong(where, [...path, at], word, allowed)])));
  return members.filter(isWord);
}

/** The entries of a map. */
export function entriesIn(
  value: unknown,
  path: Path,
  allowed: string,
  where: Where,
  problems: string[],
): readonly (readonly [string, unknown])[] {
  if (isRecord(value)) return Object.entries(value);
  problems.push(wrong(where, path, value, allowed));
  return [];
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : (JSON.stringify(value)?.slice(0, 60) ?? String(value));
}
