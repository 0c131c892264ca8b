/** `attache why`: what the detector saw in an item, which word stopped it, and what its confidence is the sum of. */
import type { Readable, Writable } from 'node:stream';
import { z } from 'zod';
import type { Config } from '../config.ts';
import type { DetectInput, Detector } from '../detect/detector.ts';
import { english } from '../i18n/en.ts';
import type { SourceRef } from '../model/event.ts';
import { eventMeant } from '../talk/event-meant.ts';
import { linesOf, objectOf } from './json-lines.ts';
import { hasStore, openToRead, type StoreChoice } from './open-store.ts';
import { Failure } from './setup.ts';
import { whyText } from './why-text.ts';

export interface WhyChoice extends StoreChoice {
  readonly title?: string;
  readonly summary?: string;
  readonly body?: string;
  readonly kind?: string;
  readonly language?: string;
  readonly sender?: string;
  readonly host?: string;
  readonly json?: boolean;
}

const kinds = z.enum(['news', 'mission', 'register']);
const itemSchema = z.object({
  title: z.string(),
  summary: z.string().nullish(),
  body: z.string().nullish(),
  feedKind: kinds.nullish(),
  kind: kinds.nullish(),
  source: z.string().nullish(),
  language: z.string().nullish(),
  sender: z.string().nullish(),
  host: z.string().nullish(),
});

export interface WhyPorts {
  readonly config: Config;
  readonly detector: Detector;
  readonly input: Readable;
  readonly output: Writable;
}

/**
 * One item on the command line, the sources of one alert, or JSON Lines on stdin.
 * @returns the exit code: 1 when a line was no item
 * @throws Failure where there is no such alert
 */
export async function why(alert: string | undefined, choice: WhyChoice, { config, detector, input, output }: WhyPorts): Promise<number> {
  const name = (code: string) => config.places.name(code);
  const say = (item: DetectInput) => {
    const explanation = detector.explain(item);
    output.write(choice.json ? `${JSON.stringify({ ...item, ...explanation })}\n` : `${whyText(item, explanation, name)}\n\n`);
  };
  if (alert !== undefined) {
    for (const item of await sourcesOf(alert, config, choice)) say(item);
    return 0;
  }
  if (choice.title !== undefined) {
    say(itemOf(choice));
    return 0;
  }
  let bad = 0;
  for await (const { text, number } of linesOf(input)) {
    const item = itemSchema.safeParse(objectOf(text));
    if (item.success) say(itemOf(item.data));
    else {
      bad += 1;
      output.write(choice.json ? `${JSON.stringify({ error: 'not an item', line: number })}\n` : `line ${number}: not an item\n\n`);
    }
  }
  return bad > 0 ? 1 : 0;
}

function itemOf(given: unknown): DetectInput {
  const read = itemSchema.safeParse(given);
  if (!read.success) {
    const issue = read.error.issues[0];
    throw new Failure(`--${issue?.path.join('.')}: ${issue?.message}`, 2);
  }
  const { title, feedKind, kind, ...more } = read.data;
  const known = Object.entries(more).filter(([, value]) => typeof value === 'string' && value !== '');
  return { title, feedKind: feedKind ?? kind ?? 'news', ...Object.fromEntries(known) };
}

/** What the sources of an alert said, as they were read. */
async function sourcesOf(id: string, config: Config, choice: StoreChoice): Promise<readonly DetectInput[]> {
  if (!hasStore(config, choice)) throw new Failure(`${id}: there is no database yet, so no alert of that name`);
  const { store } = await openToRead(config, choice);
  try {
    const asTold = (await store.alert(id))?.event;
    const meant = asTold ? { event: asTold } : await eventMeant(id, { store }, english.answers);
    if (!meant) throw new Failure(`${id}: no alert of that id; it stands with the alert, such as 1a2b3c`);
    if ('several' in meant) throw new Failure(meant.several, 2);
    const { event } = meant;
    return event.sources.map((source) => sourceItem(source, config));
  } finally {
    await store.close();
  }
}

function sourceItem({ title, summary, feedId, source, tier, language }: SourceRef, { feeds }: Config): DetectInput {
  const feed = feeds.find(({ id }) => id === feedId);
  return {
    title,
    source,
    tier,
    feedKind: feed?.kind ?? 'news',
    ...(summary !== undefined && { summary }),
    ...(language !== undefined && { language }),
    ...(feed?.sender && { sender: feed.sender }),
    ...(feed?.host && { host: feed.host }),
  };
}
