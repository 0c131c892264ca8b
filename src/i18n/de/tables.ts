import type { Topic } from '../../kinds.ts';
import type { DropReason } from '../../model/finding.ts';

export const drop: Readonly<Record<DropReason, string>> = {
  'nothing-relevant': 'nichts darin betrifft Reisehinweise oder Vertretungen',
  'no-frame': 'bekannte Wörter kommen vor, aber keine Handlung eines Staates',
  'not-a-state': 'es handelt kein Staat: sondern eine Firma, eine Behörde, eine Armee oder ein Verein',
  local: 'es bleibt innerhalb eines Landes',
  considered: 'es wird nur erwogen, ist nicht entschieden',
  denied: 'es wird dementiert',
  historic: 'es erzählt von Vergangenem',
  followup: 'es greift auf, was schon gemeldet wurde',
  routine: 'es ist Alltag: Feiertage oder Öffnungszeiten',
  'low-confidence': 'es war für eine Meldung nicht klar genug',
  'unchanged-advice': 'der Hinweis wurde auf gleicher Stufe neu veröffentlicht oder umformuliert',
  old: 'es wurde vor zu langer Zeit veröffentlicht',
  held: 'eine gesenkte Stufe muss eine Weile bestehen, bevor sie gilt',
  placeholder: 'das Verzeichnis hatte eine Zeile ohne Text',
  'stale-row': 'die Zeile ist älter als das, was schon übernommen wurde',
  redated: 'das Verzeichnis hat die meisten Zeilen auf einmal neu datiert',
  'set-aside': 'ein Fehler von Attaché selbst verhinderte das Lesen; das Protokoll sagt mehr',
};

export const topic: Readonly<Record<Topic, string>> = {
  'embassy-moves': 'Bewegungen von Botschaften',
  evacuations: 'Evakuierungen',
  'travel-advisories': 'Reisehinweise',
  'security-alerts': 'Sicherheitswarnungen',
  borders: 'Grenzen und Luftraum',
  consular: 'Konsulardienste',
  diplomacy: 'Ausweisungen und abgebrochene Beziehungen',
  ambassadors: 'Botschafter',
};

/** Welche Rolle ein Wort in einem Bericht hat. */
export const roles: Readonly<Record<string, string>> = {
  actor: 'Handelnder',
  sender: 'Entsendestaat',
  host: 'Gastland',
  act: 'Handlung',
  country: 'Land',
  city: 'Stadt',
  from: 'Ausgangsort',
  to: 'Zielort',
  level: 'Stufe',
};
