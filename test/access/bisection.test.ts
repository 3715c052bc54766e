/**
 * An analyst who was granted part of a record tries to find the rest by asking: filters by halves, boxes and circles, words, moments, orders,
 * groups and cursors. Two organisations keep records that differ in nothing but what their sight leaves out; whatever is asked of the one is
 * answered as it is of the other. With an exact sight the same questions tell them apart, so that the attack is known to bite.
 */
import { cellToBoundary, cellToLatLng, latLngToCell } from 'h3-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addGrant } from '../../src/access/grant.store.ts';
import { readOrganisation } from '../../src/access/key.store.ts';
import { type PartialSight, sightOf } from '../../src/access/sight.ts';
import type { Viewer } from '../../src/access/viewer.ts';
import { randomIds } from '../../src/kernel/ids.ts';
import { type Random, seededRandom } from '../../src/kernel/random.ts';
import { answer, ask, openTestHub, TEST_NOW, type TestHub, viewerFor } from '../support/test-hub.ts';

const RECORDS = 6;
const DAY_MS = 86_400_000;
const RESOLUTIONS = { exact: 4, district: 5, area: 4, region: 3 } as const;
/** All within one month, one quarter or one year of the calendar. */
const SPANS = {
  exact: ['2026-02-01', 85],
  month: ['2026-05-01', 28],
  quarter: ['2026-04-01', 88],
  year: ['2026-01-02', 360],
} as const;

interface Attempt {
  readonly name: string;
  readonly sight: PartialSight;
  readonly slugs: readonly [string, string];
}
const attempt = (place: PartialSight['place'], time: PartialSight['time']): Attempt => ({
  name: `${place}-${time}`,
  sight: sightOf(place, time, []),
  slugs: [`${place}-${time}-one`, `${place}-${time}-other`],
});
const HIDING = [attempt('area', 'quarter'), attempt('district', 'month'), attempt('region', 'year')];
const SHOWING: Attempt = {
  ...attempt('exact', 'exact'),
  sight: sightOf('exact', 'exact', ['labels', 'red_flags', 'identifiers']),
};

let hub: TestHub;
const curious = new Map<string, Viewer>();

beforeAll(async () => {
  hub = await openTestHub('base');
  for (const each of [...HIDING, SHOWING]) {
    await viewerFor(hub, `curious-${each.name}`, 'analyst');
    for (const [index, slug] of each.slugs.entries()) await recordAll(each, slug, seededRandom(7 + index));
    await hub.database.unrestricted('grant in a test', async (connection) => {
      const grantee = await readOrganisation(connection, `curious-${each.name}`);
      for (const slug of each.slugs) {
        const owner = await readOrganisation(connection, slug);
        for (const recordClass of ['report', 'incident', 'movement', 'statement', 'entity'] as const)
          await addGrant(connection, randomIds, {
            ownerId: owner.id,
            granteeId: grantee.id,
            recordClass,
            handlingCeiling: 'amber',
            projection: 'coarse',
            sight: each.sight,
            validFrom: new Date('2026-01-01T00:00:00Z'),
            validTo: null,
          });
      }
    });
    curious.set(each.name, await viewerFor(hub, `curious-${each.name}`, 'analyst'));
  }
}, 600_000);
afterAll(() => hub.close());

/** The same for both but for what the sight leaves out: day, spot, reference, plate, red flags, and the moment it came in. */
async function recordAll({ sight }: Attempt, slug: string, random: Random): Promise<void> {
  const writer = await viewerFor(hub, slug, 'analyst');
  const [first, days] = SPANS[sight.time];
  for (let number = 0; number < RECORDS; number += 1) {
    const day = new Date(Date.parse(first) + random.int(days) * DAY_MS).toISOString().slice(0, 10);
    const spot = (): { longitude: number; latitude: number } => somewhereIn(cellOf(sight, number), random);
    const report = {
      kind: 'INTERVIEW',
      externalReference: `REF-${random.int(1_000_000)}`,
      observed: { text: day },
      origin: {
        kind: 'STAFF',
        reference: `staff ${random.int(1_000_000)}`,
        reliability: 'B',
        credibility: 2,
      },
      incident: {
        kind: 'INTERCEPTION',
        occurred: { text: day },
        place: { ...spot(), country: 'NPL', level: 'EXACT' },
        personsMin: 1,
        personsMax: 1,
        redFlagTotal: random.int(90),
      },
      movement: {
        purpose: 'TRAFFICKING',
        status: 'INTERCEPTED',
        waypoints: [
          {
            kind: 'OBSERVED',
            basis: 'CROSSING',
            place: { ...spot(), country: 'NPL', level: 'EXACT' },
            time: { text: day },
          },
          { kind: 'STATED', basis: 'DESTINATION', place: { country: 'IND' } },
        ],
      },
      entities: [
        {
          kind: 'VEHICLE',
          role: 'FACILITATOR',
          selectors: [{ kind: 'plate', value: `BA ${random.int(9)} KHA ${random.int(10_000)}` }],
        },
      ],
    };
    const known = new Date(Date.parse(day) + random.int(20) * 3_600_000);
    const asOf = { ...hub, imports: { ...hub.imports, now: () => known } };
    const told = await answer<{ recordReport: { reasons?: unknown } }>(
      asOf,
      writer,
      `mutation ($report: HandReportInput!, $key: String!) { recordReport(report: $report, idempotencyKey: $key) { ... on ActRefused { reasons { where found wanted } } } }`,
      { report, key: `${slug}-${number}-key` },
    );
    expect(told.recordReport.reasons).toBeUndefined();
  }
}

