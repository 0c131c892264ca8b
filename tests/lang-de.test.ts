/** German. Every headline is invented. */
import { describe, expect, test } from 'vitest';
import { alertsOf, brief, shippedDetector } from './detect-harness.ts';

const detector = shippedDetector();
const alerted = (title: string) => alertsOf(detector, title).map((found) => `${brief(found)} ${found.status}`);

describe('reported', () => {
  test.each([
    ['Großbritannien schließt Botschaft in Kabul', 'embassy-closure GB>AF happening'],
    ['USA schließen Botschaft in Kiew nach Angriffsdrohung', 'embassy-closure US>UA happening'],
    ['USA wollen Botschaft im Südsudan schließen', 'embassy-closure US>SS planned'],
    ['US-Botschaft in Kiew vorübergehend geschlossen', 'embassy-closure US>UA happening'],
    ['Schweden macht Botschaft in Bagdad dicht', 'embassy-closure SE>IQ happening'],
    ['Wegen Terrorgefahr: Deutschland schließt Generalkonsulat in Istanbul', 'embassy-closure DE>TR happening'],
    ['Auswärtiges Amt schließt deutsche Botschaft in Niamey', 'embassy-closure DE>NE happening'],
    ['Australien kündigt Schließung der Botschaft in Kabul an', 'embassy-closure AU>AF planned'],
    ['Kanada verlegt Botschaft von Kiew nach Lwiw', 'embassy-relocation CA>UA happening'],
    ['Deutsche Botschaft zieht von Kiew nach Lemberg um', 'embassy-relocation DE>UA happening'],
    ['Paraguay verlegt Botschaft nach Jerusalem', 'embassy-relocation PY>IL happening'],
    ['Japan stellt Betrieb seiner Botschaft im Sudan ein', 'embassy-suspension JP>SD happening'],
    ['US-Botschaft in Haiti stellt Betrieb ein', 'embassy-suspension US>HT happening'],
    ['Schweiz setzt Betrieb der Botschaft in Teheran aus', 'embassy-suspension CH>IR happening'],
    ['Frankreich eröffnet Botschaft in Damaskus wieder', 'embassy-reopening FR>SY happening'],
    ['Deutschland nimmt Betrieb der Botschaft in Kiew wieder auf', 'embassy-reopening DE>UA happening'],
    ['Italien öffnet Botschaft in Tripolis wieder', 'embassy-reopening IT>LY happening'],
    ['Österreich eröffnet Botschaft in Chisinau', 'embassy-opening AT>MD happening'],
    ['Israel weiht Botschaft in Bahrain ein', 'embassy-opening IL>BH happening'],
    ['USA ordnen Ausreise von Botschaftspersonal aus dem Irak an', 'staff-departure-ordered US>IQ happening'],
    ['US-Außenministerium ordnet Ausreise von Diplomatenfamilien aus dem Libanon an', 'staff-departure-ordered US>LB happening'],
    ['USA genehmigen Ausreise von nicht notwendigem Botschaftspersonal aus Niger', 'staff-departure-authorized US>NE happening'],
    ['USA erlauben Botschaftspersonal Ausreise aus Mali', 'staff-departure-authorized US>ML happening'],
    ['Deutschland zieht Botschaftspersonal aus Teheran ab', 'staff-drawdown DE>IR happening'],
    ['Bundesregierung zieht Diplomaten aus Kabul ab', 'staff-drawdown DE>AF happening'],
    ['Großbritannien reduziert Botschaftspersonal in Kiew', 'staff-drawdown GB>UA happening'],
    ['Deutschland dünnt Botschaftspersonal in Moskau aus', 'staff-drawdown DE>RU happening'],
    ['Bundeswehr fliegt 300 Deutsche aus dem Sudan aus', 'evacuation DE>SD happening'],
    ['Frankreich evakuiert Staatsbürger aus Niger', 'evacuation FR>NE happening'],
    ['Bundeswehr startet Evakuierungsmission im Sudan', 'evacuation DE>SD happening'],
    ['Österreich holt 120 Staatsbürger aus Israel zurück', 'evacuation AT>IL happening'],
    ['Deutsche aus Nahost ausgeflogen: Evakuierungsflug aus Jordanien in Frankfurt gelandet', 'evacuation DE>JO happening'],
    ['Evakuierungsflug aus Tel Aviv in Wien gelandet', 'evacuation ->IL happening'],
    ['Indien evakuiert 250 Studenten aus der Ukraine', 'evacuation IN>UA happening'],
    ['Auswärtiges Amt rät von Reisen nach Israel ab', 'travel-advisory DE>IL happening'],
    ['Auswärtiges Amt warnt vor Reisen in die Türkei', 'travel-advisory DE>TR happening'],
    ['Auswärtiges Amt verhängt Reisewarnung für den Libanon', 'travel-advisory DE>LB happening'],
    ['Reisewarnung für Iran verschärft', 'travel-advisory ->IR happening'],
    ['Auswärtiges Amt fordert Deutsche zur Ausreise aus dem Iran auf', 'travel-advisory DE>IR happening'],
    ['Deutsche sollen Iran sofort verlassen', 'travel-advisory DE>IR happening'],
    ['USA rufen Bürger auf, Haiti sofort zu verlassen', 'travel-advisory US>HT happening'],
    ['Kanada fordert Staatsbürger zum Verlassen des Libanon auf', 'travel-advisory CA>LB happening'],
    ['Bundesregierung hebt Reisewarnung für Ägypten auf', 'travel-advisory DE>EG happening'],
    ['China rät Bürgern von Reisen nach Japan ab', 'travel-advisory CN>JP happening'],
    ['US-Botschaft in Beirut ruft Bürger auf, Schutz zu suchen', 'security-alert US>LB happening'],
    ['US-Botschaft in Nigeria warnt vor Terroranschlägen', 'security-alert US>NG happening'],
    ['Jordanien schließt Luftraum', 'border-airspace ->JO happening'],
    ['Polen schließt Grenze zu Belarus', 'border-airspace ->BY,PL happening'],
    ['Niger öffnet Luftraum wieder', 'border-airspace ->NE happening'],
    ['Deutschland weist zwei russische Diplomaten aus', 'diplomatic-expulsion RU>DE happening'],
    ['Russland weist deutschen Botschafter aus', 'diplomatic-expulsion DE>RU happening'],
    ['Französischer Botschafter in Burkina Faso zur unerwünschten Person erklärt', 'diplomatic-expulsion FR>BF happening'],
    ['Iran bricht diplomatische Beziehungen zu Kanada ab', 'diplomatic-expulsion CA>IR happening'],
    ['Türkei ruft Botschafter aus Israel zurück', 'ambassador-recall TR>IL happening'],
    ['Auswärtiges Amt bestellt russischen Botschafter ein', 'ambassador-summoned RU>DE happening'],
    ['Berlin bestellt iranischen Botschafter ein', 'ambassador-summoned IR>DE happening'],
    ['Demonstranten stürmen US-Botschaft in Bagdad', 'mission-attack US>IQ happening'],
    ['Anschlag auf russische Botschaft in Kabul', 'mission-attack RU>AF happening'],
    ['Deutsche Botschaft in Islamabad setzt Visavergabe aus', 'consular-service-change DE>PK happening'],
    ['Litauen schließt wegen Schmuggelballons Grenze zu Belarus', 'border-airspace ->BY,LT happening'],
    ['EDA rät von allen Reisen in den Libanon ab', 'travel-advisory CH>LB happening'],
    ['Südkorea ruft Bürger auf, Reisen nach Kambodscha zu vermeiden', 'travel-advisory KR>KH happening'],
    ['Bundeswehr holt erste Deutsche aus Israel heim', 'evacuation DE>IL happening'],
  ])('%s', (title, expected) => {
    expect(alerted(title)).toContain(expected);
  });
});

