/** Filters drawn for a world, each with the plain test that says which of the shown rows it keeps. */
import type { Random } from '../../src/kernel/random.ts';
import type { Shown } from './oracle.ts';
import type { Onlooker } from './oracle-answers.ts';
import { statusOf } from './suspected.ts';
import { type KnownPlace, MOMENTS } from './world.ts';

export interface DrawnFilter {
  readonly variables: Readonly<Record<string, unknown>>;
  readonly at: string | null;
  readonly keeps: (row: Shown, onlooker: Onlooker, at?: string | null) => boolean;
}

export const NO_FILTER: DrawnFilter = { variables: {}, at: null, keeps: () => true };

type Part = Omit<DrawnFilter, 'at'> & { readonly at?: string };
type Maker = (random: Random, onlooker: Onlooker, places: readonly KnownPlace[]) => Part;

/** One or two parts that must both hold. */
export function drawFilter(
  table: string,
  random: Random,
  onlooker: Onlooker,
  places: readonly KnownPlace[],
): DrawnFilter {
  const makers = MAKERS[table] ?? [];
  const draw = (): Maker => makers[random.int(makers.length)] as Maker;
  const chosen = random.int(2) === 0 ? [draw()] : [...new Set([draw(), draw()])];
  const parts = chosen.map((maker) => maker(random, onlooker, places));
  const at = parts.map((part) => part.at ?? null).find((moment) => moment !== null) ?? null;
  return {
    variables: Object.assign({}, ...parts.map((part) => part.variables)) as Record<string, unknown>,
    at,
    keeps: (row, looking) => parts.every((part) => part.keeps(row, looking, at)),
  };
}

/** What a movement filter keeps when it says nothing of verification. */
export const counts = (row: Shown): boolean => row.columns.verification !== 'should_not_count';

const pick = <T>(random: Random, list: readonly T[]): T => list[random.int(list.length)] as T;
const oneOf =
  (variable: string, column: string, words: readonly string[], shout = true): Maker =>
  (random) => {
    const chosen = words.filter(() => random.int(2) === 0);
    return {
      variables: { [variable]: shout ? chosen.map((word) => word.toUpperCase()) : chosen },
      keeps: (row) => chosen.includes(row.columns[column] as string),
    };
  };

const owners: Maker = (random, onlooker) => {
  const chosen = onlooker.world.organisations.filter(() => random.int(2) === 0).map(({ slug }) => slug);
  return {
    variables: { owners: [...chosen, 'no-such-organisation'] },
    keeps: (row, looking) => chosen.includes(looking.slug(row.owner)),
  };
};

/** Half of the ids asked for belong to rows the viewer may not see. */
const ids =
  (table: string): Maker =>
  (random, onlooker) => {
    const all = onlooker.world.rows
      .filter((row) => row.table === table)
      .map((row) => row.columns.id as string);
    const chosen = all.filter(() => random.int(2) === 0);
    return { variables: { ids: chosen }, keeps: (row) => chosen.includes(row.id) };
  };

const asKnown: Maker = (random) => {
  const at = pick(random, MOMENTS);
  return { variables: { asKnownAt: at }, at, keeps: () => true };
};

/** Edges that stored times and coarse times fall on either side of. */
const TIMES = [
  '2025-01-01T05:30:00.000Z',
  '2025-03-31T00:00:00.000Z',
  '2025-04-01T00:00:00.000Z',
  '2025-04-02T00:00:00.000Z',
  '2025-06-30T05:00:00.000Z',
  '2026-01-01T00:00:00.000Z',
  '2026-05-01T00:00:00.000Z',
];

const span =
  (variable: string, from: string, to: string | null): Maker =>
  (random) => {
    const [first, second] = [random.int(TIMES.length), random.int(TIMES.length)];
    const wanted = {
      ...(first !== second || random.int(2) === 0 ? { from: TIMES[Math.min(first, second)] as string } : {}),
      ...(first !== second ? { to: TIMES[Math.max(first, second)] as string } : {}),
    };
    return {
      variables: { [variable]: wanted },
      keeps: ({ columns }) => {
        const begins = columns[from] as string | null;
        if (begins === null) return false;
        const ends = to === null ? null : (columns[to] as string);
        return (
          (wanted.to === undefined || begins < wanted.to) &&
          (wanted.from === undefined || (ends === null ? begins >= wanted.from : ends > wanted.from))
        );
      },
    };
  };

