/** Reading an exhibit, and what happened to it, as somebody wrote it down: every reason at once, each by the path of its field. */

import { accept, type Outcome, type Reason, refuse } from '../../kernel/errors.ts';
import type { CustodianRole, CustodyKind, ExhibitKind } from '../../kernel/exhibit-words.ts';
import type { CustodianInput, CustodyEntryInput, ExhibitInput } from './exhibit.input.ts';

export interface SaidExhibit {
  readonly kind: ExhibitKind;
  readonly label: string;
  /** 64 hexadecimal figures. */
  readonly sha256: string | null;
  readonly attachmentId: string | null;
}

export interface Custodian {
  readonly role: CustodianRole;
  readonly reference: string | null;
}

export interface SaidCustody {
  readonly kind: CustodyKind;
  readonly occurredAt: Date;
  readonly from: Custodian | null;
  readonly to: Custodian | null;
  readonly sha256: string | null;
  /** For the vault. */
  readonly names: string | null;
}

/**
 * A number on a thing or of an office: one known word at most, two letters, five figures and another part, as in "Exhibit P-7/2026". No room
 * for a name, a passport or a telephone, for what stands in a custody log stays after an erasure.
 */
const KNOWN_WORDS =
  'annex|bag|box|desk|device|disk|document|exhibit|file|item|lab|laboratory|locker|office|officer|phone|photo|post|room|safe|seal|shelf|station|store|unit';
const REFERENCE = new RegExp(
  `^(?=.{1,24}$)(?:(?:${KNOWN_WORDS})[ .:-]{1,2})?(?:[\\p{Lu}\\p{Lo}]{1,2}[ .-]?)?[0-9]{1,5}[a-z]?(?:[-/.](?:[0-9]{1,3}|(?:19|20)[0-9]{2}))?$`,
  'iu',
);
const DIGEST = /^[0-9a-f]{64}$/;
const LONGEST_NAMES = 500;
const CHANGES_HANDS: readonly CustodyKind[] = ['received', 'transferred', 'submitted_to_court', 'returned'];

export function saidOfExhibit(input: ExhibitInput): Outcome<SaidExhibit> {
  const reasons: Reason[] = [];
  const label = input.label.trim();
  if (!REFERENCE.test(label))
    reasons.push({
      where: 'label',
      found: `${label.length} characters`,
      wanted:
        'a short number, like Exhibit P-7 or Box 12/2026; names and numbers of documents go to the vault',
    });
  const sha256 = digestOf(reasons, 'sha256', input.sha256);
  const attachmentId = input.attachmentId?.toLowerCase() ?? null;
  if (input.sha256 == null && attachmentId === null)
    reasons.push({ where: 'sha256, attachmentId', found: 'neither', wanted: 'one of the two' });
  return reasons.length > 0 ? refuse(...reasons) : accept({ kind: input.kind, label, sha256, attachmentId });
}

export function saidOfCustody(input: CustodyEntryInput, now: Date, under = ''): Outcome<SaidCustody> {
  const reasons: Reason[] = [];
  const where = (field: string): string => `${under}${field}`;
  if (input.occurredAt.getTime() > now.getTime())
    reasons.push({ where: where('occurredAt'), found: 'a time ahead', wanted: 'a time that is past' });
  const from = custodianOf(reasons, where('from'), input.from);
  const to = custodianOf(reasons, where('to'), input.to);
  const changes = CHANGES_HANDS.includes(input.kind);
  if (changes && to === null)
    reasons.push({ where: where('to'), found: 'nobody', wanted: `somebody, of the kind: ${input.kind}` });
  if (!changes && to !== null)
    reasons.push({ where: where('to'), found: 'somebody', wanted: `nobody, of the kind: ${input.kind}` });
  const names = input.names?.trim() ?? '';
  if (names.length > LONGEST_NAMES)
    reasons.push({
      where: where('names'),
      found: `${names.length} characters`,
      wanted: `${LONGEST_NAMES} at most`,
    });
  const sha256 = digestOf(reasons, where('sha256'), input.sha256);
  if (reasons.length > 0) return refuse(...reasons);
  return accept({
    kind: input.kind,
    occurredAt: input.occurredAt,
    from,
    to,
    sha256,
    names: names === '' ? null : names,
  });
}

function custodianOf(
  reasons: Reason[],
  where: string,
  input: CustodianInput | null | undefined,
): Custodian | null {
  if (input == null) return null;
  const reference = input.reference?.trim() ?? '';
  if (reference !== '' && !REFERENCE.test(reference)) {
    const wanted = 'a short number, like officer 117; names go to the vault (names)';
    reasons.push({ where: `${where}.reference`, found: `${reference.length} characters`, wanted });
  }
  return { role: input.role, reference: reference === '' ? null : reference };
}

function digestOf(reasons: Reason[], where: string, written: string | null | undefined): string | null {
  const digest = written?.trim().toLowerCase() ?? '';
  if (digest === '') return null;
  if (!DIGEST.test(digest))
    reasons.push({ where, found: `${digest.length} characters`, wanted: '64 hexadecimal figures' });
  return digest;
}
