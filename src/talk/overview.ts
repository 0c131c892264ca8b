import { uiLanguage } from '../i18n/speech.ts';
import type { PlatformHooks } from '../ports/platform.ts';
import type { TalkContext, TalkPorts } from './command.ts';
import { watched } from './subscribing.ts';

/** More than anyone reads at once, and few enough to query one by one. */
const mostLanes = 1000;

export function createOverview(ports: TalkPorts, knownIn: (language: string) => TalkContext): PlatformHooks['overview'] {
  return async (lanes, locale = 'en') => {
    const known = knownIn(uiLanguage(locale));
    const found: { readonly lane: string; readonly message: NonNullable<Awaited<ReturnType<typeof watched>>>['message'] }[] = [];
    for (const lane of lanes.slice(0, mostLanes)) {
      const answer = await watched(lane, ports, known);
      if (answer) found.push({ lane, message: answer.message });
    }
    return found;
  };
}
