/**
 * Every State by its name and its capital's in the cases that headlines use, in languages that inflect names. Forms are made here by the
 * rules of each language from the names of the countries, apart from the lexicons; what the rules do not make is listed.
 */

import { expect, test } from 'vitest';
import { alertsOf, brief, shippedDetector } from '../support/detector.ts';
import { shippedConfig } from '../support/project.ts';

const detector = shippedDetector();
const config = shippedConfig();

/** Genitive and locative: undefined where it is neither, so that an exception is missing. */
type Cases = readonly [genitive: string, locative: string];
/** An ending of a name, and what it becomes in both cases; the first that fits. */
type Endings = readonly (readonly [RegExp, string, string])[];

interface Tongue {
  readonly endings: Endings;
  /** "CD forms": genitive / locative, or one form for both. */
  readonly others: string;
  readonly locative: (place: string) => string;
  readonly genitive: (place: string) => string;
  /** Capitals in the locative. */
  readonly capitals: string;
}

const slavs: Readonly<Record<string, Tongue>> = {
  ru: {
    endings: [
      [/ия$/, 'ии', 'ии'],
      [/ея$/, 'еи', 'ее'],
      [/ай$/, 'ая', 'ае'],
      [/ей$/, 'ея', 'ее'],
      [/([гкх])а$/, '$1и', '$1е'],
      [/([бвдзлмнпрт])а$/, '$1ы', '$1е'],
      [/([бвгдзклмнпрстхш])$/, '$1а', '$1е'],
      [/ы$/, '', 'ах'],
    ],
    others: `AE Объединенных Арабских Эмиратов / Объединенных Арабских Эмиратах|BY Беларуси|BB Барбадоса / Барбадосе|BA Боснии и Герцеговины / Боснии и Герцеговине
      CF Центральноафриканской Республики / Центральноафриканской Республике|CD ДР Конго|CV Кабо-Верде|DO Доминиканской Республики / Доминиканской Республике
      GQ Экваториальной Гвинеи / Экваториальной Гвинее|IL Израиля / Израиле|KP Северной Кореи / Северной Корее|KR Южной Кореи / Южной Корее|MK Северной Македонии
      NL Нидерландов / Нидерландах|NZ Новой Зеландии|PG Папуа-Новой Гвинеи / Папуа-Новой Гвинее|SA Саудовской Аравии|SS Южного Судана / Южном Судане
      TL Восточного Тимора / Восточном Тиморе|US США|ZA ЮАР|CZ Чехии|LV Латвии|RO Румынии|XK Косова / Косове|PS Палестины / Палестине|LA Лаоса / Лаосе
      EG Египта / Египте|BN Брунея / Брунее|UY Уругвая / Уругвае|PY Парагвая / Парагвае|KM Коморских островов / Коморских островах
      BS Багамских островов / Багамских островах|TT Тринидада и Тобаго / Тринидаде и Тобаго|AG Антигуа и Барбуды / Антигуа и Барбуде`,
    locative: (place) => `США закрывают посольство в ${place}`,
    genitive: (place) => `Посольство ${place} в Токио закрыто`,
    capitals: `AF Кабуле|AL Тиране|AM Ереване|AO Луанде|AR Буэнос-Айресе|AT Вене|AU Канберре|AZ Баку|BA Сараеве|BD Дакке|BE Брюсселе|BF Уагадугу|BG Софии
      BI Бужумбуре|BO Ла-Пасе|BY Минске|CD Киншасе|CF Банги|CG Браззавиле|CH Берне|CL Сантьяго|CM Яунде|CN Пекине|CO Боготе|CU Гаване|CY Никосии|CZ Праге
      DE Берлине|DK Копенгагене|EC Кито|EG Каире|ES Мадриде|ET Аддис-Абебе|ER Асмэре|FI Хельсинки|FR Париже|GA Либревиле|GB Лондоне|GE Тбилиси|GH Аккре
      GN Конакри|GR Афинах|HR Загребе|HT Порт-о-Пренсе|HU Будапеште|ID Джакарте|IE Дублине|IL Иерусалиме|IN Нью-Дели|IQ Багдаде|IR Тегеране|IS Рейкьявике
      IT Риме|JO Аммане|KE Найроби|KG Бишкеке|KH Пномпене|KP Пхеньяне|KR Сеуле|KZ Астане|LA Вьентьяне|LB Бейруте|LK Коломбо|LR Монровии|LT Вильнюсе|LV Риге
      LY Триполи|MA Рабате|MD Кишиневе|ME Подгорице|MG Антананариву|MK Скопье|ML Бамако|MM Нейпьидо|MN Улан-Баторе|MR Нуакшоте|MX Мехико|MY Куала-Лумпуре
      MZ Мапуту|NE Ниамее|NG Абудже|NI Манагуа|NL Гааге|NO Осло|NP Катманду|NZ Веллингтоне|OM Маскате|PE Лиме|PH Маниле|PK Исламабаде|PL Варшаве|PT Лиссабоне
      PY Асунсьоне|QA Дохе|RO Бухаресте|RS Белграде|RU Москве|RW Кигали|SA Эр-Рияде|SD Хартуме|SE Стокгольме|SI Любляне|SK Братиславе|SN Дакаре|SO Могадишо
      SS Джубе|SV Сан-Сальвадоре|SY Дамаске|TD Нджамене|TG Ломе|TH Бангкоке|TJ Душанбе|TM Ашхабаде|TR Анкаре|TZ Додоме|UA Киеве|UG Кампале|UY Монтевидео
      UZ Ташкенте|VE Каракасе|VN Ханое|XK Приштине|YE Сане|ZA Претории|ZM Лусаке|ZW Хараре`,
  },
  uk: {
    endings: [
      [/ія$/, 'ії', 'ії'],
      [/ея$/, 'еї', 'еї'],
      [/([жчш])ина$/, '$1ини', '$1ині'],
      [/ка$/, 'ки', 'ці'],
      [/([бвдзлмнпрт])а$/, '$1и', '$1і'],
      [/ай$/, 'аю', 'аї'],
      [/ей$/, 'ею', 'еї'],
      [/([бвгдзлмнпрстш])$/, '$1у', '$1і'],
      [/к$/, 'ку', 'ку'],
      [/и$/, '', 'ах'],
    ],
    others: `AE Об’єднаних Арабських Еміратів / Об’єднаних Арабських Еміратах|BA Боснії і Герцеговини / Боснії і Герцеговині|BY Білорусі|CD ДР Конго|CG Конго
      CF Центральноафриканської Республіки / Центральноафриканській Республіці|CV Кабо-Верде|DO Домініканської Республіки / Домініканській Республіці|GE Грузії
      GQ Екваторіальної Гвінеї / Екваторіальній Гвінеї|IL Ізраїлю / Ізраїлі|KP Північної Кореї / Північній Кореї|KR Південної Кореї / Південній Кореї|SG Сінгапуру / Сінгапурі
      MK Північної Македонії / Північній Македонії|NL Нідерландів / Нідерландах|NZ Нової Зеландії / Новій Зеландії|PG Папуа-Нової Гвінеї / Папуа-Новій Гвінеї|PL Польщі
      SA Саудівської Аравії / Саудівській Аравії|SS Південного Судану / Південному Судані|TL Східного Тимору / Східному Тиморі|US США|ZA Південно-Африканської Республіки / Південно-Африканській Республіці
      XK Косова / Косові|EG Єгипту / Єгипті|KM Коморських Островів / Коморських Островах|BS Багамських Островів / Багамських Островах|CZ Чехії|BN Брунею / Брунеї
      TT Тринідаду і Тобаго / Тринідаді і Тобаго|AG Антигуа і Барбуди / Антигуа і Барбуді|VN В’єтнаму / В’єтнамі|GB Великої Британії / Великій Британії`,
    locative: (place) => `США закривають посольство в ${place}`,
    genitive: (place) => `Посольство ${place} в Токіо закрито`,
    capitals: `AF Кабулі|AL Тирані|AM Єревані|AO Луанді|AR Буенос-Айресі|AT Відні|AU Канберрі|AZ Баку|BA Сараєві|BD Дацці|BE Брюсселі|BF Уагадугу|BG Софії
      BI Бужумбурі|BO Ла-Пасі|BY Мінську|CD Кіншасі|CF Бангі|CG Браззавілі|CH Берні|CL Сантьяго|CM Яунде|CN Пекіні|CO Боготі|CU Гавані|CY Нікосії|CZ Празі
      DE Берліні|DK Копенгагені|EC Кіто|EG Каїрі|ES Мадриді|ET Аддис-Абебі|ER Асмері|FI Гельсінкі|FR Парижі|GA Лібревілі|GB Лондоні|GE Тбілісі|GH Аккрі
      GN Конакрі|GR Афінах|HR Загребі|HT Порт-о-Пренсі|HU Будапешті|ID Джакарті|IE Дубліні|IL Єрусалимі|IN Нью-Делі|IQ Багдаді|IR Тегерані|IS Рейк’явіку
      IT Римі|JO Аммані|KE Найробі|KG Бішкеку|KH Пномпені|KP Пхеньяні|KR Сеулі|KZ Астані|LA В’єнтьяні|LB Бейруті|LK Коломбо|LR Монровії|LT Вільнюсі|LV Ризі
      LY Тріполі|MA Рабаті|MD Кишиневі|ME Подгориці|MG Антананаріву|MK Скоп’є|ML Бамако|MM Нейпідо|MN Улан-Баторі|MR Нуакшоті|MX Мехіко|MY Куала-Лумпурі
      MZ Мапуту|NE Ніамеї|NG Абуджі|NI Манагуа|NL Гаазі|NO Осло|NP Катманду|NZ Веллінгтоні|OM Маскаті|PE Лімі|PH Манілі|PK Ісламабаді|PL Варшаві|PT Лісабоні
      PY Асунсьйоні|QA Досі|RO Бухаресті|RS Белграді|RU Москві|RW Кігалі|SA Ер-Ріяді|SD Хартумі|SE Стокгольмі|SI Любляні|SK Братиславі|SN Дакарі|SO Могадішо
      SS Джубі|SV Сан-Сальвадорі|SY Дамаску|TD Нджамені|TG Ломе|TH Бангкоку|TJ Душанбе|TM Ашгабаті|TR Анкарі|TZ Додомі|UA Києві|UG Кампалі|UY Монтевідео
      UZ Ташкенті|VE Каракасі|VN Ханої|XK Приштині|YE Сані|ZA Преторії|ZM Лусаці|ZW Хараре`,
  },
  pl: {
    endings: [
      [/([cjl])a$/, '$1i', '$1i'],
      [/ia$/, 'ii', 'ii'],
      [/ka$/, 'ki', 'ce'],
      [/ga$/, 'gi', 'dze'],
      [/da$/, 'dy', 'dzie'],
      [/ra$/, 'ry', 'rze'],
      [/ła$/, 'ły', 'le'],
      [/([bmnpw])a$/, '$1y', '$1ie'],
      [/wo$/, 'wa', 'wie'],
      [/or$/, 'oru', 'orze'],
      [/ur$/, 'uru', 'urze'],
      [/ar$/, 'aru', 'arze'],
      [/al$/, 'alu', 'alu'],
      [/([kl]|sz)$/, '$1u', '$1u'],
      [/([ae])j$/, '$1ju', '$1ju'],
      [/([bmns])$/, '$1u', '$1ie'],
      [/y$/, '', 'ach'],
    ],
    others: `AE Zjednoczonych Emiratów Arabskich / Zjednoczonych Emiratach Arabskich|BA Bośni i Hercegowiny / Bośni i Hercegowinie|BY Białorusi|CV Republiki Zielonego Przylądka / Republice Zielonego Przylądka
      CD Demokratycznej Republiki Konga / Demokratycznej Republice Konga|CG Konga / Kongu|CF Republiki Środkowoafrykańskiej / Republice Środkowoafrykańskiej
      CI Wybrzeża Kości Słoniowej / Wybrzeżu Kości Słoniowej|DE Niemiec / Niemczech|GB Wielkiej Brytanii|GQ Gwinei Równikowej|HU Węgier / Węgrzech|IN Indii / Indiach|IT Włoch / Włoszech
      KP Korei Północnej|KR Korei Południowej|MA Maroka / Maroku|ME Czarnogóry / Czarnogórze|MK Macedonii Północnej|NZ Nowej Zelandii|PG Papui-Nowej Gwinei|PL Polski / Polsce
      SA Arabii Saudyjskiej|SS Sudanu Południowego / Sudanie Południowym|TL Timoru Wschodniego / Timorze Wschodnim|US USA|ZA RPA|EG Egiptu / Egipcie|KW Kuwejtu / Kuwejcie
      TD Czadu / Czadzie|NE Nigru / Nigrze|CY Cypru / Cyprze|MT Malty / Malcie|CZ Czech / Czechach|DO Dominikany / Dominikanie|BT Bhutanu / Bhutanie|RU Rosji|BO Boliwii|CO Kolumbii
      AO Angoli|VE Wenezueli|GM Gambii|ZM Zambii|DK Danii|SY Syrii|GN Gwinei|FJ Fidżi|LV Łotwy / Łotwie|BZ Belize|TT Trynidadu i Tobago / Trynidadzie i Tobago|SV Salwadoru / Salwadorze
      GT Gwatemali|BN Brunei|PK Pakistanu / Pakistanie|MX Meksyku|HK Hongkongu|AG Antigui i Barbudy / Antigui i Barbudzie|ER Erytrei|MU Mauritiusa / Mauritiusie|VA Watykanu / Watykanie|CU Kuby / Kubie
      PS Palestyny / Palestynie|SC Seszeli / Seszelach|BH Bahrajnu / Bahrajnie|KM Komorów / Komorach|BS Bahamów / Bahamach|NL Holandii|PH Filipin / Filipinach|MV Malediwów / Malediwach|HN Hondurasu / Hondurasie
      GA Gabonu / Gabonie|GD Grenady / Grenadzie|MM Mjanmy / Mjanmie|RW Rwandy / Rwandzie|UG Ugandy / Ugandzie|CA Kanady / Kanadzie|AD Andory / Andorze|LB Libanu / Libanie|SO Somalii`,
    locative: (place) => `USA zamykają ambasadę w ${place}`,
    genitive: (place) => `Ambasada ${place} w Tokio zamknięta`,
    capitals: `AF Kabulu|AL Tiranie|AM Erywaniu|AO Luandzie|AR Buenos Aires|AT Wiedniu|AU Canberze|AZ Baku|BA Sarajewie|BD Dhace|BE Brukseli|BF Wagadugu|BG Sofii
      BI Bużumburze|BO La Paz|BY Mińsku|CD Kinszasie|CF Bangi|CH Bernie|CL Santiago|CM Jaunde|CN Pekinie|CO Bogocie|CU Hawanie|CY Nikozji|CZ Pradze
      DE Berlinie|DK Kopenhadze|EC Quito|EG Kairze|ES Madrycie|ET Addis Abebie|ER Asmarze|FI Helsinkach|FR Paryżu|GA Libreville|GB Londynie|GE Tbilisi|GH Akrze
      GR Atenach|HR Zagrzebiu|HT Port-au-Prince|HU Budapeszcie|ID Dżakarcie|IE Dublinie|IL Jerozolimie|IN Nowym Delhi|IQ Bagdadzie|IR Teheranie|IS Reykjaviku
      IT Rzymie|JO Ammanie|KE Nairobi|KG Biszkeku|KH Phnom Penh|KP Pjongjangu|KR Seulu|KZ Astanie|LA Wientianie|LB Bejrucie|LK Kolombo|LR Monrowii|LT Wilnie|LV Rydze
      LY Trypolisie|MA Rabacie|MD Kiszyniowie|ME Podgoricy|MK Skopje|ML Bamako|MN Ułan Bator|MR Nawakszucie|MY Kuala Lumpur|MZ Maputo|NE Niamey|NG Abudży|NI Managui
      NL Hadze|NO Oslo|NP Katmandu|NZ Wellingtonie|OM Maskacie|PE Limie|PH Manili|PK Islamabadzie|PL Warszawie|PT Lizbonie|QA Dosze|RO Bukareszcie|RS Belgradzie|RU Moskwie|RW Kigali
      SA Rijadzie|SD Chartumie|SE Sztokholmie|SI Lublanie|SK Bratysławie|SN Dakarze|SO Mogadiszu|SS Dżubie|SY Damaszku|TD Ndżamenie|TH Bangkoku|TJ Duszanbe|TM Aszchabadzie
      TN Tunisie|TR Ankarze|TZ Dodomie|UA Kijowie|UG Kampali|UY Montevideo|UZ Taszkencie|VE Caracas|VN Hanoi|XK Prisztinie|YE Sanie|ZA Pretorii|ZM Lusace|ZW Harare`,
  },
};

