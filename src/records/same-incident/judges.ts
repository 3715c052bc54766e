/** Whose work it is to say that two reports are of one event. */
import type { Role } from '../../access/roles.ts';

const JUDGES: readonly Role[] = ['analyst', 'investigator', 'data_officer'];

export function mayJudge(role: Role): boolean {
  return JUDGES.includes(role);
}
