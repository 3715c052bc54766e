/** Statements that leave in one message with the transaction that they are: one trip to the server, one answer from it, and whatever fails ends all of it. */
import pg from 'pg';
import type { Statement } from './database.ts';
import { MOST_NAMES } from './statement-names.ts';

/** A statement that is prepared on a connection under its name. */
export interface SentStatement extends Statement {
  /** Undefined: prepared for this once. */
  readonly name: string | undefined;
}

interface Wire {
  readonly stream: { cork(): void; uncork(): void };
  parse(query: { readonly name: string | undefined; readonly text: string }): void;
  bind(config: {
    readonly statement: string | undefined;
    readonly values: readonly unknown[];
    readonly valueMapper: unknown;
  }): void;
  describe(of: { readonly type: 'P'; readonly name: string }): void;
  execute(config: object): void;
  close(what: { readonly type: 'S'; readonly name: string }): void;
  sync(): void;
}

interface Columns {
  addFields(fields: readonly unknown[]): void;
  parseRow(fields: readonly unknown[]): unknown;
}

interface Prepared {
  /** Undefined until the statement was answered once: until then nobody knows whether the server has it. */
  columns?: Columns;
}

interface DriverQuery {
  callback: (() => void) | undefined;
  readonly _result: { readonly _types: unknown };
}

// What the driver exports and its types do not say: the class that it sends through a pipeline, and how it reads rows and writes values.
const driver = pg as unknown as {
  readonly Query: new (config: object) => DriverQuery;
  readonly Result: new (rowMode: null, types: unknown) => Columns;
  readonly utils: { prepareValue(value: unknown): unknown };
};

/** By connection; in the order in which they were last used. */
const preparedOn = new WeakMap<Wire, Map<string, Prepared>>();

/**
 * No `begin` and no `commit`: what the server gets before it is told to sync is one transaction. After the first thing that fails it skips all that
 * follows, so that no statement runs without the rights that those before it gave, and rolls back.
 */
export class OneGo extends driver.Query {
  readonly #statements: readonly SentStatement[];
  readonly #settle: (error: Error | null, answers: readonly (readonly unknown[])[]) => void;
  readonly #columns: (Columns | undefined)[] = [];
  readonly #answers: unknown[][] = [];
  #at = 0;
  #prepared: Map<string, Prepared> | undefined;
  #failed: Error | null = null;

  constructor(
    statements: readonly SentStatement[],
    settle: (error: Error | null, answers: readonly (readonly unknown[])[]) => void,
  ) {
    super({ text: '' });
    this.#statements = statements;
    this.#settle = settle;
    this.callback = () => undefined;
  }

  submit(wire: Wire): null {
    const prepared = preparedOn.get(wire) ?? new Map<string, Prepared>();
    preparedOn.set(wire, prepared);
    this.#prepared = prepared;
    wire.stream.cork();
    try {
      for (const statement of this.#statements) this.#send(wire, prepared, statement);
    } catch (error) {
      // A value that cannot be written: what was sent before it reads, and is told to nobody.
      this.#failed = error as Error;
    } finally {
      wire.sync();
      wire.stream.uncork();
    }
    return null;
  }

  #send(wire: Wire, prepared: Map<string, Prepared>, { name, text, values }: SentStatement): void {
    const known = name === undefined ? undefined : prepared.get(name);
    if (name !== undefined) {
      prepared.delete(name);
      prepared.set(name, known ?? {});
      // The server may have it of a time that failed later; closing what is not there is no mistake.
      if (known?.columns === undefined) wire.close({ type: 'S', name });
      forgetOldest(wire, prepared);
    }
    if (known?.columns === undefined) wire.parse({ name, text });
    wire.bind({ statement: name, values, valueMapper: driver.utils.prepareValue });
    if (known?.columns === undefined) wire.describe({ type: 'P', name: '' });
    wire.execute({});
    this.#columns.push(known?.columns);
    this.#answers.push([]);
  }

  handleRowDescription({ fields }: { readonly fields: readonly unknown[] }): void {
    const columns = new driver.Result(null, this._result._types);
    columns.addFields(fields);
    this.#columns[this.#at] = columns;
  }

  handleDataRow({ fields }: { readonly fields: readonly unknown[] }): void {
    try {
      this.#answers[this.#at]?.push(this.#columns[this.#at]?.parseRow(fields));
    } catch (error) {
      this.#failed ??= error as Error;
    }
  }

  handleCommandComplete(): void {
    const name = this.#statements[this.#at]?.name;
    const prepared = name === undefined ? undefined : this.#prepared?.get(name);
    const columns = this.#columns[this.#at];
    if (prepared !== undefined && columns !== undefined) prepared.columns = columns;
    this.#at += 1;
  }

  handleError(error: Error): void {
    // The server may have forgotten a statement, or its plan may fit no more: each is prepared anew.
    for (const { name } of this.#statements) if (name !== undefined) this.#prepared?.delete(name);
    this.#settle(error, []);
  }

  handleReadyForQuery(): void {
    this.#settle(this.#failed, this.#answers);
  }
}

/** A plan is some hundred kB in the connection. */
function forgetOldest(wire: Wire, prepared: Map<string, Prepared>): void {
  for (const oldest of prepared.keys()) {
    if (prepared.size <= MOST_NAMES) return;
    prepared.delete(oldest);
    wire.close({ type: 'S', name: oldest });
  }
}
