/** Polish. Every headline is invented. */
import { describe, expect, test } from 'vitest';
import { alertsOf, brief, shippedDetector } from './detect-harness.ts';

const detector = shippedDetector();
const alerted = (title: string) => alertsOf(detector, title).map((found) => `${brief(found)} ${found.status}`);

describe('reported', () => {
  test.each([
    ['USA zamykają ambasadę w Kijowie z powodu groźby nalotu', 'embassy-closure US>UA happening'],
    ['Polska zamyka rosyjski konsulat w Gdańsku', 'embassy-closure RU>PL happening'],
    ['Wielka Brytania tymczasowo zamknęła ambasadę w Iranie', 'embassy-closure GB>IR happening'],
    ['Ambasada Polski w Bagdadzie zawiesza działalność', 'embassy-suspension PL>IQ happening'],
    ['Kanada przenosi ambasadę z Kijowa do Lwowa', 'embassy-relocation CA>UA happening'],
    ['Polska ambasada wróciła do Kijowa', 'embassy-reopening PL>UA happening'],
    ['Słowenia otworzyła ambasadę w Kijowie', 'embassy-opening SI>UA happening'],
    ['USA nakazały rodzinom dyplomatów opuścić Ukrainę', 'staff-departure-ordered US>UA happening'],
    ['Niemcy wycofują część personelu ambasady z Teheranu', 'staff-drawdown DE>IR happening'],
    ['Polska ewakuuje obywateli z Libanu', 'evacuation PL>LB happening'],
    ['Wojsko ewakuowało z Izraela ponad 900 Polaków', 'evacuation PL>IL happening'],
    ['MSZ: rusza ewakuacja Polaków z Izraela', 'evacuation PL>IL happening'],
    ['MSZ wzywa Polaków do natychmiastowego opuszczenia Białorusi', 'travel-advisory PL>BY happening'],
    ['MSZ odradza wszelkie podróże do Iranu', 'travel-advisory PL>IR happening'],
    ['MSZ podnosi poziom ostrzeżenia dla podróżujących do Izraela', 'travel-advisory PL>IL happening'],
    ['USA apelują do obywateli o opuszczenie Haiti', 'travel-advisory US>HT happening'],
    ['Ambasada USA w Moskwie ostrzega przed zamachami', 'security-alert US>RU happening'],
    ['Polska zamyka granicę z Białorusią', 'border-airspace ->BY,PL happening'],
    ['Litwa zamknęła granicę z Białorusią z powodu balonów', 'border-airspace ->BY,LT happening'],
    ['Katar zamknął przestrzeń powietrzną', 'border-airspace ->QA happening'],
    ['Czechy wydalają rosyjskich dyplomatów', 'diplomatic-expulsion RU>CZ happening'],
    ['Rosja wydala trzech polskich dyplomatów', 'diplomatic-expulsion PL>RU happening'],
    ['Rosyjski attaché wojskowy uznany za persona non grata w Londynie', 'diplomatic-expulsion RU>GB happening'],
    ['Kolumbia zrywa stosunki dyplomatyczne z Izraelem', 'diplomatic-expulsion IL>CO happening'],
    ['Ambasador Rosji wezwany do MSZ', 'ambassador-summoned RU>PL happening'],
    ['Polska odwołuje ambasadora z Budapesztu', 'ambassador-recall PL>HU happening'],
    ['Atak na ambasadę Izraela w Kopenhadze', 'mission-attack IL>DK happening'],
    ['Demonstranci wtargnęli do ambasady Szwecji w Bagdadzie', 'mission-attack SE>IQ happening'],
    ['Rosja zamyka polski konsulat w Irkucku', 'embassy-closure PL>RU happening'],
    ['Francja zamyka ambasadę w Nigrze', 'embassy-closure FR>NE happening'],
    ['Norwegia zamknie ambasadę w Mali', 'embassy-closure NO>ML happening'],
    ['Japonia zawiesiła działalność ambasady w Sudanie', 'embassy-suspension JP>SD happening'],
    ['Włochy wznowiły pracę ambasady w Damaszku', 'embassy-reopening IT>SY happening'],
    ['Indie otworzyły ambasadę w Kabulu', 'embassy-opening IN>AF happening'],
    ['Departament Stanu zezwolił rodzinom dyplomatów na opuszczenie Iraku', 'staff-departure-authorized US>IQ happening'],
    ['Polska ewakuowała personel ambasady w Teheranie', 'staff-drawdown PL>IR happening'],
    ['Australia wycofuje dyplomatów z Mjanmy', 'staff-drawdown AU>MM happening'],
    ['Indie ewakuowały 250 studentów z Ukrainy', 'evacuation IN>UA happening'],
    ['Niemcy ewakuują obywateli z Sudanu', 'evacuation DE>SD happening'],
    ['Kanada apeluje do obywateli o opuszczenie Libanu', 'travel-advisory CA>LB happening'],
    ['MSZ ostrzega przed podróżami do Wenezueli', 'travel-advisory PL>VE happening'],
    ['Chiny wzywają obywateli do unikania podróży do Japonii', 'travel-advisory CN>JP happening'],
    ['Jordania zamyka przestrzeń powietrzną', 'border-airspace ->JO happening'],
    ['Finlandia zamyka granicę z Rosją', 'border-airspace ->FI,RU happening'],
    ['Francuski ambasador wydalony z Nigru', 'diplomatic-expulsion FR>NE happening'],
    ['Turcja odwołała ambasadora z Izraela', 'ambassador-recall TR>IL happening'],
    ['Ambasada RP w Teheranie została tymczasowo zamknięta', 'embassy-closure PL>IR happening'],
    ['Personel ambasady Niemiec opuścił Teheran', 'staff-drawdown DE>IR happening'],
    ['Polakom zaleca się opuszczenie Izraela', 'travel-advisory PL>IL happening'],
    ['Lotnisko w Teheranie zamknięte', 'border-airspace ->IR happening'],
    ['Rosyjskiego dyplomatę wydalono z Polski', 'diplomatic-expulsion RU>PL happening'],
  ])('%s', (title, expected) => {
    expect(alerted(title)).toContain(expected);
  });
});

