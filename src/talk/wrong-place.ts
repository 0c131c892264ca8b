/** The answer to a place that is none: what it may mean, with buttons that say the command again with that. */
import type { Answer, Button } from '../message.ts';
import { echoed } from '../phrase/answers.ts';
import { type Asked, asking, type Known, quietly, type TalkPorts } from './command.ts';
import { lineOf } from './line.ts';
import { readPlaces } from './read-places.ts';

/** @param option the option that held the unknown words */
export function wrongPlace(asked: Asked, option: string, unknown: string, { places }: TalkPorts, known: Known): Answer {
  const { either } = readPlaces(unknown, places);
  const near = either?.map((code) => ({ code, name: places.name(code) })) ?? places.suggest(unknown, 3, known.context.language);
  if (near.length === 0)
    return asking(quietly(`No place ${echoed(unknown)}. Name a country such as Ukraine, or a region such as Sahel.`), asked, option);
  const buttons = near.flatMap(({ name }): Button[] => {
    const mended = (asked.options[option] ?? '')
      .replaceAll('"', ' ')
      .replace(/\s+/g, ' ')
      .trim()
      .replace(unknown, () => name);
    const value = lineOf({ command: asked.command, options: { ...asked.options, [option]: mended } }, known.commands);
    return value === undefined ? [] : [{ act: 'command', label: name, value }];
  });
  const asks = either ? `Which ${unknown}?` : `No place ${echoed(unknown)}.`;
  return asking(quietly(`${asks} ${near.map(({ name }) => `${name}?`).join(' ')}`, { buttons }), asked, option);
}
