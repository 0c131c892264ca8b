import type { FeedHints } from '../ports/feed-store.ts';
import { resolved } from './text.ts';
import { addressOf, type Field, markupOf } from './xml-item.ts';
import type { Attributes } from './xml-namespaces.ts';

export interface CanonicalHead {
  /** Markup. */
  readonly title: string;
  /** The website's address, or ''. */
  readonly url: string;
  readonly hints: FeedHints;
}

export interface HeadReading {
  /** Reads the root element's own attributes. */
  open(attributes: Attributes, base: string): void;
  add(field: Field, base: string): void;
  result(): CanonicalHead;
}

export const headFields: ReadonlySet<string> = new Set([
  'title',
  'dc:title',
  'link',
  'ttl',
  'sy:updateperiod',
  'sy:updatefrequency',
  'hour',
  'day',
]);

const minutesIn: ReadonlyMap<string, number> = new Map([
  ['hourly', 60],
  ['daily', 1440],
  ['weekly', 10_080],
  ['monthly', 43_200],
  ['yearly', 525_600],
]);

/** No feed has more links; the rest is ignored. */
const mostLinks = 50;
const dayNames = new Set(['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']);

export function createHead(): HeadReading {
  let title = '';
  let secondTitle = '';
  let url = '';
  let links = 0;
  let ttl = 0;
  let period = 0;
  let frequency = 1;
  const skipHours = new Set<number>();
  const skipDays = new Set<string>();
  return {
    open: ({ href }, base) => {
      url = resolved(href ?? '', base);
    },
    add: (field, base) => {
      const text = field.text.trim();
      switch (field.name) {
        case 'title':
          title ||= markupOf(field);
          break;
        case 'dc:title':
          secondTitle ||= text;
          break;
        case 'link':
          links += 1;
          if (links <= mostLinks) url ||= addressOf(field, base);
          break;
        case 'ttl':
          ttl ||= positive(text);
          break;
        case 'sy:updateperiod':
          period ||= minutesIn.get(text.toLowerCase()) ?? 0;
          break;
        case 'sy:updatefrequency':
          frequency = positive(text) || 1;
          break;
        case 'hour':
          if (/^\d{1,2}$/.test(text) && Number(text) <= 24) skipHours.add(Number(text) % 24);
          break;
        case 'day':
          if (dayNames.has(text.toLowerCase())) skipDays.add(text.charAt(0).toUpperCase() + text.slice(1).toLowerCase());
      }
    },
    result: () => ({
      title: title || secondTitle,
      url,
      hints: {
        ...(ttl > 0 && { ttlMinutes: ttl }),
        ...(period > 0 && { updatePeriodMinutes: Math.round(period / frequency) }),
        ...(skipHours.size > 0 && { skipHours: [...skipHours] }),
        ...(skipDays.size > 0 && { skipDays: [...skipDays] }),
      },
    }),
  };
}

function positive(text: string): number {
  const value = Number(text);
  return Number.isFinite(value) && value > 0 ? value : 0;
}
