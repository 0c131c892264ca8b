/** Arabic. Every headline is invented. */
import { describe, expect, test } from 'vitest';
import { alertsOf, brief, shippedDetector } from '../support/detector.ts';

const detector = shippedDetector();
const alerted = (title: string) => alertsOf(detector, title).map((found) => `${brief(found)} ${found.status}`);

describe('reported', () => {
  test.each([
    ['أمريكا تغلق سفارتها في كييف', 'embassy-closure US>UA happening'],
    ['أغلقت الولايات المتحدة سفارتها في السودان', 'embassy-closure US>SD happening'],
    ['بريطانيا ستغلق سفارتها بالخرطوم', 'embassy-closure GB>SD planned'],
    ['السفارة الأميركية في بيروت تغلق أبوابها حتى إشعار آخر', 'embassy-closure US>LB happening'],
    ['ألمانيا تعلن إغلاق سفارتها في النيجر', 'embassy-closure DE>NE happening'],
    ['إغلاق السفارة البريطانية في طهران مؤقتا', 'embassy-closure GB>IR happening'],
    ['كندا تنقل سفارتها من كييف إلى لفيف', 'embassy-relocation CA>UA happening'],
    ['باراغواي تعلن نقل سفارتها إلى القدس', 'embassy-relocation PY>IL happening'],
    ['اليابان تعلق عمل سفارتها في السودان', 'embassy-suspension JP>SD happening'],
    ['السفارة الأمريكية في هايتي تعلق عملها', 'embassy-suspension US>HT happening'],
    ['السويد تعلن تعليق أعمال سفارتها في بغداد', 'embassy-suspension SE>IQ happening'],
    ['فرنسا تعيد فتح سفارتها في دمشق', 'embassy-reopening FR>SY happening'],
    ['السفارة السعودية في كابل تستأنف عملها', 'embassy-reopening SA>AF happening'],
    ['الإمارات تعلن إعادة فتح سفارتها في بيروت', 'embassy-reopening AE>LB happening'],
    ['إسرائيل تفتتح سفارتها في المنامة', 'embassy-opening IL>BH happening'],
    ['المغرب يفتتح قنصلية في جزر القمر', 'embassy-opening MA>KM happening'],
    ['واشنطن تأمر موظفيها غير الأساسيين بمغادرة العراق', 'staff-departure-ordered US>IQ happening'],
    ['الخارجية الأمريكية تأمر عائلات الدبلوماسيين بمغادرة لبنان', 'staff-departure-ordered US>LB happening'],
    ['واشنطن تسمح بمغادرة موظفي سفارتها غير الأساسيين في النيجر', 'staff-departure-authorized US>NE happening'],
    ['بريطانيا تسحب دبلوماسييها من إيران', 'staff-drawdown GB>IR happening'],
    ['ألمانيا تقلص عدد موظفي سفارتها في طهران', 'staff-drawdown DE>IR happening'],
    ['السعودية تجلي رعاياها من السودان', 'evacuation SA>SD happening'],
    ['الجيش الفرنسي يجلي 200 شخص من النيجر', 'evacuation FR>NE happening'],
    ['الأردن يعلن إجلاء رعاياه من السودان', 'evacuation JO>SD happening'],
    ['مصر تبدأ إجلاء مواطنيها من أوكرانيا', 'evacuation EG>UA happening'],
    ['وصول أول طائرة إجلاء كويتية من لبنان', 'evacuation KW>LB happening'],
    ['بريطانيا ترسل طائرات لإجلاء رعاياها من إسرائيل', 'evacuation GB>IL happening'],
    ['واشنطن تدعو رعاياها لمغادرة لبنان فورا', 'travel-advisory US>LB happening'],
    ['الكويت تدعو مواطنيها إلى مغادرة لبنان', 'travel-advisory KW>LB happening'],
    ['السفارة السعودية في لبنان تدعو مواطنيها إلى المغادرة', 'travel-advisory SA>LB happening'],
    ['الخارجية البريطانية تحذر رعاياها من السفر إلى إسرائيل', 'travel-advisory GB>IL happening'],
    ['الإمارات تنصح مواطنيها بعدم السفر إلى إيران', 'travel-advisory AE>IR happening'],
    ['البحرين تمنع مواطنيها من السفر إلى لبنان', 'travel-advisory BH>LB happening'],
    ['كندا ترفع مستوى تحذير السفر إلى العراق', 'travel-advisory CA>IQ happening'],
    ['أستراليا تحث مواطنيها على مغادرة إيران', 'travel-advisory AU>IR happening'],
    ['السفارة الأمريكية في بيروت تصدر تحذيرا أمنيا', 'security-alert US>LB happening'],
    ['السفارة الأميركية في القدس تطلب من موظفيها البقاء في منازلهم', 'security-alert US>IL happening'],
    ['الأردن يغلق مجاله الجوي', 'border-airspace ->JO happening'],
    ['العراق يعيد فتح مجاله الجوي', 'border-airspace ->IQ happening'],
    ['النيجر تغلق حدودها مع بنين', 'border-airspace ->BJ,NE happening'],
    ['روسيا تطرد دبلوماسيين بريطانيين', 'diplomatic-expulsion GB>RU happening'],
    ['أستراليا تطرد السفير الإيراني', 'diplomatic-expulsion IR>AU happening'],
    ['طردت بوركينا فاسو ثلاثة دبلوماسيين فرنسيين', 'diplomatic-expulsion FR>BF happening'],
    ['الجزائر تعلن قطع العلاقات الدبلوماسية مع المغرب', 'diplomatic-expulsion MA>DZ happening'],
    ['السودان يقطع علاقاته الدبلوماسية مع الإمارات', 'diplomatic-expulsion AE>SD happening'],
    ['تركيا تستدعي سفيرها لدى إسرائيل للتشاور', 'ambassador-recall TR>IL happening'],
    ['الجزائر تسحب سفيرها من فرنسا', 'ambassador-recall DZ>FR happening'],
    ['بريطانيا تستدعي السفير الروسي', 'ambassador-summoned RU>GB happening'],
    ['الخارجية العراقية تستدعي السفيرة الأمريكية', 'ambassador-summoned US>IQ happening'],
    ['متظاهرون يقتحمون السفارة السويدية في بغداد', 'mission-attack SE>IQ happening'],
    ['انفجار قرب السفارة الروسية في كابل', 'mission-attack RU>AF happening'],
    ['هجوم بطائرة مسيرة على القنصلية الأمريكية في أربيل', 'mission-attack US>IQ happening'],
    ['السفارة الألمانية في إسلام آباد تعلق خدمات التأشيرات', 'consular-service-change DE>PK happening'],
  ])('%s', (title, expected) => {
    expect(alerted(title)).toContain(expected);
  });
});

