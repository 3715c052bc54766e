/** What the rest of the hub may ask of a database: statements inside a transaction whose rights are decided first. */

export interface Queryable {
  /** Rows of one statement with bound parameters ($1, $2, …). bigint columns come as BigInt, date as 'YYYY-MM-DD', timestamptz as Date. */
  query<Row>(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  /** Number of rows the statement changed. */
  execute(text: string, values?: readonly unknown[]): Promise<number>;
}

/** One statement with its bound parameters. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
  /** Whether its plan may be kept where it comes again and again: what is bound must not decide which plan is good. */
  readonly keepsPlan?: boolean;
}

/** Rows by statement. */
export type Answers<Row> = readonly (readonly Row[])[];

/** What row-level security may show inside a transaction. Empty shows nothing. */
export interface RowScope {
  /** Ids of the visibility classes the viewer holds. */
  readonly classes: readonly number[];
  readonly statementTimeoutMs: number;
}

/** The road every read for somebody takes: a weak role, read only, row security bound to the viewer's classes. */
export interface SecuredDatabase {
  secured<T>(scope: RowScope, work: (connection: Queryable) => Promise<T>): Promise<T>;
  /** The rows of each statement, all in one such transaction, sent in one go where the driver can. */
  securedAtOnce<Row>(scope: RowScope, statements: readonly Statement[]): Promise<Answers<Row>>;
}

/** The god-mode road, for intake, audit, access decisions and rebuilding; the purpose is said so that a reader can question it. */
export interface UnrestrictedDatabase {
  unrestricted<T>(purpose: string, work: (connection: Queryable) => Promise<T>): Promise<T>;
}

/** The same road for statements that are known before the first is answered. */
export interface UnrestrictedReads {
  /** As `securedAtOnce`. */
  unrestrictedAtOnce<Row>(purpose: string, statements: readonly Statement[]): Promise<Answers<Row>>;
}

export interface Database extends SecuredDatabase, UnrestrictedDatabase, UnrestrictedReads {
  readonly mode: 'embedded' | 'server';
  /** As the owner of the tables: migrations, templates and tests only. */
  asOwner<T>(work: (connection: Queryable) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Sees every statement that runs, for golden tests and slow-query logs. */
export type StatementObserver = (statement: { readonly text: string; readonly milliseconds: number }) => void;