describe('nothing to report', () => {
  test.each([
    'Sikorski: rozważamy zamknięcie kolejnych konsulatów',
    'Rosja zapowiada odpowiedź na zamknięcie konsulatu',
    'Ewakuacja centrum handlowego w Krakowie',
    'Pożar w Turcji: ewakuowano polskich turystów z hotelu',
    'Powódź: ewakuacja mieszkańców Kłodzka',
    'Ambasador Izraela skomentował słowa prezydenta',
    'Nowy ambasador USA przybył do Warszawy',
    'Rocznica zajęcia ambasady USA w Teheranie',
    'Jak przebiegała ewakuacja Polaków z Sudanu',
    'Protest przed ambasadą Rosji w Warszawie',
    'Prezydent odmówił podpisania nominacji ambasadorskich',
    'Tusk: nie ma planów zamknięcia granicy z Ukrainą',
    'PiS domaga się odwołania ambasadora',
    'Rolnicy zablokowali przejście graniczne w Medyce',
    'Biuro podróży sprowadza turystów z Egiptu',
    'LOT zawiesza loty do Tel Awiwu',
    'IMGW wydało ostrzeżenie przed burzami',
    'MSZ: brak informacji o poszkodowanych Polakach',
    'Wakacje w Egipcie: co radzi MSZ',
    'Lewandowska ambasadorką marki',
    'Sąd: ekspulsja dyplomaty zgodna z prawem',
    'Izrael wzywa mieszkańców Bejrutu do ewakuacji',
    'Ukraina ewakuuje mieszkańców Pokrowska',
    'Lotnisko w Lublinie zamknięte z powodu mgły',
    'Konsulat w Monachium nieczynny w święta',
    'Polska może zamknąć granicę z Białorusią',
    'Rosja grozi zerwaniem stosunków dyplomatycznych z Wielką Brytanią',
    'Ambasada Chin zorganizowała koncert',
    'Dyplomata rosyjski zatrzymany pod Warszawą',
    'Ewakuowani z Mariupola opowiadają',
    'Ewakuowano 300 osób po alarmie bombowym w szkole',
    'Pociąg stanął w polu, pasażerów ewakuowano',
    'Straż pożarna ewakuowała mieszkańców bloku',
    'Hotel Ambasador w Łodzi zamknięty',
    'Amerykańska firma zamyka biuro w Moskwie',
    'Polscy turyści utknęli w Dubaju',
    'Sąd o wydaleniu dyplomaty: decyzja zgodna z prawem',
    'Wspomnienia z ewakuacji ambasady w Kabulu',
    'Ambasador USA o stosunkach z Polską',
    'Rząd nie zamknie ambasady w Kabulu',
    'Ambasada USA zaprasza na festiwal filmowy',
    'Rosja potępiła wydalenie dyplomatów',
    'Wojsko Polskie wycofuje się z Afganistanu',
    'Straż Graniczna zamknęła plażę',
    'Turystka z Polski wydalona z Tajlandii',
    'Rosja wycofuje wojska z Syrii',
    'Ambasador Polski w Izraelu o wojnie',
    'Granica polsko-białoruska zamknięta',
  ])('%s', (title) => {
    expect(alerted(title)).toEqual([]);
  });
});

