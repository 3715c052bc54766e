/** An agreement printed from its data: what a director signs on paper, and what an assessment of its dangers has to answer. */
import type { SharedDetail, SharedPlace, SharedTime } from '../../access/sight.ts';
import { DETAILS_OF, partialSight, type Term, type Terms } from './agreement.ts';

export interface Signature {
  readonly organisation: string;
  readonly signedAt: Date | null;
}

/** By sight: what is coarse lacks more than detail. */
const CLASSES: Readonly<Record<Term['sight'], Readonly<Record<Term['recordClass'], string>>>> = {
  full: {
    report: 'reports: when they were made, and how they are graded',
    incident:
      'incidents: what happened, where and when, to how many, by what methods, and what was done against traffickers',
    movement: 'movements: journeys with their stops and crossings, and the sex and age band of who was moved',
    statement: 'statements: what sources said, with their grades',
    entity:
      'suspects and things: kinds, labels, identifiers as keyed digests with a hint, links, what persons are held for, legal cases and exhibits',
    flow: 'published flow observations',
  },
  coarse: {
    report: 'reports: when they came in, and how they are graded',
    incident: 'incidents: what happened, where and when, to how many',
    movement: 'movements: journeys with their countries, stops and crossings',
    statement: 'statements: that a source said something, with its grade',
    entity: 'suspects and things: kinds, and what persons are held for',
    flow: 'published flow observations',
  },
};
const PLACES: Readonly<Record<SharedPlace, string>> = {
  exact: 'places as they are known',
  district: 'places as cells of some 250 km²',
  area: 'places as cells of some 1,770 km²',
  region: 'places as cells of some 12,400 km²',
};
const TIMES: Readonly<Record<SharedTime, string>> = {
  exact: 'times as they are known',
  month: 'times as months',
  quarter: 'times as quarters',
  year: 'times as years',
};
const DETAILS: Readonly<Record<SharedDetail, string>> = {
  counts: 'counts of persons by what became of them',
  red_flags: 'red-flag totals',
  indicators: 'coded methods',
  party: 'pseudonym, sex and age band of who was moved',
  participations: 'who took part in which incident',
  labels: 'labels',
  identifiers: 'identifiers as keyed digests with the last characters of some',
  links: 'links between them',
  basis: 'what a suspicion rests on',
};
const words = (code: string): string => code.replaceAll('_', ' ');

/** Plain text, generated: what the hub does not enforce stands apart. */
export function printedAgreement(terms: Terms, digest: string, signatures: readonly Signature[]): string {
  const lines = [
    terms.name.toUpperCase(),
    '',
    `Between ${listed(terms.parties)}.`,
    `From ${terms.startsAt} until ${terms.endsAt}; to be reviewed by ${terms.reviewOn}.`,
    ...(terms.replaces === null ? [] : [`It takes the place of agreement ${terms.replaces} when it begins.`]),
    `For ${listed(terms.purposes.map(words))}, and for nothing else. Fundraising is never a purpose.`,
    '',
    'WHAT IS SHARED',
    ...(terms.terms.length === 0
      ? ['No record. Counts only, in views that each party approves.']
      : terms.parties.flatMap((giver) => sharedBy(giver, terms.terms))),
    ...(terms.template === 'case_by_case'
      ? [
          'Case by case: of these, nothing before its owner releases the report that tells it under this agreement, one report at a time; until the owner takes the release back.',
        ]
      : []),
    '',
    'WHAT IS NEVER SHARED',
    'Names, contacts, addresses, case notes, comments; the names and contents of attached files (their kind, size and digest are shown with what they hang on, where that is shown whole); staffing and coverage; what is marked TLP:RED.',
    '',
    'WHAT THE HUB HOLDS THE PARTIES TO',
    'Each party may suspend this, and it runs again when none holds it suspended; each may revoke it for good. Both work on the next request.',
    `Markings only rise: what is made from a marked record is marked at least as high. A report that is made from what a party received is shown by the hub to nobody but its author${
      terms.onward === 'none'
        ? '.'
        : ', before every originator consents for that report and those receivers; consent that is taken back ends it on the next request. Consent outlives this agreement until it is taken back.'
    }`,
    'A person who is cleared is shown as cleared to everybody who sees the record; a record that is withdrawn leaves every list. Whoever was shown either is told, and it is kept who took note.',
    `A shared view that is told from now on counts a party among no group of fewer than ${terms.suppressionK} persons.`,
    'Every act on this agreement is in a log that each party can verify.',
    '',
    'WHAT THE PARTIES PROMISE EACH OTHER (the hub does not enforce it yet)',
    'What is received is used for the purposes above: the hub shows it only to keys and accounts that may work for one of them, and cannot see what it is used for afterwards.',
    terms.onward === 'none'
      ? 'What is received goes to nobody else.'
      : 'What is received goes to somebody else only when its originator consents, record by record.',
    `No count of fewer than ${terms.suppressionK} persons is passed on to anybody else.`,
    'Notice is taken of what is withdrawn or cleared, and copies of it are put right.',
    '',
    `Digest of these terms (SHA-256): ${digest}`,
    '',
    'SIGNED',
    ...signatures.map(
      ({ organisation, signedAt }) =>
        `${organisation}: ${signedAt === null ? '________________' : `by its data officer, ${signedAt.toISOString()}`}`,
    ),
  ];
  return `${lines.join('\n')}\n`;
}

