import type { Topic } from '../../kinds.ts';
import type { DropReason } from '../../model/finding.ts';

export const drop: Readonly<Record<DropReason, string>> = {
  'nothing-relevant': 'у ній нічого про поради мандрівникам чи представництва',
  'no-frame': 'відомі слова в ній є, але немає дії держави',
  'not-a-state': 'у ній діє не держава, а компанія, агенція, армія чи клуб',
  local: 'вона не виходить за межі однієї країни',
  considered: 'це лише розглядають, рішення немає',
  denied: 'це спростовано',
  historic: 'ідеться про минуле',
  followup: 'вона повертається до того, про що вже повідомлено',
  routine: 'це буденне: свята чи години роботи',
  'low-confidence': 'вона недостатньо ясна для сповіщення',
  'unchanged-advice': 'пораду оприлюднено повторно або переформульовано на тому самому рівні',
  old: 'її оприлюднено надто давно для сповіщення',
  held: 'знижений рівень має протриматися якийсь час, перш ніж його визнають',
  placeholder: 'у реєстрі був рядок без тексту',
  'stale-row': 'рядок старіший за вже прийнятий',
  redated: 'реєстр одразу змінив дату більшості рядків',
  'set-aside': 'її не вдалося прочитати через помилку самого Attaché; докладніше в журналі',
};

export const topic: Readonly<Record<Topic, string>> = {
  'embassy-moves': 'зміни в посольствах',
  evacuations: 'евакуації',
  'travel-advisories': 'поради мандрівникам',
  'security-alerts': 'попередження про безпеку',
  borders: 'кордони й повітряний простір',
  consular: 'консульські послуги',
  diplomacy: 'вислання та розрив відносин',
  ambassadors: 'посли',
};

/** Яку роль слово має в повідомленні. */
export const roles: Readonly<Record<string, string>> = {
  actor: 'дійова особа',
  sender: 'акредитуюча держава',
  host: 'країна перебування',
  act: 'дія',
  country: 'країна',
  city: 'місто',
  from: 'звідки',
  to: 'куди',
  level: 'рівень',
};
