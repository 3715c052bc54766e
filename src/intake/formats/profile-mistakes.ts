/** What is wrong with a profile, member by member: where, what stands there, what may stand there. Its texts are no personal data. */
import * as z from 'zod';
import type { Reason } from '../../kernel/errors.ts';
import { suggestion } from '../../kernel/nearest.ts';
import { branchesOf, branchFor, isRecord, literalsOf, membersOf, unwrapped } from './profile-shape.ts';

/**
 * Every mistake below a value, judged against the form that it is nearest to: where several forms are possible (a constant, a column, a
 * map …) the members that stand there tell which one was meant. None exactly when the schema accepts the value.
 */
export function mistakesIn(schema: z.ZodType, value: unknown, path = ''): readonly Reason[] {
  if (schema.safeParse(value).success) return [];
  const inner = unwrapped(schema);
  if (inner instanceof z.ZodUnion) {
    const decider = wrongDecider(inner, value, path);
    if (decider !== null) return [decider];
    const branch = branchFor(inner, value);
    return branch === null ? [unlike(inner, value, path)] : mistakesIn(branch, value, path);
  }
  if (inner instanceof z.ZodObject && isRecord(value)) return inObject(inner, value, path);
  if (inner instanceof z.ZodArray && Array.isArray(value)) {
    const found = value.flatMap((each, index) =>
      mistakesIn(inner.element as z.ZodType, each, join(path, index)),
    );
    if (found.length > 0) return found;
  }
  if (inner instanceof z.ZodRecord && isRecord(value)) {
    const found = Object.entries(value).flatMap(([name, each]) => {
      const named = (inner.keyType as z.ZodType).safeParse(name).success;
      return [
        ...(named
          ? []
          : [told(join(path, name), quoted(name), `as a name ${formOf(inner.keyType as z.ZodType)}`)]),
        ...mistakesIn(inner.valueType as z.ZodType, each, join(path, name)),
      ];
    });
    if (found.length > 0) return found;
  }
  return [unlike(inner, value, path)];
}

/** The member that says which form it is, where it says none of them; null where there is no such member, or it is right. */
function wrongDecider(union: z.ZodUnion, value: unknown, path: string): Reason | null {
  const name = (union.def as { readonly discriminator?: string }).discriminator;
  if (name === undefined || !isRecord(value)) return null;
  const words = branchesOf(union).flatMap((branch) =>
    literalsOf(membersOf(branch as z.ZodObject)[name] as z.ZodType),
  );
  const typed = value[name];
  if (words.some((word) => word === typed)) return null;
  const near = typeof typed === 'string' ? suggestion(typed, words.map(String)) : '';
  return told(join(path, name), quoted(typed), `one of ${words.join(', ')}${near}`);
}

function inObject(schema: z.ZodObject, value: Record<string, unknown>, path: string): readonly Reason[] {
  const members = membersOf(schema);
  const names = Object.keys(members);
  const reasons: Reason[] = [];
  const meant = new Set<string>();
  for (const name of Object.keys(value).filter((each) => !Object.hasOwn(members, each))) {
    const free = names.filter((each) => !Object.hasOwn(value, each));
    const near = suggestion(name, free);
    for (const each of free) if (near.includes(`"${each}"`)) meant.add(each);
    reasons.push(
      told(
        join(path, name),
        `the member "${shortened(name)}"`,
        `one of the members ${names.join(', ')}${near}`,
      ),
    );
  }
  for (const [name, member] of Object.entries(members)) {
    if (Object.hasOwn(value, name)) reasons.push(...mistakesIn(member, value[name], join(path, name)));
    // A misspelt member is one mistake, not two.
    else if (!member.safeParse(undefined).success && !meant.has(name))
      reasons.push(told(join(path, name), 'nothing', formOf(member)));
  }
  return reasons;
}

