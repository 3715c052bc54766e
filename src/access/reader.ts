/** What every view is handed: a viewer, and reads that run with that viewer's rights and no others. */
import type { Answers, Queryable, SecuredDatabase, Statement } from '../platform/database.ts';
import { type AsKnown, KNOWN_NOW } from './projected.sql.ts';
import { rowScope, type Viewer } from './viewer.ts';

export interface ViewerReader {
  readonly viewer: Viewer;
  read<T>(work: (connection: Queryable) => Promise<T>): Promise<T>;
  /** For statements that are known before the first is answered. */
  readAtOnce<Row>(statements: readonly Statement[]): Promise<Answers<Row>>;
  /** From now on every reading fails with this: a request that was cancelled, or ran out of time, does not begin again by another road. */
  endWith?(reason: Error): void;
}

export function readerFor(database: SecuredDatabase, viewer: Viewer): ViewerReader {
  const scope = rowScope(viewer);
  let ended: Error | null = null;
  const going = <T>(read: () => Promise<T>): Promise<T> => (ended === null ? read() : Promise.reject(ended));
  return {
    viewer,
    read: (work) => going(() => database.secured(scope, work)),
    readAtOnce: (statements) => going(() => database.securedAtOnce(scope, statements)),
    endWith: (reason) => {
      ended ??= reason;
    },
  };
}

/** One object per reader, made when first asked for: loaders live as long as the request and never longer. */
export function perReader<T>(make: (reader: ViewerReader) => T): (reader: ViewerReader) => T {
  const made = new WeakMap<ViewerReader, T>();
  return (reader) => {
    let value = made.get(reader);
    if (value === undefined) {
      value = make(reader);
      made.set(reader, value);
    }
    return value;
  };
}

/** The same for what is asked as it was known at a moment: a record of the past leads to what was known with it, never to a later word. */
export function perMoment<T>(
  make: (reader: ViewerReader, asKnown: AsKnown) => T,
): (reader: ViewerReader, asKnown?: AsKnown) => T {
  const moments = perReader(() => new Map<string, T>());
  return (reader, asKnown = KNOWN_NOW) => {
    const made = moments(reader);
    const moment = asKnown.at?.toISOString() ?? 'now';
    const value = made.get(moment) ?? make(reader, asKnown);
    made.set(moment, value);
    return value;
  };
}
