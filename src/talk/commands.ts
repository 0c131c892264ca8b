/** The one table of commands. Platforms register it, the line reader reads by it, and each command answers for itself. */
import type { Command } from './command.ts';
import { aboutCountries } from './countries.ts';
import { aboutEvents } from './events.ts';
import { aboutAlerts } from './feedback.ts';
import { withLocalNames } from './local-names.ts';
import { muting } from './muting.ts';
import { setting } from './settings.ts';
import { aboutItself } from './state.ts';
import { subscribing } from './subscribing.ts';
import { unsubscribing } from './unsubscribing.ts';

export const commands: readonly Command[] = [
  ...subscribing,
  ...unsubscribing,
  ...muting,
  ...setting,
  ...aboutCountries,
  ...aboutEvents,
  ...aboutAlerts,
  ...aboutItself,
].map(withLocalNames);
