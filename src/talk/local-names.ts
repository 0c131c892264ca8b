/**
 * Translated names of commands and options for platforms' lists; what people type stays English.
 */
import { languages, speechIn } from '../i18n/speech.ts';
import type { CommandNames } from '../i18n/words.ts';
import type { CommandSpec, LocalName } from '../message.ts';

/** Adds the names in our other languages to a command. */
export function withLocalNames<Command extends CommandSpec>(command: Command): Command {
  const options = command.options.map((option) => ({ ...option, local: namesIn('options', option.name) }));
  return { ...command, options, local: namesIn('commands', command.name) };
}

function namesIn(table: keyof CommandNames, key: string): Readonly<Record<string, LocalName>> {
  const found = languages.flatMap((language) => {
    const { commands } = speechIn(language);
    const named = commands === 'original' ? undefined : new Map(Object.entries(commands[table])).get(key);
    return named ? [[language, { name: named[0], description: named[1] }] as const] : [];
  });
  return Object.fromEntries(found);
}
