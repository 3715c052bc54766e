/** What a transaction begins with: the role it runs as, and what row security shows it. */
import { HeadwaterError } from '../kernel/errors.ts';
import type { RowScope } from './database.ts';
import type { SentStatement } from './one-go.ts';

/** The same rights for either road. */
export interface Rights {
  /** For a transaction that goes on: statements of their own, `begin` first. */
  readonly opening: () => string;
  /** For one that is a single message. */
  readonly first: SentStatement;
}

/**
 * The settings are local to the transaction: a session-level one would leak to the next viewer of the pooled connection. Compiling a
 * statement is off: the planner cannot guess what a viewer sees, takes reads for costlier than they are, and spends seconds compiling them.
 */
export function securedOpening(scope: RowScope): string {
  const { classes, statementTimeoutMs } = checked(scope);
  return (
    'begin read only; set local role headwater_app; ' +
    `set local headwater.classes = '{${classes.join(',')}}'; set local jit = off; ` +
    `set local statement_timeout = ${statementTimeoutMs}`
  );
}

export function unrestrictedOpening(purpose: string): string {
  checkPurpose(purpose);
  return 'begin; set local role headwater_system';
}

function checked(scope: RowScope): RowScope {
  if (
    !scope.classes.every((id) => Number.isSafeInteger(id) && id > 0) ||
    !Number.isSafeInteger(scope.statementTimeoutMs)
  ) {
    throw new HeadwaterError('BAD_INPUT', 'a row scope wants positive whole numbers');
  }
  return scope;
}

const SECURED =
  "select set_config('transaction_read_only', 'on', true), set_config('role', 'headwater_app', true), " +
  "set_config('headwater.classes', $1, true), set_config('jit', 'off', true), set_config('statement_timeout', $2, true)";
const UNRESTRICTED = "select set_config('role', 'headwater_system', true)";

export function securedRights(scope: RowScope): Rights {
  const { classes, statementTimeoutMs } = checked(scope);
  const values = [`{${classes.join(',')}}`, String(statementTimeoutMs)];
  return { opening: () => securedOpening(scope), first: { name: 'h_secured', text: SECURED, values } };
}

export function unrestrictedRights(purpose: string): Rights {
  checkPurpose(purpose);
  return {
    opening: () => unrestrictedOpening(purpose),
    first: { name: 'h_unrestricted', text: UNRESTRICTED, values: [] },
  };
}

function checkPurpose(purpose: string): void {
  if (purpose.trim() === '') throw new HeadwaterError('FORBIDDEN', 'the unrestricted road wants a purpose');
}
