/** What is measured on: headlines of a folder, or written ones that need no data. */
import { background } from '../eval-detect/labelled.ts';

const subjects = ['Council', 'Striker', 'Retailer', 'Orchestra', 'Ministry', 'Researchers', 'Harbour town', 'Court', 'Farmers', 'Festival'];
const acts = ['weighs', 'wins', 'opens', 'delays', 'praises', 'cuts', 'rebuilds', 'studies', 'closes', 'sells'];
const objects = [
  'a new tram line',
  'late in the cup final',
  'stores after weak year',
  'with a premiere',
  'budget for schools',
  'old bridge',
];
const others = [
  'Gemeinderat berät über neue Buslinie',
  'Le conseil municipal étudie une ligne de tram',
  'Городской совет обсуждает новый трамвай',
  '市議会、新しい路面電車を検討',
  'مجلس المدينة يدرس خط ترام جديدا',
];
const ours = [
  'US temporarily relocates embassy in Ukraine from Kyiv to Lviv',
  'UK closes embassy in Juba and tells citizens to leave South Sudan now',
  'Poland evacuates diplomats from Minsk amid border standoff',
  'Germany raises travel warning for Lebanon to highest level',
  'France expels two Russian diplomats over spying',
  'Japan considers moving its embassy; no decision yet',
  'Embassy Theatre reopens after fire',
];

/** @param folder holds headlines/background.tsv.gz; without one, written headlines in the same proportion of misses */
export function headlines(folder: string | undefined): readonly string[] {
  if (folder !== undefined) return background(folder);
  const misses = subjects.flatMap((subject) => acts.flatMap((act) => objects.map((object) => `${subject} ${act} ${object}`)));
  const more = Array.from({ length: 20 }, () => [...misses, ...others]).flat();
  return more.flatMap((title, index) => (index % 50 === 0 ? [title, ours[(index / 50) % ours.length] ?? title] : [title]));
}
