/** The Wrong button: what was wrong is kept with the items, for whoever tends the lexicons. */
import type { Answer, Button, ButtonPress } from '../message.ts';
import { type WrongReason, wrongReasons } from '../model.ts';
import { quietly, type TalkPorts } from './command.ts';

const labels: Readonly<Record<WrongReason, string>> = {
  'no-news': 'No such thing happened',
  'wrong-place': 'Wrong country',
  'wrong-kind': 'Another kind of news',
  'not-happening': 'Only talked about',
  old: 'Old news',
  repeated: 'Told before',
};

/** The value is the alert's id, and behind a space what was wrong with it. Anyone in the channel may say so. */
export async function takeFeedback({ lane, user, value }: ButtonPress, { store, clock }: TalkPorts): Promise<Answer> {
  const [alertId = '', word] = value.split(' ');
  const alert = await store.alert(alertId);
  if (!alert) return quietly('That alert is no longer kept.');
  const reason = wrongReasons.find((one) => one === word);
  const { finding, sources } = alert.event;
  await store.saveFeedback({ alertId, lane, by: user, at: clock.now(), finding, sources, ...(reason && { reason }) });
  if (reason) return quietly(`Noted: ${labels[reason].toLowerCase()}. Thank you.`);
  return quietly('Noted, with the reports it rests on. What was wrong?', {
    buttons: wrongReasons.map((one): Button => ({ act: 'wrong', label: labels[one], value: `${alertId} ${one}` })),
  });
}
