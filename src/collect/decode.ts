/**
 * Decodes bytes to text: by a byte order mark, as valid UTF-8, by what HTTP or the XML declaration
 * names, or as windows-1252.
 */
import iconv from 'iconv-lite';

const marks: readonly (readonly [readonly number[], string])[] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0x00, 0x00, 0xfe, 0xff], 'utf-32be'],
  [[0xff, 0xfe, 0x00, 0x00], 'utf-32le'],
  [[0xfe, 0xff], 'utf-16be'],
  [[0xff, 0xfe], 'utf-16le'],
];

/** The first bytes of `<?xm` in encodings without a byte order mark. */
const signatures: readonly (readonly [readonly number[], string])[] = [
  [[0x00, 0x00, 0x00, 0x3c], 'utf-32be'],
  [[0x3c, 0x00, 0x00, 0x00], 'utf-32le'],
  [[0x00, 0x3c, 0x00, 0x3f], 'utf-16be'],
  [[0x3c, 0x00, 0x3f, 0x00], 'utf-16le'],
];

const strict = new TextDecoder('utf-8', { fatal: true });
const lenient = new TextDecoder('utf-8');

/** @param contentType the HTTP header, if there was one */
export function decode(bytes: Uint8Array, contentType: string | undefined): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const begins = ([start]: readonly [readonly number[], string]) => start.every((byte, index) => bytes[index] === byte);
  const sure = marks.find(begins) ?? signatures.find(begins);
  if (sure) return iconv.decode(buffer, sure[1]);
  try {
    return strict.decode(bytes);
  } catch {
    const named = namedEncoding(buffer, contentType);
    if (named) return iconv.decode(buffer, named);
    const loose = lenient.decode(bytes);
    return mostlyUtf8(loose) ? loose : iconv.decode(buffer, 'windows-1252');
  }
}

/** A few broken bytes (a document cut within a character) do not make a UTF-8 text Latin-1. */
function mostlyUtf8(text: string): boolean {
  let broken = 0;
  let whole = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === 0xfffd) broken += 1;
    else if (unit >= 0x80 && unit < 0xfffd) whole += 1;
  }
  return whole > broken;
}

function namedEncoding(buffer: Buffer, contentType: string | undefined): string | undefined {
  const inHeader = /charset\s*=\s*["']?([\w.:-]+)/i.exec(contentType ?? '')?.[1];
  const head = buffer.subarray(0, 1024).toString('latin1');
  const inDocument = /<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/i.exec(head)?.[1];
  const named = [inHeader, inDocument].find((name) => name !== undefined && iconv.encodingExists(name));
  // Whatever calls itself UTF was just found invalid; Latin-1 on the web is windows-1252.
  if (!named || /^(?:utf|ucs|unicode)/i.test(named)) return undefined;
  return /^(iso-8859-1|latin-?1|us-ascii|ascii)$/i.test(named) ? 'windows-1252' : named;
}
