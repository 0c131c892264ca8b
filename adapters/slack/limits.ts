/** Slack's own limits, in characters and counts, from its Block Kit and messaging references. */
export const limits = {
  blocks: 50,
  header: 150,
  plainText: 3000,
  buttonText: 75,
  buttonValue: 2000,
  actions: 25,
  contextElements: 10,
  /** The fallback text; longer ones are cut by Slack in places that show notifications. */
  text: 3000,
  /** All words of one message: well below the size at which posting fails. */
  words: 9000,
} as const;

/** Cuts at a whole grapheme and says so with an ellipsis. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  let kept = '';
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text.slice(0, length))) {
    if (kept.length + segment.length > length - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}
