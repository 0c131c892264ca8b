/** Bolt's installation store on top of ours: workspaces and their encrypted tokens. */
import type { Installation, InstallationQuery, InstallationStore } from '@slack/bolt';
import type { Store } from '../../src/ports/store.ts';
import type { Seal } from './token-cipher.ts';

export type Installed = Pick<Store, 'installations' | 'installation' | 'saveInstallation'>;

export function createInstallationStore(store: Installed, seal: Seal): InstallationStore {
  return {
    storeInstallation: async (installation) => {
      const team = installation.team?.id;
      if (!team || installation.isEnterpriseInstall)
        throw new Error('Attaché is installed workspace by workspace, not for a whole organisation');
      const workspace = `slack:${team}`;
      // User tokens are not requested; if one comes, it is not stored.
      const record = { ...installation, user: { id: installation.user.id, token: undefined, scopes: undefined } };
      await store.saveInstallation({ workspace, sealed: seal.close(JSON.stringify(record), workspace) });
    },
    fetchInstallation: async ({ teamId }: InstallationQuery<boolean>) => {
      const workspace = `slack:${teamId ?? ''}`;
      const stored = await store.installation(workspace);
      const opened = stored && seal.open(stored.sealed, workspace);
      if (!opened) throw new Error(stored ? `the tokens of ${workspace} open under no secret` : `not installed in ${workspace}`);
      // Safe to cast: we wrote and encrypted it.
      return JSON.parse(opened.text) as Installation<'v2', false>;
    },
  };
}

/**
 * Re-encrypts tokens of old secrets under the newest. Returns the number of installations, and of
 * those that no secret decrypts.
 */
export async function renewSeals(store: Installed, seal: Seal): Promise<{ readonly all: number; readonly lost: number }> {
  const all = await store.installations();
  let lost = 0;
  for (const { workspace, sealed } of all) {
    const opened = seal.open(sealed, workspace);
    if (!opened) lost += 1;
    else if (opened.isOld) await store.saveInstallation({ workspace, sealed: seal.close(opened.text, workspace) });
  }
  return { all: all.length, lost };
}
