/** A small random world as fast-check draws it: organisations, what they grant, whom they let look, and what they recorded. */
import fc from 'fast-check';
import { ROLES } from '../../src/access/roles.ts';
import {
  EXPLOITATIONS,
  HANDLINGS,
  MODES,
  MOVEMENT_PURPOSES,
  MOVEMENT_STATUSES,
  POPULATIONS,
  RELIABILITIES,
  VERIFICATIONS,
} from '../../src/kernel/vocabulary.ts';

/** `null`: as its parent is marked, which is how imports mark. */
/** Low handlings more often than high ones, or grants would seldom reach a row. */
const handling = fc.constantFrom(...HANDLINGS, 'clear', 'green', 'green', 'amber');
/** Under which of a world's two agreements that share case by case. */
const released = fc.constantFrom<readonly number[]>([], [], [], [0], [1], [0, 1]);
const marking = fc.record({
  handling,
  released,
  sensitivity: fc.constantFrom('routine', 'routine', 'routine', 'routine', 'sensitive'),
});
const ownMarking = fc.option(marking, { freq: 3 });
const place = fc.option(
  fc.record({ place: fc.nat(7), resolution: fc.constantFrom(8, 7, 5, 4, 3), known: fc.boolean() }),
  {
    freq: 6,
  },
);
/** Days after 2025-01-01; the same day often, so that ties are met. */
const time = fc.option(
  fc.record({
    day: fc.oneof(fc.nat(650), fc.constantFrom(89, 90, 180)),
    granularity: fc.constantFrom('hour', 'day', 'month', 'year'),
  }),
  { freq: 6 },
);
/** What the gazetteer made of the place as it was given; null where nobody gave it. */
const reference = fc.option(
  fc.record({ resolution: fc.constantFrom('resolved', 'candidates', 'unresolved'), marking: ownMarking }),
  { freq: 2 },
);
const persons = fc.record({ min: fc.nat(4), more: fc.option(fc.nat(3)) });

const statement = fc.record({
  marking: ownMarking,
  originKind: fc.constantFrom('staff', 'victim', 'contact', 'document'),
  origin: fc.option(fc.nat(2)),
  derived: fc.boolean(),
  credibility: fc.integer({ min: 1, max: 6 }),
});

