/** Discord's own limits, in UTF-16 units and counts, from its API reference. */
export const limits = {
  content: 2000,
  title: 256,
  description: 4096,
  fields: 25,
  fieldName: 256,
  fieldValue: 1024,
  footer: 2048,
  /** Over all embeds of a message. */
  words: 6000,
  buttonsPerRow: 5,
  rows: 5,
  buttonLabel: 80,
  customId: 100,
  url: 512,
  choices: 25,
  choice: 100,
  commandDescription: 100,
} as const;

/** Cuts at a whole grapheme and says so with an ellipsis. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  if (length < 1) return '';
  let kept = '';
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text.slice(0, length))) {
    if (kept.length + segment.length > length - 1) break;
    kept += segment;
  }
  // A backslash that lost what it protects would protect what follows.
  return `${kept.replace(/\\+$/, '')}…`;
}
