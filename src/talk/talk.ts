/** Commands and buttons to answers. */
import type { Answer, ButtonPress, Choice, CommandCall } from '../message.ts';
import type { PlatformHooks } from '../ports.ts';
import { quietly } from './answers.ts';
import { type About, askAnswers } from './ask-answers.ts';
import { type AnswerTo, changeAnswers, type TalkPorts } from './change-answers.ts';
import { commands } from './commands.ts';
import { readLine } from './line.ts';
import { createSight, type HealthOf } from './sight.ts';

export interface TalkAbout extends About {
  readonly healthOf: HealthOf;
}

/** Everything that platforms hand over: one table of commands, answered the same way wherever they were said. */
export function createTalk(ports: TalkPorts, about: TalkAbout): PlatformHooks {
  const { store, places, clock } = ports;
  const sight = createSight(ports, about.feeds, about.healthOf);
  const answers: Readonly<Record<string, AnswerTo>> = {
    ...changeAnswers(ports, (countries) => sight.words(countries)),
    ...askAnswers(ports, sight, about),
  };

  const onCommand = async (call: CommandCall): Promise<Answer> => {
    const said = 'line' in call.said ? readLine(call.said.line, commands) : call.said;
    const spec = 'command' in said ? commands.find((one) => one.name === said.command) : undefined;
    const answer = spec && answers[spec.name];
    if (!('command' in said) || !spec || !answer)
      return quietly(`No command “${'unknown' in said ? said.unknown : said.command}”. Try help.`);
    if (spec.changes && !call.mayChange)
      return quietly(`You may not change what this channel gets: “${spec.name}” needs the right to manage it.`);
    const missing = spec.options.find((option) => option.required && !(said.options[option.name] ?? '').trim());
    if (missing) return quietly(`${spec.name}: name ${missing.description.toLowerCase()}. For example: ${exampleOf(spec.name)}`);
    return answer(call, said.options);
  };

  const onButton = async (press: ButtonPress): Promise<Answer> => {
    const { platform, lane, user, mayChange, act, value } = press;
    if (act === 'command') return onCommand({ platform, lane, user, mayChange, said: { line: value } });
    if (act === 'why') return onCommand({ platform, lane, user, mayChange, said: { command: 'why', options: { alert: value } } });
    if (act === 'acknowledge') return acknowledge(press);
    return quietly('Not possible yet.');
  };

  const acknowledge = async ({ lane, user, mayChange, value }: ButtonPress): Promise<Answer> => {
    if (!mayChange) return quietly('You may not acknowledge alerts in this channel.');
    const subject = value.split('@')[0] ?? '';
    const posting = await store.posting(lane, subject);
    if (!posting) return quietly('That alert is not in this channel.');
    if (posting.acks.some((ack) => ack.by === user)) return quietly('You acknowledged it already.');
    await store.savePosting({ ...posting, acks: [...posting.acks, { by: user, at: clock.now() }] });
    return quietly('Acknowledged.');
  };

  const suggest: PlatformHooks['suggest'] = async ({ option, typed, locale, lane }): Promise<readonly Choice[]> => {
    const kind = commands.flatMap((one) => one.options).find((one) => one.name === option)?.kind;
    if (kind === 'subscription')
      return [...(await store.subscriptions(lane)).map((one) => ({ label: one.id, value: one.id })), { label: 'all', value: 'all' }];
    if (kind === 'zone')
      return Intl.supportedValuesOf('timeZone')
        .filter((zone) => zone.toLowerCase().includes(typed.toLowerCase()))
        .slice(0, 25)
        .map((zone) => ({ label: zone, value: zone }));
    if (kind !== 'places' && kind !== 'place') return [];
    const before = kind === 'places' ? typed.slice(0, typed.lastIndexOf(',') + 1) : '';
    const last = typed.slice(before.length).trim();
    return places.suggest(last, 25, locale).map(({ name }) => ({
      label: `${before}${before === '' ? '' : ' '}${name}`.slice(0, 100),
      value: `${before}${before === '' ? '' : ' '}${name}`.slice(0, 100),
    }));
  };

  return { commands, onCommand, onButton, suggest, onGone: (gone) => store.forget(gone) };
}

const examples: Readonly<Record<string, string>> = {
  subscribe: 'subscribe Ukraine, Sahel from US, UK',
  unsubscribe: 'unsubscribe 1',
  country: 'country Lebanon',
  embassy: 'embassy US in Ukraine',
  search: 'search airspace',
  why: 'why 1a2b3c4d5e6f@1',
};

function exampleOf(name: string): string {
  return examples[name] ?? 'help';
}