const movement = fc.record({
  marking: ownMarking,
  purpose: fc.constantFrom(...MOVEMENT_PURPOSES),
  mode: fc.constantFrom(...MODES),
  status: fc.constantFrom(...MOVEMENT_STATUSES),
  exploitation: fc.constantFrom(...EXPLOITATIONS),
  route: fc.constantFrom('NPL>IND', 'NPL>BGD>IND', 'IND>NPL', 'NPL'),
  waypoints: fc.array(
    fc.record({
      marking: ownMarking,
      kind: fc.constantFrom('observed', 'stated', 'inferred'),
      basis: fc.constantFrom('residence', 'crossing', 'destination', 'exploitation'),
      place,
      reference,
      time,
      uncertainty: fc.nat(80),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  crossings: fc.array(
    fc.record({
      marking: ownMarking,
      kind: fc.constantFrom('observed', 'observed', 'inferred'),
      at: fc.nat(7),
      resolution: fc.constantFrom(9, 7, 4),
      distance: fc.nat(80),
    }),
    { maxLength: 2 },
  ),
  party: fc.array(
    fc.record({
      marking: ownMarking,
      sex: fc.constantFrom('female', 'male'),
      age: fc.constantFrom('adult', 'minor', 'unknown'),
    }),
    { maxLength: 3 },
  ),
});

/** What is decided about a person: the first as the report says it. */
const decision = fc.record({
  status: fc.constantFrom('suspect', 'suspect', 'charged', 'convicted', 'cleared', 'witness'),
  basis: fc.constantFrom('police', 'court', 'other'),
  due: fc.nat(5),
});

const entity = fc.record({
  decisions: fc.array(decision, { maxLength: 3 }),
  /** Whether a thing is written down as the report's person's. */
  held: fc.boolean(),
  linkMarking: ownMarking,
  marking: ownMarking,
  kind: fc.constantFrom('phone', 'vehicle', 'individual', 'establishment', 'establishment'),
  token: fc.nat(1),
  selectorMarking: ownMarking,
  participationMarking: ownMarking,
  statements: fc.array(statement, { maxLength: 2 }),
});

const recorded = fc.record({
  owner: fc.nat(4),
  marking: fc.record({ handling, released, sensitivity: fc.constant('routine') }),
  pap: fc.constantFrom('clear', 'green', 'amber', 'red'),
  kind: fc.constantFrom('border_intercept', 'interview', 'hotline'),
  reliability: fc.constantFrom(...RELIABILITIES),
  credibility: fc.integer({ min: 1, max: 6 }),
  recordedDay: fc.nat(60),
  origin: fc.option(fc.nat(2)),
  observed: fc.option(fc.nat(400)),
  /** Days after it was observed, or after the start: some to a day, some to a year. */
  reported: fc.option(fc.record({ day: fc.nat(400), days: fc.constantFrom(1, 1, 1, 31, 365) })),
  zone: fc.option(fc.constantFrom('Asia/Kathmandu', 'UTC')),
  station: fc.option(fc.nat(2)),
  /** Whether a first version stands behind the living rows. */
  corrected: fc.option(marking, { freq: 3 }),
  incident: fc.record({
    marking: ownMarking,
    kind: fc.constantFrom('intercept', 'intercept', 'recovery'),
    population: fc.constantFrom(...POPULATIONS),
    verification: fc.constantFrom(...VERIFICATIONS),
    time,
    place,
    reference,
    persons,
    redFlags: fc.option(fc.nat(9)),
    dead: fc.option(fc.nat(9)),
    indicators: fc.array(ownMarking, { maxLength: 2 }),
    statements: fc.array(statement, { maxLength: 2 }),
  }),
  movement: fc.option(movement, { freq: 5 }),
  entities: fc.array(entity, { maxLength: 3 }),
});

const grant = fc.record({
  grantee: fc.nat(4),
  owner: fc.nat(4),
  recordClass: fc.constantFrom(
    'everything',
    'everything',
    'report',
    'incident',
    'movement',
    'statement',
    'entity',
    'flow',
  ),
  ceiling: fc.constantFrom('clear', 'green', 'amber', 'amber_strict', 'amber_strict', 'amber'),
  projection: fc.constantFrom('full', 'coarse', 'coarse'),
  /** Of a coarse one; null: the usual. */
  sight: fc.option(
    fc.record({
      place: fc.constantFrom('exact' as const, 'district' as const, 'area' as const, 'region' as const),
      time: fc.constantFrom('exact' as const, 'month' as const, 'quarter' as const, 'year' as const),
      details: fc.subarray([
        'counts',
        'red_flags',
        'indicators',
        'party',
        'participations',
        'labels',
        'identifiers',
        'links',
        'basis',
      ]),
    }),
    { freq: 2 },
  ),
  /** What it may be used for; null: anything. */
  purposes: fc.constantFrom(
    null,
    null,
    ['investigation'],
    ['safeguarding'],
    ['investigation', 'prosecution'],
  ),
  /** The agreement that shares case by case of which it is; null: of none. */
  cases: fc.constantFrom(null, null, null, 0, 1),
  validity: fc.constantFrom('open', 'open', 'open', 'running', 'running', 'expired', 'future', 'revoked'),
});

export const worldPlan = fc.record({
  organisations: fc.constantFrom(2, 2, 3, 3, 4, 5),
  grants: fc.array(grant, { minLength: 4, maxLength: 10 }),
  viewers: fc.array(
    fc.record({
      organisation: fc.nat(4),
      /** What it works for; null: anything. */
      purposes: fc.constantFrom(null, null, ['investigation'], ['safeguarding', 'data_quality']),
      role: fc.constantFrom(...ROLES, 'analyst', 'data_officer', 'investigator', 'analyst', 'analyst'),
    }),
    { minLength: 2, maxLength: 5 },
  ),
  records: fc.array(recorded, { minLength: 1, maxLength: 7 }),
  flows: fc.array(
    fc.record({
      owner: fc.nat(4),
      marking,
      month: fc.nat(20),
      measure: fc.constantFrom('stock', 'flow'),
      value: fc.nat(900),
      corrected: fc.boolean(),
    }),
    { maxLength: 3 },
  ),
  efforts: fc.array(
    fc.record({
      owner: fc.nat(4),
      place: fc.nat(7),
      month: fc.nat(20),
      staff: fc.nat(5),
      half: fc.boolean(),
      stationMarking: ownMarking,
    }),
    { maxLength: 3 },
  ),
  interdictions: fc.array(
    fc.record({
      owner: fc.nat(4),
      marking,
      kind: fc.constantFrom('arrest', 'arrest', 'road_closed', 'station_opened'),
      day: fc.nat(600),
      place,
      /** Which records of the world it refers to, whosever they are; and a report by its number. */
      incident: fc.option(fc.nat(6)),
      entity: fc.option(fc.nat(6)),
      report: fc.option(fc.nat(6)),
      station: fc.boolean(),
      withdrawn: fc.constantFrom(false, false, false, true),
    }),
    { maxLength: 4 },
  ),
  legalCases: fc.array(
    fc.record({
      owner: fc.nat(4),
      marking,
      country: fc.constantFrom('NPL', 'IND'),
      status: fc.constantFrom('trial', 'decided', 'charged'),
      day: fc.nat(600),
      /** Which records of the world it refers to, whosever they are. */
      incident: fc.option(fc.nat(6)),
      entity: fc.option(fc.nat(6)),
      report: fc.option(fc.nat(6)),
      events: fc.nat(3),
      withdrawn: fc.constantFrom(false, false, false, true),
    }),
    { maxLength: 3 },
  ),
  comments: fc.array(
    fc.record({
      /** Which record of the world it is on. */
      on: fc.constantFrom('report', 'incident', 'movement', 'entity', 'legal_case'),
      which: fc.nat(6),
      day: fc.nat(200),
      withdrawn: fc.constantFrom(false, false, false, true),
    }),
    { maxLength: 5 },
  ),
  exhibits: fc.array(
    fc.record({
      /** Which case of the world it is of. */
      which: fc.nat(6),
      kind: fc.constantFrom('device', 'document'),
      day: fc.nat(200),
      entries: fc.nat(3),
      other: fc.boolean(),
      withdrawn: fc.constantFrom(false, false, false, true),
    }),
    { maxLength: 3 },
  ),
  attachments: fc.array(
    fc.record({
      /** Which report or case of the world it hangs on; its owner and marking are that one's. */
      on: fc.constantFrom('report', 'legal_case', 'exhibit'),
      which: fc.nat(6),
      kind: fc.constantFrom('receipt', 'court_paper', 'other_evidence'),
      type: fc.constantFrom('image/png', 'application/pdf'),
      day: fc.nat(300),
      withdrawn: fc.constantFrom(false, false, false, true),
    }),
    { maxLength: 5 },
  ),
  stationMonths: fc.array(
    fc.record({
      owner: fc.nat(4),
      month: fc.nat(20),
      intercepts: fc.nat(30),
      withdrawn: fc.constantFrom(false, false, true),
    }),
    { maxLength: 3 },
  ),
  weights: fc.array(
    fc.record({
      owner: fc.nat(4),
      marking,
      code: fc.nat(2),
      points: fc.integer({ min: 1, max: 10 }),
      day: fc.nat(400),
      withdrawn: fc.constantFrom(false, false, false, true),
    }),
    { maxLength: 5 },
  ),
  links: fc.array(
    fc.record({
      owner: fc.nat(4),
      a: fc.nat(6),
      b: fc.nat(6),
      marking,
      status: fc.constantFrom('confirmed', 'confirmed', 'proposed', 'rejected'),
    }),
    { maxLength: 3 },
  ),
  /** Which filters and orders of asking this world is looked at with. */
  question: fc.nat(1_000_000),
});

export type WorldPlan = typeof worldPlan extends fc.Arbitrary<infer Plan> ? Plan : never;
