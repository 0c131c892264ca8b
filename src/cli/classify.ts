/** `attache classify`: JSON Lines in, one verdict a line out, in order. */
import type { Readable, Writable } from 'node:stream';
import { z } from 'zod';
import type { DetectInput, Detector } from '../detect/detector.ts';
import { isAlertable } from '../model/finding.ts';
import { slotsOf } from './finding-json.ts';
import { lineWriter, manyLinesOf, objectOf } from './json-lines.ts';

const lineSchema = z.object({
  id: z.union([z.string(), z.number()]),
  title: z.string(),
  summary: z.string().nullish(),
  body: z.string().nullish(),
  feedKind: z.enum(['news', 'mission', 'register']).nullish(),
  source: z.string().nullish(),
  language: z.string().nullish(),
});

/** @returns the exit code: 1 when a line was no item */
export async function classify(detector: Detector, input: Readable, output: Writable): Promise<number> {
  const out = lineWriter(output);
  let number = 0;
  let bad = 0;
  for await (const lines of manyLinesOf(input)) {
    for (const text of lines) {
      number += 1;
      if (text.trim() === '') continue;
      const item = lineSchema.safeParse(objectOf(text));
      if (!item.success) bad += 1;
      const full = out.write(item.success ? verdict(detector, item.data) : { error: problemOf(text, item.error), line: number });
      if (full) await full;
    }
  }
  await out.end();
  return bad > 0 ? 1 : 0;
}

function verdict(detector: Detector, item: z.infer<typeof lineSchema>) {
  const { findings } = detector.read(inputOf(item));
  return {
    id: item.id,
    alert: findings.some(isAlertable),
    confidence: findings.reduce((most, finding) => Math.max(most, finding.confidence), 0),
    findings: findings.map((finding) => ({ ...slotsOf(finding), severity: finding.severity, evidence: finding.evidence })),
  };
}

function inputOf(item: z.infer<typeof lineSchema>): DetectInput {
  return {
    title: item.title,
    feedKind: item.feedKind ?? 'news',
    ...(item.summary && { summary: item.summary }),
    ...(item.body && { body: item.body }),
    ...(item.source && { source: item.source }),
    ...(item.language && { language: item.language }),
  };
}

function problemOf(text: string, error: z.ZodError): string {
  if (!objectOf(text)) return 'not a JSON object';
  const issue = error.issues[0];
  return issue ? `${issue.path.join('.') || 'line'}: ${issue.message}` : 'not an item';
}
