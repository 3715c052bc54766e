/** Roles of people who are never matched between organisations: whoever a report wants protected, in whatever words its form has. */

/**
 * A PostgreSQL and a JavaScript pattern alike, read without regard to case. Forms name roles as they like, so parts of words are looked
 * for: a role that sounds protected is, and an identifier too few is matched rather than one too many.
 */
export const PROTECTED_ROLE =
  'victim|survivor|pvot|witness|informant|contact|beneficiar|client|child|minor|famil|relative|guardian|parent|complainant';

const PATTERN = new RegExp(PROTECTED_ROLE, 'i');

export function isProtectedRole(role: string): boolean {
  return PATTERN.test(role);
}
