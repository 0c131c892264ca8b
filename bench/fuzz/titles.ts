/** What titles repeat that grow, one in each language that is read. */
export const titles: Readonly<Record<string, string>> = {
  en: 'US orders departure of embassy staff from Kyiv, ',
  de: 'Deutschland zieht Botschaftspersonal aus Kiew ab, ',
  fr: 'La France évacue son ambassade à Kiev, ',
  es: 'España evacúa su embajada en Kiev, ',
  it: 'L’Italia evacua l’ambasciata a Kiev, ',
  pt: 'Portugal retira pessoal da embaixada em Kiev, ',
  pl: 'Polska ewakuuje ambasadę w Kijowie, ',
  uk: 'США евакуюють посольство у Києві, ',
  ru: 'США эвакуируют посольство в Киеве, ',
  ar: 'الولايات المتحدة تجلي موظفي سفارتها في كييف، ',
  zh: '美国驻乌克兰大使馆撤离',
  ja: '米国はウクライナの大使館職員に退避を命じた',
};
