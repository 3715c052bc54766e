/** Pairs that may be one event, found once more by comparing all with all; and what was decided, by who sees both ends. */
import type { Viewer } from '../../src/access/viewer.ts';
import type { Population } from '../../src/kernel/vocabulary.ts';
import { gradeSameIncident, type SeenIncident } from '../../src/records/same-incident/grade.ts';
import { surfaceOf } from '../access/surfaces.ts';
import type { Asker } from './asker.ts';
import { same } from './compare.ts';
import type { Shown } from './oracle.ts';
import type { Onlooker } from './oracle-answers.ts';
import { unsuspected } from './suspected.ts';

const JUDGES = ['analyst', 'investigator', 'data_officer'];

interface FoundPairs {
  readonly total: number;
  readonly complete: boolean;
  readonly candidates: readonly {
    incidentIds: readonly string[];
    incidents: readonly { id: string }[];
    grade: number;
  }[];
}

/** How many pairs there were. */
export async function compareCandidates(asker: Asker, viewer: Viewer, onlooker: Onlooker): Promise<number> {
  const found = await asker.ask<FoundPairs>(viewer, surfaceOf('sameIncidentCandidates'), { first: 500 });
  const where = `sameIncidentCandidates as ${onlooker.viewer.role}`;
  const wanted = JUDGES.includes(onlooker.viewer.role) ? allPairs(onlooker) : [];
  const told = (pairs: readonly { incidentIds: readonly string[]; grade: number }[]): string[] =>
    pairs.map(({ incidentIds, grade }) => `${incidentIds.join(' ')} ${grade.toFixed(9)}`).sort();
  same(where, told(found.candidates), told(wanted));
  same(`${where}: total`, [found.total, found.complete], [wanted.length, true]);
  for (const { incidentIds, incidents } of found.candidates)
    same(
      `${where}: incidents`,
      incidents.map(({ id }) => id),
      incidentIds,
    );
  const grades = found.candidates.map(({ grade }) => grade);
  same(
    `${where}: order`,
    grades,
    grades.toSorted((a, b) => b - a),
  );
  return wanted.length;
}

function allPairs(onlooker: Onlooker): { incidentIds: readonly string[]; grade: number }[] {
  const mine = onlooker.viewer.organisation;
  const counting = onlooker
    .table('incident')
    .filter(({ columns }) => columns.verification !== 'should_not_count')
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const links = onlooker.table('same_incident_link');
  const facts = new Map(counting.map((row) => [row.id, compared(onlooker, row)]));
  return counting.flatMap((a, index) =>
    counting.slice(index + 1).flatMap((b) => {
      if ((a.owner !== mine && b.owner !== mine) || a.columns.report_id === b.columns.report_id) return [];
      const decided = links.some(
        ({ owner, columns: c }) =>
          c.incident_a === a.id &&
          c.incident_b === b.id &&
          (c.status === 'confirmed' || (c.status === 'rejected' && owner === mine)),
      );
      const { grade } = gradeSameIncident(facts.get(a.id) as SeenIncident, facts.get(b.id) as SeenIncident);
      return decided || grade < 0.5 ? [] : [{ incidentIds: [a.id, b.id], grade }];
    }),
  );
}

function compared(onlooker: Onlooker, { rowId, owner, columns: c }: Shown): SeenIncident {
  const rows = (table: string, column: string, value: unknown): readonly Shown[] =>
    onlooker.table(table).filter((row) => row.columns[column] === value);
  const gone = unsuspected(onlooker, null);
  const held = rows('participation', 'incident_id', rowId)
    .filter(({ columns }) => onlooker.table('entity').some((entity) => entity.rowId === columns.entity_id))
    .filter(({ columns }) => !gone.has(columns.entity_id as string))
    .filter(
      ({ columns }) =>
        !rows('participation', 'entity_id', columns.entity_id).some((row) =>
          String(row.columns.role).includes('victim'),
        ),
    );
  const movements = rows('movement', 'incident_id', rowId);
  const [movement] = movements;
  const at = (time: unknown): number => Date.parse(time as string);
  return {
    ownerId: String(owner),
    population: c.population as Population,
    time:
      c.occurred_from === null || c.occurred_basis === 'registration'
        ? null
        : { from: at(c.occurred_from), to: at(c.occurred_to) },
    place: {
      position: c.longitude === null ? null : [c.longitude as number, c.latitude as number],
      cell: c.cell as bigint | null,
      resolution: c.cell_resolution as number | null,
      country: c.country as string | null,
      kind: c.place_id === null ? null : 'locality',
    },
    persons: { min: c.persons_min as number, max: c.persons_max as number | null },
    party: movements
      .flatMap((row) => rows('party_member', 'movement_id', row.rowId))
      .map(({ columns }) => ({ sex: columns.sex as string, ageBand: columns.age_band as string, count: 1 })),
    selectors: held
      .flatMap(({ columns }) => rows('selector', 'entity_id', columns.entity_id))
      .map(({ columns }) => ({ kind: columns.kind as string, token: columns.token as string })),
    roles: held.map(({ columns }) => columns.role as string),
    route:
      movement === undefined
        ? null
        : {
            origin: movement.columns.origin_country as string,
            destination: movement.columns.destination_country as string,
          },
  };
}

export async function compareLinks(asker: Asker, viewer: Viewer, onlooker: Onlooker): Promise<void> {
  const found = await asker.ask<{ totalCount: number; nodes: readonly unknown[] }>(
    viewer,
    surfaceOf('sameIncidentLinks'),
    { first: 500 },
  );
  const seen = (id: unknown): boolean => onlooker.table('incident').some((row) => row.id === id);
  const moment = ({ columns }: Shown): string => (columns.decided_at as string | null) ?? '';
  const links = JUDGES.includes(onlooker.viewer.role)
    ? onlooker
        .table('same_incident_link')
        .filter(({ columns: c }) => c.status !== 'proposed' && seen(c.incident_a) && seen(c.incident_b))
        .toSorted((a, b) =>
          moment(a) === moment(b) ? (a.id < b.id ? 1 : -1) : moment(a) < moment(b) ? 1 : -1,
        )
    : [];
  const where = `sameIncidentLinks as ${onlooker.viewer.role}`;
  same(
    where,
    found.nodes,
    links.map(({ id, owner, columns: c }) => {
      const own = owner === onlooker.viewer.organisation;
      const ends = [c.incident_a, c.incident_b];
      const { reasons } = c.reasons as { reasons: readonly unknown[] };
      return {
        id,
        incidentIds: ends,
        state: String(c.status).toUpperCase(),
        grade: own ? c.grade : null,
        owner: onlooker.slug(owner),
        decidedAt: c.decided_at,
        reasons: own ? reasons : [],
        contradictions: [],
        incidents: ends.map((end) => ({ id: end })),
      };
    }),
  );
  same(`${where}: count`, found.totalCount, links.length);
}
