/** The answer to a place that is none: what it may mean, with buttons that say the command again with that. */
import type { Answer, Button } from '../message.ts';
import { type Asked, asking, type Known, quietly, type TalkPorts } from './command.ts';
import { lineOf } from './line.ts';
import { readPlaces } from './read-places.ts';

/** @param option the option that held the unknown words */
export function wrongPlace(asked: Asked, option: string, unknown: string, { places }: TalkPorts, known: Known): Answer {
  const { wrong } = known.words;
  const { name: nameOf, language } = known.context;
  const { either } = readPlaces(unknown, places);
  const near = either?.map((code) => ({ code, name: nameOf(code, language) })) ?? places.suggest(unknown, 3, language);
  if (near.length === 0) return asking(quietly(`${wrong.noPlace(unknown)} ${wrong.nameOne}`), asked, option);
  const buttons = near.flatMap(({ code, name }): Button[] => {
    const mended = (asked.options[option] ?? '')
      .replaceAll('"', ' ')
      .replace(/\s+/g, ' ')
      .trim()
      .replace(unknown, () => places.name(code));
    const value = lineOf({ command: asked.command, options: { ...asked.options, [option]: mended } }, known.commands);
    return value === undefined ? [] : [{ act: 'command', label: name, value }];
  });
  const asks = either ? wrong.which(unknown) : wrong.noPlace(unknown);
  return asking(quietly([asks, ...near.map(({ name }) => wrong.maybe(name))].join(' '), { buttons }), asked, option);
}
