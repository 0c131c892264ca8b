/**
 * ack, wrong, and the Wrong button: stores what was wrong together with the items, for maintainers
 * of the lexicons.
 */
import type { AnswerWords } from '../i18n/words.ts';
import type { Answer, Button, ButtonPress } from '../message.ts';
import { type WrongReason, wrongReasons } from '../model/alert.ts';
import { acknowledge } from './acknowledge.ts';
import { type Command, option, privateAnswer, type TalkContext, type TalkPorts } from './command.ts';
import { eventMeant } from './event-meant.ts';

const longestNote = 500;

/**
 * The value is the alert's id and, after a space, what was wrong. Anyone in the channel may report.
 */
export async function takeFeedback({ lane, user, value }: ButtonPress, ports: TalkPorts, { words: ours }: TalkContext): Promise<Answer> {
  const { feedback } = ours;
  const { store, clock } = ports;
  const [typed = '', ...words] = value.trim().split(/\s+/);
  const meant = (await store.alert(typed)) ? undefined : await eventMeant(typed, ports, ours);
  if (meant && 'several' in meant) return privateAnswer(meant.several);
  const alertId = meant ? `${meant.event.id}@${meant.event.alertedRevision ?? meant.event.revision}` : typed;
  const alert = await store.alert(alertId);
  if (!alert) return privateAnswer(meant ? feedback.neverAlerted : feedback.noAlert(typed));
  const said = words.join(' ');
  const reason = reasonOf(said, feedback);
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
  if (reason) return privateAnswer(feedback.notedReason(reason));
  if (note) return privateAnswer(feedback.notedWords(note));
  return privateAnswer(feedback.whatWasWrong, {
    buttons: wrongReasons.map((one): Button => ({ act: 'wrong', label: feedback.reasons[one], value: `${alertId} ${one}` })),
  });
}

/** Finds a reason by its own name or by its button's label. */
function reasonOf(said: string, { reasons }: AnswerWords['feedback']): WrongReason | undefined {
  const typed = said.toLowerCase().replace(/[.!]+$/, '');
  return wrongReasons.find((one) => one === typed || reasons[one].toLowerCase() === typed);
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
  answer: ({ platform, lane, user, mayChange, options }, ports, known) => {
    const value = `${(options.alert ?? '').replace(/^#/, '')} ${options.reason ?? ''}`.trim();
    return takeFeedback({ platform, lane, user, mayChange, act: 'wrong', value }, ports, known);
  },
};

const ack: Command = {
  name: 'ack',
  description: 'Acknowledges an alert: who saw it stands under it',
  example: 'ack 1a2b3c',
  changes: true,
  options: [option('alert', 'text', 'The alert’s id, from its foot', { required: true })],
  answer: async ({ platform, lane, user, mayChange, options }, ports, known) => {
    const typed = (options.alert ?? '').trim();
    const meant = await eventMeant(typed, ports, known.words);
    if (meant && 'several' in meant) return privateAnswer(meant.several);
    return acknowledge({ platform, lane, user, mayChange, act: 'acknowledge', value: meant?.event.id ?? typed }, ports, known);
  },
};

export const aboutAlerts: readonly Command[] = [ack, wrong];
