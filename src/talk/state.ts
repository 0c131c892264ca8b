/** status, feeds, digest, test, help: Attaché itself. */
import { matches } from '../match/filter.ts';
import { quietUntil } from '../match/quiet.ts';
import type { Line } from '../message.ts';
import { countSeen } from '../model.ts';
import { countWords, disclaimer, echoed } from '../phrase/answers.ts';
import { sampleMessage } from '../phrase/answers-sample.ts';
import { digestMessage } from '../phrase/digest.ts';
import type { Connected } from '../ports.ts';
import { type Command, type Known, openly, option, quietly } from './command.ts';
import { unwatchedIn } from './unwatched.ts';

const day = 24 * 3_600_000;
const mostEvents = 500;

const status: Command = {
  name: 'status',
  description: 'What can be read, what cannot, since when',
  example: 'status',
  changes: false,
  options: [],
  answer: async ({ lane }, { store, clock }, { sight, version, connections }) => {
    const [all, counts, here, channel] = await Promise.all([
      sight.all(),
      store.deliveries({}),
      store.deliveries({ lane }),
      store.channel(lane),
    ]);
    const until = channel && quietUntil(channel, clock.now());
    const held: Line =
      until !== undefined && until > clock.now() && here.ready > 0
        ? [` (${here.ready} held by quiet hours here until `, { at: until }, ')']
        : [];
    const { ok: seen } = countSeen(all.map(({ health }) => health));
    const troubled = all.filter(({ health }) => health.state !== 'ok' || health.unknown !== undefined);
    const lines = troubled.map(
      ({ feed, health: { state, since, reason, unknown } }): Line => [
        { strong: feed.id },
        ` ${feed.source}: ${state === 'waiting' ? 'not asked yet' : state}`,
        ...(since === undefined ? [] : [' since ', { at: since }]),
        ...(reason ? [` · ${reason}`] : []),
        ...(unknown ? [` · ${unknown}`] : []),
      ],
    );
    const dead = counts.dead > 0 ? `${counts.dead} dead` : 'none dead';
    const lost = all.length - seen;
    const sources = countWords(all.length, 'source');
    return openly(lost === 0 ? `${seen} of ${sources} can be read` : `${lost} of ${sources} cannot be read`, {
      lines: [
        ...connections().flatMap(awayLine),
        ...lines,
        [`Messages: ${counts.ready + counts.sending} waiting`, ...held, `, ${counts.unknown} unknown, ${dead}. Version ${version}.`],
      ],
    });
  },
};

/** A platform that is there needs no word: whoever asks reads it. */
function awayLine({ name, since, refused }: Connected): readonly Line[] {
  return refused === undefined ? [] : [[{ strong: name }, ' not connected since ', { at: since }, ` · ${refused}; it is tried again`]];
}

const feeds: Command = {
  name: 'feeds',
  description: 'Every source with its state and terms',
  example: 'feeds',
  changes: false,
  options: [],
  answer: async (_asked, _ports, known) => {
    const all = await known.sight.all();
    const lines = all.map(({ feed, health }): Line => {
      const terms = feed.terms === 'open' ? feed.licence : `${feed.licence} (terms ${feed.terms})`;
      return [
        { strong: feed.id },
        ` ${feed.source}, ${feed.kind}, ${feed.tier}, every ${feed.everyMinutes} min: ${health.state} · ${terms}`,
      ];
    });
    const off = known.feeds.filter((feed) => !feed.on).length;
    return openly(`${all.length} sources on, ${off} off`, {
      lines,
      footer: [['Whoever runs Attaché adds sources, in config/feeds.yaml.']],
    });
  },
};

const digest: Command = {
  name: 'digest',
  description: 'A digest of the last 24 hours, now',
  example: 'digest now',
  changes: false,
  options: [option('when', 'word', 'now', { choices: ['now'] })],
  answer: async ({ lane, prefix, options }, { store, places, clock }, { sight, context }) => {
    if (!/^(?:now)?$/i.test((options.when ?? '').trim()))
      return quietly(`${echoed(options.when ?? '')} is nothing that “digest” knows. Scheduled ones: ${prefix}settings digest daily 08:00`);
    const to = clock.now();
    const from = to - day;
    const [subscriptions, channel] = await Promise.all([store.subscriptions(lane), store.channel(lane)]);
    if (subscriptions.length === 0) return quietly(`This channel watches nothing yet. Try: ${prefix}subscribe Ukraine`);
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
          language: channel?.language ?? 'en',
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
  answer: async ({ cannotPost, lane, prefix }, { store }) => {
    if (cannotPost !== undefined)
      return quietly(`I cannot post here yet: ${cannotPost}.`, { buttons: [{ act: 'command', label: 'Check again', value: 'check' }] });
    const [counts, subscriptions] = await Promise.all([store.deliveries({ lane }), store.subscriptions(lane)]);
    const dead = counts.dead > 0 ? ` ${countWords(counts.dead, 'message')} could not be delivered here so far.` : '';
    const next = subscriptions.length === 0 ? ` This channel watches nothing yet: ${prefix}subscribe Ukraine` : '';
    return quietly(`I can post here.${dead}${next}`);
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
    const lines = known.commands.map((one): Line => [{ strong: `${prefix}${one.example}` }, `  ${one.description}`]);
    return quietly('Attaché: travel advisories and embassy moves', { lines, footer: [[disclaimer]] });
  },
};

function helpWith(name: string, prefix: string, { commands }: Known) {
  const one = commands.find((command) => command.name === name);
  if (!one) return quietly(`No command ${echoed(name)}. ${prefix}help lists them (${countWords(commands.length, 'command')}).`);
  const lines = one.options.map((spec): Line => {
    const choices = spec.choices ? ` (${spec.choices.join(', ')})` : '';
    return [{ strong: spec.name }, `  ${spec.description}${choices}${spec.required ? '' : ' (optional)'}`];
  });
  return quietly(`${one.name}: ${one.description}`, { lines: [...lines, [`For example: ${prefix}${one.example}`]] });
}

export const aboutItself: readonly Command[] = [digest, test, check, status, feeds, help];
