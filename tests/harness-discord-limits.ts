/** Discord's schemas and limits, route by route. */
import { ApplicationCommandUpdateRequestSchema, MessageCreateRequestSchema, MessageEditRequestPartialSchema } from 'discord-api-spec/zod';

interface Embed {
  readonly title?: string;
  readonly description?: string;
  readonly footer?: { readonly text: string };
  readonly fields?: readonly { readonly name: string; readonly value: string }[];
}
interface Payload {
  readonly content?: string;
  readonly embeds?: readonly Embed[];
  readonly nonce?: string;
  readonly allowed_mentions?: { readonly parse?: readonly string[] };
  readonly components?: readonly { readonly components?: readonly { readonly label?: string; readonly custom_id?: string }[] }[];
}
interface Checked {
  safeParse(value: unknown): {
    readonly success: boolean;
    readonly error?: { readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[] };
  };
}

export function bodyViolations(method: string, path: string, body: unknown): readonly string[] {
  if (method === 'POST' && /^\/channels\/\d+\/messages$/.test(path))
    return [...schema(MessageCreateRequestSchema, body), ...payloadViolations(body as Payload)];
  if (method === 'PATCH' && /^\/channels\/\d+\/messages\/\d+$/.test(path))
    return [...schema(MessageEditRequestPartialSchema, body), ...payloadViolations(body as Payload)];
  if (method === 'PUT' && path.endsWith('/commands'))
    return (body as unknown[]).flatMap((command) => [
      ...schema(ApplicationCommandUpdateRequestSchema, command),
      ...commandViolations(command),
    ]);
  if (path.endsWith('/callback')) {
    const { type, data } = body as { type: number; data?: Payload };
    return type === 4 ? payloadViolations(data ?? {}) : [];
  }
  return [];
}

export function messageViolations(body: object): readonly string[] {
  return [...schema(MessageCreateRequestSchema, body), ...payloadViolations(body as Payload)];
}

function schema(checked: Checked, body: unknown): readonly string[] {
  const { success, error } = checked.safeParse(body);
  return success ? [] : (error?.issues ?? []).map((issue) => `${issue.path.join('.')}: ${issue.message}`);
}

function payloadViolations(body: Payload): readonly string[] {
  const found: string[] = [];
  const check = (wrong: boolean, what: string) => {
    if (wrong) found.push(what);
  };
  check((body.content ?? '').length > 2000, 'content of more than 2000 characters');
  check((body.content ?? '') === '' && (body.embeds ?? []).length === 0, 'an empty message');
  check(body.allowed_mentions?.parse?.length !== 0, 'mentions are not shut off');
  check((body.nonce ?? '').length > 25, 'a nonce of more than 25 characters');
  const words = (body.embeds ?? []).reduce((sum, embed) => sum + wordsOf(embed), 0);
  check(words > 6000, `${words} characters over all embeds`);
  for (const embed of body.embeds ?? []) {
    check((embed.description ?? '').length > 4096, 'a description of more than 4096 characters');
    check((embed.footer?.text ?? '').length > 2048, 'a footer of more than 2048 characters');
    check((embed.fields ?? []).length > 25, 'more than 25 fields');
    for (const field of embed.fields ?? [])
      check(field.name.length > 256 || field.value.length > 1024 || field.name === '' || field.value === '', 'a field out of its limits');
  }
  check((body.components ?? []).length > 5, 'more than 5 rows');
  const ids = (body.components ?? []).flatMap((row) => row.components ?? []).flatMap((component) => component.custom_id ?? []);
  check(new Set(ids).size !== ids.length, 'the same custom_id twice');
  check(
    ids.some((one) => one.length > 100),
    'a custom_id of more than 100 characters',
  );
  return found;
}

function wordsOf(embed: Embed): number {
  const fields = (embed.fields ?? []).reduce((sum, field) => sum + field.name.length + field.value.length, 0);
  return (embed.title ?? '').length + (embed.description ?? '').length + (embed.footer?.text ?? '').length + fields;
}

function commandViolations(command: unknown): readonly string[] {
  const length = JSON.stringify(command, (key, value: unknown) =>
    key === 'type' || key === 'required' || key === 'autocomplete' ? undefined : value,
  ).length;
  return length > 8000 ? [`a command of ${length} characters`] : [];
}
