/** Portuguese. Every headline is invented. */
import { describe, expect, test } from 'vitest';
import { alertsOf, brief, shippedDetector } from './detect-harness.ts';

const detector = shippedDetector();
const alerted = (title: string) => alertsOf(detector, title).map((found) => `${brief(found)} ${found.status}`);

describe('reported', () => {
  test.each([
    ['Portugal encerra embaixada em Kiev', 'embassy-closure PT>UA happening'],
    ['EUA fecham embaixada em Kiev por receio de ataque', 'embassy-closure US>UA happening'],
    ['Brasil fecha embaixada em Damasco', 'embassy-closure BR>SY happening'],
    ['Encerrada a embaixada de Portugal em Teerão', 'embassy-closure PT>IR happening'],
    ['Noruega vai encerrar embaixada em Bagdade', 'embassy-closure NO>IQ planned'],
    ['Suécia anuncia encerramento da embaixada no Mali', 'embassy-closure SE>ML planned'],
    ['Fechamento da embaixada da Argentina em Caracas', 'embassy-closure AR>VE happening'],
    ['Canadá transfere embaixada de Kiev para Lviv', 'embassy-relocation CA>UA happening'],
    ['Paraguai transfere embaixada para Jerusalém', 'embassy-relocation PY>IL happening'],
    ['Brasil transfere embaixada de Kiev para Lviv', 'embassy-relocation BR>UA happening'],
    ['Estados Unidos suspendem operações da embaixada no Haiti', 'embassy-suspension US>HT happening'],
    ['Embaixada dos EUA em Porto Príncipe suspende atividades', 'embassy-suspension US>HT happening'],
    ['Suíça suspende atividades da embaixada em Teerão', 'embassy-suspension CH>IR happening'],
    ['França reabre embaixada em Damasco', 'embassy-reopening FR>SY happening'],
    ['Portugal reabre embaixada em Kiev', 'embassy-reopening PT>UA happening'],
    ['Reabertura da embaixada da Itália em Trípoli', 'embassy-reopening IT>LY happening'],
    ['EUA vão reabrir embaixada em Caracas', 'embassy-reopening US>VE planned'],
    ['Israel inaugura embaixada no Barém', 'embassy-opening IL>BH happening'],
    ['Brasil abre embaixada no Ruanda', 'embassy-opening BR>RW happening'],
    ['EUA ordenam saída de funcionários não essenciais da embaixada no Iraque', 'staff-departure-ordered US>IQ happening'],
    ['EUA ordenam que familiares de diplomatas deixem a Ucrânia', 'staff-departure-ordered US>UA happening'],
    ['EUA autorizam saída voluntária de diplomatas do Líbano', 'staff-departure-authorized US>LB happening'],
    ['Estados Unidos autorizam a saída de pessoal não essencial da embaixada no Mali', 'staff-departure-authorized US>ML happening'],
    ['França retira diplomatas do Níger', 'staff-drawdown FR>NE happening'],
    ['Reino Unido evacua diplomatas do Sudão', 'staff-drawdown GB>SD happening'],
    ['Portugal retira parte do pessoal da embaixada em Kiev', 'staff-drawdown PT>UA happening'],
    ['EUA reduzem pessoal da embaixada em Cuba', 'staff-drawdown US>CU happening'],
    ['Portugal retira 21 portugueses do Sudão', 'evacuation PT>SD happening'],
    ['Brasil repatria 220 brasileiros do Líbano', 'evacuation BR>LB happening'],
    ['FAB retira brasileiros de Gaza', 'evacuation BR>PS happening'],
    ['Avião da FAB com 211 brasileiros repatriados de Israel pousa em Brasília', 'evacuation BR>IL happening'],
    ['Voo de repatriamento com 152 portugueses chega a Lisboa vindo de Telavive', 'evacuation PT>IL happening'],
    ['Força Aérea Portuguesa evacua portugueses do Sudão', 'evacuation PT>SD happening'],
    ['Retirados 30 portugueses do Sudão', 'evacuation PT>SD happening'],
    ['Operação de repatriamento de portugueses em Israel começou', 'evacuation PT>IL happening'],
    ['Itamaraty organiza voo de repatriação de brasileiros no Irã', 'evacuation BR>IR happening'],
    ['Governo português recomenda aos portugueses que deixem o Irão', 'travel-advisory PT>IR happening'],
    ['Itamaraty recomenda que brasileiros deixem o Líbano', 'travel-advisory BR>LB happening'],
    ['MNE desaconselha viagens para Israel', 'travel-advisory ->IL happening'],
    ['Portugal desaconselha todas as viagens ao Irão', 'travel-advisory PT>IR happening'],
    ['EUA pedem a cidadãos que deixem a Venezuela', 'travel-advisory US>VE happening'],
    ['EUA pedem que americanos deixem o Haiti imediatamente', 'travel-advisory US>HT happening'],
    ['EUA emitem alerta de viagem para o Brasil', 'travel-advisory US>BR happening'],
    ['Canadá aconselha cidadãos a não viajar para Cuba', 'travel-advisory CA>CU happening'],
    ['Itamaraty emite alerta de viagem para Israel', 'travel-advisory BR>IL happening'],
    ['Reino Unido desaconselha viagens a Moçambique', 'travel-advisory GB>MZ happening'],
    ['Embaixada dos EUA em Beirute pede aos cidadãos para procurarem abrigo', 'security-alert US>LB happening'],
    ['Embaixada dos EUA em Maputo emite alerta de segurança', 'security-alert US>MZ happening'],
    ['Irão encerra espaço aéreo', 'border-airspace ->IR happening'],
    ['Venezuela fecha fronteira com o Brasil', 'border-airspace ->BR,VE happening'],
    ['Iraque reabre espaço aéreo', 'border-airspace ->IQ happening'],
    ['Portugal expulsa dez diplomatas russos', 'diplomatic-expulsion RU>PT happening'],
    ['Nicarágua expulsa embaixador do Brasil', 'diplomatic-expulsion BR>NI happening'],
    ['Brasil expulsa embaixadora da Nicarágua', 'diplomatic-expulsion NI>BR happening'],
    ['Embaixador francês no Níger declarado persona non grata', 'diplomatic-expulsion FR>NE happening'],
    ['Bolívia rompe relações diplomáticas com Israel', 'diplomatic-expulsion IL>BO happening'],
    ['Brasil chama embaixador em Israel para consultas', 'ambassador-recall BR>IL happening'],
    ['Turquia chama para consultas o embaixador em Israel', 'ambassador-recall TR>IL happening'],
    ['Portugal convoca embaixador da Rússia', 'ambassador-summoned RU>PT happening'],
    ['Itamaraty convoca embaixador de Israel', 'ambassador-summoned IL>BR happening'],
    ['Manifestantes invadem embaixada da Suécia em Bagdade', 'mission-attack SE>IQ happening'],
    ['Atentado contra a embaixada da Rússia em Cabul', 'mission-attack RU>AF happening'],
    ['Embaixada de Portugal em Caracas suspende serviços consulares', 'consular-service-change PT>VE happening'],
    ['EUA aconselham cidadãos a não viajarem para a Venezuela', 'travel-advisory US>VE happening'],
    ['Terceiro voo da FAB com repatriados do Líbano chega a Guarulhos', 'evacuation BR>LB happening'],
  ])('%s', (title, expected) => {
    expect(alerted(title)).toContain(expected);
  });
});

