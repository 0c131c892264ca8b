/** Where an answer goes: into a form if something is missing, else back to where it was asked. */
import type { webApi } from '@slack/bolt';
import type { Answer, CommandSpec } from '../../src/message.ts';
import { type FormPlace, formOf } from './form.ts';
import { renderSlack } from './render.ts';

export function responseOf(answer: Answer) {
  return { ...renderSlack(answer.message), response_type: answer.private ? 'ephemeral' : 'in_channel' } as const;
}

interface Opening {
  readonly commands: readonly CommandSpec[];
  /** Good for three seconds. */
  readonly trigger: string;
  readonly place: Omit<FormPlace, 'command'>;
}

/** True where the answer asks for something that was not said, and a form asks for it now. */
export async function openedForm(
  client: webApi.WebClient,
  { asks, message }: Answer,
  { commands, trigger, place }: Opening,
): Promise<boolean> {
  const spec = asks && commands.find(({ name }) => name === asks.command);
  if (!spec || asks.options[asks.option]) return false;
  const view = formOf(spec, asks, { ...place, command: spec.name }, message.language);
  // An answer that took too long finds the trigger spent: it is said in words then.
  return client.views.open({ trigger_id: trigger, view }).then(
    () => true,
    () => false,
  );
}

/** To the address that Slack gave for it, or where that is spent to the person in the channel. */
export async function reply(client: webApi.WebClient, answer: Answer, to: FormPlace & { readonly user: string }): Promise<void> {
  const response = await fetch(to.responseUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(responseOf(answer)),
    signal: AbortSignal.timeout(15_000),
  }).catch(() => undefined);
  if (!response?.ok) await client.chat.postEphemeral({ channel: to.channel, user: to.user, ...renderSlack(answer.message) });
}
