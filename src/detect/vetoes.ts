/** What only looks like an act of a State: companies, local evacuations, routine. Each says why. */
import type { DropReason } from '../model.ts';
import type { Matched } from './match-frames.ts';
import { foreignersAt, has } from './phrases.ts';
import { indices } from './status.ts';
import type { Tagged } from './tagger.ts';

export function vetoOf(text: Tagged, matched: Matched): DropReason | undefined {
  const everywhere = indices(0, text.tokens.length);
  const any = (where: readonly number[], tag: string) => where.some((index) => has(text, index, tag));
  const { kind, rule } = matched.frame;
  if (kind.startsWith('embassy') && any(everywhere, 'routine')) return 'routine';
  if (kind === 'consular-service-change' && any(everywhere, 'visa-centre')) return 'routine';
  if (kind.startsWith('staff-') && !any(everywhere, 'mission') && !any(everywhere, 'diplomat')) return 'no-frame';
  if (kind === 'mission-attack' && any(everywhere, 'nature')) return 'local';
  // Advice is a State's to its own: what it tells another people is war or policing.
  const told = matched.foreigners?.nationality;
  if (kind === 'travel-advisory' && told && matched.state && told !== matched.state.country) return 'no-frame';
  if (kind === 'evacuation') return evacuationVeto(text, matched, any, everywhere);
  // "cuts ties" is an act between States only where the other one is named, or the ties are diplomatic.
  if (rule === 'state-severs-relations') {
    const others = text.places.some((place) => place.country !== matched.state?.country);
    if (!others) return 'no-frame';
  }
  return undefined;
}

/** An evacuation counts across a border, by or for a government. */
function evacuationVeto(
  text: Tagged,
  matched: Matched,
  any: (where: readonly number[], tag: string) => boolean,
  everywhere: readonly number[],
): DropReason | undefined {
  const between = matched.state ? indices(matched.state.to, matched.act.from) : [];
  if (any(indices(Math.max(0, matched.act.from - 3), matched.act.from), 'order') || any(between, 'order') || any(between, 'advise'))
    return 'no-frame';
  const foreign = matched.foreigners ?? everywhere.map((index) => foreignersAt(text, index)).find((one) => one !== undefined);
  if (any(everywhere, 'displacement') && !foreign?.nationality) return 'local';
  const flights = any(everywhere, 'evacuate-n') && /flight|airlift|charter/.test(text.tokens.map((token) => token.word).join(' '));
  if (any(everywhere, 'local') && !foreign?.nationality && !flights) return 'local';
  const countries = new Set(text.places.map((place) => place.country));
  const actor = matched.state?.country ?? foreign?.nationality;
  const elsewhere = text.places.some((place) => place.country !== actor);
  if (!elsewhere && !(foreign && actor)) return 'local';
  if (!actor && countries.size < 1) return 'not-a-state';
  return undefined;
}
