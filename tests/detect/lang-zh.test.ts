/** Chinese, in simplified and traditional signs. Every headline is invented. */
import { describe, expect, test } from 'vitest';
import { alertsOf, brief, shippedDetector } from '../support/detector.ts';

const detector = shippedDetector();
const alerted = (title: string) => alertsOf(detector, title).map((found) => `${brief(found)} ${found.status}`);

describe('reported', () => {
  test.each([
    ['美国关闭驻基辅大使馆', 'embassy-closure US>UA happening'],
    ['美国将关闭驻苏丹大使馆', 'embassy-closure US>SD planned'],
    ['美驻乌使馆暂时关闭', 'embassy-closure US>UA happening'],
    ['英國宣布暫時關閉駐伊朗大使館', 'embassy-closure GB>IR happening'],
    ['因安全局势恶化，法国关闭驻尼日尔大使馆', 'embassy-closure FR>NE happening'],
    ['澳大利亚驻阿富汗大使馆本周末正式关闭', 'embassy-closure AU>AF happening'],
    ['美国将驻乌克兰大使馆从基辅迁至利沃夫', 'embassy-relocation US>UA happening'],
    ['加拿大把驻苏丹大使馆迁往苏丹港', 'embassy-relocation CA>SD happening'],
    ['中国驻苏丹使馆撤离至苏丹港', 'staff-drawdown CN>SD happening'],
    ['日本暂停驻苏丹大使馆运作', 'embassy-suspension JP>SD happening'],
    ['美国驻海地大使馆暂停运作', 'embassy-suspension US>HT happening'],
    ['瑞典驻巴格达大使馆暂停一切活动', 'embassy-suspension SE>IQ happening'],
    ['法国重新开放驻叙利亚大使馆', 'embassy-reopening FR>SY happening'],
    ['时隔12年 意大利驻大马士革使馆恢复运作', 'embassy-reopening IT>SY happening'],
    ['美驻基辅大使馆恢复办公', 'embassy-reopening US>UA happening'],
    ['中国在所罗门群岛设立大使馆', 'embassy-opening CN>SB happening'],
    ['以色列驻巴林大使馆正式开馆', 'embassy-opening IL>BH happening'],
    ['美国国务院下令非必要人员撤离驻伊拉克使馆', 'staff-departure-ordered US>IQ happening'],
    ['美國下令駐黎巴嫩使館非緊急人員離境', 'staff-departure-ordered US>LB happening'],
    ['美国授权驻乌克兰使馆非必要人员自愿离开', 'staff-departure-authorized US>UA happening'],
    ['美国国务院允许驻尼日尔外交官家属离境', 'staff-departure-authorized US>NE happening'],
    ['英国撤离驻苏丹外交官', 'staff-drawdown GB>SD happening'],
    ['德国缩减驻德黑兰大使馆人员', 'staff-drawdown DE>IR happening'],
    ['中国从苏丹撤侨', 'evacuation CN>SD happening'],
    ['中国海军军舰从也门撤离571名中国公民', 'evacuation CN>YE happening'],
    ['印度空军从喀布尔撤离120名公民', 'evacuation IN>AF happening'],
    ['外交部：已有3125名中国公民从伊朗安全撤离', 'evacuation CN>IR happening'],
    ['菲律宾将从黎巴嫩接回400名侨民', 'evacuation PH>LB planned'],
    ['韩国派军机赴以色列接回163名国民', 'evacuation KR>IL happening'],
    ['日本撤僑班機從以色列起飛', 'evacuation JP>IL happening'],
    ['外交部提醒中国公民暂勿前往海地', 'travel-advisory CN>HT happening'],
    ['中国驻伊朗使馆提醒在伊公民尽快撤离', 'travel-advisory CN>IR happening'],
    ['外交部和中国驻马里使馆提醒中国公民暂勿前往马里', 'travel-advisory CN>ML happening'],
    ['美国敦促公民立即离开委内瑞拉', 'travel-advisory US>VE happening'],
    ['美國將以色列旅遊警示升至第三級', 'travel-advisory US>IL happening'],
    ['加拿大呼吁公民避免前往黎巴嫩', 'travel-advisory CA>LB happening'],
    ['韩国外交部上调对柬埔寨的旅行预警', 'travel-advisory KR>KH happening'],
    ['中国驻日本使馆：中国公民近期避免前往日本', 'travel-advisory CN>JP happening'],
    ['美国驻贝鲁特大使馆要求公民就地避难', 'security-alert US>LB happening'],
    ['美国驻尼日利亚大使馆发布安全警告', 'security-alert US>NG happening'],
    ['约旦关闭领空', 'border-airspace ->JO happening'],
    ['波兰关闭与白俄罗斯的边境', 'border-airspace ->BY,PL happening'],
    ['尼日尔重新开放领空', 'border-airspace ->NE happening'],
    ['俄罗斯驱逐英国外交官', 'diplomatic-expulsion GB>RU happening'],
    ['澳大利亚宣布驱逐伊朗大使', 'diplomatic-expulsion IR>AU happening'],
    ['法国外交官被布基纳法索列为不受欢迎的人', 'diplomatic-expulsion FR>BF happening'],
    ['洪都拉斯宣布与台湾断交', 'diplomatic-expulsion TW>HN happening'],
    ['伊朗断绝与加拿大的外交关系', 'diplomatic-expulsion CA>IR happening'],
    ['土耳其召回驻以色列大使', 'ambassador-recall TR>IL happening'],
    ['英国召见俄罗斯大使', 'ambassador-summoned RU>GB happening'],
    ['外交部召见日本驻华大使', 'ambassador-summoned JP>CN happening'],
    ['示威者冲击美国驻巴格达大使馆', 'mission-attack US>IQ happening'],
    ['俄罗斯驻喀布尔大使馆外发生爆炸', 'mission-attack RU>AF happening'],
    ['德国驻伊斯兰堡大使馆暂停签证服务', 'consular-service-change DE>PK happening'],
  ])('%s', (title, expected) => {
    expect(alerted(title)).toContain(expected);
  });
});

