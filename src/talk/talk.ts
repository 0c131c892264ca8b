/** Commands and buttons to answers: everything that platforms hand over, answered the same way wherever it was said. */
import type { Answer, ButtonPress, CommandCall } from '../message.ts';
import type { Feed, PlatformName } from '../model.ts';
import { echoed } from '../phrase/answers.ts';
import type { Connected, PlatformHooks } from '../ports.ts';
import { acknowledge } from './acknowledge.ts';
import { type Asked, asking, type Command, type Known, quietly, type TalkPorts } from './command.ts';
import { commands } from './commands.ts';
import { takeFeedback } from './feedback.ts';
import { takeGone, takeMoved } from './gone.ts';
import { readLine, type Said } from './line.ts';
import { muteChoices } from './muting.ts';
import { inOrder } from './order.ts';
import { createOverview } from './overview.ts';
import { readCountry } from './read-places.ts';
import { createSight, type HealthOf } from './sight.ts';
import { createSuggest } from './suggest.ts';

export interface TalkAbout {
  readonly feeds: readonly Feed[];
  readonly version: string;
  readonly healthOf: HealthOf;
  /** How the platforms stand; nothing is said of them unless given. */
  readonly connections?: () => readonly Connected[];
}

/** What stands before a command where people type it. */
const prefixes: Readonly<Record<PlatformName, string>> = { slack: '/attache ', discord: '/attache ', webhook: '', terminal: '' };

export function createTalk(ports: TalkPorts, { feeds, version, healthOf, connections = () => [] }: TalkAbout): PlatformHooks {
  const { places } = ports;
  const known: Known = {
    sight: createSight(ports, feeds, healthOf),
    feeds,
    version,
    connections,
    commands,
    context: { name: (code, language) => places.name(code, language), language: 'en', regions: places.regions },
  };
  const oneAfterTheOther = inOrder();

  const onCommand = async (call: CommandCall): Promise<Answer> => {
    const prefix = prefixes[call.platform];
    const said: Said | { readonly unknown: string } = 'line' in call.said ? readLine(call.said.line, commands) : call.said;
    const command = 'command' in said ? commands.find((one) => one.name === said.command) : undefined;
    if (!('command' in said) || !command) return unknown('command' in said ? said.command : said.unknown, prefix, ports);
    const changing = command.changes && !(command.readsWhenBare && Object.keys(said.options).length === 0);
    const { said: _, ...who } = call;
    const asked: Asked = { ...who, command: command.name, options: said.options, prefix };
    const wrong = refusal(command, said, asked, changing);
    if (wrong) return wrong;
    const answer = async () => inZone(await command.answer(asked, ports, known), (await ports.store.channel(call.lane))?.zone);
    return changing ? oneAfterTheOther(call.lane, answer) : answer();
  };

  const onButton = async (press: ButtonPress): Promise<Answer> => {
    const { act, value, ...who } = press;
    switch (act) {
      case 'command':
        return onCommand({ ...who, said: { line: value } });
      case 'why':
        return onCommand({ ...who, said: { command: 'why', options: { alert: value } } });
      case 'acknowledge':
        return oneAfterTheOther(press.lane, () => acknowledge(press, ports));
      case 'mute':
        return muteChoices(press, ports, known);
      case 'wrong':
        return takeFeedback(press, ports);
    }
  };

  const suggest = createSuggest(ports, commands);
  return {
    commands,
    onCommand,
    onButton,
    suggest,
    overview: createOverview(ports, known),
    onGone: (gone) => takeGone(gone, prefixOf(gone), ports),
    onMoved: (moved) => oneAfterTheOther(moved.from, () => takeMoved(moved, ports)),
  };
}

/** Times are said in the channel's zone, where its platform does not know the reader's own. */
function inZone(answer: Answer, zone: string | undefined): Answer {
  return zone === undefined ? answer : { ...answer, message: { ...answer.message, zone } };
}

function prefixOf(gone: Parameters<PlatformHooks['onGone']>[0]): string {
  const [platform] = ('lane' in gone ? gone.lane : gone.workspace).split(':');
  return platform === 'slack' || platform === 'discord' ? prefixes[platform] : '';
}

/** One line that says what to do, where a command cannot be answered as it was said. */
function refusal(command: Command, { options, left }: Said, asked: Asked, changing: boolean): Answer | undefined {
  const { mayChange, prefix } = asked;
  if (changing && !mayChange) return quietly(`You may not change what this channel gets: “${command.name}” needs the right to manage it.`);
  const example = `For example: ${prefix}${command.example}`;
  if (left !== undefined) return quietly(`${echoed(left)} is nothing that “${command.name}” knows. ${example}`);
  const missing = command.options.find((one) => one.required && (options[one.name] ?? '').trim() === '');
  if (!missing) return undefined;
  const what = `${missing.description.charAt(0).toLowerCase()}${missing.description.slice(1)}`;
  return asking(quietly(`${command.name} needs: ${what}. ${example}`), asked, missing.name);
}

function unknown(name: string, prefix: string, { places }: TalkPorts): Answer {
  const country = readCountry(name, places);
  const lines = country
    ? [`country ${places.name(country)}`, `subscribe ${places.name(country)}`]
    : commands
        .map((one) => one.name)
        .filter((one) => name.length > 1 && (one.startsWith(name.slice(0, 3)) || one.endsWith(name.slice(-3))));
  const near = lines.slice(0, 3);
  return quietly(`No command ${echoed(name)}. ${[...near.map((line) => `${prefix}${line}?`), `${prefix}help lists them.`].join(' ')}`, {
    buttons: near.map((line) => ({ act: 'command', label: line, value: line })),
  });
}
