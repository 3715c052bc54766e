/** What is exported is what the lists show, to nobody who may not, never without a trace, and a cut file is known as one. */
import { createHash } from 'node:crypto';
import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parse } from 'csv-parse/sync';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  askExport,
  type Desk,
  exportDesk,
  keyOf,
  linesOf,
  takeExport,
  viewerOfKey,
  wholeList,
} from '../support/exports.ts';
import { openTestHub, type TestHub } from '../support/test-hub.ts';

let hub: TestHub;
let desk: Desk;
const keys: Record<string, string> = {};

type Json = Record<string, unknown>;
type Time = { from: string; to: string; granularity: string; zone: string | null; basis: string | null };

type Named = { readonly id: string } | null;
type Place = { longitude: number; latitude: number } | null;

/** Of a node, what a line has otherwise. */
interface Listed extends Json {
  readonly occurred: Time | null;
  readonly position: Place;
  readonly persons: { readonly min: number; readonly max: number | null };
  readonly evaluation: Json;
  readonly countries: readonly Json[];
  readonly observed: { readonly from: string; readonly to: string } | null;
  readonly reported: { readonly from: string; readonly to: string } | null;
  readonly report: Named;
  readonly incident: Named;
  readonly movement: Named;
  readonly waypoints: readonly (Json & { readonly position: Place })[];
}

const RECORD = 'id version owner redacted';
const TIME = 'occurred { from to granularity zone basis }';
const timed = (time: Time | null): Json => ({
  occurred_from: time?.from ?? null,
  occurred_to: time?.to ?? null,
  occurred_granularity: time?.granularity ?? null,
  occurred_zone: time?.zone ?? null,
  occurred_basis: time?.basis ?? null,
});
const point = (position: Place) =>
  position === null ? null : { type: 'Point', coordinates: [position.longitude, position.latitude] };

/** A list, and one of its nodes as a line of the export would have it, without the markings. */
const LISTS: readonly {
  readonly root: string;
  readonly filter: string;
  readonly fields: string;
  readonly line: (node: Listed) => Json;
}[] = [
  {
    root: 'incidents',
    filter: 'IncidentFilter',
    fields: `${RECORD} kind population ${TIME} country cell position { longitude latitude } persons { min max } counts { name value } verification redFlagTotal report { id }`,
    line: ({ occurred, position, persons, redFlagTotal, report, ...node }) => ({
      ...node,
      ...timed(occurred),
      persons_min: persons.min,
      persons_max: persons.max,
      red_flag_total: redFlagTotal,
      report_id: report?.id ?? null,
      geometry: point(position),
    }),
  },
  {
    root: 'movements',
    filter: 'MovementFilter',
    fields: `${RECORD} purpose mode status exploitation ${TIME} persons { min max } originCountry destinationCountry countries { country role } verification evaluation { reliability credibility } incident { id } report { id }
      waypoints { ordinal kind basis mode level country position { longitude latitude } uncertaintyKm cell occurredFrom }`,
    line: ({
      occurred,
      persons,
      originCountry,
      destinationCountry,
      countries,
      evaluation,
      incident,
      report,
      waypoints,
      ...node
    }) => ({
      ...node,
      ...timed(occurred),
      ...evaluation,
      persons_min: persons.min,
      persons_max: persons.max,
      origin_country: originCountry,
      destination_country: destinationCountry,
      countries: countries.map((each) => each.country),
      roles: countries.map((each) => each.role),
      incident_id: incident?.id ?? null,
      report_id: report?.id ?? null,
      waypoints: waypoints.map(({ position, ...waypoint }) => ({
        ...waypoint,
        longitude: position?.longitude ?? null,
        latitude: position?.latitude ?? null,
      })),
    }),
  },
  {
    root: 'crossings',
    filter: 'CrossingFilter',
    fields: `${RECORD} kind fromCountry toCountry ${TIME} cell distanceKm persons { min max } position { longitude latitude } movement { id }`,
    line: ({ occurred, persons, fromCountry, toCountry, distanceKm, position, movement, ...node }) => ({
      ...node,
      ...timed(occurred),
      from_country: fromCountry,
      to_country: toCountry,
      distance_km: distanceKm,
      persons_min: persons.min,
      persons_max: persons.max,
      movement_id: movement?.id ?? null,
      geometry: point(position),
    }),
  },
  {
    root: 'reports',
    filter: 'ReportFilter',
    fields: `${RECORD} kind externalReference observed { from to } reported { from to } recordedAt evaluation { reliability credibility } originKind handling pap withdrawnAt part`,
    line: ({
      externalReference,
      observed,
      reported,
      recordedAt,
      evaluation,
      originKind,
      withdrawnAt,
      ...node
    }) => ({
      ...node,
      ...evaluation,
      external_reference: externalReference,
      observed_from: observed?.from ?? null,
      observed_to: observed?.to ?? null,
      reported_from: reported?.from ?? null,
      reported_to: reported?.to ?? null,
      recorded_at: recordedAt,
      origin_kind: originKind,
      withdrawn_at: withdrawnAt,
    }),
  },
  {
    root: 'entities',
    filter: 'EntityFilter',
    fields: `${RECORD} kind label`,
    line: (node) => node,
  },
];

