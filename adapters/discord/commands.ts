/** The command table as Discord's own: one root command, each command a real subcommand with options. */
import { ApplicationCommandOptionType, type RESTPostAPIChatInputApplicationCommandsJSONBody } from 'discord.js';
import type { CommandSpec, OptionSpec } from '../../src/message.ts';
import { cut, limits } from './limits.ts';

const completed = new Set<OptionSpec['kind']>(['places', 'place', 'subscription', 'zone']);

export function asDiscordCommand(commands: readonly CommandSpec[]): RESTPostAPIChatInputApplicationCommandsJSONBody {
  return {
    name: 'attache',
    description: 'Travel advisories and embassy moves',
    contexts: [0],
    options: commands.map((command) => ({
      type: ApplicationCommandOptionType.Subcommand,
      name: command.name,
      description: cut(command.description, limits.commandDescription),
      // Discord wants the required ones first.
      options: [...command.options].sort((a, b) => Number(b.required) - Number(a.required)).map(asOption),
    })),
  };
}

function asOption({ name, description, required, kind, choices }: OptionSpec) {
  return {
    type: ApplicationCommandOptionType.String as const,
    name,
    description: cut(description, limits.commandDescription),
    required,
    ...(choices
      ? { choices: choices.map((choice) => ({ name: choice, value: choice })) }
      : completed.has(kind) && { autocomplete: true as const }),
  };
}
