/** Japanese. Every headline is invented. */
import { describe, expect, test } from 'vitest';
import { alertsOf, brief, shippedDetector } from '../support/detector.ts';

const detector = shippedDetector();
const alerted = (title: string) => alertsOf(detector, title).map((found) => `${brief(found)} ${found.status}`);

describe('reported', () => {
  test.each([
    ['米国、キーウの大使館を閉鎖', 'embassy-closure US>UA happening'],
    ['英国が在イラン大使館を一時閉鎖', 'embassy-closure GB>IR happening'],
    ['日本政府、在ウクライナ大使館を一時閉鎖へ', 'embassy-closure JP>UA planned'],
    ['米、在スーダン大使館を閉鎖', 'embassy-closure US>SD happening'],
    ['在アフガニスタン日本大使館を閉鎖　職員は国外退避', 'embassy-closure JP>AF happening'],
    ['ロシア、米総領事館を閉鎖', 'embassy-closure US>RU happening'],
    ['米国、大使館をキーウからリビウに移転', 'embassy-relocation US>UA happening'],
    ['外務省、在シリア大使館の業務を停止', 'embassy-suspension JP>SY happening'],
    ['在ハイチ米国大使館、業務を停止', 'embassy-suspension US>HT happening'],
    ['日本大使館、キーウで業務再開', 'embassy-reopening JP>UA happening'],
    ['フランス、ダマスカスの大使館を再開', 'embassy-reopening FR>SY happening'],
    ['日本、バヌアツに大使館を開設', 'embassy-opening JP>VU happening'],
    ['米国務省、イラク大使館の非緊急要員に退避命令', 'staff-departure-ordered US>IQ happening'],
    ['米、在レバノン大使館職員の家族に国外退避を命令', 'staff-departure-ordered US>LB happening'],
    ['米国務省、在ニジェール大使館職員の自主的な国外退避を許可', 'staff-departure-authorized US>NE happening'],
    ['英国、スーダンから外交官を退避', 'staff-drawdown GB>SD happening'],
    ['ドイツ、テヘランの大使館職員を削減', 'staff-drawdown DE>IR happening'],
    ['政府、スーダンから邦人退避　自衛隊機で', 'evacuation JP>SD happening'],
    ['自衛隊機、イスラエルから邦人60人を輸送', 'evacuation JP>IL happening'],
    ['韓国軍、スーダンから自国民28人を退避させる', 'evacuation KR>SD happening'],
    ['スーダンの邦人45人が退避、ジブチに到着', 'evacuation JP>SD happening'],
    ['インド、カブールから120人の自国民を空輸', 'evacuation IN>AF happening'],
    ['中国、イランから自国民3千人超を退避', 'evacuation CN>IR happening'],
    ['政府、イスラエル在留邦人の国外退避へチャーター機', 'evacuation JP>IL planned'],
    ['外務省、レバノン全土に退避勧告', 'travel-advisory JP>LB happening'],
    ['外務省、イスラエルに渡航中止勧告', 'travel-advisory JP>IL happening'],
    ['イラン全土の危険情報をレベル4に引き上げ　外務省', 'travel-advisory JP>IR happening'],
    ['外務省、ニジェールの危険情報を引き上げ', 'travel-advisory JP>NE happening'],
    ['米大使館、ロシアからの即時出国を米国民に勧告', 'travel-advisory US>RU happening'],
    ['米政府、ベネズエラからの退避を自国民に呼びかけ', 'travel-advisory US>VE happening'],
    ['中国外務省、日本への渡航を控えるよう国民に呼びかけ', 'travel-advisory CN>JP happening'],
    ['カナダ、自国民にハイチへの渡航中止を勧告', 'travel-advisory CA>HT happening'],
    ['在レバノン日本大使館、邦人に早期の出国を呼びかけ', 'travel-advisory JP>LB happening'],
    ['米大使館、ナイジェリアでのテロの恐れを警告', 'security-alert US>NG happening'],
    ['在ベイルート米大使館、米国民に屋内退避を要請', 'security-alert US>LB happening'],
    ['ヨルダン、領空を閉鎖', 'border-airspace ->JO happening'],
    ['ポーランド、ベラルーシとの国境を閉鎖', 'border-airspace ->BY,PL happening'],
    ['イラン、領空を再開', 'border-airspace ->IR happening'],
    ['ロシア、英外交官2人を追放', 'diplomatic-expulsion GB>RU happening'],
    ['オーストラリア、イラン大使を国外追放', 'diplomatic-expulsion IR>AU happening'],
    ['日本、ロシア領事に国外退去を要求', 'diplomatic-expulsion RU>JP happening'],
    ['ホンジュラス、台湾と断交', 'diplomatic-expulsion TW>HN happening'],
    ['エクアドル、ベネズエラの外交官をペルソナ・ノン・グラータに指定', 'diplomatic-expulsion VE>EC happening'],
    ['韓国、駐日大使を召還', 'ambassador-recall KR>JP happening'],
    ['トルコ、駐イスラエル大使を召還', 'ambassador-recall TR>IL happening'],
    ['外務省、駐日ロシア大使を呼び抗議', 'ambassador-summoned RU>JP happening'],
    ['デモ隊がバグダッドの米大使館に突入', 'mission-attack US>IQ happening'],
    ['カブールのロシア大使館前で爆発', 'mission-attack RU>AF happening'],
    ['在パキスタン・ドイツ大使館、ビザ発給業務を停止', 'consular-service-change DE>PK happening'],
  ])('%s', (title, expected) => {
    expect(alerted(title)).toContain(expected);
  });
});

