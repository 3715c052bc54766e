/** The network of entities, in the words of others: as many nodes and ties as the lists show, none that is hidden, no person by name. */
import { defaultModel, Model } from '@alephdata/followthemoney';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../src/access/viewer.ts';
import { EXTENSION_ID } from '../../src/serving/exports/formats/stix.ts';
import { readByDuckDb } from '../support/duck.ts';
import {
  type Desk,
  exportDesk,
  keyOf,
  linesOf,
  takeExport,
  viewerOfKey,
  wholeList,
} from '../support/exports.ts';
import { HAS_NETWORKX, readByNetworkx } from '../support/networkx.ts';
import { openTestHub, type TestHub } from '../support/test-hub.ts';

let hub: TestHub;
let desk: Desk;
const keys: Record<string, string> = {};

interface Listed {
  readonly id: string;
  readonly kind: string;
  readonly label: string;
  readonly owner: string;
  readonly incidents: readonly { readonly id: string }[];
}

beforeAll(async () => {
  hub = await openTestHub('demo');
  desk = await exportDesk(hub);
  for (const slug of ['terai-watch', 'lantern-line']) keys[slug] = await keyOf(desk, slug, 'analyst');
});
afterAll(() => hub.close());

const key = (slug: string): string => keys[slug] as string;

/** Entities and the incidents they took part in, as GraphQL lists them. */
async function listed(viewer: Viewer, filter: object = {}) {
  const entities = await wholeList<Listed>(
    hub,
    viewer,
    'entities',
    'EntityFilter',
    'id kind label owner incidents { id }',
    filter,
  );
  const incidents = new Set(entities.flatMap((entity) => entity.incidents.map(({ id }) => id)));
  const parts = entities.flatMap((entity) => entity.incidents.map(({ id }) => `${entity.id} ${id}`));
  return { entities, incidents, parts };
}

describe.skipIf(!HAS_NETWORKX)('networkx reads', () => {
  it.each([
    ['graphml', 'terai-watch'],
    ['gexf', 'terai-watch'],
    ['graphml', 'lantern-line'],
    ['gexf', 'lantern-line'],
  ] as const)('%s as %s sees it', async (format, slug) => {
    const { entities, incidents, parts } = await listed(await viewerOfKey(desk, key(slug)));
    const { bytes, manifest } = await takeExport(desk, key(slug), `network.${format}`);
    const { nodes, edges } = await readByNetworkx(format, bytes);
    expect(nodes.length).toBe(entities.length + incidents.size);
    expect(nodes.length + edges.length).toBeLessThanOrEqual(manifest.counts.rows);
    const byId = new Map(nodes);
    for (const { id, kind, label, owner } of entities)
      expect(byId.get(id)).toMatchObject({ type: 'entity', kind, label, owner });
    const read = new Set(
      edges.filter(([, , { kind }]) => kind === 'PARTICIPATION').map(([from, to]) => `${from} ${to}`),
    );
    expect([...read].toSorted()).toEqual([...new Set(parts)].toSorted());
    if (slug === 'terai-watch') expect(edges.some(([, , { kind }]) => kind === 'LINK')).toBe(true);
  });
});

describe('STIX', () => {
  it.each(['terai-watch', 'lantern-line'])(
    'is a bundle whose references all lead somewhere, for %s',
    async (slug) => {
      const { entities, incidents } = await listed(await viewerOfKey(desk, key(slug)));
      const { bytes } = await takeExport(desk, key(slug), 'network.stix.json');
      const bundle = JSON.parse(bytes.toString()) as {
        type: string;
        id: string;
        objects: Record<string, unknown>[];
      };
      expect(bundle.type).toBe('bundle');
      const read = await readByDuckDb(
        'network.stix.json',
        bytes,
        "select o->>'id' as id from (select unnest(objects) as o from read_json({file}, columns = {objects: 'JSON[]'}, maximum_object_size = 100000000))",
      );
      expect(read.map(({ id }) => id)).toEqual(bundle.objects.map(({ id }) => id));
      const ids = new Set(bundle.objects.map(({ id }) => id));
      expect(ids.size).toBe(bundle.objects.length);
      const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}';
      for (const object of bundle.objects) {
        expect(object.id).toMatch(new RegExp(`^${String(object.type)}--${uuid}$`));
        expect(object.spec_version).toBe('2.1');
        expect(object.created).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
        const {
          created_by_ref = null,
          source_ref = null,
          target_ref = null,
          object_marking_refs = [],
        } = object;
        for (const ref of [created_by_ref, source_ref, target_ref, ...(object_marking_refs as string[])])
          if (ref !== null) expect(ids).toContain(ref);
      }
      const of = (type: string) => bundle.objects.filter((object) => object.type === type);
      expect(
        of('incident')
          .map(({ id }) => String(id).slice(10))
          .toSorted(),
      ).toEqual([...incidents].toSorted());
      const things = bundle.objects.filter(
        ({ type, identity_class }) =>
          ['threat-actor', 'x-headwater-thing'].includes(String(type)) ||
          ['individual', 'organization'].includes(String(identity_class)),
      );
      for (const { id } of entities) expect(things.some((thing) => String(thing.id).endsWith(id))).toBe(true);
      expect(ids).toContain(EXTENSION_ID);
      // Amber, as the demo's records are.
      expect(of('incident')[0]?.object_marking_refs).toEqual([
        'marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421',
      ]);
    },
  );

  it('names the same things the same in every export', async () => {
    const [one, other] = [
      await takeExport(desk, key('terai-watch'), 'network.stix.json'),
      await takeExport(desk, key('terai-watch'), 'network.stix.json'),
    ];
    const objects = (bytes: Buffer) => (JSON.parse(bytes.toString()) as { objects: unknown[] }).objects;
    expect(objects(other.bytes)).toEqual(objects(one.bytes));
  });
});

