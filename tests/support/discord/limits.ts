/** Discord's schemas, as npm `discord-api-spec` generates them from its own OpenAPI document, and the limits of its reference. */
import {
  ApplicationCommandAutocompleteCallbackRequestSchema,
  ApplicationCommandUpdateRequestSchema,
  CreateForumThreadRequestSchema,
  CreateMessageInteractionCallbackRequestSchema,
  CreateTextThreadWithMessageRequestSchema,
  IncomingWebhookUpdateForInteractionCallbackRequestPartialSchema,
  MessageCreateRequestSchema,
  MessageEditRequestPartialSchema,
} from 'discord-api-spec/zod';
import type { RouteName } from './rest.ts';
import type { Embed } from './world.ts';

interface Payload {
  readonly content?: string;
  readonly embeds?: readonly Embed[];
  readonly nonce?: string;
  readonly enforce_nonce?: boolean;
  readonly allowed_mentions?: {
    readonly parse?: readonly string[];
    readonly roles?: readonly string[];
    readonly users?: readonly string[];
  };
  readonly components?: readonly { readonly components?: readonly Component[] }[];
}
interface Component {
  readonly label?: string;
  readonly custom_id?: string;
}
interface Checked {
  safeParse(value: unknown): {
    readonly success: boolean;
    readonly data?: unknown;
    readonly error?: { readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[] };
  };
}

/** What is wrong with a body that was sent to a route. */
export function bodyViolations(route: RouteName, body: unknown): readonly string[] {
  const payload = body as Payload;
  switch (route) {
    case 'post':
      return [...messageViolations(payload), ...(payload.nonce && payload.enforce_nonce ? [] : ['a post that could happen twice'])];
    case 'edit':
      return [...schema(MessageEditRequestPartialSchema, body), ...payloadViolations(payload)];
    case 'thread':
      return schema(CreateTextThreadWithMessageRequestSchema, body);
    case 'forum':
      return [...schema(CreateForumThreadRequestSchema, body), ...messageViolations((body as { readonly message: object }).message)];
    case 'register':
      return (body as readonly object[]).flatMap(commandViolations);
    case 'callback':
      return callbackViolations(body as { readonly type: number; readonly data?: Payload });
    case 'follow':
      return [...schema(IncomingWebhookUpdateForInteractionCallbackRequestPartialSchema, body), ...payloadViolations(payload)];
    default:
      return [];
  }
}

/** What is wrong with a message before it is sent. */
export function messageViolations(body: object): readonly string[] {
  return [...schema(MessageCreateRequestSchema, body), ...payloadViolations(body as Payload)];
}

export function commandViolations(command: object): readonly string[] {
  // The document knows this as a number only, while the API takes and gives a string.
  const { default_member_permissions: _, ...rest } = command as Readonly<Record<string, unknown>>;
  const counted = JSON.stringify(command).matchAll(/"(?:name|description|value)":"((?:[^"\\]|\\.)*)"/g);
  const length = [...counted].reduce((sum, [, text = '']) => sum + text.length, 0);
  return [...schema(ApplicationCommandUpdateRequestSchema, rest), ...(length > 8000 ? [`a command of ${length} characters`] : [])];
}

function callbackViolations({ type, data }: { readonly type: number; readonly data?: Payload }): readonly string[] {
  if (type === 8) return schema(ApplicationCommandAutocompleteCallbackRequestSchema, { type, data });
  const found = schema(CreateMessageInteractionCallbackRequestSchema, { type, data });
  return type === 4 ? [...found, ...payloadViolations(data ?? {})] : found;
}

function schema(checked: Checked, body: unknown): readonly string[] {
  const { success, data, error } = checked.safeParse(body);
  if (success) return unknownKeys(body, data);
  return (error?.issues ?? []).map((issue) => `${issue.path.join('.')}: ${issue.message}`);
}

/** The schemas drop what they do not know; Discord would ignore it, so that it never does what it was meant for. What is false asks for nothing. */
function unknownKeys(sent: unknown, known: unknown, path = ''): readonly string[] {
  if (typeof sent !== 'object' || sent === null) return [];
  if (typeof known !== 'object' || known === null) return [`${path}: not known`];
  return Object.entries(sent).flatMap(([key, value]) => {
    const at = `${path}${path === '' ? '' : '.'}${key}`;
    if (value === false) return [];
    return key in known ? unknownKeys(value, Reflect.get(known, key), at) : [`${at}: not known`];
  });
}

function payloadViolations(body: Payload): readonly string[] {
  const { content = '', embeds = [], components = [], allowed_mentions: mentions } = body;
  const buttons = components.flatMap((row) => row.components ?? []);
  const ids = buttons.flatMap((button) => button.custom_id ?? []);
  const named = [...(mentions?.roles ?? []), ...(mentions?.users ?? [])];
  const wrong: Readonly<Record<string, boolean>> = {
    'content of more than 2000 characters': content.length > 2000,
    'an empty message': content.trim() === '' && embeds.length === 0,
    'mentions are not shut off': mentions?.parse?.length !== 0,
    'a mention in the content that is not the one allowed': [...content.matchAll(/<@[&!]?(\d+)>/g)].some(
      ([, id]) => !named.includes(id ?? ''),
    ),
    'a nonce of more than 25 characters': (body.nonce ?? '').length > 25,
    'more than 6000 characters over all embeds': embeds.reduce((sum, embed) => sum + wordsOf(embed), 0) > 6000,
    'more than 5 rows, or more than 5 buttons in one': components.length > 5 || components.some((row) => (row.components ?? []).length > 5),
    'the same custom_id twice': new Set(ids).size !== ids.length,
    'a button without a label': buttons.some(({ label = '' }) => label.trim() === ''),
  };
  return [...Object.keys(wrong).filter((what) => wrong[what]), ...embeds.flatMap(embedViolations)];
}

function embedViolations({ title = '', description = '', footer, fields = [] }: Embed): readonly string[] {
  const wrong: Readonly<Record<string, boolean>> = {
    'an embed that shows nothing': title.trim() === '' && description.trim() === '' && fields.length === 0,
    'a title of more than 256 characters': title.length > 256,
    'a description of more than 4096 characters': description.length > 4096,
    'a footer of more than 2048 characters': (footer?.text ?? '').length > 2048,
    'more than 25 fields': fields.length > 25,
    'a field that is empty or too long': fields.some(
      ({ name, value }) => name.trim() === '' || value.trim() === '' || name.length > 256 || value.length > 1024,
    ),
  };
  return Object.keys(wrong).filter((what) => wrong[what]);
}

function wordsOf({ title = '', description = '', footer, fields = [] }: Embed): number {
  const inFields = fields.reduce((sum, field) => sum + field.name.length + field.value.length, 0);
  return title.length + description.length + (footer?.text ?? '').length + inFields;
}
