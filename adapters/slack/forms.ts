/** Listens to forms: suggests choices while people type, and handles submissions. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { App } from '@slack/bolt';
import type { Answer } from '../../src/message.ts';
import { choicesFor, choosing, formId, optionsIn, placeOf } from './form.ts';
import { cut } from './limits.ts';
import type { ListenerContext } from './listen.ts';
import { reply } from './replies.ts';

/** How long to wait for the answer before closing the form (ms); Slack waits three seconds. */
const answerTimeoutMs = 2_000;
const longestError = 300;

export function listenToForms(app: App, { hooks, teamOf, whoAt }: ListenerContext): void {
  app.options<'block_suggestion'>({ type: 'block_suggestion', action_id: choosing }, async ({ body, context, ack }) => {
    const place = placeOf(body.view?.private_metadata ?? '');
    if (!place) return ack({ options: [] });
    const { command, locale, channel } = place;
    const lane = `slack:${teamOf(context)}:${channel}`;
    const found = await hooks.suggest({ command, option: body.block_id, typed: body.value, locale, lane });
    await ack({ options: choicesFor(found, body.value) });
  });

  app.view(formId, async ({ view, body, context, client, ack }) => {
    const place = placeOf(view.private_metadata);
    if (!place) return ack();
    const input = { command: place.command, options: optionsIn(view.state.values) };
    const user = body.user.id;
    const answering = whoAt(client, { team: teamOf(context), channel: place.channel, user }).then((who) =>
      hooks.onCommand({ ...who, input }),
    );
    const wrong = errorsOf(await Promise.race([answering, sleep(answerTimeoutMs, undefined, { ref: false })]));
    if (wrong) return ack({ response_action: 'errors', errors: wrong });
    await ack();
    await reply(client, await answering, { ...place, user });
  });
}

/** Shows the problem at its field and keeps the form open. */
function errorsOf(answer: Answer | undefined): Record<string, string> | undefined {
  return answer?.asks && { [answer.asks.option]: cut(answer.message.headline, longestError) };
}