/** A box of some metres around a stored position, or a wide one. */
function drawBox(random: Random, places: readonly KnownPlace[]) {
  const place = pick(random, places);
  const [longitude, latitude] = [place.longitude + 0.01, place.latitude - 0.01];
  const reach = pick(random, [0.001, 0.001, 0.05, 1]);
  return {
    west: longitude - reach,
    east: longitude + reach,
    south: latitude - reach,
    north: latitude + reach,
  };
}

type Box = ReturnType<typeof drawBox>;
const within = (box: Box, { longitude, latitude }: Readonly<Record<string, unknown>>): boolean =>
  typeof longitude === 'number' &&
  typeof latitude === 'number' &&
  longitude >= box.west &&
  longitude <= box.east &&
  latitude >= box.south &&
  latitude <= box.north;

const area: Maker = (random, _onlooker, places) => {
  const box = drawBox(random, places);
  return { variables: { area: areaOf(box, random) }, keeps: (row) => within(box, row.columns) };
};

function areaOf(box: Box, random: Random): Record<string, unknown> {
  if (random.int(2) === 0) return { bbox: box };
  const { west, east, south, north } = box;
  return {
    polygon: {
      coordinates: [
        [
          [west, south],
          [east, south],
          [east, north],
          [west, north],
          [west, south],
        ],
      ],
    },
  };
}

const grade: Maker = (random) => {
  const reliability = pick(random, ['A', 'B', 'D', 'F']);
  const credibility = 1 + random.int(5);
  return {
    variables: { gradeAtLeast: { reliability, credibility } },
    keeps: ({ columns }) => {
      const [letter, number] = [columns.reliability as string, columns.credibility as number];
      return letter <= reliability && letter !== 'F' && number <= credibility;
    },
  };
};

/** A waypoint in the box, of the kinds given: one waypoint that is all of it. */
const onTheWay: Maker = (random, _onlooker, places) => {
  const box = random.int(2) === 0 ? drawBox(random, places) : null;
  const kinds =
    box === null || random.int(2) === 0 ? [pick(random, ['observed', 'stated', 'inferred'])] : null;
  const part = pick(random, ['ANYWHERE', 'ORIGIN', 'DESTINATION', 'CROSSING']);
  const isPart = ({ ordinal, basis }: Readonly<Record<string, unknown>>): boolean =>
    part === 'ANYWHERE' ||
    (part === 'ORIGIN' && ordinal === 0) ||
    (part === 'DESTINATION' && (basis === 'destination' || basis === 'exploitation')) ||
    (part === 'CROSSING' && basis === 'crossing');
  return {
    variables: {
      ...(box === null ? {} : { area: areaOf(box, random), areaOf: part }),
      ...(kinds === null ? {} : { waypointKinds: kinds.map((kind) => kind.toUpperCase()) }),
    },
    keeps: (row, onlooker) =>
      onlooker
        .table('waypoint')
        .some(
          ({ columns }) =>
            columns.movement_id === row.rowId &&
            (box === null || (within(box, columns) && isPart(columns))) &&
            (kinds === null || kinds.includes(columns.kind as string)),
        ),
  };
};

const countries: Maker = (random) => {
  const role = pick(random, [undefined, 'SOURCE', 'TRANSIT', 'DESTINATION']);
  const wanted: { readonly country: string; readonly role?: string } = {
    country: pick(random, ['NPL', 'IND', 'BGD', 'UKR']),
    ...(role === undefined ? {} : { role }),
  };
  return {
    variables: { countries: [wanted] },
    keeps: ({ columns }) => {
      if (wanted.role === 'SOURCE') return columns.origin_country === wanted.country;
      if (wanted.role === 'DESTINATION') return columns.destination_country === wanted.country;
      const roles = columns.roles as string[];
      return (columns.countries as string[]).some(
        (country, step) =>
          country === wanted.country && (wanted.role === undefined || roles[step] === 'transit'),
      );
    },
  };
};

const incidentIds =
  (through: 'column' | 'participation'): Maker =>
  (random, onlooker) => {
    const all = onlooker.world.rows
      .filter((row) => row.table === 'incident')
      .map((row) => row.columns.id as string);
    const chosen = all.filter(() => random.int(2) === 0);
    return {
      variables: { incidentIds: chosen },
      keeps: (row, looking) =>
        through === 'column'
          ? chosen.includes(row.columns.incident_id as string)
          : looking
              .table('participation')
              .some(
                ({ columns }) =>
                  columns.entity_id === row.rowId && chosen.includes(columns.incident_id as string),
              ),
    };
  };

