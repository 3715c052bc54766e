/** Answering how good records are: who may ask, what the question needs, and the groups as they are shown. */

import type { AsKnown } from '../../access/projected.sql.ts';
import type { ViewerReader } from '../../access/reader.ts';
import type { Role } from '../../access/roles.ts';
import { HeadwaterError } from '../../kernel/errors.ts';
import type { ReportKind } from '../../kernel/vocabulary.ts';
import { corroboratedIncidents } from '../same-incident/corroborated.service.ts';
import type { QualityHaving, QualityOrder } from './quality.input.ts';
import {
  type QualityCount,
  type QualityDimension,
  type QualityFigure,
  QualityGroup,
  type QualityLag,
  type QualityLagName,
} from './quality.type.ts';
import { type QualityRow, readQuality, readStationNames, type StationName } from './quality.view.ts';
import type { QualityPart, QualitySearch } from './quality-facts.sql.ts';

export interface AskedQuality {
  readonly dimensions: readonly QualityDimension[];
  readonly figures: ReadonlySet<QualityFigure>;
  readonly search: QualitySearch;
  readonly asKnown: AsKnown;
  readonly having: readonly QualityHaving[];
  readonly orderBy: readonly QualityOrder[];
  readonly limit: number;
}

/** Who works with records. Dashboards and partners see views that were declared beforehand, and this is none. */
const LOOKERS: readonly Role[] = ['field', 'analyst', 'investigator', 'data_officer'];
const MOST_GROUPS = 5_000;
const BUCKETS = ['month', 'quarter', 'year'] as const;
const PART_OF: Readonly<Partial<Record<QualityFigure, QualityPart>>> = {
  incidents: 'incident',
  unverified: 'incident',
  single_source: 'incident',
  verified_invalid: 'incident',
  occurred_to_recorded: 'incident',
  imprecise: 'place',
  country_only: 'place',
  unresolved: 'place',
  quarantined: 'row',
};

/** Throws FORBIDDEN for other roles than those above, and BAD_INPUT naming the argument. */
export async function answerQuality(
  reader: ViewerReader,
  asked: AskedQuality,
): Promise<readonly QualityGroup[]> {
  const { role, organisationId } = reader.viewer;
  if (!LOOKERS.includes(role) || organisationId === null)
    throw new HeadwaterError(
      'FORBIDDEN',
      `dataQuality: the role "${role}" sees no quality of records; wanted one of ${LOOKERS.join(', ')}`,
    );
  checkQuestion(asked);
  const parts = new Set([...asked.figures].flatMap((figure) => PART_OF[figure] ?? []));
  if (!rowsAreKnown(asked, organisationId)) parts.delete('row');
  const corroborated = asked.figures.has('single_source')
    ? await corroboratedIncidents(reader, asked.asKnown)
    : [];
  const rows = await readQuality(reader, { ...asked, parts }, corroborated);
  const ids = rows.flatMap(({ station }) => station ?? []);
  const stations = ids.length === 0 ? [] : await readStationNames(reader, ids);
  const names = new Map(stations.map((station) => [station.id, station]));
  return rows.map((row) => groupOf(row, parts, names, organisationId));
}

function checkQuestion({ dimensions, limit, having, orderBy, search }: AskedQuality): void {
  const complain = (message: string): never => {
    throw new HeadwaterError('BAD_INPUT', message);
  };
  if (new Set(dimensions).size !== dimensions.length)
    complain('groupBy: found a dimension twice, wanted each at most once');
  if (BUCKETS.filter((bucket) => dimensions.includes(bucket)).length > 1)
    complain('groupBy: found more than one of MONTH, QUARTER and YEAR, wanted one time bucket');
  if (!(limit >= 1 && limit <= MOST_GROUPS)) complain(`first: found ${limit}, wanted 1 to ${MOST_GROUPS}`);
  const figures = [...having, ...orderBy].map(({ figure }) => figure);
  if (figures.includes('quarantined') && !sharedOut(dimensions, search))
    complain(
      'QUARANTINED: found in a bound or an order of groups that rows in quarantine have no place in, wanted groups by OWNER or none, and no filter of kinds or dates',
    );
  for (const { figure, dimension } of orderBy) {
    if ((figure == null) === (dimension == null))
      complain('orderBy: wanted a figure or a dimension, exactly one of them');
    if (dimension != null && !dimensions.includes(dimension))
      complain(`orderBy: found ${dimension.toUpperCase()}, wanted a dimension that is in groupBy`);
  }
}

/** A row that was not read has no station, kind or date. */
function sharedOut(dimensions: readonly QualityDimension[], { kinds, dated }: QualitySearch): boolean {
  return dimensions.every((dimension) => dimension === 'owner') && kinds == null && dated == null;
}

function rowsAreKnown({ dimensions, search }: AskedQuality, own: string): boolean {
  return sharedOut(dimensions, search) && (search.ownerIds?.includes(own) ?? true);
}

function groupOf(
  row: QualityRow,
  parts: ReadonlySet<QualityPart>,
  stations: ReadonlyMap<string, StationName>,
  own: string,
): QualityGroup {
  const station = stations.get(row.station ?? '');
  const part = (name: QualityPart, count: QualityCount): QualityCount | null =>
    parts.has(name) ? count : null;
  const isOwn = row.owner === undefined || row.owner === own;
  return Object.assign(new QualityGroup(), {
    ownerId: row.owner ?? null,
    station:
      station === undefined
        ? null
        : { stationId: station.id, name: station.name, location: station.location },
    kind: (row.kind ?? null) as ReportKind | null,
    period: row.month ?? row.quarter ?? row.year ?? null,
    reports: row.reports,
    incidents: parts.has('incident') ? row.incidents : null,
    occurredToRecorded: parts.has('incident') ? lagOf(row, 'occurred_to_recorded', row.incidents) : null,
    observedToReported: lagOf(row, 'observed_to_reported', row.reports),
    reportedToRecorded: lagOf(row, 'reported_to_recorded', row.reports),
    ungraded: countOf(row.ungraded, row.reports),
    unverified: part('incident', countOf(row.unverified, row.incidents)),
    singleSource: part('incident', countOf(row.single_source, row.incidents)),
    verifiedInvalid: part('incident', countOf(row.verified_invalid, row.verified)),
    imprecise: part('place', countOf(row.imprecise, row.places)),
    countryOnly: part('place', countOf(row.country_only, row.places)),
    unresolved: part('place', countOf(row.unresolved, row.named)),
    quarantined: isOwn ? part('row', countOf(row.quarantined, row.rows)) : null,
  });
}

function countOf(count: number, of: number): QualityCount {
  return { count, of, share: of === 0 ? null : count / of };
}

function lagOf(row: QualityRow, name: QualityLagName, of: number): QualityLag {
  const known = row[`${name}_known`];
  return { median: row[name], p90: row[`${name}_p90`], known, unknown: of - known };
}