beforeAll(async () => {
  hub = await openTestHub('demo');
  desk = await exportDesk(hub);
  for (const slug of ['terai-watch', 'lantern-line']) keys[slug] = await keyOf(desk, slug, 'analyst');
});
afterAll(() => hub.close());

const key = (slug: string): string => keys[slug] as string;

async function bothWays(
  slug: string,
  { root, filter, fields, line }: (typeof LISTS)[number],
  asked?: object,
) {
  const { bytes, manifest } = await takeExport(desk, key(slug), `${root}.ndjson`, asked);
  const viewer = await viewerOfKey(desk, key(slug));
  const nodes = await wholeList<Listed>(hub, viewer, root, filter, fields, asked);
  return { lines: linesOf(bytes), nodes, expected: nodes.map(line), manifest };
}

async function events(action: string): Promise<readonly Json[]> {
  return hub.database.unrestricted('read the log in a test', (connection) =>
    connection.query<Json>('select * from audit_event where action = $1 order by sequence', [action]),
  );
}

/** The same without what an export adds to its list. */
function asListed(lines: readonly Json[], like: readonly Json[]): readonly Json[] {
  const names = Object.keys(like[0] ?? {});
  return lines.map((line) => Object.fromEntries(names.map((name) => [name, line[name]])));
}