/** As it is read at the moment asked about, whatever was decided. */
const suspicions: Maker = (random) => {
  const all = ['suspect', 'charged', 'convicted', 'cleared', 'witness', 'lapsed'];
  const chosen = all.filter(() => random.int(2) === 0);
  return {
    variables: { suspicions: chosen.map((word) => word.toUpperCase()) },
    keeps: (row, looking, at) => chosen.includes(statusOf(looking, row, at ?? null) ?? ''),
  };
};

const VERIFICATIONS = ['unverified', 'evidence', 'high_risk', 'should_not_count'];

const MAKERS: Readonly<Record<string, readonly Maker[]>> = {
  report: [
    ids('report'),
    owners,
    asKnown,
    oneOf('kinds', 'kind', ['border_intercept', 'interview']),
    span('observed', 'observed_from', 'observed_to'),
    span('recorded', 'recorded_at', null),
    grade,
    (random) => {
      const reference = `REF-${random.int(4)}`;
      return {
        variables: { externalReference: reference },
        keeps: (row) => row.columns.external_reference === reference,
      };
    },
  ],
  incident: [
    ids('incident'),
    owners,
    asKnown,
    area,
    span('occurred', 'occurred_from', 'occurred_to'),
    oneOf('populations', 'population', ['trafficking', 'deaths', 'migration']),
    oneOf('verifications', 'verification', VERIFICATIONS),
    oneOf('countries', 'country', ['NPL', 'IND'], false),
  ],
  movement: [
    ids('movement'),
    incidentIds('column'),
    owners,
    asKnown,
    onTheWay,
    onTheWay,
    span('occurred', 'occurred_from', 'occurred_to'),
    oneOf('purposes', 'purpose', ['trafficking', 'unknown']),
    oneOf('modes', 'mode', ['bus', 'train', 'foot', 'unknown']),
    oneOf('verifications', 'verification', VERIFICATIONS),
    grade,
    countries,
  ],
  crossing: [
    owners,
    asKnown,
    area,
    span('occurred', 'occurred_from', 'occurred_to'),
    oneOf('kinds', 'kind', ['observed', 'inferred']),
    (random) => {
      const other = pick(random, ['IND', 'CHN']);
      return { variables: { border: ['NPL', other] }, keeps: () => other === 'IND' };
    },
  ],
  entity: [
    ids('entity'),
    incidentIds('participation'),
    owners,
    asKnown,
    oneOf('kinds', 'kind', ['phone', 'vehicle']),
    suspicions,
    suspicions,
    (random) => {
      const label = pick(random, ['HE PHONE-1', 'number', 'vehicle', 'the ', '-0']);
      return {
        variables: { label },
        keeps: (row) => (row.columns.label as string).toLowerCase().includes(label.toLowerCase()),
      };
    },
  ],
  interdiction: [
    ids('interdiction'),
    owners,
    asKnown,
    area,
    oneOf('kinds', 'kind', ['arrest', 'road_closed', 'station_opened']),
    oneOf('bases', 'basis', ['official', 'observed']),
    oneOf('countries', 'country', ['NPL', 'IND'], false),
  ],
  legal_case: [
    ids('legal_case'),
    owners,
    asKnown,
    oneOf('countries', 'country', ['NPL', 'IND'], false),
    oneOf('statuses', 'status', ['trial', 'decided']),
  ],
  attachment: [
    ids('attachment'),
    owners,
    asKnown,
    oneOf('kinds', 'kind', ['receipt', 'court_paper']),
    oneOf('mediaTypes', 'media_type', ['image/png', 'application/pdf'], false),
  ],
  exhibit: [ids('exhibit'), owners, asKnown, oneOf('kinds', 'kind', ['device', 'document'])],
  record_comment: [
    ids('record_comment'),
    asKnown,
    oneOf('aboutKinds', 'about_kind', ['report', 'incident', 'legal_case']),
  ],
  station_month: [ids('station_month'), asKnown],
  red_flag_weight: [
    ids('red_flag_weight'),
    owners,
    asKnown,
    oneOf('codes', 'code', ['code_0', 'code_1'], false),
  ],
  flow_observation: [
    asKnown,
    span('period', 'period_from', 'period_to'),
    oneOf('measures', 'measure', ['stock', 'flow']),
    () => ({ variables: { originCountry: 'IND' }, keeps: () => false }),
  ],
};
