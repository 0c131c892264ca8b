/** Spanish. Every headline is invented. */
import { describe, expect, test } from 'vitest';
import { alertsOf, brief, shippedDetector } from './detect-harness.ts';

const detector = shippedDetector();
const alerted = (title: string) => alertsOf(detector, title).map((found) => `${brief(found)} ${found.status}`);

describe('reported', () => {
  test.each([
    ['España cierra su embajada en Níger', 'embassy-closure ES>NE happening'],
    ['EE.UU. cierra su embajada en Kiev por temor a un ataque', 'embassy-closure US>UA happening'],
    ['EE. UU. cierra su embajada en Siria', 'embassy-closure US>SY happening'],
    ['Cierra la embajada de España en Jartum', 'embassy-closure ES>SD happening'],
    ['Cerrada la embajada de Estados Unidos en Haití', 'embassy-closure US>HT happening'],
    ['Noruega cerrará su embajada en Bagdad', 'embassy-closure NO>IQ planned'],
    ['Colombia anuncia el cierre de su embajada en Malasia', 'embassy-closure CO>MY planned'],
    ['Cierre de la embajada de Suecia en Malí', 'embassy-closure SE>ML happening'],
    ['Canadá traslada su embajada de Kiev a Leópolis', 'embassy-relocation CA>UA happening'],
    ['Paraguay traslada su embajada a Jerusalén', 'embassy-relocation PY>IL happening'],
    ['Argentina trasladará su embajada a Jerusalén', 'embassy-relocation AR>IL planned'],
    ['España suspende las actividades de su embajada en Teherán', 'embassy-suspension ES>IR happening'],
    ['La embajada de EEUU en Haití suspende operaciones', 'embassy-suspension US>HT happening'],
    ['La embajada de Canadá en Caracas suspende sus servicios', 'embassy-suspension CA>VE happening'],
    ['España reabre su embajada en Damasco', 'embassy-reopening ES>SY happening'],
    ['Reapertura de la embajada de Italia en Trípoli', 'embassy-reopening IT>LY happening'],
    ['EEUU reabre su embajada en Caracas', 'embassy-reopening US>VE happening'],
    ['El Gobierno reabrirá la embajada de España en Kiev', 'embassy-reopening ES>UA planned'],
    ['España abre una embajada en Gambia', 'embassy-opening ES>GM happening'],
    ['Honduras inaugura su embajada en Pekín', 'embassy-opening HN>CN happening'],
    ['EEUU ordena la salida de su personal no esencial de la embajada en Irak', 'staff-departure-ordered US>IQ happening'],
    ['Estados Unidos ordena a su personal no esencial abandonar Níger', 'staff-departure-ordered US>NE happening'],
    ['EEUU autoriza la salida voluntaria de su personal diplomático en Líbano', 'staff-departure-authorized US>LB happening'],
    ['Estados Unidos autoriza la salida de familiares de diplomáticos en Bahréin', 'staff-departure-authorized US>BH happening'],
    ['Francia retira a sus diplomáticos de Níger', 'staff-drawdown FR>NE happening'],
    ['Reino Unido evacúa a sus diplomáticos de Sudán', 'staff-drawdown GB>SD happening'],
    ['España retira parte del personal de su embajada en Kiev', 'staff-drawdown ES>UA happening'],
    ['EEUU reduce el personal de su embajada en Cuba', 'staff-drawdown US>CU happening'],
    ['España evacúa a 72 españoles de Sudán', 'evacuation ES>SD happening'],
    ['Defensa evacúa a un centenar de españoles de Kabul', 'evacuation ES>AF happening'],
    ['Evacuados 30 españoles de Sudán', 'evacuation ES>SD happening'],
    ['Argentina evacúa a sus ciudadanos de Israel', 'evacuation AR>IL happening'],
    ['México repatria a 135 mexicanos desde Israel', 'evacuation MX>IL happening'],
    ['Aterriza en Madrid un avión con 80 españoles evacuados de Sudán', 'evacuation ES>SD happening'],
    ['Llega a Madrid el segundo vuelo de repatriación procedente de Tel Aviv', 'evacuation ->IL happening'],
    ['Evacuación de españoles en Líbano: el Gobierno fleta dos aviones', 'evacuation ES>LB happening'],
    ['Colombia envía un avión para evacuar a sus ciudadanos en Israel', 'evacuation CO>IL happening'],
    ['Brasil inicia la repatriación de sus ciudadanos en Líbano', 'evacuation BR>LB happening'],
    ['Exteriores desaconseja viajar a Israel', 'travel-advisory ES>IL happening'],
    ['Exteriores recomienda a los españoles abandonar Líbano', 'travel-advisory ES>LB happening'],
    ['España pide a sus ciudadanos que abandonen Irán', 'travel-advisory ES>IR happening'],
    ['EEUU insta a sus ciudadanos a salir de Venezuela', 'travel-advisory US>VE happening'],
    ['EE.UU. pide a sus ciudadanos que abandonen Haití "lo antes posible"', 'travel-advisory US>HT happening'],
    ['EEUU emite alerta de viaje para México', 'travel-advisory US>MX happening'],
    ['EEUU eleva el nivel de alerta de viaje para Colombia', 'travel-advisory US>CO happening'],
    ['Canadá pide a sus ciudadanos no viajar a Cuba', 'travel-advisory CA>CU happening'],
    ['Estados Unidos recomienda no viajar a Honduras', 'travel-advisory US>HN happening'],
    ['La Cancillería argentina recomienda evitar viajar a Venezuela', 'travel-advisory AR>VE happening'],
    ['La embajada de EEUU en Puerto Príncipe pide a sus ciudadanos resguardarse', 'security-alert US>HT happening'],
    ['Embajada de EE.UU. en México emite alerta de seguridad', 'security-alert US>MX happening'],
    ['Irán cierra su espacio aéreo', 'border-airspace ->IR happening'],
    ['Venezuela cierra la frontera con Colombia', 'border-airspace ->CO,VE happening'],
    ['Irak reabre su espacio aéreo', 'border-airspace ->IQ happening'],
    ['Cierre de la frontera entre Haití y República Dominicana', 'border-airspace ->DO,HT happening'],
    ['España expulsa a 25 diplomáticos rusos', 'diplomatic-expulsion RU>ES happening'],
    ['Nicaragua expulsa al embajador de Brasil', 'diplomatic-expulsion BR>NI happening'],
    ['Expulsados dos diplomáticos rusos de Noruega', 'diplomatic-expulsion RU>NO happening'],
    ['Ecuador declara persona non grata a la embajadora de México', 'diplomatic-expulsion MX>EC happening'],
    ['México rompe relaciones diplomáticas con Ecuador', 'diplomatic-expulsion EC>MX happening'],
    ['Bolivia rompe relaciones diplomáticas con Israel', 'diplomatic-expulsion IL>BO happening'],
    ['España llama a consultas a su embajadora en Argentina', 'ambassador-recall ES>AR happening'],
    ['Chile llama a consultas a su embajador en Israel', 'ambassador-recall CL>IL happening'],
    ['Exteriores convoca al embajador de Rusia', 'ambassador-summoned RU>ES happening'],
    ['Venezuela convoca al embajador español', 'ambassador-summoned ES>VE happening'],
    ['Asaltan la embajada de Suecia en Bagdad', 'mission-attack SE>IQ happening'],
    ['Atentado contra la embajada de Rusia en Kabul', 'mission-attack RU>AF happening'],
    ['Policía de Ecuador irrumpe en la embajada de México en Quito', 'mission-attack MX>EC happening'],
    ['La embajada de España en La Habana suspende los servicios consulares', 'consular-service-change ES>CU happening'],
    ['La embajada de EE.UU. en Puerto España alerta a sus ciudadanos de posibles amenazas', 'security-alert US>TT happening'],
  ])('%s', (title, expected) => {
    expect(alerted(title)).toContain(expected);
  });
});

