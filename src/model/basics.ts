/**
 * Instants are epoch milliseconds (UTC) everywhere: a number survives JSON, both databases and a
 * replay unchanged.
 */

/** Epoch milliseconds, UTC. */
export type Instant = number;

/**
 * ISO 3166-1 alpha-2 in upper case, plus XK (Kosovo), EU and UN: they send missions but are not in
 * the standard.
 */
export type CountryCode = string;

/** An expected failure, returned as a value: one line that says what is wrong and how to fix it. */
export interface Problem {
  readonly problem: string;
}

/** The failures of a whole file, one line each, so that all can be fixed at once. */
export interface Problems {
  readonly problems: readonly string[];
}