/** One of two cells, so that there is something to tell apart that is shown. */
function cellOf({ place }: PartialSight, number: number): string {
  return latLngToCell(27.5 + (number % 2) * 1.9, 84.5, RESOLUTIONS[place]);
}

/** Well inside: what the hub keeps of a spot is its cell by digits. */
function somewhereIn(cell: string, random: Random): { longitude: number; latitude: number } {
  const [latitude, longitude] = cellToLatLng(cell);
  const corners = cellToBoundary(cell);
  const [cornerLatitude, cornerLongitude] = corners[random.int(corners.length)] as [number, number];
  const share = random.next() * 0.6;
  return {
    longitude: longitude + (cornerLongitude - longitude) * share,
    latitude: latitude + (cornerLatitude - latitude) * share,
  };
}

const LISTS = {
  incidents: [
    'IncidentFilter',
    'kind redacted occurred { from to granularity } cell position { longitude latitude } redFlagTotal counts { name } persons { min max } verification',
  ],
  movements: [
    'MovementFilter',
    'purpose status redacted occurred { from to granularity } persons { min max } waypoints { kind basis cell level occurredFrom uncertaintyKm position { longitude latitude } }',
  ],
  crossings: ['CrossingFilter', 'kind occurred { from to } cell position { longitude latitude } distanceKm'],
  reports: [
    'ReportFilter',
    'kind externalReference recordedAt observed { from to } reported { from to } evaluation { reliability credibility }',
  ],
  entities: [
    'EntityFilter',
    'kind label selectors { kind hint } statements { claim statedFrom originKnown } ',
  ],
} as const;
type List = keyof typeof LISTS;

interface Page {
  readonly totalCount: number;
  readonly pageInfo: { readonly endCursor: string | null };
  readonly edges: readonly { readonly cursor: string; readonly node: Readonly<Record<string, unknown>> }[];
}

/** What may be told of an answer: everything but ids, in an order of its own where the list's order is not told by what is shown. */
async function listed(
  viewer: Viewer,
  list: List,
  filter: Readonly<Record<string, unknown>>,
): Promise<string> {
  const [type, fields] = LISTS[list];
  const told = await answer<Record<string, Page>>(
    hub,
    viewer,
    `query ($filter: ${type}) { ${list}(filter: $filter, first: 50) { totalCount edges { cursor node { id ${fields} } } } }`,
    { filter },
  );
  const page = told[list] as Page;
  const rows = page.edges.map(({ cursor, node: { id: _id, ...node } }) => {
    const [value] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as [unknown];
    return JSON.stringify([value, node]);
  });
  return JSON.stringify([page.totalCount, rows.toSorted()]);
}

