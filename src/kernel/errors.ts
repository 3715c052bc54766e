/** What can go wrong, said in a closed list of codes, so that callers can recover and the edge can mask the rest. */

/**
 * - `BAD_INPUT`: a request, row or argument is not of the wanted form. Recover: correct it; the message names found and wanted.
 * - `BAD_CONFIGURATION`: a setting of the environment is not usable. Recover: set the variable the message names.
 * - `NOT_FOUND`: there is no such thing, or none that this viewer may see; the two are never told apart.
 * - `UNAUTHENTICATED`: no key, or a key that is unknown, expired or revoked. Recover: present a valid key.
 * - `FORBIDDEN`: the role of this key never may do this, whatever the record. Recover: ask the data officer.
 * - `CONFLICT`: the state changed since it was read. Recover: read again and repeat.
 * - `BUSY`: somebody else holds what is needed (a data folder, an import). Recover: the message names the holder.
 * - `CANCELLED`: whoever asked went away or cancelled it, or it took longer than an analysis may; the message says which. Recover: ask again, or for less.
 * - `DATABASE_REFUSED`: the database rejected a statement. Recover: a mistake of ours unless the message says otherwise.
 * - `DATABASE_SILENT`: a statement ended without completing (a swallowed error); its transaction was rolled back.
 */
export type ErrorCode =
  | 'BAD_INPUT'
  | 'BAD_CONFIGURATION'
  | 'NOT_FOUND'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'CONFLICT'
  | 'BUSY'
  | 'CANCELLED'
  | 'DATABASE_REFUSED'
  | 'DATABASE_SILENT';

export class HeadwaterError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'HeadwaterError';
    this.code = code;
  }
}

/** One reason why something was refused: where, what stood there, what was wanted. Personal values are never put in `found`. */
export interface Reason {
  readonly where: string;
  readonly found: string;
  readonly wanted: string;
}

/** A refusal is a value, not an exception: intake and mutations answer with it. */
export type Outcome<T> =
  | { readonly accepted: true; readonly value: T }
  | { readonly accepted: false; readonly reasons: readonly Reason[] };

export function accept<T>(value: T): Outcome<T> {
  return { accepted: true, value };
}

export function refuse(...reasons: readonly Reason[]): Outcome<never> {
  return { accepted: false, reasons };
}

/** Two fields that read one column refuse it alike: that is said once. */
export function saidOnce(reasons: readonly Reason[]): readonly Reason[] {
  const texts = new Set<string>();
  return reasons.filter(({ where, found, wanted }) => {
    const before = texts.size;
    return texts.add(JSON.stringify([where, found, wanted])).size > before;
  });
}
