/** Reading a legal case as somebody wrote it down: every reason at once, each by the path of its field. */

import type {
  CaseEventKind,
  CaseStatus,
  HearingKind,
  HearingResult,
  Verdict,
} from '../../kernel/case-words.ts';
import { COUNTRY_CODES } from '../../kernel/country-codes.ts';
import { accept, type Outcome, refuse } from '../../kernel/errors.ts';
import type { Handling } from '../../kernel/vocabulary.ts';
import { HandWords } from '../own-records/hand-words.ts';
import type { CaseEventInput, LegalCaseInput } from './legal-case.input.ts';

export interface SaidEvent {
  readonly kind: CaseEventKind;
  /** "2024-03-01" */
  readonly occurredOn: string;
  readonly defendantId: string | null;
  readonly law: string | null;
  readonly hearing: HearingKind | null;
  readonly result: HearingResult | null;
  readonly verdict: Verdict | null;
  readonly sentenceMonths: number | null;
}

export interface SaidCase {
  readonly court: string;
  readonly country: string;
  readonly status: CaseStatus;
  /** "2024-03-01" */
  readonly openedOn: string;
  readonly reference: string | null;
  readonly defendantIds: readonly string[];
  readonly incidentIds: readonly string[];
  readonly reportIds: readonly string[];
  /** The earliest first. */
  readonly events: readonly SaidEvent[];
  /** Null: as it was, or as cases are. */
  readonly handling: Handling | null;
}

const MOST_REFERENCES = 200;
const MOST_EVENTS = 500;
const MOST_MONTHS = 1_200;
/** No sentence fits in, and there is always a figure: a place in a statute, never somebody's name alone. */
const LAW = /^(?=.*\d)[\p{L}\p{N} .,()§/:-]{1,80}$/u;
const PARTS = ['law', 'hearing', 'result', 'verdict', 'sentenceMonths'] as const;
type Part = (typeof PARTS)[number];
const MAY: Readonly<Record<CaseEventKind, readonly Part[]>> = {
  referral: [],
  arrest: [],
  charge: ['law'],
  hearing: ['hearing', 'result'],
  verdict: ['law', 'verdict', 'sentenceMonths'],
};
const MUST: Readonly<Record<CaseEventKind, readonly (Part | 'defendantId')[]>> = {
  referral: [],
  arrest: [],
  charge: ['law'],
  hearing: ['hearing'],
  verdict: ['law', 'verdict', 'defendantId'],
};

export function saidOfCase(input: LegalCaseInput, now: Date): Outcome<SaidCase> {
  const words = new HandWords(now);
  const court = words.name('court', input.court);
  if (court === null) words.refuse('court', 'nothing', 'the name of the court');
  if (!COUNTRY_CODES.has(input.country))
    words.refuse('country', `${input.country.length} characters`, 'an ISO 3166-1 alpha-3 code like NPL');
  const openedOn = words.day('openedOn', input.openedOn);
  const reference = words.name('reference', input.reference);
  for (const name of ['defendantIds', 'incidentIds', 'reportIds'] as const) {
    const { length } = input[name] ?? [];
    if (length > MOST_REFERENCES) words.refuse(name, String(length), `${MOST_REFERENCES} at most`);
  }
  const defendantIds = distinct(input.defendantIds);
  const given = input.events ?? [];
  if (given.length > MOST_EVENTS) words.refuse('events', String(given.length), `${MOST_EVENTS} at most`);
  const events = given
    .slice(0, MOST_EVENTS)
    .map((event, at) => saidOfEvent(words, `events[${at}]`, event, defendantIds));
  for (const [at, event] of events.entries())
    if (event.verdict !== null && !events.some((charge) => isChargeOf(charge, event)))
      words.refuse(`events[${at}]`, 'a verdict without its charge', 'a charge of the same law and defendant');
  if (words.reasons.length > 0) return refuse(...words.reasons);
  return accept({
    court: court ?? '',
    country: input.country,
    status: input.status,
    openedOn,
    reference,
    defendantIds,
    incidentIds: distinct(input.incidentIds),
    reportIds: distinct(input.reportIds),
    events: events.toSorted((a, b) => a.occurredOn.localeCompare(b.occurredOn)),
    handling: input.handling ?? null,
  });
}

function saidOfEvent(
  words: HandWords,
  where: string,
  event: CaseEventInput,
  defendantIds: readonly string[],
): SaidEvent {
  const occurredOn =
    event.kind === 'hearing'
      ? words.anyDay(`${where}.occurredOn`, event.occurredOn)
      : words.day(`${where}.occurredOn`, event.occurredOn);
  for (const part of PARTS)
    if (event[part] != null && !MAY[event.kind].includes(part))
      words.refuse(`${where}.${part}`, 'something', `nothing, of this kind: ${event.kind}`);
  for (const part of MUST[event.kind])
    if (event[part] == null) words.refuse(`${where}.${part}`, 'nothing', `something, of a ${event.kind}`);
  const defendantId = event.defendantId?.toLowerCase() ?? null;
  if (defendantId !== null && !defendantIds.includes(defendantId))
    words.refuse(`${where}.defendantId`, 'somebody else', 'one of the defendantIds');
  const law = event.law?.trim() ?? null;
  if (law !== null && !LAW.test(law))
    words.refuse(
      `${where}.law`,
      `${law.length} characters`,
      'a place in a statute, like Act 2064, section 15',
    );
  const months = event.sentenceMonths ?? null;
  if (months !== null && (event.verdict !== 'convicted' || months < 0 || months > MOST_MONTHS))
    words.refuse(`${where}.sentenceMonths`, String(months), `0 to ${MOST_MONTHS}, of a conviction`);
  return {
    kind: event.kind,
    occurredOn,
    defendantId,
    law,
    hearing: event.hearing ?? null,
    result: event.result ?? null,
    verdict: event.verdict ?? null,
    sentenceMonths: months,
  };
}

/** A charge that names nobody is one against all of them. */
function isChargeOf(charge: SaidEvent, verdict: SaidEvent): boolean {
  return (
    charge.kind === 'charge' &&
    charge.law === verdict.law &&
    charge.occurredOn <= verdict.occurredOn &&
    (charge.defendantId === null || charge.defendantId === verdict.defendantId)
  );
}

function distinct(ids: readonly string[] | undefined): readonly string[] {
  return [...new Set((ids ?? []).map((id) => id.toLowerCase()))];
}
