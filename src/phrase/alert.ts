/** What an alert says, from its headline to its buttons. */
import type { Button, ChatMessage, Line, MessageField } from '../message.ts';
import { type AdviceEntry, type Alert, type Finding, presentSources } from '../model.ts';
import { credit, cutAt, firstLink, quotation, sourceLines } from './alert-sources.ts';
import { differencesOf, isPostKind, staffPosture } from './differences.ts';
import { actPhrase, type PhraseContext, provenance, shortName, wherePhrase } from './headline.ts';
import { wordsOf } from './words.ts';

export interface AlertContext extends PhraseContext {
  /** Other governments' stance on the same country, from the ledger. */
  readonly others?: readonly AdviceEntry[];
}

/** Told so much later than published, an alert says so (ms). */
const lateAfter = 3_600_000;

/** The living message of an event, whole: an edit carries the same as a first post. */
export function alertMessage(alert: Alert, context: AlertContext): ChatMessage {
  const words = wordsOf(context.language);
  const { event, severity, headline, kind } = alert;
  const others = otherAdvice(alert, context);
  return {
    kind,
    severity,
    headline,
    lines: [standing(alert, context), ...lateness(alert, context), ...changed(alert, context), ...quotation(event)],
    fields: fieldsOf(alert, context),
    sections: [
      { title: words.sources, lines: sourceLines(event, context) },
      ...(others.length > 0 ? [{ title: words.others, lines: others }] : []),
    ],
    footer: [...credit(event, context), [`${words.alertId(alert.id)} · ${words.notOfficial}`]],
    buttons: buttonsOf(alert, context),
    ...mapOf(alert, context),
    language: context.language,
  };
}

/** "Update 2: the mission goes a step further". */
function standing({ kind, event, because }: Alert, { language }: PhraseContext): Line {
  const words = wordsOf(language);
  const names = { new: words.new, update: words.update(event.revision - 1), correction: words.correction, lifted: words.lifted };
  return [{ strong: names[kind] }, `: ${because.map((reason) => words.reason[reason]).join('; ')}`];
}

function lateness({ event, at }: Alert, { language }: PhraseContext): readonly Line[] {
  const last = presentSources(event).at(-1);
  // Official pages bear the date of their text, not the hour at which it changed.
  if (last?.publishedAt === undefined || last.tier === 'official' || at - last.publishedAt <= lateAfter) return [];
  return [[{ strong: wordsOf(language).late(Math.floor((at - last.publishedAt) / lateAfter)) }]];
}

function changed({ previous, event, kind }: Alert, context: PhraseContext): readonly Line[] {
  if (!previous) return [];
  const words = wordsOf(context.language);
  if (kind === 'update') return differencesOf(previous, event.finding, context);
  return kind === 'lifted' ? [[`${words.before}: ${actPhrase(previous, context)}`]] : [];
}

function fieldsOf({ event }: Alert, context: PhraseContext): readonly MessageField[] {
  const words = wordsOf(context.language);
  const { finding, firstSeenAt } = event;
  const published = presentSources(event).find(({ publishedAt }) => publishedAt !== undefined)?.publishedAt;
  const fields: readonly (MessageField | undefined)[] = [
    { name: words.fields.where, value: [wherePhrase(finding, context)] },
    field(words.fields.advice, adviceOf(finding, context)),
    field(words.fields.post, isPostKind(finding) ? words.post(finding, context) : undefined),
    field(words.fields.staff, staffPosture(event, context)),
    field(words.fields.status, finding.status === 'happening' ? undefined : words.status[finding.status]),
    field(words.fields.people, finding.people?.toLocaleString(context.language)),
    { name: words.fields.reported, value: [provenance(event, context)] },
    published === undefined ? undefined : { name: words.fields.published, value: [{ at: published }] },
    { name: words.fields.firstSeen, value: [{ at: firstSeenAt }] },
  ];
  return fields.filter((one) => one !== undefined);
}

function field(name: string, value: string | undefined): MessageField | undefined {
  return value === undefined || value === '' ? undefined : { name, value: [value] };
}

/** The issuer's own words first; ours only say what they come to. */
function adviceOf({ sender, nativeText, level, previousLevel, kind }: Finding, context: PhraseContext): string | undefined {
  if (kind !== 'travel-advisory' && level === undefined && nativeText === undefined) return undefined;
  const words = wordsOf(context.language);
  const now = nativeText ? `“${nativeText}”` : level ? words.level[level] : words.levelNotStated;
  const before = previousLevel && previousLevel !== level ? ` · ${words.before}: ${words.level[previousLevel]}` : '';
  return `${sender ? `${shortName(sender, context)}: ` : ''}${now}${before}`;
}

/** What others say of the same countries, the gravest first. */
function otherAdvice({ event }: Alert, context: AlertContext): readonly Line[] {
  const words = wordsOf(context.language);
  const { hosts, sender } = event.finding;
  return (context.others ?? [])
    .filter(({ issuer, country }) => issuer !== sender && hosts.includes(country))
    .sort((a, b) => (b.level ?? 0) - (a.level ?? 0) || a.issuer.localeCompare(b.issuer))
    .slice(0, 8)
    .map(({ issuer, level, nativeText, readAt }) => {
      const says = nativeText ? cutAt(nativeText, 120) : level ? words.level[level] : words.levelNotStated;
      return [`${shortName(issuer, context)}: ${says} (${words.readAt} `, { at: readAt }, ')'];
    });
}

/** The city that it is about, else the country; nothing where it is about several. */
function mapOf({ event: { finding } }: Alert, { name, language }: PhraseContext): Pick<ChatMessage, 'map'> {
  const city = finding.to ?? finding.from;
  const [host, ...more] = finding.hosts;
  const country = city?.country ?? (more.length === 0 ? host : undefined);
  if (country === undefined) return {};
  const query = [...(city ? [city.name] : []), name(country, 'en')].join(', ');
  const link = `https://www.openstreetmap.org/search?${new URLSearchParams({ query })}`;
  return { map: { act: 'open', label: wordsOf(language).buttons.map, link, overflow: true } };
}

function buttonsOf({ id, event }: Alert, { language }: PhraseContext): readonly Button[] {
  const { buttons } = wordsOf(language);
  const link = firstLink(event);
  return [
    { act: 'acknowledge', label: buttons.acknowledge, value: id },
    { act: 'mute', label: buttons.mute, value: id },
    { act: 'why', label: buttons.why, value: id },
    ...(link ? [{ act: 'open', label: buttons.source, link, overflow: true } as const] : []),
    { act: 'wrong', label: buttons.wrong, value: id, overflow: true },
  ];
}
