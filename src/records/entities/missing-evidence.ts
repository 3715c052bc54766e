/** Which kinds of evidence nobody gave yet. */
import type { OriginKind } from '../../kernel/vocabulary.ts';

/** Evidence a case wants beside what victims and suspects say; what no visible statement has is named as missing. */
const EVIDENCE_KINDS = [
  'staff',
  'contact',
  'document',
  'police',
  'publisher',
] as const satisfies readonly OriginKind[];

export function missingEvidence(there: readonly string[]): string[] {
  return EVIDENCE_KINDS.filter((kind) => !there.includes(kind));
}