/** A value of another kind than any that may stand there. */
function unlike(schema: z.ZodType, value: unknown, path: string): Reason {
  const words = branchesOf(schema).flatMap((branch) => literalsOf(branch).map(String));
  const near = typeof value === 'string' ? suggestion(value, words) : '';
  const could =
    typeof value !== 'string' || near !== ''
      ? []
      : [{ column: value }, { constant: value }].filter((form) => schema.safeParse(form).success);
  const offer =
    could.length === 0 ? '' : ` (did you mean ${could.map((form) => JSON.stringify(form)).join(' or ')}?)`;
  return told(path, quoted(value), `${formOf(schema)}${near}${offer}`);
}

function told(path: string, found: string, wanted: string): Reason {
  return { where: path === '' ? 'profile' : `profile ${path}`, found, wanted };
}

function join(path: string, name: string | number): string {
  return path === '' ? String(name) : `${path}.${name}`;
}

/** What may stand there, in words. */
function formOf(schema: z.ZodType): string {
  const inner = unwrapped(schema);
  const literals = literalsOf(inner);
  if (literals.length === 1) return quoted(literals[0]);
  if (literals.length > 1) return `one of ${literals.join(', ')}`;
  if (inner instanceof z.ZodUnion) return `${branchesOf(inner).map(formOf).join(', or ')}`;
  if (inner instanceof z.ZodObject) {
    const must = Object.entries(membersOf(inner)).filter(
      ([, member]) => !member.safeParse(undefined).success,
    );
    const shown = must.map(([name]) => `"${name}": …`).join(', ');
    return shown === '' ? `an object with ${Object.keys(membersOf(inner)).join(', ')}` : `{${shown}}`;
  }
  if (inner instanceof z.ZodArray) {
    const { minimum } = limitsOf(inner);
    return `a list${minimum === undefined ? '' : ` of ${minimum} or more`}, each ${formOf(inner.element as z.ZodType)}`;
  }
  if (inner instanceof z.ZodRecord)
    return `an object of names, each with ${formOf(inner.valueType as z.ZodType)}`;
  if (inner instanceof z.ZodBoolean) return 'true or false';
  const { minimum, maximum, above, whole, pattern, length } = limitsOf(inner);
  if (inner instanceof z.ZodNumber) {
    const least =
      above === undefined ? (minimum === undefined ? '' : `, ${minimum} or more`) : `, above ${above}`;
    return `a ${whole ? 'whole ' : ''}number${least}${maximum === undefined ? '' : `, ${maximum} or less`}`;
  }
  const example = (inner.meta()?.['examples'] as readonly unknown[] | undefined)?.[0];
  const such = example === undefined ? '' : `, such as ${quoted(example)}`;
  if (length !== undefined) return `a text of ${length} sign${such}`;
  if (pattern !== undefined) return `a text of the form ${pattern}${such}`;
  return `a text${minimum === undefined ? '' : ' that is not empty'}${such}`;
}

interface Limits {
  readonly minimum?: number;
  readonly maximum?: number;
  readonly above?: number;
  readonly length?: number;
  readonly pattern?: string;
  readonly whole: boolean;
}

/** As the published schema says them. */
function limitsOf(schema: z.ZodType): Limits {
  const json = z.toJSONSchema(schema, { io: 'input' }) as Record<string, unknown>;
  const number = (name: string): number | undefined =>
    typeof json[name] === 'number' ? json[name] : undefined;
  const minimum = number('minimum') ?? number('minLength') ?? number('minItems');
  const maximum = number('maximum');
  const length = json['minLength'] === json['maxLength'] ? number('minLength') : undefined;
  const above = number('exclusiveMinimum');
  return {
    whole: json['type'] === 'integer',
    ...(minimum === undefined ? {} : { minimum }),
    ...(maximum === undefined || maximum === Number.MAX_SAFE_INTEGER ? {} : { maximum }),
    ...(length === undefined ? {} : { length }),
    ...(above === undefined ? {} : { above }),
    ...(typeof json['pattern'] === 'string' ? { pattern: json['pattern'] } : {}),
  };
}

const LONGEST_SHOWN = 60;

function quoted(value: unknown): string {
  if (value === undefined) return 'nothing';
  return shortened(JSON.stringify(value));
}

function shortened(text: string): string {
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}
