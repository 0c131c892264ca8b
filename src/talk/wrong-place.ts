/** The answer to an unknown place: suggestions, with buttons that repeat the command. */
import type { Answer, Button } from '../message.ts';
import { askFor, type CommandRequest, privateAnswer, type TalkContext, type TalkPorts } from './command.ts';
import { formatLine } from './parse-line.ts';
import { topicOf } from './read-options.ts';
import { readPlaces } from './read-places.ts';

/** @param option the option with the unknown words */
export function wrongPlace(asked: CommandRequest, option: string, unknown: string, { places }: TalkPorts, known: TalkContext): Answer {
  const { wrong } = known.words;
  const { name: nameOf, language } = known.context;
  const { either } = readPlaces(unknown, places);
  const near = either?.map((code) => ({ code, name: nameOf(code, language) })) ?? places.suggest(unknown, 3, language);
  const topic = either || asked.options.about !== undefined ? undefined : topicOf(unknown.toLowerCase().replace(/\s+/g, '-'));
  if (topic && asked.command === 'subscribe') {
    const example = known.words.common.example(`${asked.prefix}subscribe everywhere about ${topic}`);
    return askFor(privateAnswer(`${wrong.noPlace(unknown)} ${example}`), asked, option);
  }
  if (near.length === 0) return askFor(privateAnswer(`${wrong.noPlace(unknown)} ${wrong.nameOne}`), asked, option);
  const buttons = near.flatMap(({ code, name }): Button[] => {
    const mended = (asked.options[option] ?? '')
      .replaceAll('"', ' ')
      .replace(/\s+/g, ' ')
      .trim()
      .replace(unknown, () => places.name(code));
    const value = formatLine({ command: asked.command, options: { ...asked.options, [option]: mended } }, known.commands);
    return value === undefined ? [] : [{ act: 'command', label: name, value }];
  });
  const asks = either ? wrong.which(unknown) : wrong.noPlace(unknown);
  return askFor(privateAnswer([asks, ...near.map(({ name }) => wrong.maybe(name))].join(' '), { buttons }), asked, option);
}
