/** The parts of an import profile that say where one value comes from. Each description is what an analyst reads in the schema. */
import * as z from 'zod';

export const columnName = z
  .string()
  .min(1)
  .meta({
    id: 'column',
    description: 'Name of a column; case and spaces do not matter.',
    examples: ['date'],
  });

const columns = z.union([columnName, z.array(columnName).min(1)]).meta({
  id: 'columns',
  description: 'One column, or several: the first that is not missing counts.',
  examples: ['location', ['location', 'station_name']],
});

const missing = z.array(z.string()).meta({
  id: 'missing',
  description: 'Texts of this column that mean "no answer", in place of the profile\'s list.',
  examples: [['', '0', '-99']],
});

const lookup = z
  .strictObject({
    file: z.string().min(1).meta({ description: "Name of one of the profile's lookups." }),
    column: columnName.meta({ description: 'Column of that file to take the value from.' }),
  })
  .meta({
    id: 'lookup',
    description: 'The cell is an id: the value stands in another file, in the row with that id.',
  });

export const onWrong = z.enum(['refuse', 'note']).meta({
  id: 'onWrong',
  description:
    'What an unreadable value does. refuse: the row is quarantined with the reason (usual). note: the value is left out, the reason is noted, the row is taken. Positions are noted unless this says refuse.',
});

export const from = { column: columns, missing: missing.optional(), lookup: lookup.optional() };

export const textField = z
  .union([
    z.strictObject({ constant: z.string().min(1).meta({ description: 'The same text for every row.' }) }),
    z.strictObject({
      join: z
        .array(columnName)
        .min(2)
        .meta({ description: 'Columns whose answers are joined; missing ones are left out.' }),
      with: z.string().meta({ description: 'What stands between them.', examples: [', '] }),
      missing: missing.optional(),
    }),
    z.strictObject({
      ...from,
      required: z.boolean().optional().meta({ description: 'Refuse a row without it.' }),
    }),
  ])
  .meta({
    id: 'text',
    description: 'A text: a constant, a column, or several joined.',
    examples: [{ column: 'station_name' }],
  });

export const numberField = z
  .union([
    z.strictObject({ constant: z.number() }),
    z.strictObject({
      ...from,
      decimal: z
        .enum(['.', ','])
        .optional()
        .meta({ description: 'Sign before the fraction; the other groups thousands. Usual: "."' }),
      integer: z.boolean().optional(),
      min: z.number().optional(),
      max: z.number().optional(),
      onWrong: onWrong.optional(),
      required: z.boolean().optional(),
    }),
  ])
  .meta({
    id: 'number',
    description: 'A number, as 1,022 or 0.5.',
    examples: [{ column: 'survivors', integer: true }],
  });

export const countField = z
  .strictObject({
    ...from,
    decimal: z.enum(['.', ',']).optional(),
    censoredFrom: z
      .union([z.literal(0), z.literal(1)])
      .optional()
      .meta({
        description: 'Least value that "<5" can mean: 0 (usual), or 1 where the source never censors zero.',
      }),
  })
  .meta({
    id: 'count',
    description: 'A count, exact or censored: 12, "<5", "5+", "5-10".',
    examples: [{ column: 'txtVALUE' }],
  });

const dateOptions = {
  order: z.enum(['ymd', 'dmy', 'mdy']).optional().meta({
    description:
      'Order of dates written in numbers. Without it 01/02/2024 is refused, because two days can be meant.',
  }),
  calendar: z.enum(['gregorian', 'bikram_sambat', 'either']).optional().meta({
    description: 'either: years 2070–2100 are read as Bikram Sambat (Nepal). Usual: gregorian.',
  }),
  serial: z
    .enum(['1900', '1904'])
    .optional()
    .meta({ description: 'Bare numbers are spreadsheet days counted from this year.' }),
  zone: z
    .string()
    .optional()
    .meta({
      description:
        'IANA time zone the dates are written in. Without it the UTC day is taken and the zone is recorded as unknown.',
      examples: ['Asia/Kathmandu'],
    }),
  allowFuture: z.boolean().optional(),
};

export const dateDefaults = z
  .strictObject(dateOptions)
  .meta({ description: 'What holds for all dates of the file.' });

export const dateField = z
  .strictObject({
    ...from,
    ...dateOptions,
    time: columnName.optional().meta({ description: 'Column with the time of day.' }),
    year: columnName.optional().meta({
      description: 'Column with the year, for cells that hold a month alone: March, or 3.',
    }),
    basis: z
      .string()
      .min(1)
      .meta({ description: 'What it is the time of.', examples: ['interception', 'registration'] }),
    onWrong: onWrong.optional(),
    required: z.boolean().optional(),
  })
  .meta({
    id: 'date',
    description: 'A date, as coarse as it is written.',
    examples: [{ column: 'date', order: 'dmy', basis: 'incident' }],
  });

export const countryField = z
  .union([
    z.strictObject({
      constant: z
        .string()
        .regex(/^[A-Z]{3}$/)
        .meta({ description: 'ISO 3166-1 alpha-3.', examples: ['NPL'] }),
    }),
    z.strictObject({
      ...from,
      writing: z
        .enum(['alpha2', 'alpha3', 'name', 'any'])
        .optional()
        .meta({ description: 'How the column writes countries. Usual: any.' }),
      onWrong: onWrong.optional(),
      required: z.boolean().optional(),
    }),
  ])
  .meta({
    id: 'country',
    description: 'A country, by code or name.',
    examples: [{ column: 'citizenship', writing: 'alpha2' }],
  });

export type TextField = z.infer<typeof textField>;
export type NumberField = z.infer<typeof numberField>;
export type CountField = z.infer<typeof countField>;
export type DateField = z.infer<typeof dateField>;
export type CountryField = z.infer<typeof countryField>;
export type ColumnSource = {
  readonly column: string | readonly string[];
  readonly missing?: readonly string[] | undefined;
  readonly lookup?: { readonly file: string; readonly column: string } | undefined;
};
