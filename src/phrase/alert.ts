/** What an alert says, from its headline to its buttons. */
import { isAdvice, traits } from '../kinds.ts';
import type { Button, ChatMessage, Line, MessageField } from '../message.ts';
import { type Alert, shownId } from '../model/alert.ts';
import { type NewsEvent, presentSources, type Reason } from '../model/event.ts';
import type { Finding } from '../model/finding.ts';
import { credit, firstLink, leadLines, sourceLines, titleOf } from './alert-sources.ts';
import { differencesOf, staffPosture } from './differences.ts';
import { actPhrase, otherActsOf, type PhraseContext, provenance, shortName } from './headline.ts';
import { wordsOf } from './words.ts';

/** Told so much later than published, an alert says so (ms). */
const lateAfter = 3_600_000;

/** The living message of an event, whole: an edit carries the same as a first post. What the headline says stands nowhere else in it. */
export function alertMessage(alert: Alert, context: PhraseContext): ChatMessage {
  const words = wordsOf(context.language);
  const { event, severity, headline, kind } = alert;
  const more = sourceLines(event, context);
  const sections = [
    { title: words.also, lines: otherActs(event, context) },
    { title: words.sources, lines: more },
  ];
  return {
    kind,
    severity,
    headline,
    ...flagOf(event.finding),
    ...titleOf(event),
    lines: [...leadLines(event, context), ...lateness(alert, context), ...standing(alert, context), ...changed(alert, context)],
    fields: fieldsOf(alert, context),
    sections: sections.filter(({ lines }) => lines.length > 0),
    footer: [...credit(event, context), [`${words.alertId(shownId(alert))} · ${words.notOfficial}`]],
    buttons: buttonsOf(alert, context),
    ...mapOf(alert, context),
    language: context.language,
  };
}

/** The flag of the one country that it is about. */
export function flagOf({ hosts: [host, ...more] }: Finding): Pick<ChatMessage, 'flag'> {
  if (host === undefined || more.length > 0 || !/^[A-Z]{2}$/.test(host)) return {};
  return { flag: String.fromCodePoint(...[...host].map((letter) => 0x1f1e6 + letter.charCodeAt(0) - 65)) };
}

/** These say no more than the headline does. */
const saidAbove: readonly Reason[] = [
  'first-report',
  'level-raised',
  'level-lowered',
  'officially-confirmed',
  'reopened',
  'denied-by-official',
];

/** "Update 2: the mission goes a step further"; nothing of a first report, which only is one. */
function standing({ kind, event, because }: Alert, { language }: PhraseContext): readonly Line[] {
  const words = wordsOf(language);
  const why = because.filter((reason) => !saidAbove.includes(reason)).map((reason) => words.reason[reason]);
  if (why.length === 0) return [];
  return kind === 'update' ? [[{ strong: words.update(event.revision - 1) }, `: ${why.join('; ')}`]] : [[why.join('; ')]];
}

function lateness({ event, at }: Alert, { language }: PhraseContext): readonly Line[] {
  // As it was when readers were notified: outlets that are only counted make nothing late.
  const told = event.lastTold?.at ?? at;
  const last = presentSources(event).findLast(({ seenAt }) => seenAt <= told);
  // Official pages bear the date of their text, not the hour at which it changed.
  if (last?.publishedAt === undefined || last.tier === 'official' || told - last.publishedAt <= lateAfter) return [];
  return [[{ strong: wordsOf(language).late(Math.floor((told - last.publishedAt) / lateAfter)) }]];
}

function changed({ previous, event, kind }: Alert, context: PhraseContext): readonly Line[] {
  if (!previous || kind === 'correction') return [];
  if (kind === 'update') return differencesOf(previous, event.finding, context);
  return [[`${wordsOf(context.language).before}: ${actPhrase(previous, context)}`]];
}

/** What else was reported of the same crisis, each with those who report it. */
function otherActs(event: NewsEvent, context: PhraseContext): readonly Line[] {
  return otherActsOf(event, context).map(([kind, other]) => [`${actPhrase(other, context)} · ${provenance(event, context, kind)}`]);
}

/** Only what the headline does not say. */
function fieldsOf({ event }: Alert, context: PhraseContext): readonly MessageField[] {
  const words = wordsOf(context.language);
  const { finding } = event;
  const { hosts, kind, people } = finding;
  const { counted: saysNumber, ofStaff } = traits[kind];
  const isOfStaff = ofStaff || finding.whom === 'staff';
  const fields: readonly (MessageField | undefined)[] = [
    field(words.fields.where, hosts.length > 4 ? allOf(hosts, context) : undefined),
    field(words.fields.advice, isAdvice(kind) ? undefined : adviceOf(finding, context)),
    field(words.fields.staff, isOfStaff ? undefined : staffPosture(event, context)),
    field(words.fields.people, saysNumber ? undefined : people?.toLocaleString(context.language)),
  ];
  return fields.filter((one) => one !== undefined);
}

function allOf(hosts: Finding['hosts'], { name, language }: PhraseContext): string {
  return hosts.map((host) => name(host, language)).join(', ');
}

function field(name: string, value: string | undefined): MessageField | undefined {
  return value === undefined || value === '' ? undefined : { name, value: [value] };
}

/** The issuer's own words first; ours only say what they come to. */
function adviceOf({ sender, nativeText, level, previousLevel }: Finding, context: PhraseContext): string | undefined {
  if (level === undefined && nativeText === undefined) return undefined;
  const words = wordsOf(context.language);
  const now = nativeText ? words.quoted(nativeText) : level ? words.level[level] : words.levelNotStated;
  const before = previousLevel && previousLevel !== level ? ` · ${words.before}: ${words.level[previousLevel]}` : '';
  return `${sender ? `${shortName(sender, context)}: ` : ''}${now}${before}`;
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

function buttonsOf(alert: Alert, { language }: PhraseContext): readonly Button[] {
  const { event } = alert;
  const id = shownId(alert);
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