describe('nothing to report', () => {
  test.each([
    'السفارة البريطانية تنظم معرضا فنيا في القاهرة',
    'السفارة الأمريكية مغلقة بمناسبة عيد الاستقلال',
    'إجلاء آلاف السكان بسبب حرائق الغابات في كاليفورنيا',
    'إجلاء ركاب طائرة بعد هبوط اضطراري',
    'إخلاء مدرسة بعد تهديد بقنبلة',
    'إجلاء الجرحى من حلب',
    'إجلاء طبي لأطفال مرضى من غزة',
    'الجيش الإسرائيلي يصدر أوامر إخلاء لسكان جنوب لبنان',
    'إسرائيل تأمر سكان غزة بالإخلاء',
    'أوكرانيا تجلي المدنيين من خطوط القتال',
    'روسيا تجلي سكان القرى الحدودية',
    'تعيين الفنانة سفيرة للنوايا الحسنة',
    'نجم الكرة سفيرا لعلامة تجارية',
    'السفير الأمريكي يزور مصنعا في الإسكندرية',
    'في ذكرى إغلاق السفارة الأمريكية في طهران',
    'واشنطن تنفي نيتها إغلاق سفارتها في كييف',
    'بريطانيا لن تغلق سفارتها في موسكو',
    'ألمانيا تدرس إغلاق سفارتها في بيونغ يانغ',
    'أمريكا قد تسحب دبلوماسييها من العراق',
    'نواب يطالبون بطرد السفير الإسرائيلي',
    'إيران تهدد بطرد السفير الفرنسي',
    'لماذا أغلقت واشنطن قنصليتها في البصرة؟',
    'هل تغلق بريطانيا سفارتها في كابل؟',
    'مصريون يروون قصة إجلائهم من السودان',
    'فيلم وثائقي عن إجلاء الرعايا من كابل',
    'محكمة تنظر في قضية طرد دبلوماسي',
    'الصين تدين إغلاق قنصليتها في هيوستن',
    'روسيا ترد على طرد بريطانيا دبلوماسييها',
    'مظاهرة أمام السفارة الفرنسية في بيروت',
    'الخارجية الأمريكية تعلق على إغلاق السفارة',
    'شركة طيران تعلق رحلاتها إلى بيروت',
    'لوفتهانزا تعلق رحلاتها إلى طهران',
    'شركة النفط تجلي موظفيها من منصة بحرية',
    'أطباء بلا حدود تجلي طواقمها من مستشفى في غزة',
    'العثور على طرد مشبوه أمام السفارة الأمريكية',
    'الأرصاد تحذر المواطنين من موجة حر',
    'الشرطة تدعو المواطنين إلى عدم الاقتراب من موقع الحادث',
    'بلدية بيروت تغلق شارعا قرب السفارة',
    'منتخب مصر يغادر إلى المغرب',
    'افتتاح معرض الكتاب في القاهرة',
    'تعليق الدراسة في الخرطوم',
    'وقف إطلاق النار في لبنان',
    'السفير البريطاني يفتتح مركزا ثقافيا',
    'السفارة الكندية تعلن عن منح دراسية',
    'تأشيرات الحج: السفارة السعودية توضح',
    'ترسيم حدود لبنان البحرية',
    'إغلاق مطار الخرطوم ذكرى لا تنسى',
    'إخلاء فندق في دبي بعد حريق',
    'زلزال يضرب تركيا وإجلاء السكان',
  ])('%s', (title) => {
    expect(alerted(title)).toEqual([]);
  });
});