/** A data-protection impact assessment, begun: what the terms answer is filled in, the rest is asked. */
export function impactAssessment(terms: Terms): string {
  const whole = terms.terms.filter(({ sight }) => sight === 'full');
  const lines = [
    `Data-protection impact assessment: ${terms.name}`,
    '',
    '1. What is done',
    `   ${listed(terms.parties)} ${terms.terms.length === 0 ? 'agree on counts about human trafficking, and show each other no records' : 'let each other see records about human trafficking'}, until ${terms.endsAt}.`,
    `   Classes: ${terms.terms.length === 0 ? 'none, counts only' : listed([...new Set(terms.terms.map(({ recordClass }) => recordClass))])}.`,
    ...(terms.terms.length === 0
      ? []
      : [`   ${whole.length} of ${terms.terms.length} terms show records whole.`]),
    '2. Why, and on what ground in law',
    `   Purposes: ${listed(terms.purposes.map(words))}.`,
    '   Ground for each party, and for special categories of data: ________________',
    '3. Is it necessary? Would a coarser sight, fewer classes or counts alone serve the purpose?',
    '   ________________',
    '4. Whose data',
    `   ${peopleIn(terms.terms)}`,
    '   Children among them: ________________',
    '5. What can go wrong, for whom, and how likely',
    '   A survivor is recognised from place, day and circumstances: ________________',
    '   A person who is innocent is taken for a suspect: ________________',
    '   A recipient is corrupt, careless, or is ordered to hand data over: ________________',
    '   Data go to a country without protection: ________________',
    '6. What stands in the way',
    `   Handling ceilings: ${listed([...new Set(terms.terms.map(({ handlingCeiling }) => `TLP:${words(handlingCeiling).toUpperCase()}`))]) || 'none needed'}. Onward transfer: ${words(terms.onward)}. Shared views count a party among no new group of fewer than ${terms.suppressionK} persons; answers about records shown under these terms count what is shown, down to one.`,
    `   Review by ${terms.reviewOn}. Revocation works on the next request. Every act on the agreement is in a log that each party can verify.`,
    '   What each party adds (training, devices, who holds keys): ________________',
    '7. Who was asked (data officers, survivors’ representatives, authorities), and what they said',
    '   ________________',
    '8. Decision, by whom, on which day',
    '   ________________',
  ];
  return `${lines.join('\n')}\n`;
}

/** Whose data the terms show, and as what. */
function peopleIn(terms: readonly Term[]): string {
  const shows = (recordClass: Term['recordClass'], detail: SharedDetail | null): boolean =>
    terms.some(
      (term) =>
        term.recordClass === recordClass &&
        (term.sight === 'full' || detail === null || partialSight(term).details.includes(detail)),
    );
  const people = [
    ...(shows('movement', 'party') ? ['possible victims, as pseudonyms with sex and age band'] : []),
    ...(shows('movement', null) && !shows('movement', 'party')
      ? ['possible victims, as numbers of persons who travelled']
      : []),
    ...(shows('entity', null) ? ['persons suspected, charged, convicted or cleared'] : []),
    ...(shows('entity', 'identifiers') ? ['third persons named by identifiers'] : []),
  ];
  const said = people.join('; ') || 'nobody, by these terms alone';
  return `${said[0]!.toUpperCase()}${said.slice(1)}.`;
}

function sharedBy(giver: string, terms: readonly Term[]): readonly string[] {
  const receivers = [
    ...new Set(terms.filter((term) => term.giver === giver).map(({ receiver }) => receiver)),
  ];
  if (receivers.length === 0) return [`${giver} shows nobody anything.`];
  return receivers.flatMap((receiver) => [
    `${giver} shows ${receiver}:`,
    ...terms
      .filter((term) => term.giver === giver && term.receiver === receiver)
      .map(
        (term) =>
          `  - ${CLASSES[term.sight][term.recordClass]}; ${shownHow(term)}; up to TLP:${words(term.handlingCeiling).toUpperCase()}`,
      ),
  ]);
}

function shownHow(term: Term): string {
  if (term.sight === 'full') return 'shown whole';
  const { place, time, details } = partialSight(term);
  const left = DETAILS_OF[term.recordClass].filter((detail) => !details.includes(detail));
  return [
    `${PLACES[place]}, ${TIMES[time]}`,
    ...(details.length > 0 ? [`with ${listed(details.map((detail) => DETAILS[detail]))}`] : []),
    ...(left.length > 0 ? [`without ${listed(left.map((detail) => DETAILS[detail]))}`] : []),
  ].join('; ');
}

function listed(items: readonly string[]): string {
  return items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
