/**
 * The table of kinds: everything that Attaché knows about a kind of act, except its words. One row
 * is one kind, and a row that lacks a trait does not compile. Every stage reads the table and keeps
 * no list of kinds of its own. This file imports nothing.
 */

export const topics = [
  'embassy-moves',
  'evacuations',
  'travel-advisories',
  'security-alerts',
  'borders',
  'consular',
  'diplomacy',
  'ambassadors',
] as const;
export type Topic = (typeof topics)[number];

/** Half of all noise, and protocol news: a subscription gets them only by naming them. */
export const topicsOffByDefault: readonly Topic[] = ['borders', 'ambassadors'];

/** The state of one sending State's missions in one receiving State, mildest first. */
export const postures = ['normal', 'authorized', 'drawdown', 'ordered', 'suspended', 'relocated', 'closed'] as const;
export type Posture = (typeof postures)[number];

/**
 * What makes a kind more or less severe than usual. If several apply, the first that the kind's row
 * names decides.
 */
export const circumstances = [
  'petty', // paint, eggs, a trespasser
  'harmless', // nobody hurt, little damage
  'danger', // war, attack, security, evacuation
  'ordinary', // a lease, a budget
  'stays', // to another building of its city
  'shelter',
  'leave',
  'avoid',
  'demonstration',
  'reopen',
  'air', // an airspace or airport
] as const;
export type Circumstance = (typeof circumstances)[number];

/** How far apart reports of one event can be (ms). */
export interface Window {
  /** From one report to the next, at most. */
  readonly gap: number;
  /** From the first report to the last, at most. */
  readonly whole: number;
}

export interface Traits<Other extends string = string> {
  /** The topic that subscriptions select it by. */
  readonly topic: Topic;
  /**
   * `own`: a sending State acts at its own mission or for its own people. `between`: one State acts
   * against or towards another, which matters to whoever watches either. `none`: it never has a
   * sending State, so a missing one is no gap.
   */
  readonly sender: 'own' | 'between' | 'none';
  /** Who acts. `other`: the attacker. */
  readonly actor: 'sender' | 'host' | 'other';
  /**
   * `post`: what a mission does in a crisis; its steps are one event. `own`: only reports of the
   * same kind are one event.
   */
  readonly family: 'post' | 'own';
  /** How far a step of the post family goes, from 1; 0 outside the family. */
  readonly rank: number;
  /** The posture that it leaves a mission in; null if it says nothing about the mission. */
  readonly posture: Posture | null;
  readonly window: Window;
  /**
   * Whether it ends an open event of the same slots: always, only if something reopens, or never.
   */
  readonly lifts: 'always' | 'reopening' | 'never';
  /**
   * What makes a report a new event rather than a repeat: "again" in its words, each notice of an
   * official source, a retaliation by the other State (linked to what it answers), another level of
   * advice. Steps of the post family begin a new phase after a silence.
   */
  readonly next: 'again' | 'notice' | 'answer' | 'level' | 'phase' | 'none';
  /** Another kind that one issuer uses for the same thing within two days. */
  readonly adjoins: Other | null;
  /**
   * The usual severity (1 Info, 2 Notice, 3 Warning, 4 Critical), and the severity under each
   * circumstance. A level of advice is its own severity.
   */
  readonly severity: { readonly usual: 1 | 2 | 3 | 4 } & { readonly [C in Circumstance]?: 1 | 2 | 3 | 4 };
  /**
   * Which cities matter: origin and destination (`way`), the one that is left, even for another
   * (`left`), where it will be (`goal`), where it is (`at`), none.
   */
  readonly cities: 'way' | 'left' | 'goal' | 'at' | 'none';
  /**
   * The effect of a word for something local (a flood, a hospital, a school) near the act: stops
   * the match, weakens it, or none.
   */
  readonly local: 'stops' | 'weakens' | 'ignored';
  /** The mission's own staff leave. */
  readonly ofStaff: boolean;
  /** The number of people is part of the news. */
  readonly counted: boolean;
  /** Governments raise their advice after it; such advice is not alerted separately. */
  readonly causesAdvice: boolean;
  /** Kinds that describe the same act better, if one text matches both. */
  readonly eclipsedBy: readonly Other[];
}

const hour = 3_600_000;
const day = 24 * hour;
const weeks: Window = { gap: 7 * day, whole: 21 * day };

