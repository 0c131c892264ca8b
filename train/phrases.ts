/** Headlines made of the ways to say a thing in `train/phrases/`: each choice is used, filled with nations in turn. The same file gives the same headlines. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Example } from './data.ts';
import { seeded } from './fit.ts';
import { phraseOptions } from './settings.ts';

interface Nation {
  readonly name: string;
  readonly adjective: string;
  readonly people: string;
  readonly capital: string;
}

interface Sheet {
  readonly nations: readonly Nation[];
  readonly tails: readonly string[];
  readonly summaries: readonly string[];
  readonly lines: readonly { readonly kind: string; readonly text: string; readonly times: number }[];
}

/** All files of the folder, `LANGUAGE.txt`; the head of the English one says how they are written. */
export function phraseExamples(folder: string): readonly Example[] {
  const files = readdirSync(folder).sort();
  return files.flatMap((file) => examplesOf(join(folder, file), file.slice(0, file.indexOf('.'))));
}

function examplesOf(file: string, language: string): readonly Example[] {
  const sheet = readSheet(readFileSync(file, 'utf8'));
  const random = seeded(20260101);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const seen = new Set<string>();
  return sheet.lines.flatMap(({ kind, text, times }, line) => {
    const made: Example[] = [];
    for (let time = 0; time < times; time += 1) {
      const picked = chosen(text, time, random);
      const title = spaced(sheet.nations.length > 0 ? filled(picked, sheet, pick) : picked);
      const summary = sheet.summaries.length > 0 && random() < phraseOptions.summaries ? pick(sheet.summaries) : '';
      if (seen.has(title)) continue;
      seen.add(title);
      const id = `${language}-${line}-${time}`;
      const relevant = kind !== 'none';
      const known = { id, set: 'phrases', written: true, language, title, summary, relevant, kinds: relevant ? [kind] : [] };
      made.push({ ...known, group: 'phrases', sender: null, hosts: [], ambiguous: false, heldOut: false });
    }
    return made;
  });
}

function readSheet(text: string): Sheet {
  const sections = new Map<string, string[]>();
  let section: string[] = [];
  for (const line of text.split('\n')) {
    if (line.startsWith('## ')) {
      section = [];
      sections.set(line.slice(3), section);
    } else if (line.trim() !== '' && !line.startsWith('#')) section.push(line);
  }
  const { nations = [], tails = [], summaries = [], lists = [], ...kinds } = Object.fromEntries(sections);
  const listed = new Map(lists.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]));
  const spelled = (line: string): string => line.replace(/\{(\w+)\}/g, (_, name: string) => `(${listed.get(name) ?? name})`);
  return {
    nations: nations.map((line) => {
      const [name = '', adjective = '', people = '', capital = ''] = line.split('|');
      return { name, adjective, people, capital };
    }),
    tails,
    summaries,
    lines: Object.entries(kinds).flatMap(([kind, lines]) =>
      lines.map((line) => ({ kind, text: spelled(spelled(line)), times: timesOf(line) })),
    ),
  };
}

/** So often that each choice of the line itself comes up; which nation it is matters little. */
function timesOf(text: string): number {
  const groups = [...text.matchAll(/\(([^()]*)\)/g)].map(([, inner = '']) => inner.split('|').length);
  return Math.min(phraseOptions.most, Math.max(4, Math.round(Math.max(1, ...groups) * phraseOptions.times)));
}

/** One of each choice, the innermost first; of the longest list the one whose turn it is. */
function chosen(text: string, time: number, random: () => number): string {
  const inner = /\(([^()]*)\)/;
  let made = text;
  for (let found = inner.exec(made); found; found = inner.exec(made)) {
    const list = (found[1] ?? '').split('|');
    const one = list[(time + Math.floor(random() * list.length) * (list.length > 9 ? 0 : 1)) % list.length] ?? '';
    made = made.slice(0, found.index) + one + made.slice(found.index + found[0].length);
  }
  return made;
}

function filled(text: string, { nations, tails }: Sheet, pick: <T>(list: readonly T[]) => T): string {
  const own = pick(nations);
  let other = pick(nations);
  while (other.capital === own.capital) other = pick(nations);
  const { name, adjective, people, capital } = own;
  const actors = [name, name, name, capital, capital, people, `${adjective} government`, `${adjective} foreign ministry`];
  const missions = [
    ...[
      `${adjective} embassy in C`,
      `${adjective} embassy in C`,
      `${name}'s C embassy`,
      `${name}'s embassy in C`,
      `${adjective} mission in C`,
    ],
    ...[`${adjective} embassy in H`, `${capital}'s C embassy`, `${name}'s C mission`, `${adjective} consulate in C`, `${name}'s H embassy`],
    ...[`${adjective} high commission in C`, `${name}'s C post`, `${adjective} embassy in C`],
  ];
  const owned = [
    ...['its embassy in C', 'its C embassy', 'C embassy', 'its embassy in H', 'its mission in C', 'its H embassy', 'its C mission'],
    ...['embassy in C', 'its consulate in C', 'C consulate', 'its C post', 'embassy in H', 'H embassy', 'its high commission in C'],
  ];
  const tail = () => (pick([true, false]) ? pick(tails) : '');
  return text
    .replace(/\b([AMOHCP])T\b|(?<=[\p{L}\d)])T(?![\p{L}\d])|(?<= )T\b/gu, (_, before = '') => `${before} ${tail()}`)
    .replace(/\bM\b/g, () => pick(missions))
    .replace(/\bO\b/g, () => pick(owned))
    .replace(/\bA\b(?!'s)/g, () => pick(actors))
    .replace(/\bA\b/g, name)
    .replace(/\bD\b/g, adjective)
    .replace(/\bN\b/g, capital)
    .replace(/\bP\b/g, people)
    .replace(/\bH\b/g, other.name)
    .replace(/\bC\b/g, other.capital);
}

const spaced = (title: string) =>
  title
    .replace(/\s+/g, ' ')
    .replace(/ ([,:])/g, '$1')
    .trim()
    .replace(/^\p{Ll}/u, (first) => first.toUpperCase());
