/** Contrast pairs: one thing changes, the verdict flips. Every headline is invented. */
import { describe, expect, test } from 'vitest';
import { alertsOf, brief, shippedDetector } from '../support/detector.ts';

const detector = shippedDetector();

/** [what is alerted, who, does, (to) do, doing, what] */
const acts: readonly (readonly [string, string, string, string, string, string])[] = [
  ['embassy-closure GB>AF', 'UK', 'closes', 'close', 'closing', 'embassy in Kabul'],
  ['embassy-closure NO>ML', 'Norway', 'shuts', 'shut', 'shutting', 'its embassy in Bamako'],
  ['embassy-closure RU>PL', 'Russia', 'shuts down', 'shut down', 'shutting down', 'its last consulate in Poland'],
  ['embassy-closure DE>KP', 'German government', 'shutters', 'shutter', 'shuttering', 'its embassy in Pyongyang'],
  ['embassy-relocation US>UA', 'US', 'relocates', 'relocate', 'relocating', 'embassy from Kyiv to Lviv'],
  ['embassy-relocation CA>SD', 'Canada', 'moves', 'move', 'moving', 'its embassy in Sudan to Port Sudan'],
  ['embassy-suspension JP>SD', 'Japan', 'suspends', 'suspend', 'suspending', 'operations at embassy in Khartoum'],
  ['embassy-suspension SE>IQ', 'Sweden', 'halts', 'halt', 'halting', 'work at its Baghdad embassy'],
  ['embassy-suspension US>HT', 'US embassy in Haiti', 'pauses', 'pause', 'pausing', 'all operations'],
  ['embassy-reopening FR>SY', 'France', 'reopens', 'reopen', 'reopening', 'its embassy in Damascus'],
  ['embassy-reopening IT>LY', 'Italy', 'resumes', 'resume', 'resuming', 'operations at embassy in Tripoli'],
  ['embassy-opening IE>JO', 'Ireland', 'opens', 'open', 'opening', 'new embassy in Amman'],
  ['embassy-opening IN>MV', 'India', 'inaugurates', 'inaugurate', 'inaugurating', 'a consulate in the Maldives'],
  ['staff-departure-ordered US>ML', 'US', 'orders', 'order', 'ordering', 'non-emergency staff to leave Mali'],
  ['staff-departure-ordered US>LB', 'State Department', 'orders', 'order', 'ordering', 'families of diplomats to leave Lebanon'],
  ['staff-departure-authorized US>NE', 'US', 'authorizes', 'authorize', 'authorizing', 'non-essential personnel to leave Niger'],
  ['staff-drawdown GB>UA', 'UK', 'withdraws', 'withdraw', 'withdrawing', 'staff from embassy in Kyiv'],
  ['staff-drawdown AU>MM', 'Australia', 'pulls', 'pull', 'pulling', 'diplomats out of Myanmar'],
  ['staff-drawdown DE>IR', 'Germany', 'reduces', 'reduce', 'reducing', 'embassy staff in Tehran'],
  ['evacuation IN>UA', 'India', 'evacuates', 'evacuate', 'evacuating', '250 students from Ukraine'],
  ['evacuation FR>SD', 'French army', 'airlifts', 'airlift', 'airlifting', 'its citizens out of Sudan'],
  ['evacuation PH>LB', 'Philippines', 'repatriates', 'repatriate', 'repatriating', 'more than 300 nationals from Lebanon'],
  ['evacuation GB>IL', 'UK', 'charters', 'charter', 'chartering', 'evacuation flights from Israel'],
  ['travel-advisory CA>HT', 'Canada', 'urges', 'urge', 'urging', 'citizens to leave Haiti immediately'],
  ['travel-advisory US>RU', 'US embassy in Moscow', 'tells', 'tell', 'telling', 'Americans to leave Russia'],
  ['travel-advisory GB>SD', 'Foreign Office', 'warns', 'warn', 'warning', 'Britons against all travel to Sudan'],
  ['travel-advisory AU>ID', 'Australia', 'raises', 'raise', 'raising', 'travel advisory for Indonesia'],
  ['travel-advisory CN>JP', 'China', 'advises', 'advise', 'advising', 'its citizens not to travel to Japan'],
  ['travel-advisory DE>NE', 'German foreign ministry', 'issues', 'issue', 'issuing', 'travel warning for Niger'],
  ['diplomatic-expulsion RU>BG', 'Bulgaria', 'expels', 'expel', 'expelling', '70 Russian diplomats'],
  ['diplomatic-expulsion FR>NE', 'Niger', 'expels', 'expel', 'expelling', 'the French ambassador'],
  ['diplomatic-expulsion IR>AU', 'Australia', 'expels', 'expel', 'expelling', 'Iranian ambassador over attacks'],
  ['diplomatic-expulsion GB>RW', 'Rwanda', 'severs', 'sever', 'severing', 'diplomatic ties with Britain'],
  ['diplomatic-expulsion TW>HN', 'Honduras', 'breaks off', 'break off', 'breaking off', 'relations with Taiwan'],
  ['ambassador-recall TR>IL', 'Turkey', 'recalls', 'recall', 'recalling', 'its ambassador to Israel'],
  ['ambassador-summoned RU>GB', 'UK', 'summons', 'summon', 'summoning', 'Russian ambassador'],
  ['border-airspace ->JO', 'Jordan', 'closes', 'close', 'closing', 'its airspace'],
  ['border-airspace ->BY,PL', 'Poland', 'seals', 'seal', 'sealing', 'border with Belarus'],
  ['border-airspace ->NE', 'Niger', 'reopens', 'reopen', 'reopening', 'its land borders'],
  ['evacuation DE>IL', 'Germany', 'flies', 'fly', 'flying', 'citizens home from Israel'],
  ['evacuation NL>LB', 'Dutch government', 'gets', 'get', 'getting', 'nationals out of Lebanon'],
  ['evacuation CN>IR', 'China', 'moves', 'move', 'moving', '3,000 citizens out of Iran'],
  ['evacuation US>IL', 'US', 'helps', 'help', 'helping', 'Americans leave Israel'],
  ['staff-drawdown CA>CU', 'Canada', 'halves', 'halve', 'halving', 'diplomatic staff in Cuba'],
  ['staff-drawdown CA>UA', 'Canada', 'moves', 'move', 'moving', 'embassy staff out of Kyiv'],
  ['staff-departure-ordered US>PK', 'Washington', 'orders', 'order', 'ordering', 'non-emergency staff out of Pakistan'],
  ['travel-advisory JP>IL', 'Japan', 'raises', 'raise', 'raising', 'alert level for Israel'],
  ['travel-advisory GB>IN', 'UK', 'updates', 'update', 'updating', 'travel advice for India'],
  ['travel-advisory PH>SD', 'Philippines', 'urges', 'urge', 'urging', 'workers in Sudan to leave'],
  ['security-alert US>TR', 'US', 'warns', 'warn', 'warning', 'of possible attacks on Americans in Turkey'],
  ['security-alert US>PK', 'US consulate in Karachi', 'restricts', 'restrict', 'restricting', 'staff movements'],
  ['diplomatic-expulsion CA>IN', 'India', 'orders', 'order', 'ordering', 'Canada to withdraw 41 diplomats'],
  ['diplomatic-expulsion GB>RU', 'Russia', 'revokes', 'revoke', 'revoking', 'accreditation of six British diplomats'],
  ['embassy-opening IN>AF', 'India', 'upgrades', 'upgrade', 'upgrading', 'its technical mission in Kabul to embassy'],
  ['consular-service-change DE>PK', 'German embassy in Islamabad', 'suspends', 'suspend', 'suspending', 'visa services'],
];

