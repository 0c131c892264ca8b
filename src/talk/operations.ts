/** status, feeds, digest, test, check, help: about Attaché itself. */

import { failureIn, unknownIn } from '../i18n/failures.ts';
import type { AnswerWords } from '../i18n/words.ts';
import { matches } from '../match/filter.ts';
import { quietUntil } from '../match/quiet.ts';
import type { Line } from '../message.ts';
import { countSeen } from '../model/channel.ts';
import { type Feed, unknownLicence } from '../model/feed.ts';
import { sampleMessage } from '../phrase/answers-sample.ts';
import { digestMessage } from '../phrase/digest.ts';
import type { Connected } from '../ports/platform.ts';
import { type Command, describedIn, option, postingNeeds, privateAnswer, publicAnswer, type TalkContext } from './command.ts';
import { unwatchedIn } from './unwatched.ts';

const day = 24 * 3_600_000;
const mostEvents = 500;

const status: Command = {
  name: 'status',
  description: 'What can be read, what cannot, since when',
  example: 'status',
  changes: false,
  options: [],
  answer: async ({ lane }, { store, clock, places }, { sight, version, connections, context: { language }, words: { status: words } }) => {
    const [all, counts, here, channel] = await Promise.all([
      sight.all(),
      store.deliveries({}),
      store.deliveries({ lane }),
      store.channel(lane),
    ]);
    const until = channel && quietUntil(channel, clock.now());
    const held: Line = until !== undefined && until > clock.now() && here.ready > 0 ? words.held(here.ready, { at: until }) : [];
    const { ok: seen } = countSeen(all.map(({ health }) => health));
    const troubled = all.filter(({ health }) => health.state !== 'ok' || health.unknown !== undefined);
    const countryIn = (english: string) => {
      const code = places.country(english);
      return code === undefined ? english : places.name(code, language);
    };
    const lines = troubled.map(
      ({ feed, health: { state, since, reason, unknown } }): Line => [
        { strong: feed.id },
        ` ${feed.source}: ${state === 'waiting' ? words.notAsked : (words.health[state] ?? state)}`,
        ...(since === undefined ? [] : words.since({ at: since })),
        ...(reason ? [` · ${failureIn(language, reason)}`] : []),
        ...(unknown ? [` · ${unknownIn(language, unknown, countryIn)}`] : []),
      ],
    );
    const lost = all.length - seen;
    return publicAnswer(lost === 0 ? words.readable(seen, all.length) : words.unreadable(lost, all.length), {
      lines: [
        ...connections().flatMap((one) => awayLine(one, words, language)),
        ...lines,
        words.messages({ waiting: counts.ready + counts.sending, held, unknown: counts.unknown, dead: counts.dead, version }),
      ],
    });
  },
};

/** Lists only platforms that are not connected. */
function awayLine({ name, since, refused }: Connected, words: AnswerWords['status'], language: string): readonly Line[] {
  return refused === undefined ? [] : [[{ strong: name }, ...words.away({ at: since }, failureIn(language, refused))]];
}

const feeds: Command = {
  name: 'feeds',
  description: 'Every source with its state and terms',
  example: 'feeds',
  changes: false,
  options: [],
  answer: async (_asked, _ports, known) => {
    const { status: words, happened } = known.words;
    const all = await known.sight.all();
    const lines = all.map(({ feed, health }): Line => {
      const terms = termsOf(feed, words);
      return [
        { strong: feed.id },
        ` ${feed.source}, ${words.feedKind[feed.kind]}, ${happened.tier[feed.tier]}, ${words.every(feed.everyMinutes)}: ${words.health[health.state] ?? health.state} · ${terms}`,
      ];
    });
    const off = known.feeds.filter((feed) => !feed.on).length;
    return publicAnswer(words.feeds(all.length, off), {
      lines,
      footer: [[words.whoAdds]],
    });
  },
};

/** A licence that nobody has looked up adds nothing to the state of its terms. */
function termsOf({ licence, terms }: Feed, words: AnswerWords['status']): string {
  if (terms === 'open') return licence;
  return licence === unknownLicence ? words.terms(terms) : `${licence} (${words.terms(terms)})`;
}

