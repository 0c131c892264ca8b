/** country, embassy: what is held to be true now. */
import type { Answer, Line, MessageSection } from '../message.ts';
import type { AdviceEntry, CountryCode, Level, PostureEntry } from '../model.ts';
import { countWords, listWords } from '../phrase/answers.ts';
import { adviceLine, postureLine, postureProof, postureWordsOf } from '../phrase/answers-ledger.ts';
import { eventLine } from '../phrase/digest.ts';
import { shortName } from '../phrase/headline.ts';
import { wordsOf } from '../phrase/words.ts';
import { type Asked, type Command, type Known, openly, option, quietly, type TalkPorts } from './command.ts';
import { readPlaces } from './read-places.ts';
import { wrongPlace } from './wrong-place.ts';

const month = 30 * 24 * 3_600_000;
const eventsShown = 10;

/** One country, or the answer that says why it is none. */
function oneCountry(asked: Asked, name: string, ports: TalkPorts, known: Known): { code: CountryCode } | { wrong: Answer } {
  const { countries, unknown } = readPlaces(asked.options[name] ?? '', ports.places);
  const [code] = countries;
  if (unknown !== undefined || !code) return { wrong: wrongPlace(asked, name, unknown ?? asked.options[name] ?? '', ports, known) };
  if (countries.length === 1) return { code };
  const names = countries.slice(0, 5).map((one) => ports.places.name(one));
  return { wrong: quietly(`That is ${countries.length} countries: name one, such as ${listWords(names)}.`) };
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
      { title: 'Travel advice', lines: adviceLines(advice, known) },
      {
        title: 'Missions',
        lines: postures.length > 0 ? postures.map((entry) => postureLine(entry, known.context)) : [['No change of a mission known.']],
      },
      { title: 'Open events', lines: open.length > 0 ? lines(open) : [['None known.']] },
      ...(past.length > 0 ? [{ title: 'Changed in 30 days', lines: lines(past) }] : []),
    ];
    const watch = `subscribe ${places.name(code)}`;
    return openly(`${places.name(code)}: ${summary(advice, postures, open.length, known)}`, {
      sections,
      footer: [[`Coverage: ${await known.sight.words([code])}. Unknown is not all clear. Not official advice.`]],
      buttons: watch.length <= 100 ? [{ act: 'command', label: 'Watch', value: watch }] : [],
    });
  },
};

/** The strictest level and who states it; missions that do not work normally; open events. */
function summary(advice: readonly AdviceEntry[], postures: readonly PostureEntry[], open: number, { context }: Known): string {
  const whole = advice.filter(({ area }) => area === undefined);
  const strictest = whole.reduce<Level | undefined>((most, { level }) => (level && level > (most ?? 0) ? level : most), undefined);
  const who = whole.filter(({ level }) => level !== undefined && level === strictest).map(({ issuer }) => shortName(issuer, context));
  const level = strictest && `${listWords(who, 6)}: ${wordsOf(context.language).level[strictest]}`;
  const missions = postures.filter(({ posture }) => posture !== 'normal').length;
  const parts = [level ?? 'no level of advice known', ...(missions > 0 ? [`${countWords(missions, 'mission')} not working normally`] : [])];
  return [...parts, countWords(open, 'open event')].join('; ');
}

/** A government without a line here is named, so that its silence is not taken for calm. */
function adviceLines(advice: readonly AdviceEntry[], { feeds, context }: Known): readonly Line[] {
  const issuers = feeds.flatMap((feed) => (feed.on && feed.kind === 'register' && feed.sender ? [feed.sender] : []));
  const silent = [...new Set(issuers)].filter((issuer) => !advice.some((entry) => entry.issuer === issuer));
  const lines = advice.map((entry) => adviceLine(entry, context));
  if (silent.length === 0) return lines.length > 0 ? lines : [['No register of advice is read: unknown, not all clear.']];
  return [
    ...lines,
    [
      `No advice read from ${listWords(
        silent.map((code) => shortName(code, context)),
        12,
      )}: unknown, not all clear.`,
    ],
  ];
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
    const { name } = ports.places;
    const entries = await ports.store.postures(host.code, sender.code);
    const footer: readonly Line[] = [[`Coverage: ${await known.sight.words([host.code])}. Not official advice.`]];
    const [first] = entries;
    if (!first) {
      const who = shortName(sender.code, known.context);
      return openly(`${who} embassy, ${name(host.code)}: no change known; that is not all clear.`, { footer });
    }
    return openly(`${name(host.code)} · ${postureWordsOf(first, known.context)}`, {
      lines: [['Known', ...postureProof(first)], ...entries.slice(1).map((entry) => postureLine(entry, known.context))],
      footer,
    });
  },
};

export const aboutCountries: readonly Command[] = [country, embassy];
