/** What a UTF-16 unit is, and what it is folded to: case, diacritics and widths gone. Filled on first sight, so that loading costs nothing. */

export const space = 1;
export const letter = 2;
export const digit = 3;
/** Belongs to the letter before it, or is invisible: read over inside a word. */
export const silent = 4;
/** Han and kana: written without spaces, so each is a word of its own. */
export const ideograph = 5;

const classes = new Uint8Array(0x10000);
const folds = new Uint16Array(0x10000);

export function classOf(unit: number): number {
  const known = classes[unit] ?? 0;
  if (known !== 0) return known;
  const found = classify(unit);
  classes[unit] = found;
  return found;
}

/** The folded unit; 0 for one that is silent. */
export function foldUnit(unit: number): number {
  const known = folds[unit] ?? 0;
  if (known !== 0) return known;
  if (classOf(unit) === silent) return 0;
  const found = fold(unit);
  folds[unit] = found;
  return found;
}

function classify(unit: number): number {
  if ((unit >= 0x3041 && unit <= 0x30ff && unit !== 0x30fb) || (unit >= 0x3400 && unit <= 0x9fff) || (unit >= 0xf900 && unit <= 0xfaff)) {
    return ideograph;
  }
  const text = String.fromCharCode(unit);
  if (unit === 0x640 || /[\p{M}\p{Cf}]/u.test(text)) return silent;
  if (/\p{L}/u.test(text)) return letter;
  return /\p{N}/u.test(text) ? digit : space;
}

/** Letters that Unicode does not decompose, and Arabic endings that writers interchange. */
const alike: Readonly<Record<string, string>> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ı: 'i',
  ß: 's',
  ة: 'ه',
  ى: 'ي',
  '’': "'",
  ʼ: "'",
  '‘': "'",
  '‑': '-',
  '‐': '-',
};

function fold(unit: number): number {
  if (classOf(unit) === ideograph) return unit;
  const lower = String.fromCharCode(unit).normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const plain = alike[lower] ?? lower;
  return plain.length === 1 ? plain.charCodeAt(0) : unit;
}

/** Folds a whole text, silent units left out. */
export function foldText(text: string): string {
  let plain = true;
  for (let index = 0; index < text.length && plain; index += 1) plain = text.charCodeAt(index) < 0x80;
  if (plain) return text.toLowerCase();
  const units: number[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const unit = foldUnit(text.charCodeAt(index));
    if (unit !== 0) units.push(unit);
  }
  return String.fromCharCode(...units);
}