describe('one thing changes', () => {
  test.each([
    ['بريطانيا تغلق سفارتها في كابل', 'embassy-closure GB>AF', 'بريطانيا تنفي إغلاق سفارتها في كابل'],
    ['النرويج تغلق سفارتها في باماكو', 'embassy-closure NO>ML', 'النرويج تدرس إغلاق سفارتها في باماكو'],
    ['ألمانيا أغلقت سفارتها في بيونغ يانغ', 'embassy-closure DE>KP', 'لماذا أغلقت ألمانيا سفارتها في بيونغ يانغ؟'],
    ['سويسرا تغلق سفارتها في طهران', 'embassy-closure CH>IR', 'شركة سويسرية تغلق مكتبها في طهران'],
    ['هولندا تغلق سفارتها في دمشق', 'embassy-closure NL>SY', 'هولندا لم تغلق سفارتها في دمشق'],
    ['كندا تنقل سفارتها من الخرطوم إلى بورتسودان', 'embassy-relocation CA>SD', 'كندا ترفض نقل سفارتها من الخرطوم إلى بورتسودان'],
    ['اليابان تعلق عمل سفارتها في سوريا', 'embassy-suspension JP>SY', 'اليابان قد تعلق عمل سفارتها في سوريا'],
    ['إيطاليا تعيد فتح سفارتها في طرابلس', 'embassy-reopening IT>LY', 'إيطاليا لن تعيد فتح سفارتها في طرابلس'],
    ['أيرلندا تفتتح سفارة في الأردن', 'embassy-opening IE>JO', 'أيرلندا تبحث افتتاح سفارة في الأردن'],
    [
      'واشنطن تأمر موظفي سفارتها غير الأساسيين بمغادرة مالي',
      'staff-departure-ordered US>ML',
      'واشنطن تنفي أمر موظفي سفارتها غير الأساسيين بمغادرة مالي',
    ],
    ['أستراليا تسحب دبلوماسييها من ميانمار', 'staff-drawdown AU>MM', 'أستراليا تهدد بسحب دبلوماسييها من ميانمار'],
    ['الهند تجلي 250 من مواطنيها من أوكرانيا', 'evacuation IN>UA', 'الهند تجلي 250 من سكان المناطق التي غمرتها السيول'],
    ['الجيش الفرنسي يجلي رعايا من السودان', 'evacuation FR>SD', 'فيلم يروي إجلاء الجيش الفرنسي رعايا من السودان'],
    ['السعودية تجلي مواطنيها من أوكرانيا', 'evacuation SA>UA', 'السعودية تدرس إجلاء مواطنيها من أوكرانيا'],
    ['كندا تحث مواطنيها على مغادرة هايتي', 'travel-advisory CA>HT', 'البلدية تحث السكان على مغادرة المنازل'],
    ['الخارجية البريطانية تحذر مواطنيها من السفر إلى السودان', 'travel-advisory GB>SD', 'الأرصاد تحذر مواطنيها من السفر برا بسبب الأمطار'],
    ['الكويت تدعو مواطنيها لمغادرة لبنان', 'travel-advisory KW>LB', 'الكويت تنفي دعوة مواطنيها لمغادرة لبنان'],
    ['بلغاريا تطرد 70 دبلوماسيا روسيا', 'diplomatic-expulsion RU>BG', 'بلغاريا تهدد بطرد 70 دبلوماسيا روسيا'],
    ['النيجر تطرد السفير الفرنسي', 'diplomatic-expulsion FR>NE', 'نواب في النيجر يطالبون بطرد السفير الفرنسي'],
    ['رواندا تقطع العلاقات الدبلوماسية مع بلجيكا', 'diplomatic-expulsion BE>RW', 'رواندا لن تقطع العلاقات الدبلوماسية مع بلجيكا'],
    ['تركيا تستدعي سفيرها في السويد للتشاور', 'ambassador-recall TR>SE', 'تركيا قد تستدعي سفيرها في السويد للتشاور'],
    ['الأردن يغلق مجاله الجوي', 'border-airspace ->JO', 'الأردن ينفي إغلاق مجاله الجوي'],
    ['بولندا تغلق حدودها مع بيلاروسيا', 'border-airspace ->BY,PL', 'مزارعون يطالبون بإغلاق الحدود مع بيلاروسيا'],
    ['محتجون يقتحمون السفارة السويدية في بغداد', 'mission-attack SE>IQ', 'محتجون يتظاهرون أمام السفارة السويدية في بغداد'],
  ])('%s', (title, expected, flipped) => {
    expect(alerted(title)).toContain(`${expected} happening`);
    expect(alerted(flipped)).toEqual([]);
  });
});

