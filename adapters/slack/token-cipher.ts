/**
 * Encrypts stored tokens with AES-256-GCM under the operator's secret; old secrets still decrypt
 * while being replaced.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

export interface Seal {
  /** @param about the owner, authenticated with the text: it decrypts for no other */
  close(text: string, about: string): string;
  /** Returns undefined if no secret decrypts it. `isOld`: encrypted under an older secret. */
  open(sealed: string, about: string): { readonly text: string; readonly isOld: boolean } | undefined;
}

const version = '1.';
const sizes = { iv: 12, tag: 16 } as const;

/** @param secrets newest first; the newest encrypts */
export function createSeal(secrets: readonly [string, ...string[]]): Seal {
  const [newest, ...older] = secrets.map((secret) => keyOf(secret, 'attache tokens')) as [Buffer, ...Buffer[]];
  return {
    close: (text, about) => {
      const iv = randomBytes(sizes.iv);
      const cipher = createCipheriv('aes-256-gcm', newest, iv).setAAD(Buffer.from(about));
      const closed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return version + Buffer.concat([iv, cipher.getAuthTag(), closed]).toString('base64url');
    },
    open: (sealed, about) => {
      for (const [age, key] of [newest, ...older].entries()) {
        const text = opened(sealed, about, key);
        if (text !== undefined) return { text, isOld: age > 0 };
      }
      return undefined;
    },
  };
}

/** Derives a key for one purpose, independent of the others. */
export function keyOf(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', purpose, 32));
}

function opened(sealed: string, about: string, key: Buffer): string | undefined {
  if (!sealed.startsWith(version)) return undefined;
  const bytes = Buffer.from(sealed.slice(version.length), 'base64url');
  const [iv, tag] = [bytes.subarray(0, sizes.iv), bytes.subarray(sizes.iv, sizes.iv + sizes.tag)];
  try {
    const cipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: sizes.tag }).setAAD(Buffer.from(about)).setAuthTag(tag);
    return Buffer.concat([cipher.update(bytes.subarray(sizes.iv + sizes.tag)), cipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}
