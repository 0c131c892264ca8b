/** ack, wrong, and the Wrong button: what was wrong is kept with the items, for whoever tends the lexicons. */
import type { Answer, Button, ButtonPress } from '../message.ts';
import { type WrongReason, wrongReasons } from '../model.ts';
import { echoed } from '../phrase/answers.ts';
import { acknowledge } from './acknowledge.ts';
import { type Command, option, quietly, type TalkPorts } from './command.ts';
import { eventMeant } from './event-meant.ts';

const labels: Readonly<Record<WrongReason, string>> = {
  'no-news': 'No such thing happened',
  'wrong-place': 'Wrong country',
  'wrong-kind': 'Another kind of news',
  'not-happening': 'Only talked about',
  old: 'Old news',
  repeated: 'Told before',
};

const longestNote = 500;

/** The value is the alert's id, and behind a space what was wrong with it. Anyone in the channel may say so. */
export async function takeFeedback({ lane, user, value }: ButtonPress, ports: TalkPorts): Promise<Answer> {
  const { store, clock } = ports;
  const [typed = '', ...words] = value.trim().split(/\s+/);
  const meant = (await store.alert(typed)) ? undefined : await eventMeant(typed, ports);
  if (meant && 'several' in meant) return quietly(meant.several);
  const alertId = meant ? `${meant.event.id}@${meant.event.alertedRevision ?? meant.event.revision}` : typed;
  const alert = await store.alert(alertId);
  if (!alert) return quietly(meant ? 'That was never alerted.' : `No alert ${echoed(typed)} is kept.`);
  const said = words.join(' ');
  const reason = reasonOf(said);
  const note = reason || said === '' ? undefined : said.slice(0, longestNote);
  const { finding, sources } = alert.event;
  await store.saveFeedback({
    alertId,
    lane,
    by: user,
    at: clock.now(),
    finding,
    sources,
    ...(reason && { reason }),
    ...(note && { note }),
  });
  if (reason) return quietly(`Noted: ${labels[reason].toLowerCase()}. Thank you.`);
  if (note) return quietly(`Noted: ${echoed(note)}. Thank you.`);
  return quietly('Noted, with the reports it rests on. What was wrong?', {
    buttons: wrongReasons.map((one): Button => ({ act: 'wrong', label: labels[one], value: `${alertId} ${one}` })),
  });
}

/** By its own word, or by what the button of it says. */
function reasonOf(said: string): WrongReason | undefined {
  const typed = said.toLowerCase().replace(/[.!]+$/, '');
  return wrongReasons.find((one) => one === typed || labels[one].toLowerCase() === typed);
}

const wrong: Command = {
  name: 'wrong',
  description: 'Says that an alert was wrong, for whoever tends the words',
  example: 'wrong 1a2b3c it was a drill',
  changes: false,
  options: [
    option('alert', 'text', 'The alert’s id, from its foot', { required: true }),
    option('reason', 'text', 'What was wrong with it, in your words'),
  ],
  answer: ({ platform, lane, user, mayChange, options }, ports) => {
    const value = `${(options.alert ?? '').replace(/^#/, '')} ${options.reason ?? ''}`.trim();
    return takeFeedback({ platform, lane, user, mayChange, act: 'wrong', value }, ports);
  },
};

const ack: Command = {
  name: 'ack',
  description: 'Acknowledges an alert: who saw it stands under it',
  example: 'ack 1a2b3c',
  changes: true,
  options: [option('alert', 'text', 'The alert’s id, from its foot', { required: true })],
  answer: async ({ platform, lane, user, mayChange, options }, ports) => {
    const typed = (options.alert ?? '').trim();
    const meant = await eventMeant(typed, ports);
    if (meant && 'several' in meant) return quietly(meant.several);
    return acknowledge({ platform, lane, user, mayChange, act: 'acknowledge', value: meant?.event.id ?? typed }, ports);
  },
};

export const aboutAlerts: readonly Command[] = [ack, wrong];