type Form = readonly [who: string, does: string, todo: string, doing: string, what: string];

/** Each turns a report into something that is none. */
const flips: Readonly<Record<string, (form: Form) => string>> = {
  denied: ([who, , todo, , what]) => `${who} denies plans to ${todo} ${what}`,
  'not planned': ([who, , todo, , what]) => `No plans for ${who} to ${todo} ${what}, minister says`,
  refused: ([who, , todo, , what]) => `${who} refuses to ${todo} ${what}`,
  'will not': ([who, , todo, , what]) => `${who} will not ${todo} ${what}`,
  'rules out': ([who, , , doing, what]) => `${who} rules out ${doing} ${what}`,
  may: ([who, , todo, , what]) => `${who} may ${todo} ${what}`,
  considers: ([who, , , doing, what]) => `${who} considers ${doing} ${what}`,
  threatens: ([who, , todo, , what]) => `${who} threatens to ${todo} ${what}`,
  asked: ([who, , todo, , what]) => `Lawmakers urge ${who} to ${todo} ${what}`,
  'under pressure': ([who, , todo, , what]) => `${who} under pressure to ${todo} ${what}`,
  why: ([who, does, , , what]) => `Why ${who} ${does} ${what}`,
  question: ([who, , todo, , what]) => `Will ${who} ${todo} ${what}?`,
  anniversary: ([who, does, , , what]) => `On this day: ${who} ${does} ${what}`,
};

