/** Queries for the workspaces that installed the bot, with their tokens encrypted. */
import type { Kysely } from 'kysely';
import type { Store } from '../../src/ports/store.ts';
import type { Tables } from './schema.ts';

type Part = Pick<Store, 'installations' | 'installation' | 'saveInstallation'>;

export function installationQueries(db: Kysely<Tables>): Part {
  return {
    installations: () => db.selectFrom('installation').selectAll().orderBy('workspace').execute(),
    installation: (workspace) => db.selectFrom('installation').selectAll().where('workspace', '=', workspace).executeTakeFirst(),
    saveInstallation: async ({ workspace, sealed }) => {
      await db
        .insertInto('installation')
        .values({ workspace, sealed })
        .onConflict((conflict) => conflict.column('workspace').doUpdateSet({ sealed }))
        .execute();
    },
  };
}
