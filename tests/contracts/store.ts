import type { Store } from '../../src/ports/store.ts';
import { spreadContract } from './store-fan-out.ts';
import { lanesContract } from './store-lanes.ts';
import { newsContract } from './store-news.ts';
import { retentionContract } from './store-retention.ts';

export function storeContract(name: string, open: () => Promise<Store>): void {
  newsContract(name, open);
  spreadContract(name, open);
  lanesContract(name, open);
  retentionContract(name, open);
}