describe('nothing to report', () => {
  test.each([
    'Botschafter weist Kritik zurück',
    'Russischer Botschafter weist Vorwürfe zurück',
    'Polen weist Vorwürfe des russischen Botschafters zurück',
    'Waldbrand in Kalifornien: Tausende Menschen evakuiert',
    'Bombenfund in Köln: 20.000 Anwohner evakuiert',
    'Schule nach Drohung evakuiert',
    'ICE in Frankfurt evakuiert',
    'Ukraine evakuiert Bewohner aus Pokrowsk',
    'Russland evakuiert Dörfer in Region Belgorod',
    'Israel fordert Bewohner von Gaza-Stadt zur Flucht auf',
    'Moskau droht mit Schließung der Botschaft in Berlin',
    'Deutschland will Botschaft in Kabul nicht schließen',
    'Bundesregierung erwägt Schließung der Botschaft in Teheran',
    'Union fordert Ausweisung russischer Diplomaten',
    'Russland droht mit Ausweisung deutscher Diplomaten',
    'Warum Deutschland die Botschaft in Kabul schließt',
    'Untersuchungsausschuss zu Kabul: Zeugen schildern Evakuierung',
    'Jahrestag der Evakuierung aus Kabul',
    'Jürgen Klopp wird Markenbotschafter',
    'Frohe Botschaft für Sparer',
    'Seine Botschaft ist klar: Deutschland muss mehr tun',
    'Klimaaktivisten schließen Flughafen München',
    'Lufthansa setzt Flüge nach Tel Aviv aus',
    'TUI holt Urlauber aus Griechenland zurück',
    'Protest vor der iranischen Botschaft in Berlin',
    'Ausstellung in der deutschen Botschaft in Prag eröffnet',
    'Russland kritisiert Schließung von Konsulaten in Deutschland',
    'Deutscher Botschafter in Moskau: Lage ist ernst',
    'Polizei räumt Lützerath',
    'Wetterdienst gibt Unwetterwarnung heraus',
    'Schüler aus Krisengebiet: Klassenfahrt nach Israel abgesagt',
    'Kreuzfahrtschiff mit Deutschen evakuiert',
    'VW zieht Mitarbeiter aus der Ukraine ab',
    'Siemens schließt Werk in Russland',
    'Hotel Botschaft in Berlin schließt',
    'Gericht verurteilt Angriff auf Botschaft',
    'Brand in Pflegeheim: Bewohner evakuiert',
    'Trump schickt Botschafterin nach Berlin',
    'Hotel auf Rhodos brennt: Deutsche Urlauber aus Hotel evakuiert',
  ])('%s', (title) => {
    expect(alerted(title)).toEqual([]);
  });
});

