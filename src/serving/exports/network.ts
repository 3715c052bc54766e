/** The network of entities as nodes and ties: first every node, then every tie between two of them. */
import type { ViewerReader } from '../../access/reader.ts';
import type { ListQuery } from '../../graphql/list.sql.ts';
import type { EntityKind, SuspicionStatus } from '../../kernel/vocabulary.ts';
import type { Collection, Marks } from './collection.ts';
import type { Marked } from './layer.ts';
import {
  countIncidentsOf,
  type EntityNodeColumns,
  type IncidentNodeColumns,
  linksFrom,
  participationsOf,
  rowsOf,
  suspicionsOf,
  type TieColumns,
} from './network.view.ts';
import { entityQuery } from './record-collections.ts';
import { countByClass, markingsOf, papOfReports } from './record-pages.view.ts';
import { notePersons, pagesOf } from './surroundings.ts';

interface Node extends Marked {
  readonly id: string;
  readonly owner: string;
  readonly ownerId: string;
  readonly redacted: boolean;
  readonly version: number;
  /** When this version was recorded. */
  readonly recordedAt: Date;
}

export interface EntityNode extends Node {
  readonly is: 'entity';
  readonly kind: EntityKind;
  /** Of a person the role, never the name. */
  readonly label: string;
  readonly suspicion: SuspicionStatus | null;
}

export interface IncidentNode extends Node {
  readonly is: 'incident';
  readonly kind: string;
  readonly country: string | null;
  readonly longitude: number | null;
  readonly latitude: number | null;
  readonly occurredFrom: Date | null;
  readonly occurredTo: Date | null;
}

export interface Tie extends Marked {
  readonly is: 'tie';
  readonly from: string;
  readonly to: string;
  readonly kind: 'participation' | 'link';
  readonly role: string;
  readonly recordedAt: Date;
}

export type NetworkRow = EntityNode | IncidentNode | Tie;

/** Entities by their filter, the incidents they took part in, and the ties among all of these. Ids of nodes are held in memory. */
export const NETWORK: Collection<NetworkRow> = {
  name: 'network',
  filter: 'EntityFilter',
  open: async (asking) => {
    const { reader } = asking.context;
    const query = await entityQuery(asking);
    return {
      classes: [
        ...(await countByClass(reader, query)),
        ...(await countIncidentsOf(reader, query)),
        // Incidents and ties may be marked higher than the entities: the whole is no lower than any that could be in it.
        ...(await markingsOf(reader, ['incident', 'participation', 'entity_link'], query)),
      ],
      methods: [],
      pages: (marks) => networkPages(reader, query, marks),
    };
  },
};

async function* networkPages(
  reader: ViewerReader,
  query: ListQuery,
  marks: Marks,
): AsyncGenerator<readonly NetworkRow[]> {
  const nodes = new Map<string, { readonly id: string; readonly recordedAt: Date }>();
  const entities = () =>
    pagesOf<EntityNodeColumns & { readonly row_id: string }, EntityNodeColumns>(
      reader,
      query,
      marks,
      async ({ rows }) => rows,
    );
  for await (const rows of entities()) {
    notePersons(reader, rows);
    const taken = await participationsOf(
      reader,
      rows.map(({ row_id }) => row_id),
    );
    const met = [...new Set(taken.map(({ to_row }) => to_row))].filter((row) => !nodes.has(row));
    const incidents = await rowsOf<IncidentNodeColumns>(reader, 'incident', met, query.asKnown);
    const paps = await papOfReports(
      reader,
      [...rows, ...incidents].map(({ report_id }) => report_id),
      query.asKnown,
    );
    const persons = rows.flatMap(({ person_id }) => person_id ?? []);
    const suspicions = await suspicionsOf(reader, persons, query.asKnown);
    const made = [
      ...rows.map((row) =>
        entityNode(
          row,
          marks,
          paps.get(row.report_id) ?? null,
          suspicions.get(`${row.person_id} ${row.visibility_class_id}`) ?? null,
        ),
      ),
      ...incidents.map((row) => incidentNode(row, marks, paps.get(row.report_id) ?? null)),
    ];
    for (const [index, { row_id }] of [...rows, ...incidents].entries()) {
      const node = made[index];
      if (node !== undefined) nodes.set(row_id, { id: node.id, recordedAt: node.recordedAt });
    }
    yield made;
  }
  for await (const rows of entities()) {
    const ids = rows.map(({ row_id }) => row_id);
    const [taken, links] = await Promise.all([participationsOf(reader, ids), linksFrom(reader, ids)]);
    yield [...taken.map((row) => tie(row, 'participation')), ...links.map((row) => tie(row, 'link'))].flatMap(
      (each) => each ?? [],
    );
  }

  /** Null where an end is hidden from this viewer, or was asked for by nobody. */
  function tie({ from_row, to_row, role, visibility_class_id }: TieColumns, kind: Tie['kind']): Tie | null {
    const [from, to] = [nodes.get(from_row), nodes.get(to_row)];
    if (from === undefined || to === undefined) return null;
    const handling = marks.handlingOf(visibility_class_id);
    return {
      is: 'tie',
      from: from.id,
      to: to.id,
      kind,
      role,
      handling,
      pap: null,
      recordedAt: from.recordedAt,
    };
  }
}

function entityNode(
  row: EntityNodeColumns,
  marks: Marks,
  pap: Marked['pap'],
  suspicion: SuspicionStatus | null,
): EntityNode {
  return { ...nodeOf(row, marks, pap), is: 'entity', kind: row.kind, label: row.label, suspicion };
}

function incidentNode(row: IncidentNodeColumns, marks: Marks, pap: Marked['pap']): IncidentNode {
  const isTimed = row.occurred_from !== null && row.occurred_to !== null;
  return {
    ...nodeOf(row, marks, pap),
    is: 'incident',
    kind: row.kind,
    country: row.country,
    longitude: row.longitude,
    latitude: row.latitude,
    occurredFrom: isTimed ? row.occurred_from : null,
    occurredTo: isTimed ? row.occurred_to : null,
  };
}

function nodeOf(row: EntityNodeColumns | IncidentNodeColumns, marks: Marks, pap: Marked['pap']): Node {
  return {
    id: row.id,
    owner: marks.slugOf(row.owner_id),
    ownerId: row.owner_id,
    redacted: row.redacted,
    version: row.version,
    recordedAt: row.known_from,
    handling: marks.handlingOf(row.visibility_class_id),
    pap,
  };
}
