/** How much memory the bot may take to be quick. */
import { setFlagsFromString } from 'node:v8';

/** So many sources are worth a bigger heap. */
const many = 100;
/** The heap may grow by so much until it is cleared (percent). Left to itself it would triple. */
const growth = 60;

/** `bin/attache` starts a bot that stays small, which makes each poll half as dear again: right for a few sources, not for hundreds. */
export function fitHeap(sources: number): void {
  if (sources < many) return;
  setFlagsFromString('--no-optimize-for-size');
  setFlagsFromString(`--heap-growing-percent=${growth}`);
}