describe('nothing to report', () => {
  test.each([
    '英国大使館で新年コンサート',
    '在米日本大使館、年末年始の休館日のお知らせ',
    '台風接近、住民に避難指示',
    'カリフォルニアで山火事、数千人が避難',
    'マンションで火災、住民30人避難',
    '工場でガス漏れ、従業員ら避難',
    '爆破予告で小学校の児童が避難',
    '旅客機が緊急着陸、乗客全員脱出',
    'ウクライナ東部の前線住民に避難命令',
    'イスラエル軍、ガザ住民に退避命令',
    'イスラエル軍、レバノン南部の住民に退避を要求',
    'ロシア、国境州の住民を避難',
    '人気歌手が観光大使に就任',
    '俳優の田中さん、県の親善大使に',
    '国立博物館が休館',
    '日中国交正常化50周年で式典',
    '米国、キーウ大使館の閉鎖を否定',
    '英国、在ロシア大使館は閉鎖せず',
    'ドイツ、平壌の大使館閉鎖を検討',
    '米国、イラクから外交官退避の可能性',
    '野党、ロシア大使の追放を求める',
    'イラン、フランス大使の追放を示唆',
    'なぜ米国は成都の総領事館を閉鎖したのか',
    '米大使館閉鎖か',
    '邦人退避の舞台裏、自衛隊員が語る',
    '邦人退避を描いた映画公開',
    '外交官追放をめぐる裁判で判決',
    '中国、米国の領事館閉鎖を非難',
    'ロシア、英国の外交官追放に反発',
    '米大使館前で抗議集会',
    '駐日米大使が被災地を訪問',
    '在英日本大使館がレセプション開催',
    '米大使館が通訳を募集',
    'トヨタ、ロシア工場を閉鎖',
    'マースク、紅海の航行を停止',
    '気象庁、大雨警報を発表',
    '外務省、職員採用試験の日程を発表',
    '成田空港、滑走路を一時閉鎖',
    '県境を越える移動の自粛要請',
    'サッカー日本代表、イランに勝利',
    'シアトル・マリナーズ、選手を放出',
    'テロリストの裁判始まる',
    '在日米軍基地の一部を閉鎖',
    '大使館員の交通違反金、未払い多数',
    '米大使館の移転50年前の記録を公開',
    '1979年の米大使館占拠事件を振り返る',
    '総領事館、オンライン講演会のお知らせ',
    '外務省をかたる詐欺に注意',
    '災害時の邦人退避訓練を実施',
    '邦人企業、駐在員の家族を帰国へ',
  ])('%s', (title) => {
    expect(alerted(title)).toEqual([]);
  });
});

