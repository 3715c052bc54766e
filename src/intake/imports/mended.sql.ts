/** SQL for a row in quarantine that waits no longer: a later file told of the same thing. */

interface OfRow {
  /** Alias of the row. */
  readonly row: string;
  /** Alias of its import. */
  readonly batch: string;
  /** `from` items of one viewer. */
  readonly rows: string;
  readonly batches: string;
  /** A condition on `later`, the import that told of it again: one that was undone mends nothing. */
  readonly standing: string;
}

/**
 * The id of the first later import that read what the row is about; null where none did. A row is known by its id or, without one, by every word
 * of it: such a row is mended by reading the same words in another way.
 */
export function mendedBy(of: OfRow): string {
  return `(select later.id ${toldLater(of)} and again.outcome <> 'quarantined' order by later.started_at, later.id limit 1)`;
}

/** Whether a later import told of it, read or not: then this row waits no longer, whatever became of that one. */
export function isToldAgain(of: OfRow): string {
  return `exists (select 1 ${toldLater(of)})`;
}

function toldLater({ row, batch, rows, batches, standing }: OfRow): string {
  return (
    `from ${rows} again join ${batches} later on later.id = again.batch_id where again.owner_id = ${row}.owner_id ` +
    `and again.group_digest = ${row}.group_digest and later.started_at > ${batch}.started_at and ${standing}`
  );
}
