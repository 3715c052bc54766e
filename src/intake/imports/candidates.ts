/** The rows of one id as records they may become, and what becomes of each beside what is known already. */
import { type Outcome, type Reason, refuse } from '../../kernel/errors.ts';
import { type Composed, compose } from '../formats/compose.ts';
import { isTogether } from '../formats/drafts.ts';
import type { MapContext } from '../formats/field-reader.ts';
import { mapRow } from '../formats/mapping.ts';
import type { ImportProfile } from '../formats/profile.ts';
import type { RowFacts } from '../formats/row-facts.ts';
import type { Cells } from '../formats/source-rows.ts';
import { type Decision, decide } from './decide.ts';
import type { KnownRecord } from './import.store.ts';
import type { OpenRow } from './import-row.store.ts';

export interface Candidate {
  readonly rows: readonly OpenRow[];
  readonly composed: Outcome<Composed>;
  /** In hexadecimal; empty when it is refused. Equal when the records would say the same. */
  readonly contentDigest: string;
}

export interface Reading {
  readonly profile: ImportProfile;
  readonly context: MapContext;
  readonly cellsOf: (row: OpenRow) => Cells;
  readonly digest: (text: string) => string;
}

/** One candidate a record: all rows of the id where rows share a report, else one a row. */
export function candidatesOf(reading: Reading, group: readonly OpenRow[]): readonly Candidate[] {
  const { profile } = reading;
  const [first] = group;
  const together = isTogether(profile) && first !== undefined && !first.by_digest;
  return (together ? [group] : group.map((row) => [row])).map((rows) => candidateOf(reading, rows));
}

function candidateOf({ profile, context, cellsOf, digest }: Reading, rows: readonly OpenRow[]): Candidate {
  const facts: RowFacts[] = [];
  const reasons: Reason[] = [];
  for (const row of rows) {
    const mapped = mapRow(
      profile,
      { kind: 'row', rowNumber: row.row_number, line: row.line, cells: cellsOf(row) },
      context,
    );
    if (mapped.accepted) facts.push(mapped.value);
    else reasons.push(...mapped.reasons);
  }
  const composed = reasons.length > 0 ? refuse(...reasons) : compose(profile, facts);
  if (!composed.accepted) return { rows, composed, contentDigest: '' };
  return { rows, composed, contentDigest: digest(contentOf(facts, composed.value)) };
}

/**
 * What the record says, not how the row was written: a file read with another zone, a corrected profile or another lookup says something
 * else in the same words, and one with its columns in another order says the same. The order of a report's rows does not count.
 */
function contentOf(facts: readonly RowFacts[], { record }: Composed): string {
  const persons = record.type === 'report' ? [record.incident.personsMin, record.incident.personsMax] : [];
  const rows = facts.map(({ rowNumber: _number, line: _line, notes: _notes, ...said }) =>
    JSON.stringify(said),
  );
  // A station-month or a flow told twice says it once; two persons alike are two.
  return JSON.stringify([persons, (record.type === 'report' ? rows : [...new Set(rows)]).sort()]);
}

/** Refused candidates take no part: their id stays free for the corrected row. */
export function decisionsFor(
  candidates: readonly Candidate[],
  known: readonly KnownRecord[],
): ReadonlyMap<number, Decision> {
  const existing = known.map((record) => ({
    id: record.id,
    occurrence: record.occurrence,
    contentDigest: hex(record.content_digest),
  }));
  const incoming = candidates.flatMap(({ composed, contentDigest }, key) =>
    composed.accepted ? [{ key, contentDigest }] : [],
  );
  if (candidates[0]?.rows[0]?.by_digest !== true) return decide(incoming, existing);
  return new Map(
    incoming.map(({ key, contentDigest }): [number, Decision] => {
      const occurrence = candidates[key]?.rows[0]?.occurrence ?? 1;
      const same = existing.find((record) => record.occurrence === occurrence);
      if (same === undefined) return [key, { outcome: 'accepted', occurrence }];
      if (same.contentDigest === contentDigest) return [key, { outcome: 'unchanged', id: same.id }];
      return [key, { outcome: 'version', id: same.id, occurrence }];
    }),
  );
}

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}
