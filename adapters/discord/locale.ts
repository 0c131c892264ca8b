/** The language of a command's place. */
import type { BaseInteraction } from 'discord.js';

/**
 * The server's where it has chosen one, else the person's. Discord says "en-US" of every server
 * that is no community and so cannot choose.
 */
export function localeOf({ guildLocale, guild, locale }: Pick<BaseInteraction, 'guildLocale' | 'locale'> & Guild): string {
  const isChosen = guildLocale && (guildLocale !== 'en-US' || guild?.features.includes('COMMUNITY'));
  return isChosen ? guildLocale : locale;
}

interface Guild {
  readonly guild: { readonly features: readonly string[] } | null;
}
