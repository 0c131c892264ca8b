/** The language of a command's place. */
import type { BaseInteraction } from 'discord.js';

/**
 * Returns the server's language if it chose one, else the person's. Discord reports "en-US" for
 * every server that is not a community, as those cannot choose.
 */
export function localeOf({ guildLocale, guild, locale }: Pick<BaseInteraction, 'guildLocale' | 'locale'> & Guild): string {
  const isChosen = guildLocale && (guildLocale !== 'en-US' || guild?.features.includes('COMMUNITY'));
  return isChosen ? guildLocale : locale;
}

interface Guild {
  readonly guild: { readonly features: readonly string[] } | null;
}
