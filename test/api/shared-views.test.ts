/** Views for partner apps: approved by each contributor's officer, told at epochs, and never by so few that a person could be found. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '../../src/access/roles.ts';
import { ATOM_RULES } from '../../src/serving/views/atoms.ts';
import { publishEpoch } from '../../src/serving/views/publish-epoch.service.ts';
import { agree } from '../support/agree.ts';
import { answer, ask, openTestHub, type TestHub, viewerFor } from '../support/test-hub.ts';

const DONE = '... on RecordDone { id version } ... on ActRefused { reasons { where found wanted } }';
const PROPOSE = `mutation ($name: String!, $title: String!, $query: String!, $key: String!) {
  act: proposeSharedView(name: $name, title: $title, query: $query, idempotencyKey: $key) { ${DONE} } }`;
const PROPOSE_LAYER = `mutation ($name: String!, $title: String!, $query: String!, $layer: SharedLayer!, $key: String!) {
  act: proposeSharedView(name: $name, title: $title, query: $query, layer: $layer, idempotencyKey: $key) { ${DONE} } }`;
const READ_LAYER = `query ($name: String!, $since: Int) { sharedView(name: $name, changedSince: $since) {
  layer notice at { epoch until digest } cells { persons } features { id persons { least most } quarters trend } goneFeatures { id } } }`;
const APPROVE = `mutation ($id: String!, $version: Int!, $key: String!) { act: approveSharedView(id: $id, version: $version, idempotencyKey: $key) { ${DONE} } }`;
const REVOKE = `mutation ($id: String!, $version: Int!, $key: String!) { act: revokeSharedViewApproval(id: $id, version: $version, idempotencyKey: $key) { ${DONE} } }`;
const LIST = '{ sharedViews { name version title query epochs { epoch until digest } } }';
const READ = `query ($name: String!, $version: Int, $since: Int) { sharedView(name: $name, version: $version, changedSince: $since) {
  name version notice at { epoch until digest } cells { originCountry destinationCountry cell period persons incidents }
  gone { originCountry destinationCountry cell period persons incidents } } }`;
const FLOWS = (dimensions: string, more = ''): string =>
  `{ flows(groupBy: [${dimensions}]${more}) { originCountry destinationCountry cell period persons { min } incidents } }`;

let hub: TestHub;
let key = 0;
const clock = { now: new Date('2026-11-01T00:00:00Z') };
const publish = () =>
  publishEpoch({ database: hub.database, atlas: hub.atlas, ids: hub.imports.ids, now: () => clock.now });
const asked = async (
  organisation: string | null,
  role: Role,
  text: string,
  variables: Record<string, unknown> = {},
) => ask(hub, await viewerFor(hub, organisation, role), text, variables);

interface Act {
  readonly id?: string;
  readonly version?: number;
  readonly reasons?: readonly { readonly where: string; readonly found: string }[];
}
async function act(organisation: string, text: string, variables: Record<string, unknown>): Promise<Act> {
  key += 1;
  const viewer = await viewerFor(hub, organisation, 'data_officer');
  return (await answer<{ act: Act }>(hub, viewer, text, { ...variables, key: `shared-view-${key}` })).act;
}

interface Cell {
  readonly originCountry: string | null;
  readonly destinationCountry: string | null;
  readonly cell: string | null;
  readonly period: string | null;
  readonly persons: number;
  readonly incidents: number;
}
interface Read {
  readonly notice: string;
  readonly at: { readonly epoch: number; readonly until: string; readonly digest: string };
  readonly cells: readonly Cell[];
  readonly gone: readonly Cell[];
}
async function read(name: string, since: number | null = null): Promise<Read> {
  const viewer = await viewerFor(hub, 'harbour-lamp', 'partner');
  return (await answer<{ sharedView: Read }>(hub, viewer, READ, { name, since })).sharedView;
}

interface ReadLayer {
  readonly notice: string;
  readonly features: readonly {
    readonly id: string;
    readonly persons: { readonly least: number; readonly most: number | null };
    readonly quarters: readonly string[];
  }[];
  readonly goneFeatures: readonly { readonly id: string }[];
}
async function readLayer(name: string, since: number | null = null): Promise<ReadLayer> {
  const viewer = await viewerFor(hub, 'harbour-lamp', 'partner');
  return (await answer<{ sharedView: ReadLayer }>(hub, viewer, READ_LAYER, { name, since })).sharedView;
}

let contributors: readonly string[];
const views = {
  pairs: FLOWS('ORIGIN_COUNTRY, DESTINATION_COUNTRY, QUARTER'),
  years: FLOWS('ORIGIN_COUNTRY, YEAR'),
  places: FLOWS('CROSSING_CELL, QUARTER'),
};
const made = new Map<string, { readonly id: string; readonly version: number }>();

beforeAll(async () => {
  hub = await openTestHub('demo');
  const rows = await hub.database.asOwner((connection) =>
    connection.query<{ slug: string }>(
      'select o.slug from organisation o where exists (select 1 from movement m where m.owner_id = o.id) order by 1',
    ),
  );
  contributors = rows.map(({ slug }) => slug);
});
afterAll(() => hub.close());

describe('a view for partner apps', () => {
  it('is a question of flows with fixed dimensions, and nothing else', async () => {
    for (const [query, where] of [
      ['{ flows(groupBy: [MONTH]) { persons { min } } }', 'groupBy'],
      ['{ flows(groupBy: [YEAR], filter: { owners: ["terai-watch"] }) { persons { min } } }', 'filter'],
      ['{ flows(groupBy: [CROSSING_CELL], cellResolution: 7) { persons { min } } }', 'cellResolution'],
      ['{ flows(groupBy: [YEAR, QUARTER]) { persons { min } } }', 'groupBy'],
      ['{ flows(groupBy: [YEAR]) { movements } }', 'query'],
      ['{ flows(groupBy: [YEAR]) { persons { min } } incidents { totalCount } }', 'query'],
      ['query ($x: Int) { flows(groupBy: [YEAR], first: $x) { persons { min } } }', 'query'],
      ['{ movements { nodes { id } } }', 'query'],
      ['nonsense', 'query'],
    ] as const) {
      const refused = await act('terai-watch', PROPOSE, { name: 'a-view', title: 'A view', query });
      expect(
        refused.reasons?.map((reason) => reason.where),
        query,
      ).toEqual([where]);
    }
    const taken = await act('rain-gate', PROPOSE, {
      name: 'pairs-by-quarter',
      title: 'Mine',
      query: views.years,
    });
    expect(taken.reasons?.[0]).toMatchObject({ where: 'name', found: 'a name of another organisation' });
    const nameless = await act('terai-watch', PROPOSE, {
      name: 'A view',
      title: 'A view',
      query: views.years,
    });
    expect(nameless.reasons?.[0]?.where).toBe('name');
  });

  it('is proposed and approved by data officers alone', async () => {
    for (const [name, query] of Object.entries(views)) {
      const { id, version } = await act('terai-watch', PROPOSE, { name, title: `View of ${name}`, query });
      made.set(name, { id: id!, version: version! });
    }
    for (const role of ['analyst', 'partner', 'field'] as const) {
      for (const text of [
        '{ sharedViewProposals { id } }',
        'mutation { proposeSharedView(name: "abc", title: "a", query: "a", idempotencyKey: "12345678") { __typename } }',
      ])
        expect((await asked('terai-watch', role, text)).errors?.[0]?.message).toContain('data officer');
    }
    expect((await asked(null, 'operator', LIST)).errors?.[0]?.message).toContain('operator');
    // Nothing is told of what was never approved, and asking for it is asking for what is not there.
    expect(await publish()).toBeNull();
    const told = (await asked('harbour-lamp', 'partner', LIST)).data?.sharedViews as readonly {
      name: string;
    }[];
    expect(told.map(({ name }) => name)).toEqual([
      'corridors-of-the-year',
      'crossings-by-year',
      'flows-of-the-year',
      'pairs-by-quarter',
    ]);
    const [unknown, untold] = await Promise.all(
      ['nowhere', 'pairs'].map((name) => asked('harbour-lamp', 'partner', READ, { name })),
    );
    expect(JSON.stringify(untold)).toBe(JSON.stringify(unknown));
  });

  it('counts those whose officer approved, as few as nobody can be found among', async () => {
    expect(contributors.length).toBeGreaterThan(2);
    for (const organisation of contributors)
      for (const view of made.values()) expect((await act(organisation, APPROVE, view)).id).toBe(view.id);
    const twice = await act(contributors[0]!, APPROVE, made.get('pairs')!);
    expect(twice.reasons?.[0]?.found).toBe('a view that your organisation approves');
    expect(await publish()).toEqual({ epoch: 2, until: '2026-07-01', views: 7 });
    const pairs = await read('pairs');
    expect(pairs.at).toMatchObject({ epoch: 2, until: '2026-07-01' });
    expect(pairs.notice).toContain('not told apart');
    expect(pairs.cells.length).toBeGreaterThan(0);
    for (const view of Object.keys(views))
      for (const cell of (await read(view)).cells) {
        expect(cell.persons).toBeGreaterThanOrEqual(ATOM_RULES.leastPersons);
        expect(cell.incidents).toBeGreaterThanOrEqual(ATOM_RULES.leastEvents);
        expect(cell.period! < '2026-Q3').toBe(true);
      }
  });

  it('counts no more than there is, by a plain count of the records, and differs from other views by whole atoms', async () => {
    const plain = await hub.database.unrestricted('count plainly for a test', (connection) =>
      connection.query<{ origin: string; quarter: string; persons: number; incidents: number }>(
        `select m.origin_country as origin, extract(year from m.month)::int || '-Q' || extract(quarter from m.month)::int as quarter,
           sum(m.persons_min)::int as persons, count(distinct m.incident_id)::int as incidents
         from movement m where m.known_to is null and m.month < '2026-07-01' and m.purpose <> 'return' and m.verification <> 'should_not_count' group by 1, 2`,
      ),
    );
    const pairs = (await read('pairs')).cells;
    for (const origin of new Set(pairs.map(({ originCountry }) => originCountry))) {
      for (const period of new Set(pairs.map((cell) => cell.period))) {
        const told = pairs.filter((cell) => cell.originCountry === origin && cell.period === period);
        const there = plain.find((row) => row.origin === origin && row.quarter === period);
        expect(told.reduce((sum, { persons }) => sum + persons, 0)).toBeLessThanOrEqual(there?.persons ?? 0);
        expect(told.reduce((sum, { incidents }) => sum + incidents, 0)).toBeLessThanOrEqual(
          there?.incidents ?? 0,
        );
      }
    }
    const years = (await read('years')).cells;
    for (const { originCountry, period, persons } of years) {
      const finer = pairs
        .filter((cell) => cell.originCountry === originCountry && cell.period!.startsWith(period!))
        .reduce((sum, cell) => sum + cell.persons, 0);
      expect(persons - finer === 0 || persons - finer >= ATOM_RULES.leastPersons).toBe(true);
    }
  });

  it('is told again when something is due, and says what is other since', async () => {
    expect(await publish()).toBeNull();
    clock.now = new Date('2027-01-05T00:00:00Z');
    expect(await publish()).toMatchObject({ epoch: 3, until: '2026-10-01' });
    const whole = await read('pairs');
    const changed = await read('pairs', 2);
    expect(changed.at.epoch).toBe(3);
    const unchanged = whole.cells.filter((cell) => cell.period! < '2026-Q1');
    expect(changed.cells).toEqual(
      whole.cells.filter((cell) => changed.cells.some((one) => JSON.stringify(one) === JSON.stringify(cell))),
    );
    expect(whole.cells.length).toBeGreaterThanOrEqual(changed.cells.length);
    expect(unchanged.length).toBeGreaterThan(0);
    const wrong = await asked('harbour-lamp', 'partner', READ, { name: 'pairs', since: 7 });
    expect(wrong.errors?.[0]?.message).toBe('changedSince: found epoch 7, wanted one of 3, 2');
  });

  it('stands while few are gone, and an incident that is gone leaves no row', async () => {
    const before = await read('pairs');
    const [member] = await hub.database.unrestricted('find a member for a test', (connection) =>
      connection.query<{ incident_id: string; report_id: string }>(
        'select m.incident_id, i.report_id from shared_atom_member m join incident i on i.id = m.incident_id order by 1 limit 1',
      ),
    );
    await hub.database.unrestricted('take an incident away for a test', (connection) =>
      connection.execute(`update movement set known_to = now() where incident_id = $1`, [
        member!.incident_id,
      ]),
    );
    clock.now = new Date('2027-04-05T00:00:00Z');
    expect(await publish()).toMatchObject({ epoch: 4, until: '2027-01-01' });
    const after = await read('pairs');
    for (const cell of before.cells) {
      const now = after.cells.find(
        (one) =>
          one.originCountry === cell.originCountry &&
          one.destinationCountry === cell.destinationCountry &&
          one.period === cell.period,
      );
      const change = Math.abs((now?.persons ?? 0) - cell.persons);
      expect(change === 0 || change >= ATOM_RULES.leastPersons).toBe(true);
    }
  });

  it('is not available from the moment a contributor takes its approval back, and is told without it next time', async () => {
    const leaver = contributors[0]!;
    await act(leaver, REVOKE, made.get('pairs')!);
    expect((await asked('harbour-lamp', 'partner', READ, { name: 'pairs' })).errors?.[0]?.message).toBe(
      'there is no such view, or it is not available',
    );
    expect((await read('years')).cells.length).toBeGreaterThan(0);
    expect(await publish()).toMatchObject({ epoch: 5 });
    const [id] = await hub.database.asOwner((connection) =>
      connection.query<{ id: string }>('select id from organisation where slug = $1', [leaver]),
    );
    const left = await hub.database.unrestricted('look at what is told', (connection) =>
      connection.query<{ contributors: readonly string[] }>(
        'select contributors from shared_view_epoch where view_id = $1 and epoch = 5',
        [made.get('pairs')!.id],
      ),
    );
    expect(left[0]!.contributors).not.toContain(id!.id);
    const pairs = await read('pairs');
    expect(pairs.at.epoch).toBe(5);
  });

  it('is refused as a layer of counts that it cannot be drawn of', async () => {
    for (const [layer, query] of [
      ['FLOWS', views.years],
      ['CORRIDORS', views.pairs],
      ['CROSSING_CLUSTERS', FLOWS('CROSSING_CELL, QUARTER', ', cellResolution: 2')],
      ['ROUTE_HOTSPOTS', FLOWS('CROSSING_CELL, YEAR')],
      ['CHANGE_ALERTS', views.years],
    ] as const) {
      const refused = await act('terai-watch', PROPOSE_LAYER, {
        name: 'a-layer',
        title: 'A layer',
        query,
        layer,
      });
      expect(refused.reasons?.[0]?.where, layer).toBe('layer');
      expect(refused.reasons?.[0]?.found).toContain(layer);
    }
  });

  it('tells a layer instead of its counts, of the same persons, and what is other since', async () => {
    const name = 'flows-by-pair';
    const { id, version } = await act('terai-watch', PROPOSE_LAYER, {
      name,
      title: 'Flows',
      query: views.pairs,
      layer: 'FLOWS',
    });
    for (const organisation of contributors) await act(organisation, APPROVE, { id, version });
    // Counts of the same question, by the same organisations.
    await act(contributors[0]!, APPROVE, made.get('pairs')!);
    const told = await publish();
    const { until } = (await read('pairs')).at;
    const counts = await read('pairs');
    const layer = await readLayer(name);
    expect(layer).toMatchObject({ layer: 'FLOWS', cells: [], at: { epoch: told?.epoch } });
    expect(layer.notice).toContain('drawn of such counts alone');
    expect(layer.features.length).toBeGreaterThan(0);
    const window = counts.cells.filter(
      ({ period }) => period! < until && period! >= `${Number(until.slice(0, 4)) - 1}-Q1`,
    );
    const sums = Map.groupBy(window, (cell) => `${cell.originCountry}>${cell.destinationCountry}`);
    expect(layer.features.map((feature) => feature.id)).toEqual([...sums.keys()].sort());
    for (const { id: pair, persons, quarters } of layer.features) {
      const cells = sums.get(pair)!;
      const sum = cells.reduce((all, cell) => all + cell.persons, 0);
      expect(quarters).toEqual(cells.map(({ period }) => period).sort());
      expect(persons.least).toBeLessThanOrEqual(sum);
      expect(persons.most ?? Infinity).toBeGreaterThanOrEqual(sum);
    }
    const unchanged = await readLayer(name, told!.epoch);
    expect(unchanged).toMatchObject({ features: [], goneFeatures: [] });
    clock.now = new Date('2028-04-05T00:00:00Z');
    expect(await publish()).toMatchObject({ until: '2028-01-01' });
    // A year later the demo tells of no quarter of the window any more.
    const later = await readLayer(name, told!.epoch);
    expect(later.features).toEqual([]);
    expect(later.goneFeatures.map((feature) => feature.id)).toEqual(
      layer.features.map((feature) => feature.id),
    );
  });

  it('counts no group under the number that an agreement of one of its contributors names', async () => {
    // Without the one that an incident was taken from: it stood by what is left, and falls where the new number is more than that.
    const standing = () =>
      hub.database.asOwner((connection) =>
        connection.query<{ persons: number; contributors: string[] }>(
          `select persons, contributors from shared_atom a where ended_epoch is null
           and not exists (select from shared_atom_member s join movement m on m.incident_id = s.incident_id where s.atom_id = a.id and m.known_to is not null)
           order by id`,
        ),
      );
    const officers = [
      await viewerFor(hub, 'rain-gate', 'data_officer'),
      await viewerFor(hub, 'delta-lights', 'data_officer'),
    ] as const;
    const isTheirs = ({ contributors: of }: { contributors: readonly string[] }) =>
      officers.some(({ organisationId }) => of.includes(organisationId ?? ''));
    const before = await standing();
    expect(before.filter(isTheirs).some(({ persons }) => persons < 60)).toBe(true);
    await agree(hub, officers, {
      template: 'AGGREGATE_ONLY',
      purposes: ['INVESTIGATION'],
      terms: [],
      onward: 'NONE',
      suppressionK: 60,
      endsAt: '2029-01-01T00:00:00Z',
    });
    const later = (): void => {
      clock.now = new Date(clock.now.getTime() + 92 * 86_400_000);
    };
    // What was told goes on.
    later();
    expect(await publish()).not.toBeNull();
    expect(await standing()).toEqual(before);
    // As if nothing had been told yet.
    await hub.database.asOwner(async (connection) => {
      await connection.execute('delete from shared_atom_member');
      await connection.execute('update shared_atom set ended_epoch = since_epoch where ended_epoch is null');
    });
    later();
    expect(await publish()).not.toBeNull();
    const after = await standing();
    expect(after.filter(isTheirs).length).toBeGreaterThan(0);
    expect(after.filter(isTheirs).every(({ persons }) => persons >= 60)).toBe(true);
    expect(after.some((atom) => !isTheirs(atom) && atom.persons < 60)).toBe(true);
  });

  it('is read by the log’s account of it', async () => {
    const events = await hub.database.unrestricted('look at the log for a test', (connection) =>
      connection.query<{ action: string }>(
        `select action from audit_event where object_kind = 'shared_view' group by 1 order by 1`,
      ),
    );
    expect(events.map(({ action }) => action)).toEqual([
      'shared_view_approved',
      'shared_view_proposed',
      'shared_view_read',
      'shared_view_revoked',
      'shared_views_told',
    ]);
  });
});
