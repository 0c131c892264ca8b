/** The table of all commands, which platforms register and the line parser uses. */
import type { Command } from './command.ts';
import { countryCommands } from './countries.ts';
import { eventCommands } from './events.ts';
import { aboutAlerts } from './feedback.ts';
import { withLocalNames } from './local-names.ts';
import { muting } from './muting.ts';
import { operationCommands } from './operations.ts';
import { settingsCommands } from './settings.ts';
import { subscribing } from './subscribing.ts';
import { unsubscribing } from './unsubscribing.ts';

export const commands: readonly Command[] = [
  ...subscribing,
  ...unsubscribing,
  ...muting,
  ...settingsCommands,
  ...countryCommands,
  ...eventCommands,
  ...aboutAlerts,
  ...operationCommands,
].map(withLocalNames);