describe('what is told besides', () => {
  const first = (title: string) => alertsOf(detector, title)[0];

  test('levels, people and cities', () => {
    expect(first('كندا ترفع تحذير السفر إلى لبنان إلى المستوى الرابع')).toMatchObject({ level: 4, direction: 'raised' });
    expect(first('الإمارات تنصح مواطنيها بعدم السفر إلى إيران')).toMatchObject({ level: 4 });
    expect(first('الهند تعلن إجلاء 600 من مواطنيها من إيران')).toMatchObject({ people: 600 });
    expect(first('كندا تنقل سفارتها من كييف إلى لفيف')).toMatchObject({ from: { name: 'Kyiv' }, to: { name: 'Lviv' } });
  });

  test('evidence points at the words themselves: behind a prefix, under vowels, between marks of direction', () => {
    const title = '\u200Fعاجل: وبريطانيا تُغْلِق سفارتها بالخرطوم\u200E';
    const found = first(title);
    const words = Object.fromEntries((found?.evidence ?? []).map(({ role, start, end }) => [role, title.slice(start, end)]));
    expect(found && brief(found)).toBe('embassy-closure GB>SD');
    expect(words).toMatchObject({ act: 'تُغْلِق', actor: 'بريطانيا', host: 'الخرطوم' });
  });

  test('spellings that writers interchange are one', () => {
    const written = ['امريكا تغلق سفارتها فى كييف', 'أمريكا تغلق سفارتها في كييف', 'أميركا تغلــق سفارتها في كييف'];
    expect(written.map(alerted)).toEqual(written.map(() => ['embassy-closure US>UA happening']));
  });

  test('its own ambassador is recalled, another is summoned', () => {
    expect(alerted('الأردن يستدعي سفيره من إسرائيل')).toEqual(['ambassador-recall JO>IL happening']);
    expect(alerted('الأردن يستدعي السفير الإيراني')).toEqual(['ambassador-summoned IR>JO happening']);
  });
});