const digest: Command = {
  name: 'digest',
  description: 'A digest of the last 24 hours, now',
  example: 'digest now',
  changes: false,
  options: [option('when', 'word', 'now', { choices: ['now'] })],
  answer: async ({ lane, prefix, options }, { store, places, clock }, { sight, context, words }) => {
    if (!/^(?:now)?$/i.test((options.when ?? '').trim()))
      return privateAnswer(words.status.noDigest(options.when ?? '', `${prefix}settings digest daily 08:00`));
    const to = clock.now();
    const from = to - day;
    const [subscriptions, channel] = await Promise.all([store.subscriptions(lane), store.channel(lane)]);
    if (subscriptions.length === 0) return privateAnswer(words.common.watchesNothing(`${prefix}subscribe Ukraine`));
    const events = (await store.events({ since: from, limit: mostEvents })).filter((event) =>
      subscriptions.some((one) => matches(one.filter, event, (code) => places.name(code))),
    );
    return {
      message: digestMessage(
        {
          events,
          from,
          to,
          feeds: await sight.counts(),
          unwatched: await unwatchedIn(store, from, to),
          zone: channel?.zone ?? 'UTC',
        },
        context,
      ),
      private: true,
    };
  },
};

const test: Command = {
  name: 'test',
  description: 'A marked sample alert, to you alone',
  example: 'test',
  changes: false,
  options: [],
  answer: async (_asked, { clock }, { context }) => ({ message: sampleMessage(clock.now(), context), private: true }),
};

const check: Command = {
  name: 'check',
  description: 'Whether Attaché can post in this channel',
  example: 'check',
  changes: false,
  options: [],
  answer: async ({ cannotPost, lane, prefix }, { store }, { words: all }) => {
    const { status: words, buttons } = all;
    if (cannotPost !== undefined)
      return privateAnswer(words.cannotPost(postingNeeds(cannotPost, all)), {
        buttons: [{ act: 'command', label: buttons.checkAgain, value: 'check' }],
      });
    const [counts, subscriptions] = await Promise.all([store.deliveries({ lane }), store.subscriptions(lane)]);
    const dead = counts.dead > 0 ? [words.undelivered(counts.dead)] : [];
    const next = subscriptions.length === 0 ? [words.watchesNothing(`${prefix}subscribe Ukraine`)] : [];
    return privateAnswer([words.canPost, ...dead, ...next].join(' '));
  },
};

const help: Command = {
  name: 'help',
  description: 'What can be asked',
  example: 'help subscribe',
  changes: false,
  options: [option('command', 'word', 'One of the commands, for its options')],
  answer: async ({ options, prefix }, _ports, known) => {
    const name = (options.command ?? '').trim().toLowerCase();
    if (name !== '') return helpWith(name, prefix, known);
    const { status: words, common } = known.words;
    const describe = (one: Command) => describedIn(known.context.language, one);
    const lines = known.commands.map((one): Line => [{ strong: `${prefix}${one.example}` }, `  ${describe(one)}`]);
    return privateAnswer(words.help, { lines, footer: [[common.disclaimer]] });
  },
};

function helpWith(name: string, prefix: string, { commands, words, context: { language } }: TalkContext) {
  const { wrong, common, status: own } = words;
  const one = commands.find((command) => command.name === name);
  if (!one) return privateAnswer(`${wrong.noCommand(name)} ${wrong.helpListsAll(`${prefix}help`, commands.length)}`);
  const lines = one.options.map((spec): Line => {
    const choices = spec.choices ? ` (${spec.choices.join(', ')})` : '';
    return [{ strong: spec.name }, `  ${describedIn(language, spec)}${choices}${spec.required ? '' : own.optional}`];
  });
  return privateAnswer(`${one.name}: ${describedIn(language, one)}`, { lines: [...lines, [common.example(`${prefix}${one.example}`)]] });
}

export const operationCommands: readonly Command[] = [digest, test, check, status, feeds, help];
