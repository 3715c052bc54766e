/** Walking a profile beside its schema: which of several forms a value has, and what its members are. */
import * as z from 'zod';
import { nearest } from '../../kernel/nearest.ts';

/** The schema without what makes it optional. */
export function unwrapped(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodOptional ? unwrapped(schema.unwrap() as z.ZodType) : schema;
}

export function branchesOf(schema: z.ZodType): readonly z.ZodType[] {
  const inner = unwrapped(schema);
  if (!(inner instanceof z.ZodUnion)) return [inner];
  return inner.options.flatMap((option) => branchesOf(option as z.ZodType));
}

export function membersOf(schema: z.ZodObject): Readonly<Record<string, z.ZodType>> {
  return schema.shape;
}

/** The words of a closed list; none where any text or number may stand. */
export function literalsOf(schema: z.ZodType): readonly (string | number)[] {
  const inner = unwrapped(schema);
  if (inner instanceof z.ZodLiteral) return [...inner.values] as (string | number)[];
  return inner instanceof z.ZodEnum ? inner.options : [];
}

/** The form that a value has, or was meant to have; null when it is of another kind than each. */
export function branchFor(union: z.ZodUnion, value: unknown): z.ZodType | null {
  const branches = branchesOf(union);
  const fitting = branches.find((branch) => branch.safeParse(value).success);
  if (fitting !== undefined) return fitting;
  const alike = branches.filter((branch) => isAlike(branch, value));
  const [first, ...others] = alike;
  if (others.length === 0 || !isRecord(value)) return first ?? null;
  const scored = alike.map((branch) => ({ branch, score: score(branch as z.ZodObject, value) }));
  return scored.reduce((best, each) => (each.score > best.score ? each : best)).branch;
}

/** A word or number of a profile as text; empty for all else. */
export function wordOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isAlike(branch: z.ZodType, value: unknown): boolean {
  if (branch instanceof z.ZodObject || branch instanceof z.ZodRecord) return isRecord(value);
  if (branch instanceof z.ZodArray) return Array.isArray(value);
  return false;
}

/** Members that are there count most, then those nearly spelt so; a closed list that holds the very word decides. */
function score(branch: z.ZodObject, value: Record<string, unknown>): number {
  const members = membersOf(branch);
  const names = Object.keys(members);
  let points = 0;
  for (const [name, each] of Object.entries(value)) {
    const member = members[name];
    const literals = member === undefined ? [] : literalsOf(member);
    if (member === undefined) points += nearest(name, names) === null ? -1 : 2;
    else if (literals.length === 1) points += literals[0] === each ? 100 : 0;
    else points += member.safeParse(each).success ? 4 : 3;
  }
  for (const [name, member] of Object.entries(members))
    if (!Object.hasOwn(value, name) && !member.safeParse(undefined).success) points -= 1;
  return points;
}
