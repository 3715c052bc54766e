/** The parts of an import profile that say what a record consists of: a report, a published flow, a month of effort, … */
import * as z from 'zod';
import * as words from '../../kernel/vocabulary.ts';
import { choiceField, condition, declaredWord } from './profile-choices.ts';
import { countField, countryField, dateField, numberField, textField } from './profile-fields.ts';
import { placeField } from './profile-places.ts';

const population = choiceField('choice-of-populations', words.POPULATIONS);

const personal = z
  .strictObject({
    fullName: textField.optional(),
    birthdate: textField.optional(),
    phone: textField.optional(),
    address: textField.optional(),
    nationality: textField.optional(),
  })
  .meta({
    id: 'personal',
    description: 'Goes to the vault, encrypted, and nowhere else; never shown in a reason.',
  });

const waypoint = z.strictObject({
  place: placeField,
  kind: choiceField('choice-of-waypoint-kinds', words.WAYPOINT_KINDS),
  basis: choiceField('choice-of-waypoint-bases', words.WAYPOINT_BASES),
  timed: z.boolean().optional().meta({ description: "It carries the incident's time." }),
  time: dateField.optional(),
  mode: choiceField('choice-of-leg-modes', words.MODES).optional(),
  each: z.literal('row').optional().meta({
    description:
      'Every row of the report tells a place of its own: they stand here one after the other, sorted. `mode` is that of the leg that ends there, `time` when the party was there.',
  }),
  sort: z
    .array(z.enum(['order', 'time', 'rank']))
    .min(1)
    .optional()
    .meta({
      description:
        'By what the places of `each` are sorted; a later one counts where the ones before are equal. A time counts where every one has its own. Last comes the line.',
      examples: [['order', 'time']],
    }),
  order: numberField.optional(),
  rank: choiceField('choice-of-ranks', [1, 2, 3, 4, 5, 6, 7, 8, 9]).optional(),
  when: condition.optional().meta({
    description: 'Rows that speak of it. Where the rows of a report differ, the place becomes unknown.',
  }),
});

const indicatorSource = {
  scheme: z
    .string()
    .regex(/^[a-z0-9-]+\/\d+$/)
    .meta({ description: 'Code list and version.', examples: ['border-intercept/1'] }),
  columns: z.array(z.string().min(1)).min(1).optional(),
  missing: z.array(z.string()).optional(),
};

const indicator = z
  .union([
    z.strictObject({
      ...indicatorSource,
      prefix: z
        .string()
        .min(1)
        .optional()
        .meta({ description: 'Every column that begins so.', examples: ['vulnerability_'] }),
      value: z
        .enum(['flag', 'number'])
        .meta({ description: 'flag: only True is an observation; an unticked box says nothing.' }),
    }),
    z.strictObject({
      ...indicatorSource,
      value: z.literal('word'),
      words: z.array(z.string().min(1)).min(1).meta({
        description:
          'The answers that are kept, as they are to be shown; case, spaces and punctuation do not matter. Any other answer is noted, and goes to the vault with the case notes.',
      }),
      aliases: z
        .record(z.string(), z.string().min(1))
        .optional()
        .meta({
          description: 'Other texts that mean one of the words, as a code does: text → word.',
          examples: [{ HH: 'domestic work' }],
        }),
      split: z.string().length(1).optional().meta({ description: 'Sign that joins several answers.' }),
    }),
  ])
  .meta({
    id: 'indicator',
    description:
      'A coded observation. Never free text: what is typed may name somebody, and indicators are shared.',
    examples: [{ scheme: 'example/1', columns: ['industry'], value: 'word', words: ['domestic work'] }],
  });

