/** Keeps tokens where others may read: AES-256-GCM under a secret of the operator's, old ones readable while it is being replaced. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

export interface Seal {
  /** @param about whose it is: opened for anyone else, it does not open */
  close(text: string, about: string): string;
  /** Undefined where no secret opens it. `isOld` where it was closed under a secret that is to go. */
  open(sealed: string, about: string): { readonly text: string; readonly isOld: boolean } | undefined;
}

const version = '1.';
const sizes = { iv: 12, tag: 16 } as const;

/** @param secrets the newest first: what is closed, is closed under it */
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

/** A key for one purpose: what is learnt of one tells nothing of the others. */
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
