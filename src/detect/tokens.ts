/** Text to words with their offsets. Nothing is copied or decoded, so every offset points into the text as given. */
import { classOf, digit, foldText, ideograph, letter, silent } from './letters.ts';

export interface Token {
  /** Folded; dots of "U.S." gone, "5,000" is "5000". */
  readonly word: string;
  /** UTF-16 offsets in the text as given, the end exclusive; a possessive 's is not part of it. */
  readonly start: number;
  readonly end: number;
  readonly capital: boolean;
  /** All capitals, two letters or more. */
  readonly upper: boolean;
  possessive: boolean;
  /** Follows the word before after nothing but a hyphen. */
  readonly joined: boolean;
  /** A comma stands before it. */
  readonly comma: boolean;
  /** The mark before it that ends a clause: one of : ; | ( ) ? ! … . - or none. */
  readonly mark: string;
  readonly ideograph: boolean;
}

export interface Words {
  readonly tokens: readonly Token[];
  /** Mostly capitals: capitals tell nothing. */
  readonly shouting: boolean;
}

/** A longer text is no report: the rest is not read. */
const longest = 20_000;
const marks: Readonly<Record<string, string>> = Object.fromEntries(
  [...':：;；؛|｜']
    .map((mark) => [mark, mark === ':' || mark === '：' ? ':' : ';'])
    .concat(
      [...'()[]（）［］【】《》'].map((mark) => [mark, '(']),
      [...'?？؟'].map((mark) => [mark, '?']),
      [...'!！。…•'].map((mark) => [mark, '.']),
      [...'—\n　'].map((mark) => [mark, '-']),
    ),
);
const commas = ',，、،';
const hyphens = '-‐‑';
const apostrophes = "'’ʼ‘`´";

interface Between {
  comma: boolean;
  mark: string;
  joined: boolean;
  /** A space follows a sign that needs none. */
  spaced: boolean;
}

export function tokenise(given: string): Words {
  const text = given.length > longest ? given.slice(0, longest) : given;
  const tokens: Token[] = [];
  let capitals = 0;
  let at = 0;
  let between: Between = { comma: false, mark: '', joined: false, spaced: false };
  while (at < text.length) {
    const kind = classOf(text.charCodeAt(at));
    if (kind !== letter && kind !== digit && kind !== ideograph) {
      at = readBetween(text, at, between, tokens);
      continue;
    }
    const end = kind === ideograph ? at + 1 : endOfWord(text, at, kind === digit);
    const token = tokenOf(text, at, end, kind === ideograph, between);
    if (token.upper) capitals += 1;
    tokens.push(token);
    between = { comma: false, mark: '', joined: true, spaced: false };
    at = end;
  }
  return { tokens, shouting: tokens.length > 3 && capitals > tokens.length * 0.7 };
}

function tokenOf(text: string, start: number, end: number, isIdeograph: boolean, between: Between): Token {
  const raw = text.slice(start, end);
  const bare = /[.,٬]/.test(raw) ? raw.replace(/[.,٬]/g, '') : raw;
  const first = bare.charCodeAt(0);
  const capital = first < 0x80 ? first >= 65 && first <= 90 : /^\p{Lu}/u.test(bare);
  return {
    word: foldText(/^\d+\.\d+$/.test(raw) && raw.length - raw.indexOf('.') !== 4 ? raw : bare),
    start,
    end,
    capital,
    upper: capital && bare.length > 1 && bare === bare.toUpperCase(),
    possessive: false,
    joined: between.joined && !isIdeograph,
    // Where words are written without spaces, a space parts clauses.
    comma: between.comma || (isIdeograph && between.spaced),
    mark: between.mark,
    ideograph: isIdeograph,
  };
}

