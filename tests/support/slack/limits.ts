/** Block Kit's limits and shapes, as Slack's reference gives them. */
interface Text {
  readonly type?: string;
  readonly text?: string;
}

interface Option {
  readonly text?: Text;
  readonly value?: string;
}

interface Element {
  readonly type?: string;
  readonly text?: Text | string;
  readonly value?: string;
  readonly action_id?: string;
  readonly options?: readonly Option[];
  readonly placeholder?: Text;
}

interface Block {
  readonly type?: string;
  readonly block_id?: string;
  readonly text?: Text;
  readonly label?: Text;
  readonly hint?: Text;
  readonly element?: Element;
  readonly elements?: readonly Element[];
}

type Payload = Readonly<Record<string, unknown>>;

const inMessages = new Set(['header', 'section', 'context', 'actions', 'rich_text', 'divider']);
const inViews = new Set([...inMessages, 'input']);

export function blockViolations(payload: Payload): readonly string[] {
  const found: string[] = [];
  const blocks = blocksOf(payload);
  if (blocks.length > 50) found.push(`${blocks.length} blocks`);
  if (!String(payload.text ?? '').trim()) found.push('no fallback text');
  if (JSON.stringify(blocks).length > 11_000) found.push('a message of more than 11,000 characters');
  if (String(payload.unfurl_links) !== 'false' || String(payload.unfurl_media) !== 'false') found.push('links would unfurl');
  if (String(payload.link_names) !== 'false' || payload.parse !== 'none') found.push('words would become links and mentions');
  if (/<[!@#]/.test(String(payload.text))) found.push(`markup in the text: ${String(payload.text).slice(0, 80)}`);
  for (const block of blocks) found.push(...ofBlock(block, inMessages));
  return found;
}

export function viewViolations(view: Payload): readonly string[] {
  const found: string[] = [];
  const blocks = blocksOf(view);
  const { title, submit } = view as { readonly title?: Text; readonly submit?: Text };
  if (blocks.length === 0 || blocks.length > 100) found.push(`${blocks.length} blocks in a view`);
  if (view.type === 'modal') found.push(...tooLong(title, 24, 'title'), ...tooLong(submit, 24, 'submit button'));
  if (view.type === 'modal' && blocks.some(({ type }) => type === 'input') && !submit) found.push('a form without a submit button');
  if (String(view.private_metadata ?? '').length > 3000) found.push('a private_metadata of more than 3000 characters');
  const ids = blocks.flatMap(({ block_id }) => block_id ?? []);
  if (new Set(ids).size !== ids.length) found.push('the same block_id twice');
  for (const block of blocks) found.push(...ofBlock(block, inViews), ...ofInput(block));
  return found;
}

function blocksOf({ blocks }: Payload): readonly Block[] {
  return Array.isArray(blocks) ? (blocks as Block[]) : [];
}

function ofInput({ type, label, hint, element }: Block): readonly string[] {
  if (type !== 'input') return [];
  const found = [...tooLong(label, 2000, 'label'), ...(hint ? tooLong(hint, 2000, 'hint') : [])];
  if (!element?.type) return [...found, 'an input without an element'];
  if (element.placeholder) found.push(...tooLong(element.placeholder, 150, 'placeholder'));
  return [...found, ...ofOptions(element)];
}

function ofOptions({ type, options }: Element): readonly string[] {
  if (!options) return [];
  const most = type === 'overflow' ? 5 : 100;
  const found = options.length < 1 || options.length > most ? [`${options.length} options in ${type}`] : [];
  for (const { text, value = '' } of options) {
    found.push(...tooLong(text, 75, 'option'));
    if (value.length > 150) found.push('an option value of more than 150 characters');
  }
  return found;
}

function tooLong(text: Text | undefined, length: number, what: string): readonly string[] {
  const words = text?.text ?? '';
  return words.length < 1 || words.length > length ? [`a ${what} of ${words.length} characters`] : [];
}

function ofBlock(block: Block, known: ReadonlySet<string>): readonly string[] {
  const found: string[] = [];
  const { type = '', text, elements = [] } = block;
  if (!known.has(type)) found.push(`a block of type ${type}`);
  if (type === 'header') found.push(...tooLong(text, 150, 'header'));
  if (type === 'section') found.push(...tooLong(text, 3000, 'section'));
  if (type === 'context' && elements.length > 10) found.push('more than 10 elements in a context');
  if (type === 'actions' && elements.length > 25) found.push('more than 25 actions');
  const ids = type === 'actions' ? elements.map((element) => element.action_id) : [];
  if (new Set(ids).size !== ids.length) found.push('the same action_id twice');
  for (const element of elements) {
    if ((element.value ?? '').length > 2000) found.push('a button value of more than 2000 characters');
    if (element.type === 'button' && typeof element.text === 'object') found.push(...tooLong(element.text, 75, 'button'));
    found.push(...ofOptions(element));
  }
  if (JSON.stringify(block).includes('"mrkdwn"')) found.push('a text that Slack would read as markup');
  if (/"type":"text","text":""/.test(JSON.stringify(block))) found.push('an empty text');
  return found;
}
