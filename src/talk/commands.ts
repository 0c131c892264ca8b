/** The one table of commands. Platforms register it, the line reader reads by it, and each command answers for itself. */
import type { Command } from './command.ts';
import { aboutCountries } from './countries.ts';
import { aboutEvents } from './events.ts';
import { withLocalNames } from './local-names.ts';
import { muting } from './muting.ts';
import { setting } from './settings.ts';
import { aboutItself } from './state.ts';
import { subscribing } from './subscribing.ts';

export const commands: readonly Command[] = [...subscribing, ...muting, ...setting, ...aboutCountries, ...aboutEvents, ...aboutItself].map(
  withLocalNames,
);