/** Names of the questions that were answered differently for the two. */
async function apart(each: Attempt): Promise<readonly string[]> {
  const viewer = curious.get(each.name) as Viewer;
  const told: string[] = [];
  const both = async (name: string, question: (owner: string) => Promise<string>): Promise<void> => {
    const [one, other] = [await question(each.slugs[0]), await question(each.slugs[1])];
    if (one !== other) told.push(name);
  };
  for (const list of Object.keys(LISTS) as List[]) {
    const by = (name: string, filter: Readonly<Record<string, unknown>>): Promise<void> =>
      both(`${list} ${name}`, (owner) => listed(viewer, list, { ...filter, owners: [owner] }));
    await by('all', {});
    for (const at of moments()) await by('asKnownAt', { asKnownAt: at });
    const span = {
      incidents: 'occurred',
      movements: 'occurred',
      crossings: 'occurred',
      reports: 'observed',
      entities: null,
    }[list];
    if (span !== null)
      for (const from of days())
        await by(span, { [span]: { from, to: new Date(Date.parse(from) + 3 * DAY_MS).toISOString() } });
    if (list === 'reports')
      for (const from of days())
        await by('recorded', {
          recorded: { from, to: new Date(Date.parse(from) + 3 * DAY_MS).toISOString() },
        });
    if (['incidents', 'movements', 'crossings'].includes(list))
      for (const area of areas(each.sight)) await by('area', { area });
    if (list === 'entities') for (const label of words()) await by('label', { label });
    if (list === 'reports')
      for (const externalReference of ['REF-', 'REF-1', 'R'])
        await by('externalReference', { externalReference });
  }
  for (const groupBy of GROUPS)
    for (const cellResolution of [3, 4, 6, 8])
      await both(`flows ${groupBy.join()}`, async (owner) => {
        const { data, errors } = await ask(
          hub,
          viewer,
          'query ($groupBy: [FlowDimension!]!, $resolution: Int!, $owners: [String!]) { flows(groupBy: $groupBy, cellResolution: $resolution, filter: { owners: $owners }, first: 100) { period cell incidents movements persons { min max } } }',
          { groupBy, resolution: cellResolution, owners: [owner] },
        );
        return JSON.stringify([data, errors?.map(({ message }) => message)]);
      });
  return [...new Set(told)];
}

const GROUPS = [
  ['MONTH'],
  ['QUARTER'],
  ['YEAR'],
  ['ORIGIN_CELL'],
  ['CROSSING_CELL'],
  ['MONTH', 'ORIGIN_CELL'],
];

function days(): readonly string[] {
  return Array.from({ length: 61 }, (_, index) =>
    new Date(Date.parse('2026-01-01') + index * 6 * DAY_MS).toISOString(),
  );
}
function moments(): readonly string[] {
  return Array.from({ length: 25 }, (_, index) =>
    new Date(Date.parse('2026-01-01') + index * 15 * DAY_MS).toISOString(),
  ).filter((at) => Date.parse(at) <= TEST_NOW.getTime());
}
function words(): readonly string[] {
  return ['b', 'ba', 'ba 1', 'kha', 'kha 1', '1', '2', '3', '7', 'vehicle'];
}
/** Boxes by halves, down to some kilometres, and circles. */
function areas(sight: PartialSight): readonly unknown[] {
  const [latitude, longitude] = cellToLatLng(cellOf(sight, 0));
  const boxes: unknown[] = [];
  for (const reach of [1.5, 0.4, 0.1, 0.03])
    for (const [dx, dy] of [
      [-1, -1],
      [-1, 1],
      [1, -1],
      [1, 1],
    ] as const) {
      const [x, y] = [longitude + dx * reach, latitude + dy * reach];
      boxes.push({
        bbox: {
          west: Math.min(longitude, x),
          east: Math.max(longitude, x),
          south: Math.min(latitude, y),
          north: Math.max(latitude, y),
        },
      });
    }
  for (const kilometres of [1, 5, 20, 80]) boxes.push({ within: { longitude, latitude, km: kilometres } });
  return boxes;
}

describe('what a sight leaves out', () => {
  it.each(HIDING)('is not found by asking: $name', async (each) => {
    expect(await apart(each)).toEqual([]);
  });

  it('would be found by the same questions where it is shown', async () => {
    const told = await apart(SHOWING);
    for (const question of [
      'incidents all',
      'incidents occurred',
      'incidents area',
      'incidents asKnownAt',
      'movements occurred',
      'movements area',
      'reports recorded',
      'reports observed',
      'flows MONTH',
      'flows ORIGIN_CELL',
      'entities label',
    ])
      expect(told).toContain(question);
  });

  it('is in no order and no cursor', async () => {
    for (const each of HIDING) {
      const viewer = curious.get(each.name) as Viewer;
      for (const owner of each.slugs) {
        const { incidents } = await answer<{ incidents: Page }>(
          hub,
          viewer,
          'query ($owners: [String!]) { incidents(filter: { owners: $owners }, first: 50) { edges { cursor node { id occurred { from } } } } }',
          { owners: [owner] },
        );
        const shown = incidents.edges.map(
          ({ node }) => [(node.occurred as { from: string }).from, String(node.id)] as const,
        );
        expect(shown).toEqual(
          shown.toSorted(([a, one], [b, other]) => (a === b ? (one < other ? 1 : -1) : a < b ? 1 : -1)),
        );
        for (const { cursor, node } of incidents.edges) {
          const [value, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as [
            string,
            string,
          ];
          expect([Date.parse(value), id]).toEqual([
            Date.parse((node.occurred as { from: string }).from),
            node.id,
          ]);
        }
      }
    }
  });
});
