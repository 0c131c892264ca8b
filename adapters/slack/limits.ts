import { isolated } from '../../src/message.ts';

/** Slack's limits in characters and counts, from its Block Kit and messaging references. */
export const limits = {
  blocks: 50,
  header: 150,
  /** A context element's text. */
  context: 2000,
  /** Buttons and overflow menus of one block. */
  actions: 25,
  buttonText: 75,
  buttonValue: 2000,
  /** Options of one overflow menu, and the length of an option's value. */
  options: 5,
  optionValue: 150,
  link: 3000,
  /** A modal's title and its button. */
  viewTitle: 24,
  label: 2000,
  placeholder: 150,
  /** Choices of one menu in a form. */
  choices: 100,
  /** Our limit for a form's text field; Slack allows more. */
  written: 500,
  /** Blocks of a modal or a home page. */
  viewBlocks: 100,
  /** The fallback text; notifications cut longer ones. */
  text: 3000,
  /** Footer lines with people, links or times, as JSON. */
  signed: 2_000,
  /** All blocks of one message as JSON; posting fails somewhat above this. */
  message: 10_500,
  /** Minimum time between two messages in a channel (ms). */
  perChannelMs: 1_000,
  /** Calls per workspace: Slack allows "several hundred" messages, and tier 3 for edits. */
  perMinute: { 'chat.postMessage': 300, 'chat.update': 50 },
} as const;

/**
 * Characters that foreign text could use to reorder or hide its surroundings; line feeds are
 * allowed.
 */
const controls = /[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/gu;

/** Returns the text without control characters, with right-to-left text isolated. */
export function clean(text: string): string {
  return isolated(uncontrolled(text));
}

function uncontrolled(text: string): string {
  return text.toWellFormed().replace(controls, ' ');
}

/**
 * For a text object of its own: cleaned, and cut between graphemes with an ellipsis. Empty becomes
 * a dash, as Slack refuses empty text.
 */
export function shown(text: string, length: number): string {
  const cleaned = uncontrolled(text);
  const marks = isolated(cleaned).length - cleaned.length;
  return cleaned.trim() === '' ? '–' : isolated(cut(cleaned, length - marks));
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Cuts between graphemes and appends an ellipsis. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  let kept = '';
  for (const { segment } of segmenter.segment(text.slice(0, length))) {
    if (kept.length + segment.length > length - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}

/** True for an absolute http(s) URL that Slack accepts; nothing else becomes a link. */
export function isWeb(link: string): boolean {
  const url = link.length <= limits.link && /^https?:\/\/[^\s<>|]+$/i.test(link) ? URL.parse(link) : null;
  // Credentials before the host can disguise another site.
  return url !== null && url.username === '' && url.password === '';
}
