/** A question as one text that runs wherever GraphQL is spoken: its variables written into it. */
import type { Question } from './ask.ts';

/** Whose values are words of the schema and no texts. */
const ENUMS: ReadonlySet<string> = new Set([
  'role',
  'modes',
  'verifications',
  'kinds',
  'groupBy',
  'scale',
  'stages',
]);

export function writtenOut({ query, variables }: Question): string {
  const declared = query.replace(/^(\s*query(?:\s+\w+)?)\s*\([^)]*\)/, '$1');
  return declared
    .replaceAll(/,?\s*(\w+): \$(\w+)/g, (whole, argument: string, name: string) => {
      const value = variables[name];
      if (value === undefined || value === null) return '';
      const before = whole.startsWith(',') ? ', ' : '';
      return `${before}${argument}: ${literal(value, ENUMS.has(argument))}`;
    })
    .replaceAll(/\(\s*,\s*/g, '(')
    .replaceAll(/\(\s*\)/g, '');
}

function literal(value: unknown, isEnum: boolean): string {
  if (Array.isArray(value)) return `[${value.map((one) => literal(one, isEnum)).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).filter(([, one]) => one !== undefined);
    return `{ ${fields.map(([name, one]) => `${name}: ${literal(one, ENUMS.has(name))}`).join(', ')} }`;
  }
  if (typeof value === 'string' && isEnum) return value;
  return JSON.stringify(value);
}
