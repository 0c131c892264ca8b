/** Constructions that a headline tells one act in. Headlines are written. */
import { describe, expect, test } from 'vitest';
import { inflected } from '../../src/detect/inflect.ts';
import { alertsOf, brief, shippedDetector } from '../support/detector.ts';

const detector = shippedDetector();
const told = (text: string) => {
  const [title = '', summary] = text.split(' || ');
  return alertsOf(detector, title, summary === undefined ? {} : { summary }).map(brief);
};

test.each([
  ['close', ['close', 'closes', 'closed', 'closing']],
  ['carry', ['carry', 'carries', 'carried', 'carrying']],
  ['expel', ['expel', 'expels', 'expelled', 'expelling']],
  ['open', ['open', 'opens', 'opened', 'opening']],
  ['veto', ['veto', 'vetoes', 'vetoed', 'vetoing']],
  ['cancel', ['cancel', 'cancels', 'canceled', 'cancelled', 'canceling', 'cancelling']],
  ['bring', ['bring', 'brings', 'brought', 'bringing']],
])('the forms of "%s"', (lemma, forms) => {
  expect([...inflected(lemma, new Map([['bring', ['brought']]]))].sort()).toEqual([...forms].sort());
});

describe('a mission by other words', () => {
  test.each([
    ['Saudi mission in Beirut closes', 'embassy-closure SA>LB'],
    ['Warsaw launches mission in Kigali', 'embassy-opening PL>RW'],
    // Where a mission reopens says nothing of where it was.
    ['US embassy in Ukraine reopens in Kyiv', 'embassy-reopening US>UA'],
    ['EU delegation returns to Kyiv', 'embassy-reopening EU>UA'],
    ['American mission to Libya now operating from Tunis', 'embassy-relocation US>LY'],
    ['Portuguese mission decamps to Tunis from Tripoli', 'embassy-relocation PT>LY'],
    ['Austria boards up embassy in Khartoum', 'embassy-closure AT>SD'],
    ['Canada sends half of embassy team in Port-au-Prince home', 'staff-drawdown CA>HT'],
  ])('%s', (text, expected) => {
    expect(told(text)).toContain(expected);
  });

  test.each([
    'UN mission in Mali closes base in Timbuktu',
    'US rescue mission in Nepal suspended by storm',
    'French military mission in Chad ends',
    'NASA opens mission to Moon to bidders',
    'Russian mercenary mission in Libya attacked online',
  ])('no mission: %s', (text) => {
    expect(told(text)).toEqual([]);
  });
});

describe('people taken home', () => {
  test.each([
    ['Argentine Hercules ferries citizens from Tel Aviv', 'evacuation AR>IL'],
    ['Kenyans arrive in Nairobi from war-hit Beirut', 'evacuation KE>LB'],
    ['Japanese nationals collected from Niamey aboard military aircraft', 'evacuation JP>NE'],
    ['Brazil helps 200 people out of Beirut as bombing spreads', 'evacuation BR>LB'],
  ])('%s', (text, expected) => {
    expect(told(text)).toContain(expected);
  });

  test.each(['Kenyans arrive in Tokyo from Doha for athletics meeting', 'Airline carries record number of Germans from Frankfurt'])(
    'travel: %s',
    (text) => {
      expect(told(text)).toEqual([]);
    },
  );
});

describe('others', () => {
  test.each([
    ['Burkina Faso sends three French diplomats packing', 'diplomatic-expulsion FR>BF'],
    ['Germany shows Russian envoys the door', 'diplomatic-expulsion RU>DE'],
    ['Poland declares 45 Russians persona non grata', 'diplomatic-expulsion RU>PL'],
    ['Czech Republic stops issuing visas to Russians', 'consular-service-change CZ>RU'],
    ['Swiss advised to leave Lebanon', 'travel-advisory CH>LB'],
    ['Non-emergency US personnel must leave South Sudan, State Department says', 'staff-departure-ordered US>SS'],
    ['US says non-essential embassy staff free to leave Guinea', 'staff-departure-authorized US>GN'],
  ])('%s', (text, expected) => {
    expect(told(text)).toContain(expected);
  });
});

describe('right slots or none', () => {
  test.each([
    ['Cairo puts its Mogadishu embassy on standby, halting operations', 'embassy-suspension EG>SO'],
    ["Britain's Afghan embassy resurfaces in Qatar", 'embassy-relocation GB>AF'],
    ['British diplomats leave as embassy in Tehran closes temporarily', 'embassy-closure GB>IR'],
    ['Families at US mission in Maputo can leave, embassy says', 'staff-departure-authorized US>MZ'],
    ['أغلقت السفارة الأمريكية في عمّان أبوابها', 'embassy-closure US>JO'],
    ['カブールの大使館、閉鎖', 'embassy-closure JP>AF'],
    ['Three US embassies close in Middle East as Iran war spreads', 'embassy-closure US>'],
  ])('%s', (text, expected) => {
    expect(told(text)).toContain(expected);
  });

  test.each([
    'US will keep its embassy in Baghdad open',
    'University cuts ties with Israeli institutions',
    'Embassy in Rabat is closed for Carnival',
  ])('nothing: %s', (text) => {
    expect(told(text)).toEqual([]);
  });
});

describe('whose it is', () => {
  test.each([
    // Both ends are named: who opens it may be a third.
    ['Israel reopens Gaza’s main crossing with Egypt', 'border-airspace ->EG,PS'],
    ['US embassy in Chad: staff ordered to leave', 'staff-departure-ordered US>TD'],
  ])('%s', (text, expected) => {
    expect(told(text)).toEqual([expected]);
  });
});

describe('a summary speaks with its title', () => {
  test.each([
    ['Aussies turn the page in Tehran || The embassy was closed on Friday, the foreign minister said.', 'embassy-closure AU>IR'],
    [
      "New chapter for Cairo's Damascus embassy || The embassy reopened its doors on Sunday after thirteen years.",
      'embassy-reopening EG>SY',
    ],
  ])('%s', (text, expected) => {
    expect(told(text)).toContain(expected);
  });

  test('not where the title looks back', () => {
    expect(told('On this day: the fall of Kabul || The US embassy in Kabul was closed on Friday.')).toEqual([]);
  });
});