describe('one thing changes', () => {
  test.each([
    ['Deutschland schließt Botschaft in Kabul', 'embassy-closure DE>AF happening', 'Deutschland schließt Botschaft in Kabul nicht'],
    [
      'Großbritannien schließt Botschaft in Bamako',
      'embassy-closure GB>ML happening',
      'Großbritannien erwägt Schließung der Botschaft in Bamako',
    ],
    ['USA schließen Botschaft in Minsk', 'embassy-closure US>BY happening', 'USA könnten Botschaft in Minsk schließen'],
    [
      'Norwegen kündigt Schließung der Botschaft in Bagdad an',
      'embassy-closure NO>IQ planned',
      'Norwegen dementiert Schließung der Botschaft in Bagdad',
    ],
    ['Schweden verlegt Botschaft nach Lwiw', 'embassy-relocation SE>UA happening', 'Schweden prüft Verlegung der Botschaft nach Lwiw'],
    ['Japan eröffnet Botschaft in Kiew wieder', 'embassy-reopening JP>UA happening', 'Japan eröffnet Ausstellung in Botschaft in Kiew'],
    ['Indien eröffnet Botschaft in Kabul', 'embassy-opening IN>AF happening', 'Indien eröffnet Hotel in Kabul'],
    ['USA ziehen Diplomaten aus Niger ab', 'staff-drawdown US>NE happening', 'Siemens zieht Mitarbeiter aus Niger ab'],
    [
      'Frankreich zieht Botschaftspersonal aus Burkina Faso ab',
      'staff-drawdown FR>BF happening',
      'Frankreich will Botschaftspersonal nicht aus Burkina Faso abziehen',
    ],
    ['Bundeswehr evakuiert Deutsche aus dem Sudan', 'evacuation DE>SD happening', 'Feuerwehr evakuiert Anwohner nach Bombenfund'],
    ['Österreich fliegt Staatsbürger aus Israel aus', 'evacuation AT>IL happening', 'Airline fliegt Urlauber aus Israel aus'],
    [
      'Deutschland startet Evakuierungsflüge aus Beirut',
      'evacuation DE>LB happening',
      'Deutschland plant keine Evakuierungsflüge aus Beirut',
    ],
    [
      'Auswärtiges Amt rät von Reisen in den Iran ab',
      'travel-advisory DE>IR happening',
      'Reiseveranstalter raten nicht von Reisen in die Türkei ab',
    ],
    [
      'Auswärtiges Amt verschärft Reisewarnung für Mali',
      'travel-advisory DE>ML happening',
      'Warum das Auswärtige Amt die Reisewarnung für Mali verschärft',
    ],
    ['Kanada ruft Bürger zur Ausreise aus Haiti auf', 'travel-advisory CA>HT happening', 'Kanada ruft Bürger zum Wassersparen auf'],
    ['Deutsche sollen den Libanon verlassen', 'travel-advisory DE>LB happening', 'Deutsche verlassen den Libanon ungern'],
    ['Moldau schließt Luftraum', 'border-airspace ->MD happening', 'Moldau schließt Luftraum nicht'],
    ['Finnland schließt Grenze zu Russland', 'border-airspace ->FI,RU happening', 'Finnland erwägt Schließung der Grenze zu Russland'],
    [
      'Tschechien weist russische Diplomaten aus',
      'diplomatic-expulsion RU>CZ happening',
      'Tschechien droht mit Ausweisung russischer Diplomaten',
    ],
    [
      'Niger weist französischen Botschafter aus',
      'diplomatic-expulsion FR>NE happening',
      'Niger weist Vorwürfe des französischen Botschafters zurück',
    ],
    [
      'Kolumbien bricht diplomatische Beziehungen zu Israel ab',
      'diplomatic-expulsion IL>CO happening',
      'Kolumbien droht mit Abbruch diplomatischer Beziehungen zu Israel',
    ],
    [
      'Brasilien ruft Botschafter aus Israel zurück',
      'ambassador-recall BR>IL happening',
      'Brasiliens Botschafter in Israel ruft zu Spenden auf',
    ],
    ['Frankreich bestellt US-Botschafter ein', 'ambassador-summoned US>FR happening', 'Frankreich lädt US-Botschafter zum Empfang'],
    [
      'Demonstranten stürmen schwedische Botschaft in Bagdad',
      'mission-attack SE>IQ happening',
      'Demonstranten ziehen vor schwedische Botschaft in Bagdad',
    ],
  ])('%s', (title, expected, other) => {
    expect(alerted(title)).toContain(expected);
    expect(alerted(other)).toEqual([]);
  });
});
