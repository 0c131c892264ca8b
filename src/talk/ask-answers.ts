/** Commands that only ask. */

import { matches } from '../match/filter.ts';
import type { Line, MessageSection } from '../message.ts';
import type { AdviceEntry, Feed, NewsEvent, PostureEntry } from '../model.ts';
import { digestMessage, eventLine } from '../phrase/digest.ts';
import type { PhraseContext } from '../phrase/headline.ts';
import { postureWords, reasonWords } from '../phrase/words.ts';
import { openly, quietly } from './answers.ts';
import { type AnswerTo, filterWords, settingsWords, type TalkPorts } from './change-answers.ts';
import { commands } from './commands.ts';
import { phrasesOf } from './line.ts';
import { readPlacesOption, unknownPlace } from './read-options.ts';
import type { Sight } from './sight.ts';

const day = 24 * 3_600_000;

export interface About {
  readonly feeds: readonly Feed[];
  readonly version: string;
}

export function askAnswers({ store, places, clock }: TalkPorts, sight: Sight, about: About): Readonly<Record<string, AnswerTo>> {
  const context: PhraseContext = { name: (code, language) => places.name(code, language), language: 'en' };
  const eventLines = (events: readonly NewsEvent[]) => events.map((event) => eventLine(event, context));

  const list: AnswerTo = async ({ lane }) => {
    const [channel, subscriptions] = await Promise.all([store.channel(lane), store.subscriptions(lane)]);
    if (subscriptions.length === 0) return quietly('This channel watches nothing yet. Try: subscribe Ukraine');
    const lines: Line[] = subscriptions.map((one) => [{ strong: one.id }, ` ${filterWords(one.filter, places)}`]);
    return quietly(`${subscriptions.length} subscription${subscriptions.length === 1 ? '' : 's'}`, {
      lines: [...lines, ...(channel ? [[`Settings: ${settingsWords(channel)}`]] : [])],
    });
  };

  const country: AnswerTo = async (_call, { place = '' }) => {
    const code = places.country(place) ?? places.city(place)?.country;
    if (!code) return quietly(unknownPlace(place, places));
    const [advice, postures, events] = await Promise.all([
      store.advice(code),
      store.postures(code),
      store.events({ countries: [code], since: clock.now() - 30 * day, limit: 20 }),
    ]);
    const open = events.filter((event) => event.state === 'open');
    const past = events.filter((event) => event.state !== 'open');
    const sections: MessageSection[] = [
      {
        title: 'Travel advice',
        lines: advice.length > 0 ? advice.map((entry) => adviceLine(entry, context)) : [['No advice read yet: unknown, not all clear.']],
      },
      {
        title: 'Missions',
        lines:
          postures.length > 0 ? postures.map((entry) => postureLine(entry, context)) : [['Nothing known of closed or reduced missions.']],
      },
      ...(open.length > 0 ? [{ title: 'Open events', lines: eventLines(open) }] : []),
      ...(past.length > 0 ? [{ title: 'Last 30 days', lines: eventLines(past) }] : []),
    ];
    return openly(places.name(code), { sections, lines: [[await sight.words([code])]] });
  };

  const embassy: AnswerTo = async (_call, { government = '', in: where = '' }) => {
    const sender = places.country(government);
    const host = places.country(where) ?? places.city(where)?.country;
    if (!sender || !host) return quietly(unknownPlace(sender ? where : government, places));
    const [known] = await store.postures(host, sender);
    const title = `${places.name(sender)}’s mission in ${places.name(host)}`;
    return known ? openly(title, { lines: [postureLine(known, context)] }) : openly(`${title}: no change known. Unknown is not all clear.`);
  };

  const latest: AnswerTo = async (_call, { place = '' }) => {
    const read = place === '' ? { value: undefined } : readPlacesOption(place, places);
    if ('problem' in read) return quietly(read.problem);
    const events = await store.events({ limit: 10, minSeverity: 1, ...(read.value && { countries: read.value }) });
    return openly(events.length === 0 ? 'Nothing yet.' : `The latest ${events.length}`, { lines: eventLines(events) });
  };

  const search: AnswerTo = async (_call, { words = '' }) => {
    const wanted = phrasesOf(words);
    if (wanted.length === 0) return quietly('Name words to look for: search airspace');
    const events = await store.events({ limit: 10, words: wanted });
    return openly(events.length === 0 ? `Nothing with ${wanted.join(', ')}.` : `${events.length} with ${wanted.join(', ')}`, {
      lines: eventLines(events),
    });
  };

  const why: AnswerTo = async ({ lane }, { alert: id = '' }) => {
    const event = (await store.alert(id.trim()))?.alert.event ?? (await store.event(id.trim().split('@')[0] ?? ''));
    if (!event) return quietly(`No alert “${id}”. Its id stands at its foot, such as 1a2b3c@1.`);
    const raised = (await store.alert(`${event.id}@${event.alertedRevision ?? event.revision}`))?.alert;
    const ours = (await store.subscriptions(lane)).filter((one) => matches(one.filter, event, (code) => places.name(code)));
    const words = event.finding.evidence.map((one) => `${one.role}: “${wordsOf(event, one)}”`);
    return quietly(`Why ${event.id}`, {
      lines: [
        ...(raised
          ? [[`Told because: ${raised.because.map((reason) => reasonWords[reason]).join('; ')}.`]]
          : [['Not alerted: a baseline, not sure enough, or too old.']]),
        [`Read by the rule ${event.finding.evidence[0]?.rule ?? 'unknown'}; ${words.join(', ')}; confidence ${event.finding.confidence}.`],
        ...event.sources.map(
          (source): Line => [
            `${source.source} (${source.tier}): `,
            source.url === '' ? source.title : { link: source.url, text: source.title },
          ],
        ),
        [ours.length > 0 ? `Matched subscription ${ours.map((one) => one.id).join(', ')}.` : 'No subscription of this channel matches it.'],
      ],
    });
  };

  const status: AnswerTo = async () => {
    const [all, counts] = await Promise.all([sight.all(), store.deliveries({})]);
    const ok = all.filter(({ health }) => health.state === 'ok' || health.state === 'frozen').length;
    const bad = all.filter(({ health }) => health.state !== 'ok');
    return openly(`${ok} of ${all.length} sources can be read`, {
      lines: [
        ...bad.map(
          ({ feed, health }): Line => [
            { strong: feed.source },
            ` (${feed.id}): ${health.state}`,
            ...(health.since === undefined ? [] : [' since ', { at: health.since }]),
            ...(health.reason ? [`: ${health.reason}`] : []),
          ],
        ),
        [`Deliveries: ${counts.ready + counts.sending} waiting, ${counts.unknown} unknown, ${counts.dead} dead. Version ${about.version}.`],
      ],
    });
  };

  const feeds: AnswerTo = async () => {
    const all = await sight.all();
    const lines = all.map(
      ({ feed, health }): Line => [
        { strong: feed.id },
        ` ${feed.source}, ${feed.kind}, every ${feed.everyMinutes} min: ${health.state}${feed.terms === 'open' ? '' : ' · terms unverified'}`,
      ],
    );
    const off = about.feeds.filter((feed) => !feed.on).length;
    return openly(`${all.length} sources on, ${off} off`, {
      lines: [...lines, ['Sources are added in config/feeds.yaml by whoever runs Attaché.']],
    });
  };

  const digest: AnswerTo = async ({ lane }) => {
    const to = clock.now();
    const subscriptions = await store.subscriptions(lane);
    const events = await store.events({ since: to - day, limit: 200 });
    const ours = events.filter((event) => subscriptions.some((one) => matches(one.filter, event, (code) => places.name(code))));
    return { message: digestMessage({ events: ours, from: to - day, to, feeds: await sight.counts() }, context), private: true };
  };

  const test: AnswerTo = async () => ({ message: { ...sample, marked: 'SAMPLE' }, private: false });

  const help: AnswerTo = async () =>
    quietly('Attaché: travel advisories and embassy moves', {
      lines: commands.map(
        (command): Line => [
          { strong: [command.name, ...command.options.map((one) => (one.required ? one.name.toUpperCase() : `[${one.name}]`))].join(' ') },
          ` ${command.description}`,
        ],
      ),
    });

  return { list, country, embassy, latest, search, why, status, feeds, digest, test, help };
}