describe('nothing to report', () => {
  test.each([
    'Incêndio em Pedrógão: aldeias evacuadas',
    'Prédio evacuado em Lisboa por fuga de gás',
    'Aeroporto de Faro evacuado devido a mala suspeita',
    'Enchentes no Rio Grande do Sul: milhares de pessoas retiradas de casa',
    'Israel ordena evacuação da Cidade de Gaza',
    'Ucrânia retira moradores de Pokrovsk',
    'Escola evacuada em Braga após ameaça de bomba',
    'Terremoto na Turquia: centenas de pessoas evacuadas',
    'Portugal não vai encerrar embaixada em Kiev',
    'Governo descarta fechar embaixada em Teerã',
    'EUA ponderam fechar embaixada em Bagdade',
    'EUA podem reabrir embaixada em Damasco',
    'Bloco pede corte de relações diplomáticas com Israel',
    'Chega exige expulsão do embaixador da Rússia',
    'Rússia ameaça expulsar diplomatas britânicos',
    'Há 50 anos: ataque à embaixada de Espanha em Lisboa',
    'Julgamento do ataque à embaixada do Irão em Buenos Aires',
    'Por que os EUA fecharam a embaixada em Kiev',
    'Protesto em frente à embaixada de Israel em Lisboa',
    'Cristiano Ronaldo é o novo embaixador da marca',
    'Médicos Sem Fronteiras retira equipas do Sudão',
    'TAP suspende voos para Telavive',
    'Petrobras retira funcionários da Líbia',
    'Zara fecha lojas na Rússia',
    'Embaixada de Portugal inaugura exposição em Maputo',
    'Embaixador do Brasil em Lisboa visita o Porto',
    'Embaixada dos EUA fecha no feriado de 4 de julho',
    'Governo pede aos cidadãos que poupem água',
    'Alerta vermelho no Algarve: população aconselhada a não sair',
    'Irão denuncia encerramento de consulado em França',
    'Ex-embaixador relata evacuação de Cabul',
    'Como foi a retirada dos portugueses de Cabul',
    'Caminhoneiros fecham fronteira com a Bolívia',
    'Trasladação dos corpos: avião com portugueses mortos chega a Lisboa',
    'EUA deportam brasileiros: voo chega a Belo Horizonte',
    'Presidente recebe embaixador do Japão',
    'Latam retoma voos para Caracas',
    'Seleção portuguesa chega ao Qatar em voo charter',
    'Restaurante Embaixada fecha em Lisboa',
    'Turista portuguesa retirada de helicóptero na Madeira',
    'Ministro defende retirada de tropas do Mali',
    'Militares portugueses regressam da República Centro-Africana',
    'Detidos autores do ataque à embaixada de Itália',
    'Itamaraty condena ataque à embaixada do México',
    'Rússia evacua civis de Kherson',
    'Espanha reforça controlo de fronteiras',
  ])('%s', (title) => {
    expect(alerted(title)).toEqual([]);
  });
});

