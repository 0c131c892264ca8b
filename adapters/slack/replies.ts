/** Sends an answer: as a form if an option is missing, else to where the command was used. */
import type { webApi } from '@slack/bolt';
import type { Answer, CommandSpec } from '../../src/message.ts';
import { type FormPlace, formOf } from './form.ts';
import { renderSlack } from './render.ts';

export function responseOf(answer: Answer) {
  return { ...renderSlack(answer.message), response_type: answer.private ? 'ephemeral' : 'in_channel' } as const;
}

interface Opening {
  readonly commands: readonly CommandSpec[];
  /** Valid for three seconds. */
  readonly trigger: string;
  readonly place: Omit<FormPlace, 'command'>;
}

/** Opens a form if the answer asks for a missing option. Returns whether it opened. */
export async function openedForm(
  client: webApi.WebClient,
  { asks, message }: Answer,
  { commands, trigger, place }: Opening,
): Promise<boolean> {
  const spec = asks && commands.find(({ name }) => name === asks.command);
  if (!spec || asks.options[asks.option]) return false;
  const view = formOf(spec, asks, { ...place, command: spec.name }, message.language);
  // After a slow answer the trigger has expired: the caller then posts the answer as text.
  return client.views.open({ trigger_id: trigger, view }).then(
    () => true,
    () => false,
  );
}

/** Posts to the response URL or, if that has expired, to the person in the channel. */
export async function reply(client: webApi.WebClient, answer: Answer, to: FormPlace & { readonly user: string }): Promise<void> {
  const response = await fetch(to.responseUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(responseOf(answer)),
    signal: AbortSignal.timeout(15_000),
  }).catch(() => undefined);
  if (!response?.ok) await client.chat.postEphemeral({ channel: to.channel, user: to.user, ...renderSlack(answer.message) });
}