describe('an export', () => {
  it.each(LISTS)('of $root holds what the list holds, in its order, for who sees all of it', async (list) => {
    const { lines, expected, manifest } = await bothWays('terai-watch', list);
    expect(lines.length).toBeGreaterThan(100);
    expect(asListed(lines, expected)).toEqual(expected.map((line) => ({ ...line })));
    expect(manifest.counts).toMatchObject({ rows: lines.length, redacted: 0 });
  });

  it.each(LISTS)('of $root holds what the list holds for who sees part of others', async (list) => {
    const { lines, expected, manifest } = await bothWays('lantern-line', list);
    expect(asListed(lines, expected)).toEqual(expected);
    const redacted = lines.filter((line) => line.redacted);
    expect(manifest.counts).toMatchObject({ rows: lines.length, redacted: redacted.length });
    // Reports stay at home in the demo's agreements: what was made from them names none.
    if (list.root === 'reports') return;
    expect(redacted.length).toBeGreaterThan(100);
    expect(redacted.filter((line) => line.report_id != null || line.pap != null)).toEqual([]);
    if (list.root !== 'entities') expect(redacted.filter((line) => line.geometry !== null)).toEqual([]);
  });

  it.each([
    ['incidents', { countries: ['NPL'], occurred: { from: '2026-01-01T00:00:00Z' } }],
    ['movements', { countries: [{ country: 'IND', role: 'DESTINATION' }], statuses: ['INTERCEPTED'] }],
    ['movements', { area: { bbox: { west: 83, south: 26, east: 85, north: 28 } }, areaOf: 'CROSSING' }],
    ['crossings', { border: ['NPL', 'IND'], kinds: ['OBSERVED', 'INFERRED'], owners: ['terai-watch'] }],
    ['reports', { gradeAtLeast: { reliability: 'C' } }],
    ['entities', { kinds: ['VEHICLE'] }],
    ['incidents', { asKnownAt: '2027-01-01T00:00:00Z', verifications: ['UNVERIFIED'] }],
  ])('of %s keeps to the filter of the list: %j', async (root, filter) => {
    // Nobody who sees an area sees a spot in a box.
    const slug = 'area' in filter ? 'terai-watch' : 'lantern-line';
    const list = LISTS.find((each) => each.root === root)!;
    const { lines, expected, nodes, manifest } = await bothWays(slug, list, filter);
    const all = await bothWays(slug, list);
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.length).not.toBe(all.lines.length);
    expect(nodes.length).toBe(lines.length);
    expect(asListed(lines, expected)).toEqual(expected);
    expect(manifest.filter).toEqual(filter);
  });

  it('comes with a manifest that fits its bytes', async () => {
    const { bytes, manifest, headers } = await takeExport(desk, key('lantern-line'), 'incidents.geojson');
    const { features, handling } = JSON.parse(bytes.toString()) as { features: Json[]; handling: string };
    expect(manifest.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(manifest.bytes).toBe(bytes.length);
    expect(manifest.counts.rows).toBe(features.length);
    const records = Object.values(manifest.counts.records).reduce((sum, count) => sum + count, 0);
    expect(records).toBe(features.length);
    expect(Object.keys(manifest.counts.records).length).toBeGreaterThan(1);
    const marked = new Set(features.map(({ properties }) => (properties as Json).handling));
    expect(marked).toContain(headers['headwater-handling']?.toUpperCase());
    expect(handling).toBe(manifest.handling);
    expect(manifest).toMatchObject({
      handling: 'TLP:AMBER',
      changedMeanwhile: false,
      purpose: 'investigation',
    });
  });

  it('shows its manifest to the key that took it and to nobody else', async () => {
    const { manifest } = await takeExport(desk, key('terai-watch'), 'incidents.csv');
    const other = await askExport(desk, key('lantern-line'), `${manifest.export}.manifest.json`);
    const none = await askExport(
      desk,
      key('lantern-line'),
      '00000000-0000-4000-8000-000000000000.manifest.json',
    );
    expect([other.status, none.status]).toEqual([404, 404]);
    expect(other.body).toEqual(none.body);
  });

  it('is a table that csv readers read', async () => {
    const { bytes } = await takeExport(desk, key('terai-watch'), 'crossings.csv');
    const rows = parse<Json>(bytes, { columns: true });
    const lines = linesOf((await takeExport(desk, key('terai-watch'), 'crossings.ndjson')).bytes);
    expect(rows.map(({ id }) => id)).toEqual(lines.map(({ id }) => id));
    expect(rows.map(({ occurred_from }) => occurred_from || null)).toEqual(
      lines.map((line) => line.occurred_from),
    );
  });
});