describe('nothing to report', () => {
  test.each([
    'Evacuados 2.000 vecinos por un incendio forestal en Zamora',
    'Evacúan un hotel en Barcelona por una fuga de gas',
    'Evacuado el aeropuerto de Málaga por un paquete sospechoso',
    'Evacúan a un montañero herido en los Picos de Europa',
    'Israel ordena la evacuación de la Ciudad de Gaza',
    'Ucrania evacúa a los habitantes de Pokrovsk',
    'Desalojan una escuela en Bogotá por amenaza de bomba',
    'Terremoto en Turquía: miles de personas evacuadas',
    'España no cerrará su embajada en Kiev',
    'El Gobierno descarta cerrar la embajada en Teherán',
    'EEUU estudia cerrar su embajada en Bagdad',
    'EE.UU. podría reabrir su embajada en Damasco',
    'Vox pide romper relaciones diplomáticas con Marruecos',
    'El PP exige la expulsión del embajador de Venezuela',
    'Rusia amenaza con expulsar a diplomáticos británicos',
    'Podemos pide la ruptura de relaciones con Israel',
    'Se cumplen 40 años del asalto a la embajada de España en Guatemala',
    'Juicio por el ataque a la embajada de Corea del Norte en Madrid',
    'Por qué España cierra su embajada en Siria',
    'Protesta frente a la embajada de Israel en Madrid',
    'Rafa Nadal, nuevo embajador de la marca Kia',
    'Médicos Sin Fronteras evacúa a su personal de Sudán',
    'Iberia suspende sus vuelos a Tel Aviv',
    'Repsol repatria a sus empleados de Libia',
    'Zara cierra sus tiendas en Rusia',
    'La embajada de España inaugura una exposición en La Habana',
    'El embajador de España en Cuba visita Santiago',
    'Embajada de EEUU cierra por el feriado del 4 de julio',
    'El Gobierno pide a los ciudadanos que ahorren agua',
    'Alerta roja por lluvias en Valencia: piden no viajar',
    'Irán denuncia el cierre de su consulado en Francia',
    'El exembajador relata la evacuación de Kabul',
    'Cómo fue la evacuación de los españoles de Kabul',
    'Transportistas cierran la frontera con Bolivia',
    'Repatriados los restos de los españoles fallecidos en el accidente de Egipto',
    'España repatría a mujeres de yihadistas desde Siria',
    'EEUU deporta a 200 venezolanos: el vuelo llega a Caracas',
    'El presidente recibe al embajador de Japón',
    'Avianca reanuda vuelos a Caracas',
    'La selección española llega a Qatar en un vuelo chárter',
    'Cierra el histórico restaurante Embajada en Lima',
    'Un turista español evacuado en helicóptero en Mallorca',
    'Messi llega a Miami en un avión con su familia',
    'Detenidos los autores del ataque a la embajada de Italia',
    'EE.UU. reabre la frontera al ganado mexicano',
    'El Real Madrid viaja a Arabia Saudí en un vuelo chárter',
    'El asalto a la embajada de México en Quito llega a La Haya',
  ])('%s', (title) => {
    expect(alerted(title)).toEqual([]);
  });
});