describe('nothing to report', () => {
  test.each([
    '英国驻喀布尔大使馆举办新年音乐会',
    '美国驻华大使馆春节期间闭馆通知',
    '山火逼近 加州数千居民紧急撤离',
    '台风来袭 福建转移群众12万人',
    '成都一商场起火 数百人疏散',
    '化工厂泄漏 附近居民被疏散',
    '学校收到炸弹恐吓 师生撤离',
    '客机起火 乘客紧急撤离',
    '乌克兰下令疏散顿涅茨克前线居民',
    '以军下令加沙城居民撤离',
    '以军向黎巴嫩南部发出撤离令',
    '俄罗斯在别尔哥罗德州疏散边境村民',
    '某品牌宣布周杰伦担任全球形象大使',
    '故宫博物院周一闭馆',
    '国家图书馆春节闭馆安排',
    '中美两国恢复外交关系45周年',
    '历史上的今天：美国从西贡撤侨',
    '美国否认将关闭驻基辅大使馆',
    '英国未计划关闭驻俄罗斯大使馆',
    '德国考虑关闭驻平壤大使馆',
    '美国可能从伊拉克撤离外交官',
    '议员呼吁驱逐俄罗斯大使',
    '伊朗威胁驱逐法国大使',
    '美国为何关闭驻成都总领馆',
    '关闭驻喀布尔大使馆？英国政府回应',
    '撤侨行动亲历者讲述惊魂72小时',
    '电影《万里归途》讲述撤侨故事',
    '法院判决驱逐案：俄罗斯外交官家属败诉',
    '中国谴责美国关闭领事馆',
    '俄罗斯回应英国驱逐外交官',
    '抗议者在美国驻华大使馆外集会',
    '中国大使：中美关系重要',
    '中国驻英国大使出席招待会',
    '美国驻华大使馆招聘翻译',
    '苹果公司关闭驻俄罗斯办事处',
    '宝马公司暂停在俄罗斯的业务',
    '马士基暂停红海航线运输',
    '气象台发布暴雨红色预警',
    '香港天文台发出黄色暴雨警告',
    '苏丹港发生火灾 仓库工人撤离',
    '乌克兰重要的是人',
    '美丽中国：以人为本的城市建设',
    '26日关闭地铁站通知',
    '美国签证中心搬迁新址',
    '中国驻纽约总领馆提醒防范电信诈骗',
    '外交部发言人谈中美关系',
    '新加坡航空恢复飞往北京的航班',
    '大使馆区酒店推出优惠',
    '领事保护进校园活动在南京举行',
    '球队从世界杯撤离酒店',
  ])('%s', (title) => {
    expect(alerted(title)).toEqual([]);
  });
});