describe('an act is reported, a turned one is not', () => {
  test.each(acts)('%s: %s %s', (expected, who, does, todo, doing, what) => {
    expect(alertsOf(detector, `${who} ${does} ${what}`).map(brief)).toContain(expected);
    const alerted = Object.entries(flips)
      .map(([name, turn]) => [name, turn([who, does, todo, doing, what])] as const)
      .filter(([, title]) => alertsOf(detector, title).length > 0);
    expect(alerted).toEqual([]);
  });
});

/** [what is alerted, the headline, the same with one thing changed] */
const pairs: readonly (readonly [string, string, string])[] = [
  // who is carried, and how
  [
    'evacuation IN>IL',
    'Plane carrying 180 Indians from Israel lands in Delhi',
    'Plane carrying 180 deported Indians from Israel lands in Delhi',
  ],
  ['evacuation IN>IL', 'Flight with 180 Indians from Israel lands in Delhi', 'Flight with 180 Indians makes emergency landing in Israel'],
  ['evacuation GB>SD', 'Second RAF flight brings Britons home from Sudan', 'Second RAF flight brings bodies home from Sudan'],
  ['evacuation DE>AF', 'German evacuees from Kabul arrive in Frankfurt', 'German evacuees from Kabul describe their escape'],
  ['evacuation NG>UA', 'Nigeria airlifts 415 nationals from Ukraine', 'Nigeria airlifts 415 migrants from Ukraine to prison'],
  ['evacuation FR>HT', 'France evacuates over 240 people from Haiti', 'France evacuates over 240 people from Marseille'],
  ['evacuation GB>SD', 'Sudan evacuation: UK extends flights', 'Sudan evacuation: UK extends inquiry'],
  ['evacuation NL>SD', 'Dutch evacuate citizens from Sudan', 'Dutch evacuate residents from flood'],
  ['evacuation CN>IR', 'Over 1,600 Chinese evacuated from Iran', 'Over 1,600 Chinese evacuated from homes'],
  // whose advice, to whom
  ['travel-advisory IR>IQ', 'Iran tells citizens to leave Iraq', 'Iran tells Afghans to leave Iraq'],
  ['travel-advisory KE>LB', 'Kenyans in Lebanon told to evacuate', 'Residents in Lebanon told to evacuate'],
  ['travel-advisory US>LB', 'US to citizens in Lebanon: leave now', 'US to militias in Lebanon: leave now'],
  ['travel-advisory US>NE', 'US: Do not travel to Niger', 'Rail operator: Do not travel to Niger'],
  ['travel-advisory ZW>ZA', 'Zimbabwe warns citizens in South Africa over attacks', 'Zimbabwe warns citizens in South Africa over taxes'],
  ['travel-advisory IN>KH', 'MEA advisory for Indians travelling to Cambodia', 'Bank advisory for Indians travelling to Cambodia'],
  [
    'travel-advisory GB>TR',
    'Turkey travel warning as Foreign Office issues update',
    'Turkey travel warning as weather office issues update',
  ],
  ['travel-advisory US>JM', 'Jamaica travel advisory lowered to Level 2', 'Jamaica travel advisory explained: what Level 2 means'],
  ['travel-advisory CN>JP', 'China tells citizens to avoid Japan', 'China tells citizens to avoid debt'],
  ['travel-advisory ->HT', 'Haiti travel advisory: Do not travel', 'Haiti weather advisory: Do not travel'],
  ['travel-advisory AU>US', 'Travel warning for Aussies heading to the US', 'Style warning for Aussies heading to the US'],
  ['travel-advisory IN>IR', "India's fresh advisory for citizens in Iran", "India's fresh weather report for citizens in Iran"],
  // a place, or a meeting
  ['staff-drawdown GB>HT', 'British diplomats leave Haiti', 'British diplomats leave Haiti talks'],
  ['staff-drawdown DE>HT', 'German diplomats leave Haiti', 'German diplomats leave Berlin'],
  // a mission, or beside one
  ['security-alert US>GB', 'US embassy in London issues security alert', 'Police in London issue security alert near US embassy'],
  ['security-alert US>UG', 'US warns of terror attack in Uganda', 'US warns of cyber attack in Uganda'],
  ['embassy-reopening GB>UA', 'British embassy returns to Kyiv', 'British embassy returns painting to Kyiv'],
  ['embassy-reopening IT>UA', "Italy's embassy back in Kyiv", "Italy's embassy chef back in Kyiv"],
  ['embassy-closure CH>IR', 'Swiss to close embassy in Tehran', 'Swiss to close factory in Tehran'],
  [
    'diplomatic-expulsion IN>PK',
    'Pakistan declares Indian embassy staffer persona non grata',
    'Pakistan declares Indian embassy staffer missing',
  ],
];

