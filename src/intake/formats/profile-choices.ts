/** The parts of an import profile that choose: conditions on a row, words of the hub's own lists, words the profile declares. */
import * as z from 'zod';
import { type ColumnSource, from } from './profile-fields.ts';

export const condition = z.record(z.string(), z.array(z.string()).min(1)).meta({
  id: 'condition',
  description:
    'Column → texts. Holds when each column has one of its texts (case does not matter). "*" is any answer, "" none.',
  examples: [{ role: ['PVOT', 'PV'] }],
});

/** Words of the source's own, each declared here: what a cell says besides them never gets into the open. */
export const declaredWord = z
  .union([
    z.strictObject({ constant: z.string().min(1) }),
    z.strictObject({
      ...from,
      map: z
        .record(z.string(), z.string().min(1))
        .meta({ description: 'Text of the cell → word. Case does not matter.' }),
      otherwise: z
        .string()
        .min(1)
        .optional()
        .meta({ description: 'For texts not in the map, and for none. Without it such a row is refused.' }),
    }),
  ])
  .meta({
    id: 'word',
    description:
      'A word from a list that stands in the profile: free text is not taken, it may name somebody.',
    examples: [
      { constant: 'recruiter' },
      { column: 'role', map: { Driver: 'transporter' }, otherwise: 'unknown' },
    ],
  });

/** A choice from one of the hub's own word lists. `id` names it in the schema and is used once. */
export function choiceField<const Words extends readonly [string | number, ...(string | number)[]]>(
  id: string,
  words: Words,
) {
  const word = z.literal(words);
  const rule = z.strictObject({ when: condition, value: word });
  return z
    .union([
      z.strictObject({ constant: word }),
      z.strictObject({
        ...from,
        map: z
          .record(z.string(), word)
          .meta({ description: 'Text of the cell → word. Case does not matter.' }),
        otherwise: word
          .optional()
          .meta({ description: 'For texts not in the map, and for none. Without it such a row is refused.' }),
      }),
      z.strictObject({
        rules: z.array(rule).min(1).meta({ description: 'The first rule that holds gives the word.' }),
        otherwise: word,
      }),
    ])
    .meta({ id, description: `One of: ${words.join(', ')}.` });
}

export type Condition = z.infer<typeof condition>;
export type ChoiceField<Word> =
  | { readonly constant: Word }
  | (ColumnSource & { readonly map: Readonly<Record<string, Word>>; readonly otherwise?: Word | undefined })
  | {
      readonly rules: readonly { readonly when: Condition; readonly value: Word }[];
      readonly otherwise: Word;
    };