describe('one thing changes', () => {
  test.each([
    ['英国关闭驻喀布尔大使馆', 'embassy-closure GB>AF', '英国否认关闭驻喀布尔大使馆'],
    ['挪威关闭驻马里大使馆', 'embassy-closure NO>ML', '挪威考虑关闭驻马里大使馆'],
    ['俄罗斯关闭驻波兰最后一家领事馆', 'embassy-closure RU>PL', '俄罗斯未关闭驻波兰最后一家领事馆'],
    ['德国关闭驻平壤大使馆', 'embassy-closure DE>KP', '德国为何关闭驻平壤大使馆'],
    ['瑞士关闭驻德黑兰大使馆', 'embassy-closure CH>IR', '瑞士航空关闭驻德黑兰办事处'],
    ['美国将驻苏丹大使馆迁往亚的斯亚贝巴', 'embassy-relocation US>SD', '美国拒绝将驻苏丹大使馆迁往亚的斯亚贝巴'],
    ['日本暂停驻叙利亚大使馆业务', 'embassy-suspension JP>SY', '日本可能暂停驻叙利亚大使馆业务'],
    ['意大利重开驻利比亚大使馆', 'embassy-reopening IT>LY', '意大利不会重开驻利比亚大使馆'],
    ['爱尔兰在约旦设立大使馆', 'embassy-opening IE>JO', '爱尔兰研究在约旦设立大使馆'],
    ['美国下令非紧急人员撤离驻马里大使馆', 'staff-departure-ordered US>ML', '美国或下令非紧急人员撤离驻马里大使馆'],
    ['美国国务院授权驻乍得使馆人员家属离开', 'staff-departure-authorized US>TD', '美国国务院否认授权驻乍得使馆人员家属离开'],
    ['澳大利亚从缅甸撤出外交官', 'staff-drawdown AU>MM', '澳大利亚无意从缅甸撤出外交官'],
    ['印度从乌克兰撤离250名学生和公民', 'evacuation IN>UA', '印度从洪水灾区撤离250名居民'],
    ['法军从苏丹撤离本国公民', 'evacuation FR>SD', '亲历者讲述法军从苏丹撤离本国公民'],
    ['中国从以色列撤侨', 'evacuation CN>IL', '中国考虑从以色列撤侨'],
    ['菲律宾从黎巴嫩接回三百名公民', 'evacuation PH>LB', '菲律宾拒绝从黎巴嫩接回三百名公民'],
    ['外交部提醒中国公民暂勿前往索马里', 'travel-advisory CN>SO', '旅行社提醒游客避开高峰前往张家界'],
    ['加拿大敦促公民立即离开海地', 'travel-advisory CA>HT', '市政府敦促居民立即离开河堤'],
    ['澳大利亚上调对印尼的旅行建议级别', 'travel-advisory AU>ID', '专家解读澳大利亚上调对印尼的旅行建议级别'],
    ['保加利亚驱逐70名俄罗斯外交官', 'diplomatic-expulsion RU>BG', '保加利亚威胁驱逐70名俄罗斯外交官'],
    ['尼日尔驱逐法国大使', 'diplomatic-expulsion FR>NE', '尼日尔议员呼吁驱逐法国大使'],
    ['卢旺达与比利时断绝外交关系', 'diplomatic-expulsion BE>RW', '卢旺达不会与比利时断绝外交关系'],
    ['土耳其召回驻瑞典大使', 'ambassador-recall TR>SE', '土耳其威胁召回驻瑞典大使'],
    ['约旦关闭领空', 'border-airspace ->JO', '约旦否认关闭领空'],
    ['波兰关闭与白俄罗斯边境', 'border-airspace ->BY,PL', '波兰农民要求关闭与白俄罗斯边境'],
  ])('%s', (title, expected, flipped) => {
    expect(alerted(title)).toContain(`${expected} happening`);
    expect(alerted(flipped)).toEqual([]);
  });
});

describe('what is told besides', () => {
  const first = (title: string) => alertsOf(detector, title)[0];

  test('levels, people and cities', () => {
    expect(first('外交部提醒中国公民暂勿前往海地')).toMatchObject({ level: 4, nativeText: '暂勿前往', severity: 4 });
    expect(first('加拿大將黎巴嫩旅遊警示升至第四級')).toMatchObject({ level: 4, direction: 'raised' });
    expect(first('中国海军从也门撤离571名中国公民')).toMatchObject({ people: 571 });
    expect(first('美国将驻乌克兰大使馆从基辅迁至利沃夫')).toMatchObject({ from: { name: 'Kyiv' }, to: { name: 'Lviv', country: 'UA' } });
  });

  test('evidence points at the words themselves, in either script', () => {
    const title = '快訊：英國關閉駐喀布爾大使館 🇦🇫';
    const found = first(title);
    const words = Object.fromEntries((found?.evidence ?? []).map(({ role, start, end }) => [role, title.slice(start, end)]));
    expect(words).toMatchObject({ act: '關閉', actor: '英國', host: '喀布爾' });
  });

  test('a ministry without a name is the one of those who write so', () => {
    expect(alerted('外交部提醒公民暂勿前往海地')).toEqual(['travel-advisory CN>HT happening']);
    expect(alerted('外交部籲國人暫勿前往海地')).toEqual(['travel-advisory ->HT happening']);
  });

  test('one sign is a State only where all beside it is known', () => {
    expect(alerted('美关闭驻乌使馆')).toEqual(['embassy-closure US>UA happening']);
    expect(alerted('26日关闭大使馆旁地铁站')).toEqual([]);
    expect(alerted('美术馆宣布关闭')).toEqual([]);
  });
});
