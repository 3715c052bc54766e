/** What the edge says of an error: what the caller can mend is told, everything else is a reference into the log. */
import { randomBytes } from 'node:crypto';
import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import { type ErrorCode, HeadwaterError } from '../kernel/errors.ts';
import { adviceFor } from './mistakes.ts';

/** The caller can do something about these, and their messages are written for the caller. */
const TOLD: ReadonlySet<ErrorCode> = new Set([
  'BAD_INPUT',
  'NOT_FOUND',
  'FORBIDDEN',
  'UNAUTHENTICATED',
  'CONFLICT',
  'BUSY',
  'CANCELLED',
]);

/** Raised before any resolver runs: they speak of the query's text and variables only. */
const ABOUT_THE_QUERY: ReadonlySet<unknown> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'OPERATION_RESOLUTION_FAILURE',
  'BAD_REQUEST',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'TOO_COSTLY',
]);

/** PostgreSQL's "query canceled": the role's statement timeout. */
const TIMED_OUT = '57014';
/** Values that a type of the database cannot hold, by SQLSTATE: the caller wrote them, since ours are bound with their types. */
const UNUSABLE: Readonly<Record<string, string>> = {
  '22P02': 'an id: found a text of another shape, wanted one like 00000000-0000-4000-8000-000000000000',
  '22021': 'a text: found a character that no text can hold (NUL), wanted it without',
  '22003': 'a number: found one beyond what can be compared, wanted a smaller one',
  '22007': 'a time: found one that cannot be read, wanted one like 2026-01-01T00:00:00Z',
  '22008': 'a time: found one outside the years 1 to 9999, wanted one like 2026-01-01T00:00:00Z',
};

/** `report` writes the log: it gets the reference that the caller was told, and the error itself. */
export function maskErrors(
  schema: GraphQLSchema,
  report: (reference: string, error: unknown) => void,
): (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError {
  return (formatted, error) => {
    const cause = unwrapResolverError(error);
    const at = formatted.path === undefined ? {} : { path: formatted.path };
    const told = toldOf(cause);
    if (told !== null) return { message: told.message, ...at, extensions: { code: told.code } };
    if (isAboutTheQuery(formatted, cause)) {
      const { message, locations } = formatted;
      // What comes up while resolving has no code of its own, but the same cause as a bad variable.
      const code = formatted.path === undefined ? formatted.extensions?.code : 'BAD_USER_INPUT';
      return {
        message: message + adviceFor(schema, message),
        ...(locations === undefined ? {} : { locations }),
        ...at,
        extensions: { code },
      };
    }
    const reference = randomBytes(6).toString('hex');
    report(reference, cause);
    const message = `something went wrong on our side; the operator finds it in the log under ${reference}`;
    return { message, ...at, extensions: { code: 'INTERNAL', reference } };
  };
}

/** What the caller is told of an error that the caller can mend; null of any other. */
export function toldOf(cause: unknown): { readonly code: ErrorCode; readonly message: string } | null {
  if (!(cause instanceof HeadwaterError)) return null;
  if (TOLD.has(cause.code)) return { code: cause.code, message: cause.message };
  if (stateOf(cause) === TIMED_OUT) {
    const message =
      'the query took longer than this role may; ask for a narrower filter, a smaller `first`, or fewer figures';
    return { code: 'BUSY', message };
  }
  const unusable = UNUSABLE[stateOf(cause)];
  return unusable === undefined ? null : { code: 'BAD_INPUT', message: unusable };
}

/** SQLSTATE of the statement that failed; empty when it was none. */
function stateOf({ cause }: HeadwaterError): string {
  return typeof cause === 'object' && cause !== null && 'code' in cause && typeof cause.code === 'string'
    ? cause.code
    : '';
}

/** An argument that was null at run time is the caller's too, though it comes up while resolving. */
function isAboutTheQuery({ path, message, extensions }: GraphQLFormattedError, cause: unknown): boolean {
  if (path === undefined) return ABOUT_THE_QUERY.has(extensions?.code);
  return cause instanceof GraphQLError && cause.originalError == null && /^Argument "\w+" /.test(message);
}
