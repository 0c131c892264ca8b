/** Blocks as lines that a person can read in a snapshot: `_link_<address>`, `[button]`, `⋮ menu`. */
import type { ActionsBlockElement, KnownBlock, RichTextElement, RichTextSection } from '@slack/types';

export function outline(blocks: readonly KnownBlock[]): string {
  return blocks.map((block) => `${block.type}: ${wordsOf(block)}`).join('\n');
}

function wordsOf(block: KnownBlock): string {
  if (block.type === 'header') return block.text.text;
  if (block.type === 'context') return block.elements.map((element) => ('text' in element ? element.text : '')).join(' ');
  if (block.type === 'actions') return block.elements.map(actionOf).join(' ');
  if (block.type !== 'rich_text') return JSON.stringify(block);
  return block.elements
    .map((element) =>
      element.type === 'rich_text_list'
        ? element.elements.map((section) => `\n  • ${sectionOf(section as RichTextSection)}`).join('')
        : sectionOf(element as RichTextSection),
    )
    .join('')
    .replaceAll('\n', '\n  ');
}

function sectionOf({ elements }: RichTextSection): string {
  return elements.map(partOf).join('');
}

function partOf(element: RichTextElement): string {
  switch (element.type) {
    case 'text':
      return element.style?.bold ? `*${element.text}*` : element.text;
    case 'link':
      return `_${element.text}_<${element.url}>`;
    case 'user':
      return `@${element.user_id}`;
    case 'usergroup':
      return `@${element.usergroup_id}`;
    case 'date':
      return `{${element.fallback}}`;
    default:
      return JSON.stringify(element);
  }
}

function actionOf(element: ActionsBlockElement): string {
  if (element.type === 'button') return `[${element.text.text}]`;
  if (element.type === 'overflow') return `⋮ ${element.options.map(({ text }) => text.text).join(', ')}`;
  return JSON.stringify(element);
}
