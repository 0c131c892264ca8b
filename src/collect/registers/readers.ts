import type { Feed } from '../../model/feed.ts';
import type { Places } from '../../places.ts';
import type { ParseFeed } from '../feed-types.ts';
import { parseFeed } from '../parse.ts';
import { readAustralia } from './australia.ts';
import { readCanada } from './canada.ts';
import { readGermany } from './germany.ts';
import { readNetherlands } from './netherlands.ts';
import type { RegisterDocument, RegisterRead } from './types.ts';
import { readUk } from './uk.ts';
import { readUsState } from './us-state.ts';

type Reader = (document: RegisterDocument, places: Places, parse: ParseFeed) => Promise<RegisterRead> | RegisterRead;

const readers: Readonly<Record<string, Reader>> = {
  'us-state': readUsState,
  'uk-fcdo': readUk,
  'ca-gac': readCanada,
  'au-dfat': readAustralia,
  'de-aa': readGermany,
  'nl-bz': readNetherlands,
};

/**
 * An empty list is a failure: no government stops advising on every country at once. An empty sheet
 * is the end of a list.
 */
export async function readRegister(
  feed: Feed,
  document: RegisterDocument,
  places: Places,
  parse: ParseFeed = parseFeed,
): Promise<RegisterRead> {
  const reader = readers[feed.reader ?? ''];
  if (!reader) return { problem: `no reader named ${feed.reader}` };
  const read = await reader(document, places, parse);
  if ('readings' in read && read.readings.length === 0 && read.extent !== 'sheet')
    return { problem: 'an empty list: unknown, not all clear' };
  return read;
}
