/** Texts made to be read endlessly: in each language a report, written again and again. */
export const repeated: Readonly<Record<string, string>> = {
  en: 'US evacuates embassy in Kyiv ',
  fr: "La France évacue l'ambassade à Kiev ",
  es: 'España evacúa la embajada en Kiev ',
  de: 'Deutschland evakuiert Botschaft in Kiew ',
  it: "L'Italia evacua l'ambasciata a Kiev ",
  pt: 'Brasil evacua a embaixada em Kiev ',
  pl: 'Polska ewakuuje ambasadę w Kijowie ',
  uk: 'США евакуюють посольство в Києві ',
  ru: 'США эвакуируют посольство в Киеве ',
  ar: 'الولايات المتحدة تخلي سفارتها في كييف ',
  zh: '美国驻乌克兰大使馆撤离',
  ja: '米国、在ウクライナ大使館を閉鎖',
};

export const sizes = [250, 500, 1_000, 2_000, 20_000] as const;

export const grown = (seed: string, size: number) => seed.repeat(Math.ceil(size / seed.length)).slice(0, size);