describe('one thing changes, the verdict flips', () => {
  test.each(pairs)('%s: %s', (expected, alerting, silent) => {
    expect(alertsOf(detector, alerting).map(brief)).toContain(expected);
    expect(alertsOf(detector, silent).map(brief)).toEqual([]);
  });
});

/** What looks like ours and is none: deportations, rescues, evacuations within a country, advice about other things. */
test.each([
  'US military plane carrying deported Indians lands in Amritsar',
  'Plane carrying 180 Indians crashes near Kathmandu',
  'Bodies of Indian workers flown home from Kuwait',
  'Stranded astronauts return home',
  'British lion cubs rescued from Ukraine flown home',
  'Trump vows to bring home Americans held in Venezuela',
  'Thomas Cook collapse: repatriation flights for tourists explained',
  'Russia evacuates thousands from occupied Kherson',
  'Thailand evacuates 100,000 from border with Cambodia',
  'Israel evacuates thousands from northern towns near Lebanon',
  '1,200 people evacuated from border areas in Thailand',
  'Hundreds evacuated from Kursk nuclear town',
  'Peru evacuates 1,400 tourists from Machu Picchu',
  'Gaza City evacuation inevitable, Israeli army warns',
  'US draws up plans to evacuate Americans from Taiwan',
  'Stranded Indians in Iran plead for evacuation',
  'Do not travel to Scotland today, rail passengers told',
  'Leave Iran alone, says Russian minister',
  'Diplomats leave Geneva talks without deal',
  'US families leave California for Texas',
  'India issues advisory to airlines on drunk passengers',
  'FBI advisory warns Americans of phone scams',
  'Trump to Americans: leave the markets to me',
  'UK tells Britons in EU to apply for residency',
  'Citizens told to avoid non-essential travel within Delhi as smog worsens',
  'UK raises terror threat level to severe',
  'Indonesia raises volcano alert level',
  'WHO raises pandemic alert level',
  'Wagner mission in Mali ends',
  'UN peacekeeping mission in Mali ends',
  'US flag flies at half mast at embassy',
  'Swiss vote on closing nuclear plants',
  'French recall cheese over listeria',
  'British expel Tory rebel',
  'Security alert at Belfast station ends',
  'US embassy in Delhi warns of visa fraud',
  'Ikea moves staff out of Russia',
  'HSBC tells staff in Middle East to work from home',
  'US pulls forces out of Syria',
  'Israel to cut ties with UN chief over blacklist',
  'US stops issuing visas for children from Gaza',
  'US orders 500,000 citizens of four countries to leave',
])('no alert: %s', (title) => {
  expect(alertsOf(detector, title).map(brief)).toEqual([]);
});
