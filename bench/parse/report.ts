/** Counting rights and wrongs, and printing them as a table of Markdown. */

export class Tally {
  readonly #counts = new Map<string, { right: number; of: number }>();
  /** The first wrong ones, for whoever wants to see them. */
  readonly wrong: string[] = [];

  count(column: string, right: boolean, about: string): void {
    const counted = this.#counts.get(column) ?? { right: 0, of: 0 };
    this.#counts.set(column, { right: counted.right + (right ? 1 : 0), of: counted.of + 1 });
    if (!right) this.wrong.push(`${column}: ${about}`);
  }

  right(column: string): number {
    return this.#counts.get(column)?.right ?? 0;
  }

  /** A share in percent to two places, rounded down: 100 means all. */
  share(column: string): string {
    const { right, of } = this.#counts.get(column) ?? { right: 0, of: 0 };
    return of === 0 ? '–' : `${(Math.floor((right / of) * 10_000) / 100).toFixed(2)} %`;
  }

  of(column: string): number {
    return this.#counts.get(column)?.of ?? 0;
  }
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)].join('\n');
}