describe('FollowTheMoney', () => {
  it('has an entity a line, with links between things that are there', async () => {
    const filter = { kinds: ['INDIVIDUAL', 'VEHICLE', 'PHONE'] };
    const { entities, incidents, parts } = await listed(await viewerOfKey(desk, key('terai-watch')), filter);
    const { bytes } = await takeExport(desk, key('terai-watch'), 'network.ftm.json', filter);
    const lines = linesOf(bytes) as unknown as {
      id: string;
      schema: string;
      properties: Record<string, string[]>;
    }[];
    const of = (schema: string) => lines.filter((line) => line.schema === schema);
    expect(of('Event')).toHaveLength(incidents.size);
    expect(of('Person').length + of('Vehicle').length + of('UserAccount').length).toBe(entities.length);
    const ids = new Set(lines.map(({ id }) => id));
    for (const { properties } of of('UnknownLink'))
      for (const end of ['subject', 'object']) expect(ids).toContain(properties[end]?.[0]);
    expect(
      new Set(of('UnknownLink').map(({ properties }) => `${properties.subject} ${properties.object}`)).size,
    ).toBeGreaterThanOrEqual(new Set(parts).size);
    for (const { properties } of [...of('Person'), ...of('Event')]) {
      expect(properties.name?.[0]).not.toBe('');
      expect(properties.notes?.[0]).toBe('TLP:AMBER');
    }
  });

  it('is what its own model knows: schemata, their properties, and values of the types they have', async () => {
    const model = new Model(defaultModel);
    const { bytes } = await takeExport(desk, key('lantern-line'), 'network.ftm.json');
    const lines = linesOf(bytes) as unknown as {
      id: string;
      schema: string;
      properties: Record<string, string[]>;
    }[];
    const schemaOf = new Map(lines.map(({ id, schema }) => [id, model.getSchema(schema)]));
    const countries = [...model.getType('country').values.keys()];
    const met = new Set<string>();
    for (const { schema: name, properties } of lines) {
      const schema = model.getSchema(name);
      expect(schema.abstract, name).not.toBe(true);
      for (const wanted of schema.required) expect(Object.keys(properties), name).toContain(wanted);
      for (const [named, values] of Object.entries(properties)) {
        // Throws where the schema has no such property.
        const property = schema.getProperty(named);
        met.add(property.type.name);
        for (const value of values) {
          if (property.type.name === 'date')
            expect(value).toMatch(/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?Z)?$/);
          if (property.type.name === 'country') expect(countries).toContain(value);
          if (property.type.isEntity)
            expect(schemaOf.get(value)?.isA(property.getRange()), `${name}.${named}`).toBe(true);
        }
      }
    }
    expect([...met]).toEqual(expect.arrayContaining(['name', 'date', 'country', 'entity', 'text']));
  });
});

describe('each other owner', () => {
  it('hears how many of its entities and of its incidents went out', async () => {
    const asked = await wholeList<{
      readonly owner: string;
      readonly incidents: readonly { readonly id: string; readonly owner: string }[];
    }>(
      hub,
      await viewerOfKey(desk, key('lantern-line')),
      'entities',
      'EntityFilter',
      'owner incidents { id owner }',
    );
    const incidents = new Map(
      asked.flatMap((entity) => entity.incidents.map(({ id, owner }) => [id, owner])),
    );
    const wanted = new Map<string, number>();
    for (const owner of [...asked.map((entity) => entity.owner), ...incidents.values()])
      wanted.set(owner, (wanted.get(owner) ?? 0) + 1);
    const { manifest } = await takeExport(desk, key('lantern-line'), 'network.graphml');
    expect(incidents.size).toBeGreaterThan(10);
    expect(new Map(Object.entries(manifest.counts.records))).toEqual(wanted);
    const heard = await hub.database.unrestricted('look at the log for a test', (connection) =>
      connection.query<{ slug: string; records: number }>(
        `select o.slug, (e.detail ->> 'records')::int as records from audit_event e join organisation o on o.id = e.about_owner_ids[1]
         where e.action = 'export_shared' and e.object_ids[1] = $1`,
        [manifest.export],
      ),
    );
    wanted.delete('lantern-line');
    expect(new Map(heard.map(({ slug, records }) => [slug, records]))).toEqual(wanted);
  });
});