describe('one thing changes', () => {
  test.each([
    ['España cierra su embajada en Malí', 'embassy-closure ES>ML happening', 'España no cierra su embajada en Malí'],
    ['Reino Unido cierra su embajada en Damasco', 'embassy-closure GB>SY happening', 'Reino Unido baraja cerrar su embajada en Damasco'],
    [
      'Dinamarca anuncia el cierre de su embajada en Bagdad',
      'embassy-closure DK>IQ planned',
      'Dinamarca desmiente el cierre de su embajada en Bagdad',
    ],
    ['Cierra la embajada de Canadá en Caracas', 'embassy-closure CA>VE happening', 'Cierra el hotel Embajador en Caracas'],
    ['Bélgica traslada su embajada a Leópolis', 'embassy-relocation BE>UA happening', 'Bélgica podría trasladar su embajada a Leópolis'],
    [
      'La embajada de Japón en Haití suspende operaciones',
      'embassy-suspension JP>HT happening',
      'Una aerolínea de Japón suspende operaciones en Haití',
    ],
    ['Italia reabre su embajada en Kabul', 'embassy-reopening IT>AF happening', 'Italia descarta reabrir su embajada en Kabul'],
    ['India abre una embajada en Bamako', 'embassy-opening IN>ML happening', 'India abre una fábrica en Bamako'],
    ['EEUU retira a sus diplomáticos de Níger', 'staff-drawdown US>NE happening', 'Repsol retira a sus trabajadores de Níger'],
    ['España evacúa a sus ciudadanos de Sudán', 'evacuation ES>SD happening', 'España no evacúa a sus ciudadanos de Sudán'],
    ['Suiza ha evacuado a 30 suizos de Sudán', 'evacuation CH>SD happening', 'Suiza ha evacuado a 30 vecinos de un pueblo de montaña'],
    ['Evacuación de ciudadanos españoles de Sudán', 'evacuation ES>SD happening', 'Evacuación de vecinos de Jartum'],
    [
      'Chile fleta un vuelo de repatriación desde Tel Aviv',
      'evacuation CL>IL happening',
      'Un turoperador fleta un vuelo de regreso desde Tel Aviv',
    ],
    ['Canadá pide a sus ciudadanos que salgan de Irán', 'travel-advisory CA>IR happening', 'Canadá pide a sus ciudadanos que ahorren agua'],
    ['Exteriores desaconseja viajar a Níger', 'travel-advisory ES>NE happening', 'Los médicos desaconsejan viajar con fiebre'],
    ['Los españoles deben abandonar Irán', 'travel-advisory ES>IR happening', 'Los españoles deben ahorrar más agua'],
    ['Chad cierra su espacio aéreo', 'border-airspace ->TD happening', 'Chad cierra su academia militar'],
    [
      'Polonia cierra la frontera con Bielorrusia',
      'border-airspace ->BY,PL happening',
      'Polonia amenaza con cerrar la frontera con Bielorrusia',
    ],
    ['Moldavia expulsa a un diplomático ruso', 'diplomatic-expulsion RU>MD happening', 'Moldavia recibe a un diplomático ruso'],
    [
      'Níger expulsa al embajador de Francia',
      'diplomatic-expulsion FR>NE happening',
      'La oposición exige la expulsión del embajador de Francia',
    ],
    [
      'Colombia rompe relaciones diplomáticas con Israel',
      'diplomatic-expulsion IL>CO happening',
      'Colombia amenaza con romper relaciones diplomáticas con Israel',
    ],
    ['Brasil llama a consultas a su embajador en Israel', 'ambassador-recall BR>IL happening', 'Brasil nombra a su embajador en Israel'],
    ['Italia convoca al embajador de Rusia', 'ambassador-summoned RU>IT happening', 'Italia agradece al embajador de Rusia'],
    [
      'Manifestantes asaltan la embajada de Francia en Uagadugú',
      'mission-attack FR>BF happening',
      'Manifestantes protestan frente a la embajada de Francia en Uagadugú',
    ],
  ])('%s', (title, expected, other) => {
    expect(alerted(title)).toContain(expected);
    expect(alerted(other)).toEqual([]);
  });
});

describe('what is told besides', () => {
  test.each([
    ['EE.UU. eleva a nivel 4 la alerta de viaje a Venezuela', { level: 4, nativeText: 'nivel 4', direction: 'raised' }],
    ['Reino Unido desaconseja todos los viajes no esenciales a Israel', { level: 3 }],
    ['Canadá traslada su embajada de Kiev a Leópolis', { from: { name: 'Kyiv' }, to: { name: 'Lviv' } }],
    ['España evacúa a 72 españoles de Sudán', { people: 72 }],
    ['España cierra temporalmente su consulado en Guayaquil', { temporary: true, post: 'consulate' }],
  ])('%s', (title, more) => {
    expect(alertsOf(detector, title)[0]).toMatchObject(more);
  });
});
