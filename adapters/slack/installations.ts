/** Which workspaces the bot was installed in, and their tokens: Bolt's installation store over ours. */
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
      // People's own tokens are not asked for; should one come, it is not kept.
      const kept = { ...installation, user: { id: installation.user.id, token: undefined, scopes: undefined } };
      await store.saveInstallation({ workspace, sealed: seal.close(JSON.stringify(kept), workspace) });
    },
    fetchInstallation: async ({ teamId }: InstallationQuery<boolean>) => {
      const workspace = `slack:${teamId ?? ''}`;
      const kept = await store.installation(workspace);
      const opened = kept && seal.open(kept.sealed, workspace);
      if (!opened) throw new Error(kept ? `the tokens of ${workspace} open under no secret` : `not installed in ${workspace}`);
      // Written by ourselves, and sealed since.
      return JSON.parse(opened.text) as Installation<'v2', false>;
    },
  };
}

/** What was closed under an old secret is closed under the new one. Gives how many there are, and how many no secret opens. */
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
