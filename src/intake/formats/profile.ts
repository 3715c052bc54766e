/** An import profile maps one kind of file to Headwater's records, without code: an analyst writes it, this file says what it may hold. */
import * as z from 'zod';
import { accept, type Outcome, refuse } from '../../kernel/errors.ts';
import { condition } from './profile-choices.ts';
import { dateDefaults } from './profile-fields.ts';
import { checkProfile } from './profile-meaning.ts';
import { mistakesIn } from './profile-mistakes.ts';
import { effort, flow, interdiction, report, statistics, weight } from './profile-records.ts';

const names = z.array(z.string().min(1));

const common = {
  $schema: z.string().optional(),
  name: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/)
    .meta({ description: 'Name on the command line.', examples: ['border-intercept'] }),
  version: z.int().min(1).meta({ description: 'Raised whenever the same file would give other records.' }),
  description: z.string().min(1).meta({ description: 'What file this is for, and who publishes it.' }),
  format: z.enum(['csv', 'geojson']).meta({
    description:
      'csv: rows under a header, as text or as a sheet of an .xlsx workbook; the file tells which.',
  }),
  sheet: z.string().min(1).optional().meta({
    description: "Name of a workbook's sheet; case does not matter. Usual: the first that is not hidden.",
  }),
  columns: z
    .strictObject({
      required: names
        .min(1)
        .meta({ description: 'A file without one of these is another kind of file: it is refused.' }),
      optional: names.optional(),
      ignored: names.optional().meta({ description: 'Known, and not mapped. They stay in the raw record.' }),
      labels: condition.optional().meta({
        description:
          'What stands in a line that says the header again in words: such a line is no row, and is not counted.',
        examples: [{ first_name: ['First name'] }],
      }),
      counters: names.optional().meta({
        description:
          'Columns that only number the lines, by name or place (column_1 has none): a line with nothing else is blank.',
        examples: [['column_1']],
      }),
      strict: z.boolean().optional().meta({
        description: 'Refuse a file with columns that are named nowhere here. Usual: they are reported.',
      }),
    })
    .meta({
      description: 'The header. Every column that the mapping reads is named here, as required or optional.',
    }),
  missing: z
    .array(z.string())
    .optional()
    .meta({
      description: 'Texts that mean "no answer" in every column. Usual: empty, None, null, NaN, N/A, -.',
      examples: [['', 'None']],
    }),
  dates: dateDefaults.optional(),
  identity: names.optional().meta({
    description:
      "Columns that together are the source's id of a record. Without: the digest of the row. A row of effort or statistics is known by its station, location and month, a weight by its form, code and day: they take none.",
  }),
  grouping: z.enum(['row', 'identity']).meta({
    description:
      'row: each row is a record, rows that share an id are parts of it. identity: rows that share an id are one report.',
  }),
  lookups: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        key: z.string().min(1).meta({ description: 'Column with the id.' }),
        columns: names
          .min(1)
          .meta({ description: 'Header by which the file is recognised; the key is one of them.' }),
      }),
    )
    .optional()
    .meta({ id: 'lookups', description: 'Files that are read first and joined by id.' }),
};

const reportProfile = z.strictObject({ ...common, target: z.literal('report'), report });
const flowProfile = z.strictObject({
  ...common,
  target: z.literal('flow'),
  grouping: z.literal('row'),
  flow,
});
const effortProfile = z.strictObject({
  ...common,
  target: z.literal('effort'),
  grouping: z.literal('row'),
  effort,
});
const statisticsProfile = z.strictObject({
  ...common,
  target: z.literal('statistics'),
  grouping: z.literal('row'),
  statistics,
});
const interdictionProfile = z.strictObject({
  ...common,
  target: z.literal('interdiction'),
  grouping: z.literal('row'),
  interdiction,
});
const weightProfile = z.strictObject({
  ...common,
  target: z.literal('weight'),
  grouping: z.literal('row'),
  weight,
});

/** The shape of a profile; `schema/import-profile.schema.json` is printed from it. */
export const profileShape = z.discriminatedUnion('target', [
  reportProfile,
  flowProfile,
  effortProfile,
  statisticsProfile,
  interdictionProfile,
  weightProfile,
]);

export type ImportProfile = z.infer<typeof profileShape>;

/** Reads a profile from JSON: first its shape, then what the shape cannot say (forbidden and undeclared columns, zones, lookups). */
export function parseProfile(json: unknown): Outcome<ImportProfile> {
  const shaped = profileShape.safeParse(json);
  if (!shaped.success) return refuse(...mistakesIn(profileShape, json));
  const reasons = checkProfile(shaped.data);
  return reasons.length === 0 ? accept(shaped.data) : refuse(...reasons);
}

/** The published schema (JSON Schema, draft 2020-12) of a profile. */
export function profileSchema(): Readonly<Record<string, unknown>> {
  const { $schema, ...rest } = z.toJSONSchema(profileShape, { target: 'draft-2020-12', io: 'input' });
  return {
    $schema,
    title: 'Headwater import profile',
    description:
      'Maps a CSV, a sheet of a workbook or a GeoJSON file to reports, flows, effort, station statistics, interdictions or weights of red flags. docs/import-profiles.md shows how to write one.',
    ...rest,
  };
}
