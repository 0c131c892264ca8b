/** Phrases an alert as a chat message, from its headline to its buttons. */
import { isAdvice, traits } from '../kinds.ts';
import type { Button, ChatMessage, Line, MessageField } from '../message.ts';
import { type Alert, shownId } from '../model/alert.ts';
import { type NewsEvent, presentSources, type Reason } from '../model/event.ts';
import type { Finding } from '../model/finding.ts';
import { credit, firstLink, leadLines, sourceLines, titleOf } from './alert-sources.ts';
import { differencesOf, staffPosture } from './differences.ts';
import { shortId } from './digest.ts';
import { actPhrase, otherActsOf, type PhraseContext, provenance, shortName } from './headline.ts';
import { wordsOf } from './words.ts';

/** An alert this long after publication is marked as late (ms). */
const lateAfter = 3_600_000;

/**
 * Returns the complete message of an event: an edit carries as much as a first post. Nothing
 * repeats the headline.
 */
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
    lines: [...leadLines(event, context), ...lateness(alert, context), ...statusLine(alert, context), ...changed(alert, context)],
    fields: fieldsOf(alert, context),
    sections: sections.filter(({ lines }) => lines.length > 0),
    footer: [...credit(event, context), [`${words.alertId(shortId(event.id))} · ${words.notOfficial}`]],
    buttons: buttonsOf(alert, context),
    ...mapOf(alert, context),
    language: context.language,
  };
}

/** The flag of the host country; none for several countries. */
export function flagOf({ hosts: [host, ...more] }: Finding): Pick<ChatMessage, 'flag'> {
  if (host === undefined || more.length > 0 || !/^[A-Z]{2}$/.test(host)) return {};
  return { flag: String.fromCodePoint(...[...host].map((letter) => 0x1f1e6 + letter.charCodeAt(0) - 65)) };
}

/** Reasons that the headline already expresses. */
const inHeadline: readonly Reason[] = [
  'first-report',
  'level-raised',
  'level-lowered',
  'officially-confirmed',
  'reopened',
  'denied-by-official',
];

/** "Update 2: the mission goes a step further"; nothing for a first report. */
function statusLine({ kind, event, because }: Alert, { language }: PhraseContext): readonly Line[] {
  const words = wordsOf(language);
  const why = because.filter((reason) => !inHeadline.includes(reason)).map((reason) => words.reason[reason]);
  if (why.length === 0) return [];
  return kind === 'update' ? [[{ strong: words.update(event.revision - 1) }, `: ${why.join('; ')}`]] : [[why.join('; ')]];
}

function lateness({ event, at }: Alert, { language }: PhraseContext): readonly Line[] {
  // As of the last notification: outlets that were only counted since do not make it late.
  const notifiedAt = event.lastTold?.at ?? at;
  const last = presentSources(event).findLast(({ seenAt }) => seenAt <= notifiedAt);
  // Official pages give the date of their text, not the hour of the change.
  if (last?.publishedAt === undefined || last.tier === 'official' || notifiedAt - last.publishedAt <= lateAfter) return [];
  return [[{ strong: wordsOf(language).late(Math.floor((notifiedAt - last.publishedAt) / lateAfter)) }]];
}

function changed({ previous, event, kind }: Alert, context: PhraseContext): readonly Line[] {
  if (!previous || kind === 'correction') return [];
  if (kind === 'update') return differencesOf(previous, event.finding, context);
  return [[`${wordsOf(context.language).before}: ${actPhrase(previous, context)}`]];
}

/** Other acts of the crisis, each with who reported it. */
function otherActs(event: NewsEvent, context: PhraseContext): readonly Line[] {
  return otherActsOf(event, context).map(([kind, other]) => [`${actPhrase(other, context)} · ${provenance(event, context, kind)}`]);
}

/** Fields for what the headline does not say. */
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

/** The issuer's own words if known, else our name of the level. */
function adviceOf({ sender, nativeText, level, previousLevel }: Finding, context: PhraseContext): string | undefined {
  if (level === undefined && nativeText === undefined) return undefined;
  const words = wordsOf(context.language);
  const now = nativeText ? words.quoted(nativeText) : level ? words.level[level] : words.levelNotStated;
  const before = previousLevel && previousLevel !== level ? ` · ${words.before}: ${words.level[previousLevel]}` : '';
  return `${sender ? `${shortName(sender, context)}: ` : ''}${now}${before}`;
}

/** A map link to the city, else the country; none for several countries. */
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