describe('nothing is exported', () => {
  it.each([
    ['without a purpose', {}, { 'headwater-purpose': '' }, 400],
    ['for raising funds', {}, { 'headwater-purpose': 'fundraising' }, 400],
    ['without a case', {}, { 'headwater-case-reference': '' }, 400],
    ['by a filter that is no JSON', '{', {}, 400],
    ['by a filter that the list does not have', { colour: 'red' }, {}, 400],
    ['by a country that is none', { countries: ['Nepal'] }, {}, 400],
    ['by an id that is none', { ids: ['x'] }, {}, 400],
  ])('%s', async (_why, filter, headers, status) => {
    const before = (await events('export')).length;
    const response = await askExport(desk, key('terai-watch'), 'incidents.csv', filter, headers);
    expect(response.status).toBe(status);
    expect(JSON.parse(String(response.body)).errors[0].message.length).toBeGreaterThan(20);
    expect(await events('export')).toHaveLength(before);
  });

  it.each([
    ['field', 403],
    ['dashboard', 403],
    ['partner', 403],
    ['data_officer', 200],
  ] as const)('unless the role may: %s', async (role, status) => {
    const response = await askExport(desk, await keyOf(desk, 'terai-watch', role), 'incidents.csv');
    expect(response.status).toBe(status);
  });

  it('for what the key is not for, nor without a key', async () => {
    const narrow = await keyOf(desk, 'terai-watch', 'analyst', ['victim_support']);
    expect((await askExport(desk, narrow, 'incidents.csv')).status).toBe(403);
    expect((await askExport(desk, 'hw_none', 'incidents.csv')).status).toBe(401);
  });

  it('under a name that is none, and the answer lists those that are', async () => {
    const response = await askExport(desk, key('terai-watch'), 'incidents.shp');
    expect(response.status).toBe(404);
    expect(String(response.body)).toContain('incidents.geojson');
  });
});

describe('an export leaves a trace', () => {
  it('of its beginning and its end, with its digest and no filter', async () => {
    const { manifest } = await takeExport(desk, key('lantern-line'), 'incidents.csv', { countries: ['NPL'] });
    const [begun] = (await events('export')).filter(
      ({ object_ids }) => (object_ids as string[])[0] === manifest.export,
    );
    const [ended] = (await events('export_ended')).filter(
      ({ object_ids }) => (object_ids as string[])[0] === manifest.export,
    );
    expect(begun).toMatchObject({ purpose: 'investigation', object_kind: 'export' });
    expect(JSON.stringify(begun?.detail)).not.toMatch(/NPL|case-17/);
    expect(ended?.detail).toMatchObject({ sha256: manifest.sha256, rows: manifest.counts.rows });
  });

  it('with each other owner, of its own records alone', async () => {
    const { manifest } = await takeExport(desk, key('lantern-line'), 'movements.ndjson');
    const shared = (await events('export_shared')).filter(
      ({ object_ids }) => (object_ids as string[])[0] === manifest.export,
    );
    const others = Object.entries(manifest.counts.records).filter(([owner]) => owner !== 'lantern-line');
    expect(shared.length).toBeGreaterThan(0);
    expect(shared.map(({ about_owner_ids }) => (about_owner_ids as string[]).length)).toEqual(
      shared.map(() => 1),
    );
    expect(shared.map(({ detail }) => (detail as Json).records).toSorted()).toEqual(
      others.map(([, count]) => count).toSorted(),
    );
  });

  it('of every person in it', async () => {
    const before = await events('read_person');
    const { bytes } = await takeExport(desk, key('terai-watch'), 'entities.ndjson');
    const persons = linesOf(bytes).filter(({ kind }) => kind === 'INDIVIDUAL');
    const named = (await events('read_person'))
      .slice(before.length)
      .flatMap(({ object_ids }) => object_ids as string[]);
    expect(persons.length).toBeGreaterThan(10);
    expect(named.toSorted()).toEqual(persons.map(({ id }) => id).toSorted());
  });
});

/** A database that answers so many reads, goes away for one, and comes back. */
function failingAfter(fine: number): TestHub['database'] {
  let reads = 0;
  return Object.assign(Object.create(hub.database) as TestHub['database'], {
    secured: (...args: Parameters<TestHub['database']['secured']>) => {
      reads += 1;
      if (reads <= fine) return hub.database.secured(...args);
      reads = 0;
      return Promise.reject(new Error('it went away'));
    },
    unrestricted: hub.database.unrestricted.bind(hub.database),
    unrestrictedAtOnce: hub.database.unrestrictedAtOnce.bind(hub.database),
  });
}

