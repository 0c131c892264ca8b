import { openInMemory } from '../../adapters/store/sqlite.ts';
import type { Store } from '../../src/ports/store.ts';

/** A store in memory where nothing can wait for its opening: each call waits for it instead. */
export function memoryStore(): Store {
  const opening = openInMemory();
  return new Proxy({} as Store, {
    get: (_, name) => {
      // A promise that gives it must not take it for another promise.
      if (name === 'then' || typeof name === 'symbol') return undefined;
      return async (...said: readonly unknown[]) => {
        const store = await opening;
        return Reflect.apply(Reflect.get(store, name), store, said);
      };
    },
  });
}