describe('one thing changes', () => {
  test.each([
    ['USA zamykają ambasadę w Mińsku', 'embassy-closure US>BY happening', 'USA nie zamykają ambasady w Mińsku'],
    ['Francja zamyka ambasadę w Niamey', 'embassy-closure FR>NE happening', 'Francja może zamknąć ambasadę w Niamey'],
    ['Czechy zamknęły rosyjski konsulat', 'embassy-closure RU>CZ happening', 'Czechy potępiły zamknięcie konsulatu w Petersburgu'],
    [
      'Hiszpania przenosi ambasadę z Kijowa do Lwowa',
      'embassy-relocation ES>UA happening',
      'Hiszpania rozważa przeniesienie ambasady z Kijowa',
    ],
    [
      'Kanada zawiesza działalność ambasady w Chartumie',
      'embassy-suspension CA>SD happening',
      'Kanada zaprzecza zawieszeniu działalności ambasady w Chartumie',
    ],
    [
      'Włochy wznawiają pracę ambasady w Trypolisie',
      'embassy-reopening IT>LY happening',
      'Włochy mogą wznowić pracę ambasady w Trypolisie',
    ],
    ['Słowacja otwiera ambasadę w Kiszyniowie', 'embassy-opening SK>MD happening', 'Słowacja otwiera wystawę w Kiszyniowie'],
    ['USA wycofują dyplomatów z Nigru', 'staff-drawdown US>NE happening', 'Firma wycofuje pracowników z Nigru'],
    ['Wielka Brytania ewakuuje obywateli z Sudanu', 'evacuation GB>SD happening', 'Strażacy ewakuują mieszkańców z zalanych domów'],
    ['Polska ewakuowała Polaków z Iranu', 'evacuation PL>IR happening', 'Polacy opowiadają o ewakuacji z Iranu'],
    ['Wojsko ewakuowało Polaków z Libanu', 'evacuation PL>LB happening', 'Biuro podróży ewakuowało turystów z Libanu'],
    [
      'MSZ apeluje do Polaków o opuszczenie Izraela',
      'travel-advisory PL>IL happening',
      'MSZ apeluje do Polaków o rejestrację w systemie Odyseusz',
    ],
    ['Niemcy apelują do obywateli o opuszczenie Iranu', 'travel-advisory DE>IR happening', 'Niemcy apelują do Iranu o rozmowy'],
    ['MSZ odradza podróże do Mali', 'travel-advisory PL>ML happening', 'Dlaczego MSZ odradza podróże do Mali'],
    ['Mołdawia zamyka przestrzeń powietrzną', 'border-airspace ->MD happening', 'Mołdawia nie zamyka przestrzeni powietrznej'],
    ['Łotwa zamyka granicę z Rosją', 'border-airspace ->LV,RU happening', 'Łotwa rozważa zamknięcie granicy z Rosją'],
    ['Rumunia wydala rosyjskiego dyplomatę', 'diplomatic-expulsion RU>RO happening', 'Rumunia grozi wydaleniem rosyjskiego dyplomaty'],
    [
      'Kolumbia zrywa stosunki dyplomatyczne z Izraelem',
      'diplomatic-expulsion IL>CO happening',
      'Kolumbia grozi zerwaniem stosunków dyplomatycznych z Izraelem',
    ],
    ['Brazylia odwołuje ambasadora z Izraela', 'ambassador-recall BR>IL happening', 'Brazylia nie odwoła ambasadora z Izraela'],
    ['MSZ wezwało ambasadora Rosji', 'ambassador-summoned RU>PL happening', 'MSZ przyjęło ambasadora Japonii'],
    [
      'Demonstranci wdarli się do ambasady Szwecji w Bagdadzie',
      'mission-attack SE>IQ happening',
      'Demonstranci zebrali się przed ambasadą Szwecji w Bagdadzie',
    ],
  ])('%s', (title, expected, other) => {
    expect(alerted(title)).toContain(expected);
    expect(alerted(other)).toEqual([]);
  });
});
