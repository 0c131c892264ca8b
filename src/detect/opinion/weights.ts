/**
 * The file of weights: "ATTACHE OPINION", a header in JSON, the features' hashes, a row of int8 for each (one for each head), the
 * gate's table, and a checksum. All numbers are little-endian. `npm run train` writes it; nobody edits it.
 */
import { type Kind, kinds } from '../../kinds.ts';
import { blocks } from './features.ts';
import type { GateWeights } from './learned-gate.ts';

export interface Header {
  /** `relevant` first, then the kinds in the order of their rows. */
  readonly heads: readonly string[];
  readonly rows: number;
  /** Of each head: what one step of int8 is worth. */
  readonly scales: readonly number[];
  readonly bias: readonly number[];
  /** Of each block of features. */
  readonly strengths: readonly number[];
  readonly rules: OpinionRules;
  readonly gate: Omit<GateWeights, 'values'> & { readonly slots: number };
}

/** How scores become confidence. All were measured on items that were not trained on. */
export interface OpinionRules {
  /** From score to the share that is right: 1 / (1 + e^-(slope × score + offset)). */
  readonly slope: number;
  readonly offset: number;
  /** The same for other languages than English, of which fewer items were learned from and the frames know less. */
  readonly elsewhere: { readonly slope: number; readonly offset: number };
  /** In log-odds: what a frame that fits, however doubtful, adds to the likelihood. */
  readonly agreed: number;
  /** In log-odds: what a finding adds of which who and where are known. */
  readonly complete: number;
  /** What a frame finds is held back below this. */
  readonly veto: number;
  /** What a guard or low confidence held is lifted from here. */
  readonly lift: number;
  /** What no frame fits is proposed from here. */
  readonly propose: number;
}

export interface OpinionWeights extends Omit<Header, 'gate'> {
  readonly gate: GateWeights;
  readonly kinds: readonly Kind[];
  readonly hashes: Uint32Array;
  readonly values: Int8Array;
}

const magic = 'ATTACHE OPINION\n';
const advice = 'run `npm run train -- --data DIR`, or put back the file that came with this version';

/** @returns the weights, or the problem as one line that says what to do */
export function readOpinion(
  bytes: Uint8Array,
  file: string,
): { readonly opinion: OpinionWeights } | { readonly problems: readonly string[] } {
  const wrong = (found: string) => ({ problems: [`${file}: found ${found}; ${advice}`] });
  if (bytes.length < magic.length + 8) return wrong(bytes.length === 0 ? 'nothing' : 'a file that is cut off');
  if ([...magic].some((letter, at) => bytes[at] !== letter.charCodeAt(0))) return wrong('something that is no file of weights');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(bytes.length - 4, true) !== checksumOf(bytes, bytes.length - 4)) return wrong('a damaged file');
  const start = magic.length + 4;
  const length = view.getUint32(magic.length, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(start, start + length))) as Header;
  const [first, ...rest] = header.heads;
  const strangers = rest.filter((head) => !kinds.some((kind) => kind === head));
  if (first !== 'relevant' || strangers.length > 0) return wrong(`weights for kinds that are not known (${strangers.join(', ')})`);
  if (header.strengths.length !== blocks.length || header.gate === undefined) return wrong('weights for other features');
  const from = start + length + ((4 - ((start + length) % 4)) % 4);
  const hashes = new Uint32Array(header.rows);
  for (let row = 0; row < header.rows; row += 1) hashes[row] = view.getUint32(from + row * 4, true);
  const { slots, ...gate } = header.gate;
  const rows = bytes.byteOffset + from + header.rows * 4;
  const table = bytes.byteOffset + bytes.length - 4 - slots;
  const values = new Int8Array(bytes.buffer.slice(rows, table));
  const gateValues = new Int8Array(bytes.buffer.slice(table, table + slots));
  return { opinion: { ...header, kinds: rest as Kind[], hashes, values, gate: { ...gate, values: gateValues } } };
}

/** The bytes of a file that {@link readOpinion} reads. */
export function writeOpinion({ hashes, values, ...weights }: OpinionWeights): Uint8Array {
  const header = headerOf(weights);
  const table = weights.gate.values;
  const text = new TextEncoder().encode(JSON.stringify(header));
  const start = magic.length + 4;
  const from = start + text.length + ((4 - ((start + text.length) % 4)) % 4);
  const bytes = new Uint8Array(from + hashes.length * 4 + values.length + table.length + 4);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode(magic));
  view.setUint32(magic.length, text.length, true);
  bytes.set(text, start);
  for (const [row, hash] of hashes.entries()) view.setUint32(from + row * 4, hash, true);
  bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.length), from + hashes.length * 4);
  bytes.set(new Uint8Array(table.buffer, table.byteOffset, table.length), bytes.length - 4 - table.length);
  view.setUint32(bytes.length - 4, checksumOf(bytes, bytes.length - 4), true);
  return bytes;
}

function headerOf({ heads, rows, scales, bias, strengths, rules, gate }: Omit<OpinionWeights, 'hashes' | 'values'>): Header {
  const { values, ...ofGate } = gate;
  return { heads, rows, scales, bias, strengths, rules, gate: { ...ofGate, slots: values.length } };
}

/** FNV-1a. */
function checksumOf(bytes: Uint8Array, to: number): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < to; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  return hash >>> 0;
}
