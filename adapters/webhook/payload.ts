/**
 * The payload of a webhook: plain text and structure, no platform's markup. The README documents
 * it; a changed meaning gets a new version.
 */
import { type ChatMessage, type Line, linkWords, plainText } from '../../src/message.ts';
import type { Outgoing } from '../../src/ports/platform.ts';

/** A new alert; its newer form; a note on what changed; its end or correction. */
export type Act = 'alert' | 'update' | 'note' | 'end';

const severities = ['none', 'info', 'notice', 'warning', 'critical'] as const;

interface When {
  readonly now: number;
  /** The delivery that this one refers to. */
  readonly of?: string;
}

export function payloadOf(act: Act, { key, lane, message, mention }: Outgoing, { now, of }: When) {
  return {
    version: 1,
    delivery: key,
    act,
    /** The delivery of the alert that an update, a note or an end belongs to. */
    about: of ?? key,
    target: lane.split(':')[2] ?? '',
    sentAt: new Date(now).toISOString(),
    ...(mention && { mention }),
    message: {
      kind: message.kind,
      severity: severities[message.severity ?? 0],
      language: message.language,
      headline: message.headline,
      ...(message.marked && { marked: message.marked }),
      lines: message.lines.map(plainText),
      fields: message.fields.map(({ name, value }) => ({ name, value: plainText(value) })),
      sections: message.sections.map(({ title, lines }) => ({ title, lines: lines.map(plainText) })),
      footer: message.footer.map(plainText),
      links: linksIn(message),
    },
  };
}

function linksIn({ lines, fields, sections, footer }: ChatMessage): readonly { readonly text: string; readonly url: string }[] {
  const all: readonly Line[] = [...lines, ...fields.map(({ value }) => value), ...sections.flatMap((section) => section.lines), ...footer];
  const links = all
    .flat()
    .flatMap((part) => (typeof part === 'object' && 'link' in part ? [{ text: linkWords(part), url: part.link }] : []));
  return [...new Map(links.map((link) => [link.url, link])).values()];
}
