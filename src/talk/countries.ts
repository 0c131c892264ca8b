/** country, embassy: the current state from the ledger. */
import type { Answer, Line, MessageSection } from '../message.ts';
import type { CountryCode } from '../model/basics.ts';
import type { Level } from '../model/finding.ts';
import type { AdviceEntry, PostureEntry } from '../model/ledger.ts';
import { adviceLine, postureLine, postureProof, postureWordsOf } from '../phrase/answers-ledger.ts';
import { eventLine } from '../phrase/digest.ts';
import { shortName } from '../phrase/headline.ts';
import { wordsOf } from '../phrase/words.ts';
import {
  type Command,
  type CommandRequest,
  namesOf,
  option,
  privateAnswer,
  publicAnswer,
  type TalkContext,
  type TalkPorts,
} from './command.ts';
import { readPlaces } from './read-places.ts';
import { wrongPlace } from './wrong-place.ts';

const month = 30 * 24 * 3_600_000;
const eventsShown = 10;

/** Returns the country of an option, or the answer to send if it names none or several. */
function oneCountry(asked: CommandRequest, name: string, ports: TalkPorts, known: TalkContext): { code: CountryCode } | { wrong: Answer } {
  const { countries, unknown } = readPlaces(asked.options[name] ?? '', ports.places);
  const [code] = countries;
  if (unknown !== undefined || !code) return { wrong: wrongPlace(asked, name, unknown ?? asked.options[name] ?? '', ports, known) };
  if (countries.length === 1) return { code };
  return { wrong: privateAnswer(known.words.wrong.manyCountries(countries.length, namesOf(countries.slice(0, 5), known))) };
}

const country: Command = {
  name: 'country',
  description: 'Every government’s advice, missions’ postures, open events',
  example: 'country Lebanon',
  changes: false,
  options: [option('place', 'place', 'A country', { required: true })],
  answer: async (asked, ports, known) => {
    const one = oneCountry(asked, 'place', ports, known);
    if ('wrong' in one) return one.wrong;
    const { code } = one;
    const { countries: words, buttons } = known.words;
    const { store, clock, places } = ports;
    const [advice, postures, events] = await Promise.all([
      store.advice(code),
      store.postures(code),
      store.events({ countries: [code], since: clock.now() - month, limit: 3 * eventsShown }),
    ]);
    const open = events.filter((event) => event.state === 'open' && event.finding.severity > 0);
    const past = events.filter((event) => !open.includes(event));
    const lines = (some: typeof events) => some.slice(0, eventsShown).map((event) => eventLine(event, known.context));
    const sections: readonly MessageSection[] = [
      { title: words.advice, lines: adviceLines(advice, known) },
      {
        title: words.missions,
        lines: postures.length > 0 ? postures.map((entry) => postureLine(entry, known.context)) : [[words.noMissionChange]],
      },
      { title: words.open, lines: open.length > 0 ? lines(open) : [[words.noneKnown]] },
      ...(past.length > 0 ? [{ title: words.changed, lines: lines(past) }] : []),
    ];
    const watch = `subscribe ${places.name(code)}`;
    return publicAnswer(`${namesOf([code], known)[0]}: ${summary(advice, postures, open.length, known)}`, {
      sections,
      footer: [[words.coverage(await known.sight.coverageText([code], known.context.language))]],
      buttons: watch.length <= 100 ? [{ act: 'command', label: buttons.watch, value: watch }] : [],
    });
  },
};

/**
 * Summarises the strictest level and its issuers, missions not working normally, and open events.
 */
function summary(advice: readonly AdviceEntry[], postures: readonly PostureEntry[], open: number, { context, words }: TalkContext): string {
  const { countries } = words;
  const whole = advice.filter(({ area }) => area === undefined);
  const strictest = whole.reduce<Level | undefined>((most, { level }) => (level && level > (most ?? 0) ? level : most), undefined);
  const who = whole.filter(({ level }) => level !== undefined && level === strictest).map(({ issuer }) => shortName(issuer, context));
  const level = strictest && countries.strictest(who, wordsOf(context.language).level[strictest]);
  const missions = postures.filter(({ posture }) => posture !== 'normal').length;
  const parts = [level ?? countries.noLevel, ...(missions > 0 ? [countries.notNormal(missions)] : [])];
  return [...parts, countries.openEvents(open)].join('; ');
}

/** Names governments without advice as well, so that their silence does not look like calm. */
function adviceLines(advice: readonly AdviceEntry[], { feeds, context, words: { countries } }: TalkContext): readonly Line[] {
  const issuers = feeds.flatMap((feed) => (feed.on && feed.kind === 'register' && feed.sender ? [feed.sender] : []));
  const silent = [...new Set(issuers)].filter((issuer) => !advice.some((entry) => entry.issuer === issuer));
  const lines = advice.map((entry) => adviceLine(entry, context));
  if (silent.length === 0) return lines.length > 0 ? lines : [[countries.noRegister]];
  return [...lines, [countries.silent(silent.map((code) => shortName(code, context)))]];
}

const embassy: Command = {
  name: 'embassy',
  description: 'One mission: where it works from, since when, said by whom',
  example: 'embassy US in Ukraine',
  changes: false,
  options: [
    option('government', 'place', 'Whose mission', { required: true }),
    option('in', 'place', 'In which country', { required: true }),
  ],
  answer: async (asked, ports, known) => {
    const sender = oneCountry(asked, 'government', ports, known);
    if ('wrong' in sender) return sender.wrong;
    const host = oneCountry(asked, 'in', ports, known);
    if ('wrong' in host) return host.wrong;
    const { countries: words } = known.words;
    const [name = ''] = namesOf([host.code], known);
    const entries = await ports.store.postures(host.code, sender.code);
    const footer: readonly Line[] = [[words.coverageAlone(await known.sight.coverageText([host.code], known.context.language))]];
    const [first] = entries;
    if (!first) {
      const who = shortName(sender.code, known.context);
      return publicAnswer(words.noChange(who, name), { footer });
    }
    return publicAnswer(`${name} · ${postureWordsOf(first, known.context)}`, {
      lines: [[words.known, ...postureProof(first, known.context)], ...entries.slice(1).map((entry) => postureLine(entry, known.context))],
      footer,
    });
  },
};

export const countryCommands: readonly Command[] = [country, embassy];
