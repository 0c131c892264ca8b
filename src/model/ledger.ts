/** The current state of missions and advice. Commands answer from here, not from past messages. */

import type { Posture } from '../kinds.ts';
import type { CountryCode, Instant } from './basics.ts';
import type { RegionalAdvice, Tier } from './feed.ts';
import type { Level, Place, Post } from './finding.ts';

export type LedgerEntry = PostureEntry | AdviceEntry;

export interface PostureEntry {
  readonly kind: 'posture';
  readonly sender: CountryCode;
  readonly host: CountryCode;
  readonly posture: Posture;
  readonly post?: Post;
  readonly from?: Place;
  readonly to?: Place;
  readonly since: Instant;
  readonly readAt: Instant;
  readonly eventId: string;
  readonly source: string;
  readonly tier: Tier;
  readonly url: string;
}

export interface AdviceEntry {
  readonly kind: 'advice';
  readonly issuer: CountryCode;
  readonly country: CountryCode;
  readonly area?: string;
  readonly level?: Level;
  readonly nativeText: string;
  readonly regional: readonly RegionalAdvice[];
  readonly since?: Instant;
  readonly readAt: Instant;
  readonly source: string;
  readonly tier: Tier;
  readonly url: string;
}
