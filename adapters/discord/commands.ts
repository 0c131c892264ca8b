/** The command table as a Discord slash command: one root command with real subcommands. */
import {
  type APIApplicationCommandBasicOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js';
import { languages, speechIn } from '../../src/i18n/speech.ts';
import type { CommandSpec, OptionSpec } from '../../src/message.ts';
import { limits } from './limits.ts';
import { plain } from './text.ts';

const completed: ReadonlySet<OptionSpec['kind']> = new Set<OptionSpec['kind']>(['places', 'place', 'subscription', 'zone']);

/** Everyone may use the root command: permission to change settings is checked per subcommand. */
export function asDiscordCommand(commands: readonly CommandSpec[]): RESTPostAPIChatInputApplicationCommandsJSONBody {
  return {
    type: ApplicationCommandType.ChatInput,
    name: 'attache',
    description: 'Travel advisories and embassy moves',
    contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
    integration_types: [ApplicationIntegrationType.GuildInstall],
    options: commands.map((command) => ({
      type: ApplicationCommandOptionType.Subcommand,
      name: command.name,
      description: plain(command.description, limits.commandDescription),
      ...localised(command.local),
      // Discord requires the required ones first.
      options: [...command.options].sort((a, b) => Number(b.required) - Number(a.required)).map(asOption),
    })),
  };
}

function localised(local: OptionSpec['local'] = {}) {
  const named = languages.flatMap((language) => {
    const one = local[language];
    return one ? speechIn(language).locales.map((locale) => [locale, one] as const) : [];
  });
  if (named.length === 0) return {};
  return {
    name_localizations: Object.fromEntries(named.map(([locale, { name }]) => [locale, name])),
    description_localizations: Object.fromEntries(
      named.map(([locale, { description }]) => [locale, plain(description, limits.commandDescription)]),
    ),
  };
}

function asOption({ name, description, required, kind, choices, local }: OptionSpec): APIApplicationCommandBasicOption {
  const option = {
    type: ApplicationCommandOptionType.String,
    name,
    description: plain(description, limits.commandDescription),
    required,
    ...localised(local),
  } as const;
  if (choices) return { ...option, choices: choices.slice(0, limits.choices).map((choice) => ({ name: choice, value: choice })) };
  return completed.has(kind) ? { ...option, autocomplete: true } : option;
}

/** The fields that we set; Discord returns more, and omits what is false or empty. */
const ours = [
  'type',
  'name',
  'description',
  'name_localizations',
  'description_localizations',
  ...languages.flatMap((language) => speechIn(language).locales),
  'required',
  'autocomplete',
  'choices',
  'value',
  'contexts',
  'integration_types',
  'default_member_permissions',
  'options',
];

/** Whether Discord already has exactly these commands. Registering is limited to 200 a day. */
export function isRegistered(wanted: readonly unknown[], registered: unknown): boolean {
  return JSON.stringify(wanted.map(canonical)) === JSON.stringify(Array.isArray(registered) ? registered.map(canonical) : []);
}

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const entries = ours.map((key): readonly [string, unknown] => [key, canonical(Reflect.get(value, key))]);
  return entries.filter(([, one]) => one !== undefined && one !== null && one !== false && !(Array.isArray(one) && one.length === 0));
}