function endOfWord(text: string, start: number, isNumber: boolean): number {
  let at = start;
  let sinceDot = 0;
  let dotted = false;
  while (at < text.length) {
    const unit = text.charCodeAt(at);
    const kind = classOf(unit);
    if (kind === letter || kind === digit || kind === silent) {
      sinceDot += kind === silent ? 0 : 1;
      at += 1;
    } else if (unit === 0x2e && sinceDot === 1 && !isNumber && (dotted || isInitial(text, at + 1))) {
      dotted = true;
      sinceDot = 0;
      at += 1;
    } else if (isNumber && (unit === 0x2e || unit === 0x2c) && classOf(text.charCodeAt(at + 1) || 32) === digit) {
      at += 1;
    } else break;
  }
  while (at > start + 1 && isInvisible(text.charCodeAt(at - 1))) at -= 1;
  return at;
}

/** Marks of direction and the like: behind a word they are no part of it, as its vowels are. */
const isInvisible = (unit: number) =>
  unit === 0xad || unit === 0xfeff || (unit >= 0x200b && unit <= 0x200f) || (unit >= 0x202a && unit <= 0x2069);

/** One letter that a dot follows, as in "U.S." */
function isInitial(text: string, at: number): boolean {
  if (classOf(text.charCodeAt(at) || 32) !== letter) return false;
  const next = text.charCodeAt(at + 1) || 32;
  return next === 0x2e || (classOf(next) !== letter && classOf(next) !== digit);
}

/** Reads one thing that is no word; gives where the next begins. */
function readBetween(text: string, at: number, between: Between, tokens: readonly Token[]): number {
  const char = text[at] ?? '';
  const last = tokens.at(-1);
  const skipped =
    char === '&'
      ? /^&(#?\w{1,8});/.exec(text.slice(at, at + 12))
      : char === '<'
        ? /^<[a-z/!][^<>]{0,400}>/i.exec(text.slice(at, at + 404))
        : null;
  const entity = skipped?.[1];
  const isApostrophe = apostrophes.includes(char) || (entity !== undefined && /^(#0?39|#x27|#8217|#8216|apos|rsquo|lsquo)$/i.test(entity));
  const length = skipped?.[0].length ?? 1;
  const next = at + length;
  if (isApostrophe) {
    if (last && last.end === at && isLone(text, next)) {
      last.possessive = true;
      between.joined = false;
      return next + 1;
    }
    if (last && last.end === at && last.word.endsWith('s') && text[next] === ' ' && !opensQuote(text, at)) last.possessive = true;
    between.joined = false;
    return next;
  }
  if (!hyphens.includes(char)) between.joined = false;
  if (skipped) return next;
  if (char === ' ' && last?.ideograph) between.spaced = true;
  if (commas.includes(char)) between.comma = true;
  const mark = marks[char] ?? spacedMark(text, at, last);
  if (mark !== '' && (between.mark === '' || between.mark === '-')) between.mark = mark;
  return next;
}

/** The s of "'s", with nothing behind it. */
function isLone(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  if (unit !== 115 && unit !== 83) return false;
  const after = classOf(text.charCodeAt(at + 1) || 32);
  return after !== letter && after !== digit;
}

/** "EE. UU.": two of a letter stand for a plural. */
function isDoubled(text: string, { start, end }: Token): boolean {
  return end - start === 2 && text[start] === text[start + 1];
}

function opensQuote(text: string, before: number): boolean {
  return /(^|\s)['‘]\S/.test(text.slice(Math.max(0, before - 200), before));
}

const abbreviations: ReadonlySet<string> = new Set(['dept', 'govt']);

/** A dash with spaces around it, a full stop that ends a sentence, three dots. */
function spacedMark(text: string, at: number, last: Token | undefined): string {
  const char = text[at];
  if ((char === '-' || char === '–') && text[at - 1] === ' ' && text[at + 1] === ' ') return '-';
  if (char !== '.') return '';
  if (text[at + 1] === '.') return '.';
  const ends = at + 1 >= text.length || /[\s"'”’]/.test(text[at + 1] ?? '');
  const abbreviates = last?.capital === true && last.end - last.start <= 3 && (!last.upper || isDoubled(text, last));
  return ends && !abbreviates && !abbreviations.has(last?.word ?? '') ? '.' : '';
}
