/** Answers commands and buttons, the same way on every platform. */
import { speechIn, uiLanguage } from '../i18n/speech.ts';
import type { Answer, ButtonPress, CommandCall } from '../message.ts';
import type { Channel, PlatformName } from '../model/channel.ts';
import type { Feed } from '../model/feed.ts';
import type { Connected, PlatformHooks } from '../ports/platform.ts';
import { acknowledge } from './acknowledge.ts';
import { pauseRemoved, takeMoved } from './channel-removed.ts';
import { askFor, type Command, type CommandRequest, describedIn, privateAnswer, type TalkContext, type TalkPorts } from './command.ts';
import { commands } from './commands.ts';
import { createSight, type HealthOf } from './coverage.ts';
import { takeFeedback } from './feedback.ts';
import { serialiseByLane } from './lane-queue.ts';
import { muteChoices } from './muting.ts';
import { createOverview } from './overview.ts';
import { type ParsedCommand, readLine } from './parse-line.ts';
import { readCountry } from './read-places.ts';
import { createSuggest } from './suggest.ts';

export interface TalkAbout {
  readonly feeds: readonly Feed[];
  readonly version: string;
  readonly healthOf: HealthOf;
  /** State of the platforms' connections. */
  readonly connections?: () => readonly Connected[];
}

/** Typed before a command on each platform. */
const prefixes: Readonly<Record<PlatformName, string>> = { slack: '/attache ', discord: '/attache ', webhook: '', terminal: '' };

export function createTalk(ports: TalkPorts, { feeds, version, healthOf, connections = () => [] }: TalkAbout): PlatformHooks {
  const { places } = ports;
  const sight = createSight(ports, feeds, healthOf);
  const knownIn = (language: string): TalkContext => ({
    words: speechIn(language).answers,
    sight,
    feeds,
    version,
    connections,
    commands,
    context: { name: (code, other) => places.name(code, other), language, regions: places.regions },
  });
  const serialised = serialiseByLane();

  const onCommand = async (call: CommandCall): Promise<Answer> => {
    const prefix = prefixes[call.platform];
    const channel = await ports.store.channel(call.lane);
    const known = knownIn(languageOf(channel, call.locale));
    const refused = (answer: Answer) => inChannel(answer, channel, call.locale);
    const said: ParsedCommand | { readonly unknown: string } = 'line' in call.input ? readLine(call.input.line, commands) : call.input;
    const command = 'command' in said ? commands.find((one) => one.name === said.command) : undefined;
    if (!('command' in said) || !command) return refused(unknown('command' in said ? said.command : said.unknown, prefix, ports, known));
    const changing = command.changes && !(command.readsWhenBare && Object.keys(said.options).length === 0);
    const { input: _, ...who } = call;
    const asked: CommandRequest = { ...who, command: command.name, options: said.options, prefix };
    const wrong = refusal(command, said, { asked, changing, known });
    if (wrong) return refused(wrong);
    // Reads the channel again, as the command may have changed its zone or language.
    const answer = async () => inChannel(await command.answer(asked, ports, known), await ports.store.channel(call.lane), call.locale);
    return changing ? serialised(call.lane, answer) : answer();
  };

  const onButton = async (press: ButtonPress): Promise<Answer> => {
    const { act, value, ...who } = press;
    const channel = await ports.store.channel(press.lane);
    const known = knownIn(languageOf(channel, press.locale));
    const answered = async (answer: Promise<Answer>) => inChannel(await answer, channel, press.locale);
    switch (act) {
      case 'command':
        return onCommand({ ...who, input: { line: value } });
      case 'why':
        return onCommand({ ...who, input: { command: 'why', options: { alert: value } } });
      case 'acknowledge':
        return answered(serialised(press.lane, () => acknowledge(press, ports, known)));
      case 'mute':
        return answered(muteChoices(press, ports, known));
      case 'wrong':
        return answered(takeFeedback(press, ports, known));
    }
  };

  const suggest = createSuggest(ports, commands);
  return {
    commands,
    onCommand,
    onButton,
    suggest,
    overview: createOverview(ports, knownIn),
    onRemoved: (gone) => pauseRemoved(gone, prefixOf(gone), ports),
    onMoved: (moved) => serialised(moved.from, () => takeMoved(moved, ports)),
  };
}

/** The channel's language; before its first setting, the reader's. */
const languageOf = (channel: Channel | undefined, locale = 'en'): string => channel?.language ?? uiLanguage(locale);

/** Adds the channel's language, and its zone for platforms that do not know the reader's. */
function inChannel(answer: Answer, channel: Channel | undefined, locale: string | undefined): Answer {
  const zone = channel && { zone: channel.zone };
  return { ...answer, message: { ...answer.message, ...zone, language: languageOf(channel, locale) } };
}

function prefixOf(gone: Parameters<PlatformHooks['onRemoved']>[0]): string {
  const [platform] = ('lane' in gone ? gone.lane : gone.workspace).split(':');
  return platform === 'slack' || platform === 'discord' ? prefixes[platform] : '';
}

interface Asking {
  readonly asked: CommandRequest;
  readonly changing: boolean;
  readonly known: TalkContext;
}

/** Returns one line that says what to do if a command cannot be carried out. */
function refusal(
  command: Command,
  { options, unparsed: left }: ParsedCommand,
  { asked, changing, known: { words, context } }: Asking,
): Answer | undefined {
  const { mayChange, prefix } = asked;
  const { wrong, common } = words;
  if (changing && !mayChange) return privateAnswer(wrong.mayNotChange(command.name));
  const example = common.example(`${prefix}${command.example}`);
  if (left !== undefined) return privateAnswer(`${wrong.leftOver(left, command.name)} ${example}`);
  const missing = command.options.find((one) => one.required && (options[one.name] ?? '').trim() === '');
  if (!missing) return undefined;
  const what = describedIn(context.language, missing);
  return askFor(privateAnswer(`${wrong.needs(command.name, what)} ${example}`), asked, missing.name);
}

function unknown(name: string, prefix: string, { places }: TalkPorts, { words: { wrong } }: TalkContext): Answer {
  const country = readCountry(name, places);
  const lines = country
    ? [`country ${places.name(country)}`, `subscribe ${places.name(country)}`]
    : commands
        .map((one) => one.name)
        .filter((one) => name.length > 1 && (one.startsWith(name.slice(0, 3)) || one.endsWith(name.slice(-3))));
  const near = lines.slice(0, 3);
  const nearby = near.map((line) => wrong.maybe(`${prefix}${line}`));
  return privateAnswer([wrong.noCommand(name), ...nearby, wrong.helpLists(`${prefix}help`)].join(' '), {
    buttons: near.map((line) => ({ act: 'command', label: line, value: line })),
  });
}
