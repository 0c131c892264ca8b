import type { Topic } from '../../kinds.ts';
import type { DropReason } from '../../model/finding.ts';

export const drop: Readonly<Record<DropReason, string>> = {
  'nothing-relevant': 'rien n’y touche aux conseils aux voyageurs ni aux représentations',
  'no-frame': 'des mots connus y sont, mais aucun acte d’un État',
  'not-a-state': 'aucun État n’y agit : une entreprise, une agence, une armée ou un club',
  local: 'cela reste dans un seul pays',
  considered: 'c’est seulement envisagé, pas décidé',
  denied: 'c’est démenti',
  historic: 'cela parle du passé',
  followup: 'cela revient sur ce qui a déjà été annoncé',
  routine: 'c’est ordinaire : jours fériés ou horaires',
  'low-confidence': 'ce n’était pas assez clair pour une alerte',
  'unchanged-advice': 'le conseil a été republié ou reformulé au même niveau',
  old: 'c’était publié depuis trop longtemps pour une alerte',
  held: 'un niveau abaissé doit durer un peu avant d’être tenu pour vrai',
  placeholder: 'le registre avait une ligne sans son texte',
  'stale-row': 'la ligne est plus ancienne que ce qui était déjà admis',
  redated: 'le registre a redaté d’un coup la plupart de ses lignes',
  'set-aside': 'une erreur d’Attaché lui-même a empêché de le lire ; le journal en dit plus',
};

export const topic: Readonly<Record<Topic, string>> = {
  'embassy-moves': 'mouvements d’ambassades',
  evacuations: 'évacuations',
  'travel-advisories': 'conseils aux voyageurs',
  'security-alerts': 'alertes de sécurité',
  borders: 'frontières et espace aérien',
  consular: 'services consulaires',
  diplomacy: 'expulsions et ruptures de relations',
  ambassadors: 'ambassadeurs',
};

/** Le rôle d’un mot dans une information. */
export const roles: Readonly<Record<string, string>> = {
  actor: 'acteur',
  sender: 'État d’envoi',
  host: 'pays hôte',
  act: 'acte',
  country: 'pays',
  city: 'ville',
  from: 'départ',
  to: 'arrivée',
  level: 'niveau',
};