const states = new Set(
  `AD AE AF AG AL AM AO AR AT AU AZ BA BB BD BE BF BG BH BI BJ BN BO BR BS BT BW BY BZ CA CD CF CG CH CI CL CM CN CO CR CU CV CY CZ DE DJ DK DO DZ EC EE EG ER ES ET FI FJ FR GA GB GD GE GH GM GN GQ
  GR GT GY HN HR HT HU ID IE IL IN IQ IR IS IT JM JO KE KG KH KM KP KR KW KZ LA LB LK LR LS LT LU LV LY MA MD ME MG MK ML MM MN MR MT MU MV MW MX MY MZ NA NE NG NI NL NO NP NZ OM PA PE PG PH PK PL PS
  PT PY QA RO RS RU RW SA SC SD SE SG SI SK SL SN SO SR SS SV SY SZ TD TG TH TJ TL TM TN TR TT TW TZ UA UG US UY UZ VA VE VN XK YE ZA ZM ZW`.split(
    /\s+/,
  ),
);

const listed = (list: string): ReadonlyMap<string, string> =>
  new Map(list.split(/[|\n]/).map((line) => [line.trim().slice(0, 2), line.trim().slice(3)]));

function casesOf(name: string, country: string, { endings, others }: Tongue): Cases {
  const own = listed(others).get(country);
  if (own) {
    const [genitive = '', locative = genitive] = own.split(' / ');
    return [genitive, locative];
  }
  const fits = endings.find(([ending]) => ending.test(name));
  return fits ? [name.replace(fits[0], fits[1]), name.replace(fits[0], fits[2])] : [name, name];
}

const hostOf = (title: string) => alertsOf(detector, title).map(brief).join(' ');

test.each(Object.entries(slavs))('%s: every country, owned and as the place', (language, tongue) => {
  const names = config.places.entries.filter(
    (entry) => entry.language === language && entry.role === 'country' && states.has(entry.country),
  );
  expect(names.length).toBeGreaterThan(170);
  const wrong = names.flatMap(({ text, country }) => {
    const [genitive, locative] = casesOf(text, country, tongue);
    const owned = country === 'JP' || hostOf(tongue.genitive(genitive)) === `embassy-closure ${country}>JP` ? [] : [genitive];
    const place = country === 'US' || hostOf(tongue.locative(locative)) === `embassy-closure US>${country}` ? [] : [locative];
    return [...owned, ...place];
  });
  expect(wrong).toEqual([]);
});

test.each(Object.entries(slavs))('%s: capitals as the place', (_, { capitals, locative }) => {
  const wrong = [...listed(capitals)].filter(([country, city]) => hostOf(locative(city)) !== `embassy-closure US>${country}`);
  expect(wrong).toEqual([]);
});
