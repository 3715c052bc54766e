/** SQL for a row in quarantine that waits no longer: a later file told of the same thing, or somebody settled it. */

interface OfRow {
  /** Alias of the row. */
  readonly row: string;
  /** Alias of its import. */
  readonly batch: string;
  /** `from` items of one viewer. */
  readonly rows: string;
  readonly batches: string;
  readonly settled: string;
  /** A condition on `later`, the import that told of it again: one that was undone mends nothing. */
  readonly standing: string;
}

/**
 * The id of the first later import that read what the row is about; null where none did. A row is known by its id or, without one, by every word
 * of it: such a row is mended by reading the same words in another way, or by hand, whatever its words are then.
 */
export function mendedBy(of: OfRow): string {
  return (
    `coalesce((select later.id ${toldLater(of)} and again.outcome <> 'quarantined' order by later.started_at, later.id limit 1), ` +
    `(select later.id ${mendedByHand(of)} where ${settledHere(of)} and ${of.standing}))`
  );
}

/**
 * Whether it waits no longer: a later import told of it, read or not (then this row waits no longer, whatever became of that one), or somebody
 * mended it or left it out. `known`: a condition on `s`, what somebody said of it.
 */
export function isSettled(of: OfRow, known = 'true'): string {
  return (
    `(exists (select 1 ${toldLater(of)}) or exists (select 1 from ${of.settled} s left join ${of.batches} later on later.id = s.mended_by ` +
    `where ${settledHere(of)} and ${known} and (s.mended_by is null or (later.id is not null and ${of.standing}))))`
  );
}

function toldLater({ row, batch, rows, batches, standing }: OfRow): string {
  return (
    `from ${rows} again join ${batches} later on later.id = again.batch_id where again.owner_id = ${row}.owner_id ` +
    `and again.group_digest = ${row}.group_digest and later.started_at > ${batch}.started_at and ${standing}`
  );
}

function mendedByHand({ settled, batches }: OfRow): string {
  return `from ${settled} s join ${batches} later on later.id = s.mended_by`;
}

function settledHere({ row }: OfRow): string {
  return `s.batch_id = ${row}.batch_id and s.row_number = ${row}.row_number`;
}
