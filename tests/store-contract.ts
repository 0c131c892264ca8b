import type { Store } from '../src/ports/store.ts';
import { lanesContract } from './store-contract-lanes.ts';
import { newsContract } from './store-contract-news.ts';
import { spreadContract } from './store-contract-spread.ts';

export function storeContract(name: string, open: () => Promise<Store>): void {
  newsContract(name, open);
  spreadContract(name, open);
  lanesContract(name, open);
}
