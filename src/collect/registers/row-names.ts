/**
 * Row names of each register that the common names do not know or read as something else. Lower
 * case.
 */
import type { OwnNames } from './types.ts';

const dutchCaribbean: OwnNames = { bonaire: ['BQ'], saba: ['BQ'], 'sint eustatius': ['BQ'] };

export const usNames: OwnNames = { ...dutchCaribbean, 'french west indies': ['GP', 'MQ', 'MF', 'BL'] };

export const ukNames: OwnNames = {
  'bonaire/st eustatius/saba': ['BQ'],
  // The other Congo goes by its long name.
  congo: ['CG'],
  'pitcairn island': ['PN'],
  'south georgia and the south sandwich islands': ['GS'],
  'st maarten': ['SX'],
  'st pierre & miquelon': ['PM'],
  'st pierre and miquelon': ['PM'],
};

export const australianNames: OwnNames = { 'israel and the occupied palestinian territories': ['IL', 'PS'] };

/** In addition to the language's own country names. */
export const dutchNames: OwnNames = {
  ...dutchCaribbean,
  'congo (democratische republiek)': ['CD'],
  'congo (republiek)': ['CG'],
  congo: ['CG'],
  'democratische republiek congo': ['CD'],
  'palestijnse gebieden': ['PS'],
  'israël en de palestijnse gebieden': ['IL', 'PS'],
  'verenigde staten van amerika': ['US'],
  tsjechië: ['CZ'],
  kosovo: ['XK'],
  'hongkong (china)': ['HK'],
  'macau (china)': ['MO'],
};
