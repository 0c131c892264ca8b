import type { Topic } from '../../kinds.ts';
import type { DropReason } from '../../model/finding.ts';

export const drop: Readonly<Record<DropReason, string>> = {
  'nothing-relevant': 'nada en ella trata de recomendaciones de viaje ni de representaciones',
  'no-frame': 'contiene palabras conocidas, pero ningún acto de un Estado',
  'not-a-state': 'en ella no actúa ningún Estado, sino una empresa, una agencia, un ejército o un club',
  local: 'queda dentro de un solo país',
  considered: 'solo se está considerando, no está decidido',
  denied: 'está desmentido',
  historic: 'habla del pasado',
  followup: 'retoma algo que ya se había anunciado',
  routine: 'es rutina: festivos u horarios de oficina',
  'low-confidence': 'no estaba lo bastante claro para una alerta',
  'unchanged-advice': 'la recomendación se volvió a publicar o se reformuló al mismo nivel',
  old: 'se publicó hace demasiado tiempo para una alerta',
  held: 'un nivel rebajado debe mantenerse un tiempo antes de darse por cierto',
  placeholder: 'el registro tenía una fila sin su texto',
  'stale-row': 'la fila es más antigua que lo ya aceptado',
  redated: 'el registro cambió de una vez la fecha de casi todas sus filas',
  'set-aside': 'un error del propio Attaché impidió leerla; el registro de errores dice más',
};

export const topic: Readonly<Record<Topic, string>> = {
  'embassy-moves': 'movimientos de embajadas',
  evacuations: 'evacuaciones',
  'travel-advisories': 'recomendaciones de viaje',
  'security-alerts': 'alertas de seguridad',
  borders: 'fronteras y espacio aéreo',
  consular: 'servicios consulares',
  diplomacy: 'expulsiones y ruptura de relaciones',
  ambassadors: 'embajadores',
};

/** El papel de una palabra en una noticia. */
export const roles: Readonly<Record<string, string>> = {
  actor: 'actor',
  sender: 'Estado acreditante',
  host: 'país anfitrión',
  act: 'acto',
  country: 'país',
  city: 'ciudad',
  from: 'origen',
  to: 'destino',
  level: 'nivel',
};