describe('one thing changes', () => {
  test.each([
    ['英国、カブールの大使館を閉鎖', 'embassy-closure GB>AF', '英国、カブールの大使館閉鎖を否定'],
    ['ノルウェー、マリの大使館を閉鎖', 'embassy-closure NO>ML', 'ノルウェー、マリの大使館閉鎖を検討'],
    ['ドイツ、在北朝鮮大使館を閉鎖', 'embassy-closure DE>KP', 'ドイツ、在北朝鮮大使館を閉鎖せず'],
    ['スイス、テヘランの大使館を閉鎖', 'embassy-closure CH>IR', 'スイス企業、テヘランの支店を閉鎖'],
    ['米国、在スーダン大使館を閉鎖', 'embassy-closure US>SD', 'なぜ米国は在スーダン大使館を閉鎖したのか'],
    ['カナダ、キーウの大使館をリビウに移転', 'embassy-relocation CA>UA', 'カナダ、キーウの大使館移転を断念'],
    ['外務省、在シリア大使館の業務を停止', 'embassy-suspension JP>SY', '外務省、在シリア大使館の業務停止を検討'],
    ['イタリア、トリポリの大使館を再開', 'embassy-reopening IT>LY', 'イタリア、トリポリの大使館再開を見送り'],
    ['アイルランド、ヨルダンに大使館を開設', 'embassy-opening IE>JO', 'アイルランド、ヨルダンに大使館開設を検討'],
    [
      '米国務省、在マリ大使館の非緊急要員に退避命令',
      'staff-departure-ordered US>ML',
      '米国務省、在マリ大使館の非緊急要員への退避命令を否定',
    ],
    ['英国、イランから外交官を退避', 'staff-drawdown GB>IR', '英国、イランからの外交官退避を否定'],
    ['政府、スーダンから邦人を退避', 'evacuation JP>SD', '政府、スーダンからの邦人退避を検討'],
    ['自衛隊機、カブールから邦人を輸送', 'evacuation JP>AF', '自衛隊機、被災地から住民を輸送'],
    ['インド、ウクライナから自国民を空輸', 'evacuation IN>UA', 'インド、ウクライナからの自国民空輸の舞台裏'],
    ['外務省、レバノンに退避勧告', 'travel-advisory JP>LB', '外務省、レバノンへの退避勧告を否定'],
    ['外務省、ニジェールに渡航中止勧告', 'travel-advisory JP>NE', '外務省、ニジェールへの渡航中止勧告を検討'],
    ['カナダ、自国民にハイチからの退避を勧告', 'travel-advisory CA>HT', '市、住民に川沿いからの退避を勧告'],
    ['ブルガリア、ロシア外交官70人を追放', 'diplomatic-expulsion RU>BG', 'ブルガリア、ロシア外交官70人の追放を検討'],
    ['ニジェール、フランス大使を追放', 'diplomatic-expulsion FR>NE', 'ニジェール野党、フランス大使の追放を要求'],
    ['ホンジュラス、台湾と断交', 'diplomatic-expulsion TW>HN', 'ホンジュラス、台湾との断交を否定'],
    ['トルコ、駐スウェーデン大使を召還', 'ambassador-recall TR>SE', 'トルコ、駐スウェーデン大使の召還を示唆'],
    ['英国、ロシア大使を呼び出し', 'ambassador-summoned RU>GB', '英国、ロシア大使の呼び出しを見送り'],
    ['ヨルダン、領空を閉鎖', 'border-airspace ->JO', 'ヨルダン、領空閉鎖を否定'],
    ['デモ隊、バグダッドのスウェーデン大使館に乱入', 'mission-attack SE>IQ', 'デモ隊、バグダッドのスウェーデン大使館前で抗議'],
  ])('%s', (title, expected, flipped) => {
    expect(alerted(title)).toContain(`${expected} happening`);
    expect(alerted(flipped)).toEqual([]);
  });
});

describe('what is told besides', () => {
  const first = (title: string) => alertsOf(detector, title)[0];

  test("Japan's levels are one lower than anybody else's", () => {
    expect(first('外務省、イスラエルの危険情報をレベル3に引き上げ')).toMatchObject({ level: 4, direction: 'raised' });
    expect(first('外務省、タイの危険情報をレベル2に引き上げ')).toMatchObject({ level: 3 });
    expect(first('外務省、レバノンに退避勧告')).toMatchObject({ level: 4, nativeText: '退避勧告' });
  });

  test('people and cities', () => {
    expect(first('自衛隊機、イスラエルから邦人60人を輸送')).toMatchObject({ people: 60 });
    expect(first('米国、大使館をキーウからリビウに移転')).toMatchObject({ from: { name: 'Kyiv' }, to: { name: 'Lviv' } });
  });

  test('evidence points at the words themselves', () => {
    const title = '【速報】英国、カブールの大使館を閉鎖 🇦🇫';
    const found = first(title);
    const words = Object.fromEntries((found?.evidence ?? []).map(({ role, start, end }) => [role, title.slice(start, end)]));
    expect(words).toMatchObject({ act: '閉鎖', actor: '英国' });
  });

  test('a name ends where katakana ends', () => {
    expect(alerted('マリ、フランス大使を追放')).toEqual(['diplomatic-expulsion FR>ML happening']);
    expect(alerted('マリナーズ、大使を追放')).not.toContain('diplomatic-expulsion ML>ML happening');
  });
});
