import { isolated } from '../../src/message.ts';

/** Slack's own limits, in characters and counts, from its Block Kit and messaging references. */
export const limits = {
  blocks: 50,
  header: 150,
  /** A context element's text. */
  context: 2000,
  /** Buttons and overflow menus of one block. */
  actions: 25,
  buttonText: 75,
  buttonValue: 2000,
  /** Options of one overflow menu, and what each sends back. */
  options: 5,
  optionValue: 150,
  link: 3000,
  /** A modal's title and its button. */
  viewTitle: 24,
  label: 2000,
  placeholder: 150,
  /** Choices of one menu in a form. */
  choices: 100,
  /** What can be written into a form's field; Slack allows more. */
  written: 500,
  /** Blocks of a modal or a home page. */
  viewBlocks: 100,
  /** The fallback text; longer ones are cut by Slack in places that show notifications. */
  text: 3000,
  /** Who acknowledged, and links of the foot, as JSON. */
  signed: 2_000,
  /** All blocks of one message as JSON: posting fails some way above it. */
  message: 10_500,
  /** Between two messages in one channel (ms). */
  perChannelMs: 1_000,
  /** Calls that one workspace takes: of messages Slack says "several hundred", of edits its tier 3. */
  perMinute: { 'chat.postMessage': 300, 'chat.update': 50 },
} as const;

/** Controls that text from elsewhere could use to reorder or hide what stands beside it; line feeds stay. */
const controls = /[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/gu;

/** The text without control characters. What runs from right to left cannot move what stands beside it. */
export function clean(text: string): string {
  return isolated(uncontrolled(text));
}

function uncontrolled(text: string): string {
  return text.toWellFormed().replace(controls, ' ');
}

/** For a text that stands alone: cleaned, and cut at a whole grapheme with an ellipsis. Slack refuses empty ones: a dash stands for nothing. */
export function shown(text: string, length: number): string {
  const kept = uncontrolled(text);
  const marks = isolated(kept).length - kept.length;
  return kept.trim() === '' ? '–' : isolated(cut(kept, length - marks));
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Cuts at a whole grapheme and says so with an ellipsis. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  let kept = '';
  for (const { segment } of segmenter.segment(text.slice(0, length))) {
    if (kept.length + segment.length > length - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}

/** True for an absolute http(s) address that Slack takes: nothing else becomes a link. */
export function isWeb(link: string): boolean {
  const url = link.length <= limits.link && /^https?:\/\/[^\s<>|]+$/i.test(link) ? URL.parse(link) : null;
  // A user before the host makes another site look like the one that it names.
  return url !== null && url.username === '' && url.password === '';
}
