/** The rows of each record table, as composition fills them and the store writes them. */
import { INTERDICTION_COLUMNS } from './interdiction-columns.ts';
import { JOURNEY_COLUMNS } from './journey-columns.ts';
import { REPORT_COLUMNS } from './report-columns.ts';

/** In the order in which rows may refer to each other. */
export const RECORD_COLUMNS = { ...REPORT_COLUMNS, ...JOURNEY_COLUMNS, ...INTERDICTION_COLUMNS } as const;

export type RecordTable = keyof typeof RECORD_COLUMNS;

/** A row has every column of its table; absent ones are null. */
export type RecordRow<Table extends RecordTable> = Partial<
  Record<keyof (typeof RECORD_COLUMNS)[Table], unknown>
>;

/** Rows by table, gathered for one transaction. */
export class RowBook {
  readonly rows = new Map<RecordTable, object[]>();

  add<Table extends RecordTable>(table: Table, row: RecordRow<Table>): void {
    const list = this.rows.get(table);
    if (list === undefined) this.rows.set(table, [row]);
    else list.push(row);
  }
}
