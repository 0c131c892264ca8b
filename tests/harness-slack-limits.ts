/** Block Kit's limits and shapes, as Slack's reference gives them. */
interface Block {
  readonly type?: string;
  readonly text?: { readonly type?: string; readonly text?: string };
  readonly elements?: readonly {
    readonly type?: string;
    readonly text?: { readonly text?: string } | string;
    readonly value?: string;
    readonly action_id?: string;
  }[];
}

const known = new Set(['header', 'section', 'context', 'actions', 'rich_text', 'divider']);

export function blockViolations(payload: Readonly<Record<string, unknown>>): readonly string[] {
  const found: string[] = [];
  const blocks = (Array.isArray(payload.blocks) ? payload.blocks : []) as readonly Block[];
  if (blocks.length > 50) found.push(`${blocks.length} blocks`);
  if (!String(payload.text ?? '').trim()) found.push('no fallback text');
  if (JSON.stringify(blocks).length > 40_000) found.push('a message of more than 40,000 characters');
  if (String(payload.unfurl_links) !== 'false' || String(payload.unfurl_media) !== 'false') found.push('links would unfurl');
  if (/<[!@#]/.test(String(payload.text))) found.push(`markup in the text: ${String(payload.text).slice(0, 80)}`);
  for (const block of blocks) found.push(...ofBlock(block));
  return found;
}

function ofBlock(block: Block): readonly string[] {
  const found: string[] = [];
  if (!known.has(block.type ?? '')) found.push(`a block of type ${block.type}`);
  if (block.type === 'header' && (block.text?.text ?? '').length > 150) found.push('a header of more than 150 characters');
  if (block.type === 'header' && block.text?.text === '') found.push('an empty header');
  if (block.type === 'context' && (block.elements?.length ?? 0) > 10) found.push('more than 10 elements in a context');
  if (block.type === 'actions' && (block.elements?.length ?? 0) > 25) found.push('more than 25 actions');
  const ids = (block.type === 'actions' ? (block.elements ?? []) : []).map((element) => element.action_id);
  if (new Set(ids).size !== ids.length) found.push('the same action_id twice');
  for (const element of block.elements ?? []) {
    if ((element.value ?? '').length > 2000) found.push('a button value of more than 2000 characters');
    const text = typeof element.text === 'string' ? element.text : element.text?.text;
    if (element.type === 'button' && (text ?? '').length > 75) found.push('a button of more than 75 characters');
  }
  if (JSON.stringify(block).includes('"mrkdwn"')) found.push('a text that Slack would read as markup');
  return found;
}
