/** Opaque places in an ordered list: the sort value and the id of the last row seen. */
import { HeadwaterError } from './errors.ts';

export interface Cursor {
  /** null where the sort value is unknown; such rows come last. */
  readonly value: string | null;
  readonly id: string;
}

export function writeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify([cursor.value, cursor.id])).toString('base64url');
}

/** Throws BAD_INPUT when the text is not a cursor of ours. */
export function readCursor(text: string): Cursor {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (Array.isArray(parsed) && parsed.length === 2) {
      const [value, id] = parsed as [unknown, unknown];
      if (
        (typeof value === 'string' || value === null) &&
        typeof id === 'string' &&
        /^[0-9a-f-]{36}$/.test(id)
      )
        return { value, id };
    }
  } catch {
    // Falls through to the one answer for everything that is not a cursor.
  }
  throw new HeadwaterError(
    'BAD_INPUT',
    'after: found a text that is not a cursor, wanted an endCursor of an earlier page',
  );
}
