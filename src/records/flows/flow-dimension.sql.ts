/** The dimensions movements are grouped by, as SQL over a movement `r` and what they need joined to it. */
import { type AsKnown, projected } from '../../access/projected.sql.ts';
import type { ViewerReader } from '../../access/reader.ts';
import type { Parameters } from '../../platform/parameters.ts';
import type { FlowDimension } from './flow.type.ts';

/** What the dimensions need beside a movement `r`. */
export function joinsFor(
  reader: ViewerReader,
  dimensions: readonly FlowDimension[],
  parameters: Parameters,
  asKnown: AsKnown,
): string {
  const joins: string[] = [];
  if (dimensions.includes('transit_country')) {
    joins.push(`join lateral unnest(r.countries, r.roles) as step (country, role) on step.role = 'transit'`);
  }
  if (dimensions.includes('crossing_point') || dimensions.includes('crossing_cell')) {
    joins.push(
      `join ${projected('crossing', reader.viewer, parameters, asKnown)} c on c.movement_id = r.id and c.kind = 'observed'`,
    );
  }
  if (dimensions.includes('sex') || dimensions.includes('age_band')) {
    joins.push(`join ${projected('party_member', reader.viewer, parameters)} m on m.movement_id = r.row_id`);
  }
  if (dimensions.includes('origin_cell')) {
    joins.push(
      `left join ${projected('waypoint', reader.viewer, parameters, asKnown)} o on o.movement_id = r.row_id and o.ordinal = 0`,
    );
  }
  return joins.join(' ');
}

/** A dimension over what `joinsFor` joined. */
export function dimensionColumn(
  dimension: FlowDimension,
  resolution: number,
  parameters: Parameters,
): string {
  switch (dimension) {
    case 'transit_country':
      return 'step.country';
    case 'crossing_point':
      return 'c.place_id';
    case 'month':
      return 'r.month';
    case 'quarter':
    case 'year':
      return bucketOf(dimension);
    case 'sex':
      return 'm.sex';
    case 'age_band':
      return 'm.age_band';
    case 'owner':
      return 'r.owner_id';
    case 'origin_cell':
      return parentCell('o', resolution, parameters);
    case 'crossing_cell':
      return parentCell('c', resolution, parameters);
    case 'origin_country':
    case 'destination_country':
    case 'mode':
    case 'purpose':
    case 'status':
    case 'exploitation':
      return `r.${dimension}`;
  }
}

/**
 * A time known only to the quarter or year is in no month, and still in its quarter and year: those in which its own span lies, give or take
 * the hours by which calendars begin before UTC's or after it. A year of another calendar lies in no one year of this.
 */
function bucketOf(unit: 'quarter' | 'year'): string {
  const start = (edge: string): string =>
    `date_trunc('${unit}', (${edge} interval '15 hours') at time zone 'UTC')`;
  return (
    `case when r.month is not null then date_trunc('${unit}', r.month::timestamp)::date ` +
    `when r.occurred_granularity in ('quarter', 'year') and ${start('r.occurred_from +')} = ${start('r.occurred_to -')} ` +
    `then ${start('r.occurred_from +')}::date end`
  );
}

/** The parent of an H3 index by bit arithmetic; a place known more coarsely than asked has no cell at that resolution. */
function parentCell(alias: string, resolution: number, parameters: Parameters): string {
  const level = `${parameters.bind(resolution)}::int`;
  return (
    `case when ${alias}.cell_resolution >= ${level} then (${alias}.cell & ~(15::bigint << 52)) | (${level}::bigint << 52) ` +
    `| ((1::bigint << (3 * (15 - ${level}))) - 1) end`
  );
}