function tableOf<Name extends string>(rows: { readonly [K in Name]: Traits<NoInfer<Name>> }): Readonly<Record<Name, Traits<Name>>> {
  return rows;
}

// biome-ignore format: traits that belong together share a line
export const traits = tableOf({
  'embassy-relocation': {
    topic: 'embassy-moves', sender: 'own', actor: 'sender', severity: { usual: 3, danger: 4, ordinary: 2, stays: 2 },
    family: 'post', rank: 6, posture: 'relocated', window: weeks, lifts: 'never', next: 'phase', adjoins: null, causesAdvice: true,
    cities: 'way', local: 'ignored', ofStaff: false, counted: false, eclipsedBy: [],
  },
  'embassy-closure': {
    topic: 'embassy-moves', sender: 'own', actor: 'sender', severity: { usual: 3, danger: 4, ordinary: 2 },
    family: 'post', rank: 7, posture: 'closed', window: weeks, lifts: 'never', next: 'phase', adjoins: null, causesAdvice: true,
    cities: 'at', local: 'ignored', ofStaff: false, counted: false, eclipsedBy: ['embassy-relocation'],
  },
  'embassy-suspension': {
    topic: 'embassy-moves', sender: 'own', actor: 'sender', severity: { usual: 3, danger: 4, ordinary: 2 },
    family: 'post', rank: 5, posture: 'suspended', window: weeks, lifts: 'never', next: 'phase', adjoins: null, causesAdvice: true,
    cities: 'at', local: 'ignored', ofStaff: false, counted: false, eclipsedBy: ['embassy-closure', 'embassy-relocation'],
  },
  'embassy-reopening': {
    topic: 'embassy-moves', sender: 'own', actor: 'sender', severity: { usual: 1 },
    family: 'post', rank: 0, posture: 'normal', window: weeks, lifts: 'always', next: 'none', adjoins: null, causesAdvice: false,
    cities: 'goal', local: 'ignored', ofStaff: false, counted: false, eclipsedBy: [],
  },
  'embassy-opening': {
    topic: 'embassy-moves', sender: 'own', actor: 'sender', severity: { usual: 1 },
    family: 'own', rank: 0, posture: null, window: weeks, lifts: 'never', next: 'none', adjoins: null, causesAdvice: false,
    cities: 'goal', local: 'ignored', ofStaff: false, counted: false,
    eclipsedBy: ['embassy-reopening', 'embassy-relocation', 'embassy-closure'],
  },
  'staff-departure-ordered': {
    topic: 'embassy-moves', sender: 'own', actor: 'sender', severity: { usual: 4 },
    family: 'post', rank: 3, posture: 'ordered', window: weeks, lifts: 'never', next: 'phase', adjoins: null, causesAdvice: true,
    cities: 'at', local: 'ignored', ofStaff: true, counted: false, eclipsedBy: [],
  },
  'staff-departure-authorized': {
    topic: 'embassy-moves', sender: 'own', actor: 'sender', severity: { usual: 3 },
    family: 'post', rank: 1, posture: 'authorized', window: weeks, lifts: 'never', next: 'phase', adjoins: null, causesAdvice: false,
    cities: 'at', local: 'ignored', ofStaff: true, counted: false, eclipsedBy: ['staff-departure-ordered'],
  },
  'staff-drawdown': {
    topic: 'embassy-moves', sender: 'own', actor: 'sender', severity: { usual: 3 },
    family: 'post', rank: 2, posture: 'drawdown', window: weeks, lifts: 'never', next: 'phase', adjoins: null, causesAdvice: false,
    cities: 'left', local: 'ignored', ofStaff: true, counted: false,
    eclipsedBy: ['staff-departure-ordered', 'staff-departure-authorized', 'ambassador-recall', 'diplomatic-expulsion'],
  },
  evacuation: {
    topic: 'evacuations', sender: 'own', actor: 'sender', severity: { usual: 4 },
    family: 'post', rank: 4, posture: null, window: weeks, lifts: 'never', next: 'phase', adjoins: null, causesAdvice: true,
    cities: 'way', local: 'stops', ofStaff: false, counted: true, eclipsedBy: ['staff-departure-ordered', 'staff-departure-authorized'],
  },
  'travel-advisory': {
    topic: 'travel-advisories', sender: 'own', actor: 'sender', severity: { usual: 2, leave: 4, avoid: 3 },
    family: 'own', rank: 0, posture: null, window: { gap: 7 * day, whole: 30 * day }, lifts: 'never', next: 'level', adjoins: 'security-alert',
    cities: 'none', local: 'weakens', ofStaff: false, counted: false, causesAdvice: false,
    eclipsedBy: ['staff-departure-ordered', 'staff-departure-authorized', 'diplomatic-expulsion'],
  },
  'security-alert': {
    topic: 'security-alerts', sender: 'own', actor: 'sender', severity: { usual: 3, shelter: 4, leave: 4, demonstration: 2 },
    family: 'own', rank: 0, posture: null, window: weeks, lifts: 'never', next: 'notice', adjoins: 'travel-advisory', causesAdvice: false,
    cities: 'none', local: 'stops', ofStaff: false, counted: false, eclipsedBy: ['travel-advisory'],
  },
  'border-airspace': {
    topic: 'borders', sender: 'none', actor: 'host', severity: { usual: 2, reopen: 1, air: 3 },
    family: 'own', rank: 0, posture: null, window: weeks, lifts: 'reopening', next: 'none', adjoins: null, causesAdvice: false,
    cities: 'none', local: 'stops', ofStaff: false, counted: false, eclipsedBy: [],
  },
  'consular-service-change': {
    topic: 'consular', sender: 'own', actor: 'sender', severity: { usual: 2 },
    family: 'own', rank: 0, posture: null, window: weeks, lifts: 'never', next: 'none', adjoins: null, causesAdvice: false,
    cities: 'none', local: 'ignored', ofStaff: false, counted: false,
    eclipsedBy: ['embassy-suspension', 'embassy-closure', 'embassy-reopening'],
  },
  'diplomatic-expulsion': {
    topic: 'diplomacy', sender: 'between', actor: 'host', severity: { usual: 3 },
    family: 'own', rank: 0, posture: null, window: { gap: 3 * day, whole: 21 * day }, lifts: 'never', next: 'answer', adjoins: null,
    cities: 'none', local: 'ignored', ofStaff: false, counted: true, causesAdvice: false, eclipsedBy: [],
  },
  'ambassador-recall': {
    topic: 'ambassadors', sender: 'between', actor: 'sender', severity: { usual: 2 },
    family: 'own', rank: 0, posture: null, window: weeks, lifts: 'never', next: 'none', adjoins: null, causesAdvice: false,
    cities: 'none', local: 'ignored', ofStaff: false, counted: false, eclipsedBy: ['diplomatic-expulsion', 'ambassador-summoned'],
  },
  'ambassador-summoned': {
    topic: 'ambassadors', sender: 'between', actor: 'host', severity: { usual: 1 },
    family: 'own', rank: 0, posture: null, window: weeks, lifts: 'never', next: 'none', adjoins: null, causesAdvice: false,
    cities: 'none', local: 'ignored', ofStaff: false, counted: false, eclipsedBy: [],
  },
  'mission-attack': {
    topic: 'security-alerts', sender: 'own', actor: 'other', severity: { usual: 4, harmless: 3, petty: 2 },
    family: 'own', rank: 0, posture: null, window: { gap: 72 * hour, whole: 72 * hour }, lifts: 'never', next: 'again', adjoins: null,
    cities: 'at', local: 'ignored', ofStaff: false, counted: false, causesAdvice: false, eclipsedBy: [],
  },
});
export type Kind = keyof typeof traits;
export const kinds = Object.keys(traits) as readonly Kind[];

/**
 * Returns whether the kind is a government's advice, which has a level and comes from registers.
 */
export function isAdvice(kind: Kind): boolean {
  return traits[kind].next === 'level';
}

/** Returns whether it leaves a mission in a worse posture. */
export function worsens(kind: Kind): boolean {
  const { posture } = traits[kind];
  return posture !== null && posture !== 'normal';
}

/**
 * Returns whether people are taken out of the country, which says nothing about the mission itself.
 */
export function takesPeopleOut(kind: Kind): boolean {
  return traits[kind].family === 'post' && traits[kind].posture === null;
}

/**
 * Returns whether a reopening can end it: what a mission does in a crisis, or a closure to
 * travellers.
 */
export function isLiftable(kind: Kind): boolean {
  return traits[kind].family === 'post' || traits[kind].lifts === 'reopening';
}
