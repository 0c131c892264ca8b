/** Instants are epoch milliseconds (UTC) everywhere: a number survives JSON, both databases and a replay unchanged. */

/** Epoch milliseconds, UTC. */
export type Instant = number;

/** ISO 3166-1 alpha-2 in upper case, and XK (Kosovo), EU and UN, which send missions without standing in the norm. */
export type CountryCode = string;

/** An expected failure, in the place of a value: one line that says what is wrong and, where somebody can mend it, how. */
export interface Problem {
  readonly problem: string;
}

/** The same of a file, whose mistakes are better mended together: a line for each. */
export interface Problems {
  readonly problems: readonly string[];
}