describe('one thing changes', () => {
  test.each([
    ['Portugal encerra embaixada no Mali', 'embassy-closure PT>ML happening', 'Portugal não encerra embaixada no Mali'],
    ['Reino Unido fecha embaixada em Damasco', 'embassy-closure GB>SY happening', 'Reino Unido pondera fechar embaixada em Damasco'],
    [
      'Dinamarca anuncia encerramento da embaixada em Bagdade',
      'embassy-closure DK>IQ planned',
      'Dinamarca desmente encerramento da embaixada em Bagdade',
    ],
    ['Fecha a embaixada do Canadá em Caracas', 'embassy-closure CA>VE happening', 'Fecha o hotel Embaixador em Caracas'],
    ['Bélgica transfere embaixada para Lviv', 'embassy-relocation BE>UA happening', 'Bélgica poderá transferir embaixada para Lviv'],
    [
      'Embaixada do Japão no Haiti suspende operações',
      'embassy-suspension JP>HT happening',
      'Companhia aérea do Japão suspende operações no Haiti',
    ],
    ['Itália reabre embaixada em Cabul', 'embassy-reopening IT>AF happening', 'Itália recusa reabrir embaixada em Cabul'],
    ['Índia abre embaixada em Bamako', 'embassy-opening IN>ML happening', 'Índia abre fábrica em Bamako'],
    ['EUA retiram diplomatas do Níger', 'staff-drawdown US>NE happening', 'Petrobras retira funcionários do Níger'],
    ['Portugal retira cidadãos do Sudão', 'evacuation PT>SD happening', 'Portugal não retira cidadãos do Sudão'],
    ['Suíça retirou 30 suíços do Sudão', 'evacuation CH>SD happening', 'Suíça retirou 30 moradores de aldeia ameaçada'],
    ['Repatriamento de cidadãos portugueses do Sudão', 'evacuation PT>SD happening', 'Retirada de moradores de Cartum'],
    [
      'Chile freta voo de repatriamento a partir de Telavive',
      'evacuation CL>IL happening',
      'Operador turístico freta voo de regresso a partir de Telavive',
    ],
    ['Canadá pede aos cidadãos que saiam do Irão', 'travel-advisory CA>IR happening', 'Canadá pede aos cidadãos que poupem água'],
    ['Governo português desaconselha viagens ao Níger', 'travel-advisory PT>NE happening', 'Médicos desaconselham viagens a grávidas'],
    ['Portugueses devem deixar o Irão', 'travel-advisory PT>IR happening', 'Portugueses devem poupar água'],
    ['Chade encerra espaço aéreo', 'border-airspace ->TD happening', 'Chade encerra academia militar'],
    [
      'Polónia fecha fronteira com a Bielorrússia',
      'border-airspace ->BY,PL happening',
      'Polónia ameaça fechar fronteira com a Bielorrússia',
    ],
    ['Moldávia expulsa diplomata russo', 'diplomatic-expulsion RU>MD happening', 'Moldávia recebe diplomata russo'],
    ['Níger expulsa embaixador de França', 'diplomatic-expulsion FR>NE happening', 'Oposição exige expulsão do embaixador de França'],
    [
      'Colômbia rompe relações diplomáticas com Israel',
      'diplomatic-expulsion IL>CO happening',
      'Colômbia ameaça romper relações diplomáticas com Israel',
    ],
    ['Chile chama embaixador em Israel para consultas', 'ambassador-recall CL>IL happening', 'Chile nomeia embaixador em Israel'],
    ['Itália convoca embaixador da Rússia', 'ambassador-summoned RU>IT happening', 'Itália agradece ao embaixador da Rússia'],
    [
      'Manifestantes atacam embaixada de França em Bamako',
      'mission-attack FR>ML happening',
      'Manifestantes protestam em frente à embaixada de França em Bamako',
    ],
  ])('%s', (title, expected, other) => {
    expect(alerted(title)).toContain(expected);
    expect(alerted(other)).toEqual([]);
  });
});

describe('what is told besides', () => {
  test.each([
    ['EUA elevam para nível 4 o alerta de viagem para a Venezuela', { level: 4, nativeText: 'nível 4', direction: 'raised' }],
    ['Portugal desaconselha todas as viagens ao Irão', { level: 4 }],
    ['Brasil transfere embaixada de Kiev para Lviv', { from: { name: 'Kyiv' }, to: { name: 'Lviv' } }],
    ['Brasil repatria 220 brasileiros do Líbano', { people: 220 }],
    ['Portugal encerra temporariamente consulado em Caracas', { temporary: true, post: 'consulate' }],
  ])('%s', (title, more) => {
    expect(alertsOf(detector, title)[0]).toMatchObject(more);
  });
});