const sample = {
  kind: 'new',
  severity: 4,
  headline: '⛔ CRITICAL · Ukraine · US embassy moves from Kyiv to Lviv, temporarily · reported by 1 outlet',
  lines: [['This is what an alert looks like. Nothing happened.']],
  fields: [{ name: 'What', value: ['US embassy moves from Kyiv to Lviv, temporarily'] }],
  sections: [],
  footer: [['Sample · not official advice']],
  buttons: [],
  language: 'en',
} as const;

function adviceLine(entry: AdviceEntry, { name }: PhraseContext): Line {
  const where = entry.area ? ` (${entry.area})` : '';
  const regional = entry.regional.length > 0 ? `; parts: ${[...new Set(entry.regional.map((one) => one.nativeText))].join('; ')}` : '';
  const since: Line = entry.since === undefined ? [] : [' · since ', { at: entry.since }];
  return [
    { strong: name(entry.issuer) },
    `${where}: ${entry.nativeText || 'level not stated'}${regional}`,
    ...since,
    ' · read ',
    { at: entry.readAt },
  ];
}

function postureLine(entry: PostureEntry, { name }: PhraseContext): Line {
  const moved = entry.posture === 'relocated' && entry.to ? `working from ${entry.to.name}` : postureWords[entry.posture];
  const said = entry.tier === 'official' ? `confirmed by ${entry.source}` : `reported by ${entry.source}`;
  return [
    { strong: `${name(entry.sender)} ${entry.post ?? 'embassy'}` },
    `: ${moved} since `,
    { at: entry.since },
    ` (${said}) · read `,
    { at: entry.readAt },
  ];
}

function wordsOf(event: NewsEvent, evidence: { readonly field: string; readonly start: number; readonly end: number }): string {
  const [source] = event.sources;
  const text = evidence.field === 'title' ? source?.title : source?.summary;
  return text?.slice(evidence.start, evidence.end) ?? '';
}