export const report = z.strictObject({
  kind: choiceField('choice-of-report-kinds', words.REPORT_KINDS),
  rows: z.enum(['persons', 'events']).optional().meta({
    description:
      'What the rows of one report are. persons (usual): each may speak of another person. events: all speak of one person, each of an event or a leg of the journey, and repeat the rest.',
  }),
  externalReference: textField.optional(),
  observed: dateField.optional(),
  reported: dateField.optional(),
  station: textField.optional(),
  monitoringLocation: textField.optional(),
  caseNotes: z
    .union([textField, z.array(textField).min(1)])
    .optional()
    .meta({
      description:
        'Free text, which may name somebody: sealed in the vault and nowhere else. Several columns may be given.',
    }),
  origin: z
    .strictObject({
      kind: choiceField('choice-of-origins', words.ORIGIN_KINDS),
      reference: textField.optional(),
      collector: textField.optional().meta({
        description:
          'Who wrote it down, as a keyed pseudonym: what one person wrote down counts as one origin. Rows of one report that differ in it have none.',
      }),
      reliability: choiceField('choice-of-reliabilities', words.RELIABILITIES),
      credibility: choiceField('choice-of-credibilities', words.CREDIBILITIES),
    })
    .meta({ description: 'Who said it, and how far it is to be believed (Admiralty code).' }),
  incident: z.strictObject({
    kind: declaredWord,
    population: population,
    occurred: dateField.optional(),
    place: placeField,
    persons: z.strictObject({
      stated: countField.optional().meta({ description: 'The number the source states.' }),
      rows: z
        .boolean()
        .optional()
        .meta({ description: 'Count the persons read too: where both differ, an interval comes out.' }),
      constant: z.int().min(0).optional(),
    }),
    counts: z.record(z.string().regex(/^[a-z][a-zA-Z]*$/), numberField).optional(),
    verification: choiceField('choice-of-verifications', words.VERIFICATIONS).optional(),
    redFlagTotal: numberField.optional(),
  }),
  movement: z
    .strictObject({
      purpose: choiceField('choice-of-movement-purposes', words.MOVEMENT_PURPOSES),
      mode: choiceField('choice-of-modes', words.MODES),
      status: choiceField('choice-of-movement-statuses', words.MOVEMENT_STATUSES),
      exploitation: choiceField('choice-of-exploitations', words.EXPLOITATIONS),
      waypoints: z.array(waypoint).min(2).meta({ description: 'In travel order.' }),
    })
    .optional()
    .meta({ description: 'The journey. A report of which fewer than two waypoints are known has none.' }),
  persons: z
    .strictObject({
      when: condition.optional(),
      status: choiceField('choice-of-person-statuses', words.PERSON_STATUSES),
      sex: choiceField('choice-of-sexes', words.SEXES).optional(),
      age: numberField.optional().meta({ description: 'Years; only its band is kept.' }),
      ageBand: choiceField('choice-of-age-bands', words.AGE_BANDS).optional(),
      personal: personal.optional(),
    })
    .optional()
    .meta({ description: 'One moved person for each row that meets `when`.' }),
  entities: z
    .array(
      z.strictObject({
        when: condition.optional(),
        kind: choiceField('choice-of-entity-kinds', words.ENTITY_KINDS),
        role: declaredWord,
        label: z.string().min(1).meta({ description: 'What is shown in place of a name: never personal.' }),
        selectors: z.array(
          z.strictObject({
            kind: z.string().min(1),
            value: textField,
            split: z.string().length(1).optional(),
          }),
        ),
        personal: personal.optional(),
      }),
    )
    .optional()
    .meta({
      description:
        'Somebody or something besides the moved persons. Left out where no selector and nothing personal is known.',
    }),
  indicators: z.array(indicator).optional(),
});

export const flow = z.strictObject({
  publisher: declaredWord,
  origin: placeField.optional(),
  destination: placeField.optional(),
  period: dateField,
  population: population,
  unit: choiceField('choice-of-flow-units', words.FLOW_UNITS),
  measure: choiceField('choice-of-flow-measures', words.FLOW_MEASURES),
  value: countField,
});

export const effort = z.strictObject({
  station: textField,
  monitoringLocation: textField.optional(),
  country: countryField.optional(),
  place: placeField.optional().meta({ description: 'Only its position is used.' }),
  month: dateField,
  staff: numberField,
  workFraction: numberField.meta({ description: 'Share of full time, 0–1.' }),
});

const counted = numberField.optional();

export const statistics = z.strictObject({
  station: textField,
  monitoringLocation: textField.optional(),
  country: countryField.optional(),
  place: placeField.optional().meta({ description: 'Only its position is used.' }),
  month: dateField,
  intercepts: counted,
  evidence: counted,
  highRisk: counted,
  invalid: counted,
  arrests: counted,
});

export const interdiction = z.strictObject({
  kind: choiceField('choice-of-interdictions', words.INTERDICTION_KINDS),
  basis: choiceField('choice-of-interdiction-bases', words.INTERDICTION_BASES).optional(),
  occurred: dateField,
  place: placeField.optional(),
  station: textField.optional().meta({ description: 'Wanted where a station was opened or closed.' }),
  monitoringLocation: textField.optional(),
  reference: textField
    .optional()
    .meta({ description: "The source's own id of the report it belongs to, as that report was imported." }),
});

export const weight = z.strictObject({
  /** Code list and version, as the indicators it weighs; the red flag, as its indicator is coded; 1 to 10; the day from which it counts. */
  form: textField,
  code: textField,
  points: numberField,
  validFrom: dateField,
});

export type ReportMapping = z.infer<typeof report>;
export type FlowMapping = z.infer<typeof flow>;
export type EffortMapping = z.infer<typeof effort>;
export type StatisticsMapping = z.infer<typeof statistics>;
export type WeightMapping = z.infer<typeof weight>;
export type InterdictionMapping = z.infer<typeof interdiction>;
