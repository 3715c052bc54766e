/** What was known at a moment, of records that were corrected since. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../src/access/viewer.ts';
import { home, intercept, maya, suspect } from '../support/border-intercept-rows.ts';
import { importText } from '../support/intake.ts';
import { answer, openTestHub, type TestHub, viewerFor } from '../support/test-hub.ts';
import { decide, placeNamed, takeBack } from '../support/told-places.ts';

let hub: TestHub;
let viewer: Viewer;
const csv = (...rows: readonly Readonly<Record<string, string>>[]): string => {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return [columns, ...rows.map((row) => columns.map((column) => `"${row[column] ?? ''}"`))]
    .map((cells) => `${cells.join(',')}\n`)
    .join('');
};

beforeAll(async () => {
  hub = await openTestHub('base');
  for (const [day, victims] of [
    ['2026-03-01', '2'],
    ['2026-06-01', '5'],
  ] as const) {
    const then = { ...hub, imports: { ...hub.imports, now: () => new Date(`${day}T00:00:00Z`) } };
    const shared = {
      ...intercept,
      number_of_victims: victims,
      where_going_destination: 'Mumbai, India',
      station_name: 'Biratnagar',
    };
    const rows = [
      { ...shared, ...maya, address: home },
      { ...shared, ...suspect },
    ];
    await importText(then, 'corrects', 'border-intercept', csv(...rows), `${day}.csv`);
  }
  viewer = await viewerFor(hub, 'corrects', 'analyst');
});
afterAll(() => hub.close());

interface Answer {
  movements: {
    nodes: readonly { version: number; incident: { id: string } | null; report: { id: string } | null }[];
  };
}
const ask = async (filter: Readonly<Record<string, unknown>>): Promise<Answer['movements']['nodes']> => {
  const document =
    'query ($filter: MovementFilter) { movements(filter: $filter) { nodes { version incident { id } report { id } } } }';
  return (await answer<Answer>(hub, viewer, document, { filter })).movements.nodes;
};

const WHOLE = `query ($filter: MovementFilter) { movements(filter: $filter) { nodes { version persons { max } waypoints { kind }
  crossings { version movement { version persons { max } } }
  report { version incidents { version } }
  incident { version report { version } indicators { code } movements { version persons { max } } statements { version report { version } }
    entities { version statements { version report { version } } incidents { version persons { max } } } } } } }`;

const PLACED = `query ($filter: MovementFilter) { movements(filter: $filter) { nodes { id destinationCountry countries { country role }
  waypoints { country cell level uncertaintyKm place { name } position { longitude latitude } } crossings { kind fromCountry toCountry cell position { longitude latitude } }
  incident { country cell } } } flows(groupBy: [DESTINATION_COUNTRY], filter: $filter) { destinationCountry movements }
  corridors(first: 5, originsAtLeast: 1, filter: $filter) { nodes { name } } }`;

describe('asKnownAt', () => {
  it('finds a past version by the incident it belongs to, and leads from it to that record', async () => {
    const [living] = await ask({});
    expect(living?.version).toBe(2);
    const incidentIds = [living?.incident?.id];
    const past = await ask({ asKnownAt: '2026-04-01T00:00:00Z', incidentIds });
    expect(past).toEqual([{ version: 1, incident: living?.incident, report: living?.report }]);
    expect(await ask({ asKnownAt: '2026-02-01T00:00:00Z', incidentIds })).toEqual([]);
    expect(await ask({ asKnownAt: '2026-07-01T00:00:00Z', incidentIds })).toEqual([living]);
  });

  it('leads from a past version to what was known with it, along every edge', async () => {
    const at = async (asKnownAt: string | null): Promise<string> =>
      JSON.stringify(await answer(hub, viewer, WHOLE, { filter: asKnownAt === null ? {} : { asKnownAt } }));
    const [past, living] = [await at('2026-04-01T00:00:00Z'), await at(null)];
    expect(past).toContain('"version":1');
    expect(past).not.toContain('"version":2');
    expect(past).not.toContain('"max":5');
    expect(past).toContain('"entities":[{');
    expect(past).toContain('"crossings":[{');
    // Statements and entities begin anew with each version; all else counts on.
    expect(living).toContain('"max":5');
    expect(living).not.toContain('"max":2');
    expect(past.replaceAll(/\d+/g, '')).toBe(living.replaceAll(/\d+/g, ''));
    expect(await at('2026-07-01T00:00:00Z')).toBe(living);
  });

  it('answers with places as they were read, of living and of past versions', async () => {
    const at = (asKnownAt: string): Promise<unknown> =>
      answer(hub, viewer, PLACED, { filter: { asKnownAt } });
    const on = (day: string): TestHub => {
      const now = new Date(`${day}T00:00:00Z`);
      return { ...hub, imports: { ...hub.imports, now: () => now } };
    };
    const days = ['2026-04-01', '2026-07-15', '2026-08-15', '2026-09-15'].map((day) => `${day}T00:00:00Z`);
    const before = await Promise.all(days.map(at));
    const [destination] = await hub.database.unrestricted('find a reference of a test', (connection) =>
      connection.query<{ id: string; state: number }>(
        `select r.id, r.state from place_reference r join waypoint w on w.place_reference_id = r.id join movement m on m.id = w.movement_id
         where w.basis = 'destination' and m.known_to is null and m.owner_id = $1`,
        [viewer.organisationId],
      ),
    );
    const reference = destination as { id: string; state: number };
    const placeId = await placeNamed(hub, viewer, 'Dubai', 'LOCALITY', 'ARE');
    await decide(on('2026-08-01'), viewer, reference, { placeId, learn: false });
    const decided = await answer(hub, viewer, PLACED, { filter: {} });
    expect(JSON.stringify(decided)).toContain('"destinationCountry":"ARE"');
    expect(await Promise.all(days.map(at))).toEqual([before[0], before[1], decided, decided]);
    await takeBack(on('2026-09-01'), viewer, reference.id, reference.state + 1);
    expect(await Promise.all(days.map(at))).toEqual([before[0], before[1], decided, before[3]]);
    expect(JSON.stringify(before)).not.toContain('"ARE"');
  });
});