describe('a file that does not come to its end', () => {
  // The version, the count, four of the one page, and the version again, when all of its bytes are out.
  it.each([
    ['while the first page is read', 'movements.geojson', 3],
    ['after its last line', 'movements.ndjson', 6],
  ])('%s has no last chunk and no manifest, and the log says that it was cut', async (_when, name, fine) => {
    const failing = await exportDesk({ ...hub, database: failingAfter(fine) });
    const server = createServer(failing.app.handler).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const { response, complete } = await new Promise<{ response: IncomingMessage; complete: boolean }>(
      (resolve, reject) => {
        const headers = {
          authorization: `Bearer ${key('lantern-line')}`,
          'headwater-purpose': 'investigation',
          'headwater-case-reference': 'case-17',
        };
        get({ port, path: `/exports/${name}`, headers }, (incoming) => {
          incoming.resume();
          incoming.on('error', () => undefined);
          incoming.once('close', () => resolve({ response: incoming, complete: incoming.complete }));
        }).once('error', reject);
      },
    );
    server.close();
    expect(response.statusCode).toBe(200);
    expect(complete).toBe(false);
    expect(response.trailers).toEqual({});
    const id = String(response.headers['headwater-export']);
    const manifest = await askExport(failing, key('lantern-line'), `${id}.manifest.json`);
    expect(manifest.status).toBe(404);
    const cut = (await events('export_cut')).filter(({ object_ids }) => (object_ids as string[])[0] === id);
    expect(cut).toHaveLength(1);
  });

  it('ends where the key is revoked while it is read, and where what it sees is taken back', async () => {
    for (const change of [
      (prefix: string) => `update api_key set revoked_at = now() where prefix = '${prefix}'`,
      () =>
        `update access_grant set revoked_at = now() where grantee_id = (select id from organisation where slug = 'lantern-line')`,
    ]) {
      const text = await keyOf(desk, 'lantern-line', 'analyst');
      let reads = 0;
      const meanwhile = Object.assign(Object.create(hub.database) as TestHub['database'], {
        secured: async (...args: Parameters<TestHub['database']['secured']>) => {
          reads += 1;
          if (reads === 3)
            await hub.database.unrestricted('take rights back for a test', (connection) =>
              connection.execute(change(text.split('_')[1] ?? '')),
            );
          return hub.database.secured(...args);
        },
        unrestricted: hub.database.unrestricted.bind(hub.database),
        unrestrictedAtOnce: hub.database.unrestrictedAtOnce.bind(hub.database),
      });
      const before = (await events('export_cut')).length;
      const response = await askExport(
        await exportDesk({ ...hub, database: meanwhile }),
        text,
        'movements.ndjson',
      );
      expect(response.status).toBe(409);
      expect(JSON.parse(String(response.body)).errors[0]).toMatchObject({
        message: 'what this key or account sees changed while the file was written',
        extensions: { code: 'CANCELLED' },
      });
      expect(await events('export_cut')).toHaveLength(before + 1);
    }
  });

  it('is not read for somebody who only asks for its head', async () => {
    const before = (await events('export')).length;
    const { status } = await request(desk.app.handler)
      .head('/exports/movements.ndjson')
      .set({
        authorization: `Bearer ${key('lantern-line')}`,
        'headwater-purpose': 'investigation',
        'headwater-case-reference': 'case-17',
      });
    expect(status).toBe(405);
    expect(await events('export')).toHaveLength(before);
  });

  it('is an error in words where nothing of it has left', async () => {
    const failing = await exportDesk({ ...hub, database: failingAfter(2) });
    const response = await askExport(failing, key('lantern-line'), 'movements.ndjson');
    expect(response.status).toBe(500);
    expect(JSON.parse(String(response.body)).errors[0].extensions.code).toBe('INTERNAL');
    expect((await events('export_cut')).at(-1)?.detail).toMatchObject({ rows: 0, bytes: 0 });
  });

  it('lets the next one begin', async () => {
    const before = (await events('export_cut')).length;
    const failing = await exportDesk({ ...hub, database: failingAfter(2) });
    for (let tries = 0; tries < 5; tries += 1)
      expect((await askExport(failing, key('lantern-line'), 'movements.ndjson')).status).toBe(500);
    expect(await events('export_cut')).toHaveLength(before + 5);
  });
});
