/** What the hub and its database worker say to each other over the worker's private port. */

export type WorkerRequest =
  | {
      readonly id: number;
      readonly kind: 'query';
      readonly text: string;
      readonly values: readonly unknown[];
    }
  | { readonly id: number; readonly kind: 'script'; readonly text: string }
  | { readonly id: number; readonly kind: 'close' };

export interface WorkerResult {
  /** Absent when the statement never completed: a swallowed error. */
  readonly command?: string;
  readonly rowCount: number;
  readonly rows: readonly Record<string, unknown>[];
  readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[];
}

export interface WorkerFailure {
  readonly message: string;
  readonly code: string | undefined;
  readonly detail: string | undefined;
  readonly constraint: string | undefined;
  /** The database itself broke, not the statement: it must not be asked again. */
  readonly broken: boolean;
}

export type WorkerReply =
  | { readonly id: number; readonly result: WorkerResult }
  | { readonly id: number; readonly failure: WorkerFailure }
  | { readonly id: 0; readonly ready: true }
  | { readonly id: 0; readonly failure: WorkerFailure };

export interface WorkerStart {
  readonly folder: string;
}
