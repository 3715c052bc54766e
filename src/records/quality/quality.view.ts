/** Counting how good records are, group by group, in one statement. */
import type { AsKnown } from '../../access/projected.sql.ts';
import type { ViewerReader } from '../../access/reader.ts';
import { readByIds } from '../../graphql/list.sql.ts';
import { Parameters } from '../../platform/parameters.ts';
import type { QualityHaving, QualityOrder } from './quality.input.ts';
import {
  QUALITY_LAGS,
  type QualityDimension,
  type QualityFigure,
  type QualityLagName,
} from './quality.type.ts';
import { type QualityPart, type QualitySearch, qualityFacts } from './quality-facts.sql.ts';

export interface QualityQuestion {
  readonly dimensions: readonly QualityDimension[];
  /** A lag that is not among them is not sorted for. */
  readonly figures: ReadonlySet<QualityFigure>;
  /** What is looked at beside the reports themselves. */
  readonly parts: ReadonlySet<QualityPart>;
  readonly search: QualitySearch;
  readonly asKnown: AsKnown;
  readonly having: readonly QualityHaving[];
  readonly orderBy: readonly QualityOrder[];
  readonly limit: number;
}

type Counts = Readonly<
  Record<Exclude<QualityFigure, QualityLagName> | 'verified' | 'places' | 'named' | 'rows', number>
>;
type Lags = Readonly<Record<QualityLagName | `${QualityLagName}_p90`, number | null>> &
  Readonly<Record<`${QualityLagName}_known`, number>>;
export type QualityRow = Counts & Lags & Partial<Readonly<Record<QualityDimension, string | null>>>;

const counted = (part: string, test?: string): string =>
  `count(*) filter (where f.part = '${part}'${test === undefined ? '' : ` and ${test}`})`;

const COUNTS: Readonly<Record<keyof Counts, string>> = {
  reports: counted('report'),
  incidents: counted('incident'),
  ungraded: counted('report', 'f.first'),
  unverified: counted('incident', 'f.first'),
  single_source: counted('incident', 'f.second'),
  verified_invalid: counted('incident', 'f.third'),
  verified: counted('incident', 'not f.first'),
  places: counted('place'),
  imprecise: counted('place', 'f.first'),
  country_only: counted('place', 'f.second'),
  unresolved: counted('place', 'f.third'),
  named: counted('place', 'f.third is not null'),
  quarantined: counted('row', 'f.first'),
  rows: counted('row'),
};

const LAGS: Readonly<Record<QualityLagName, readonly [part: string, column: string]>> = {
  occurred_to_recorded: ['incident', 'lag'],
  observed_to_reported: ['report', 'lag'],
  reported_to_recorded: ['report', 'further_lag'],
};

export async function readQuality(
  reader: ViewerReader,
  question: QualityQuestion,
  corroborated: readonly string[],
): Promise<readonly QualityRow[]> {
  const parameters = new Parameters();
  const { dimensions, figures, parts, search, asKnown, having, orderBy, limit } = question;
  const facts = qualityFacts(reader.viewer, dimensions, parts, search, corroborated, asKnown, parameters);
  const bounds = having.flatMap(({ figure, atLeast, atMost }) => [
    ...(atLeast == null ? [] : [`${figureOf(figure)} >= ${parameters.bind(atLeast)}::float8`]),
    ...(atMost == null ? [] : [`${figureOf(figure)} <= ${parameters.bind(atMost)}::float8`]),
  ]);
  const order = [
    ...orderBy.map(({ figure, dimension, direction }) =>
      figure
        ? `${figureOf(figure)} ${direction ?? 'desc'} nulls last`
        : `f.${dimension} ${direction ?? 'asc'} nulls last`,
    ),
    ...(orderBy.length === 0 ? [`${COUNTS.reports} desc`] : []),
    ...dimensions.map((dimension) => `f.${dimension} nulls last`),
  ];
  const selected = [
    ...dimensions.map((dimension) => `f.${dimension}::text as ${dimension}`),
    ...Object.entries(COUNTS).map(([name, count]) => `${count}::int as ${name}`),
    ...QUALITY_LAGS.flatMap((name) => {
      const [part, column] = LAGS[name];
      const known = `count(f.${column}) filter (where f.part = '${part}')`;
      const columns = [percentile(name, 0.5), percentile(name, 0.9), `${known}::int`];
      return [name, `${name}_p90`, `${name}_known`].map(
        (shown, at) => `${figures.has(name) ? columns[at] : 'null'} as ${shown}`,
      );
    }),
  ];
  const text = [
    `select ${selected.join(', ')} from ${facts} f`,
    `group by ${dimensions.length === 0 ? '()' : dimensions.map((dimension) => `f.${dimension}`).join(', ')}`,
    bounds.length === 0 ? '' : `having ${bounds.join(' and ')}`,
    `order by ${order.join(', ')} limit ${limit}`,
  ].join(' ');
  return reader.read((connection) => connection.query<QualityRow>(text, parameters.values));
}

export interface StationName {
  readonly id: string;
  readonly name: string;
  readonly location: string;
}

/** Of stations the viewer sees: its own organisation's. */
export function readStationNames(
  reader: ViewerReader,
  ids: readonly string[],
): Promise<readonly StationName[]> {
  return readByIds<StationName>(reader, 'station', 'id', ids, 'r.id');
}

function figureOf(figure: QualityFigure): string {
  return isLag(figure) ? percentile(figure, 0.5) : COUNTS[figure];
}

function isLag(figure: QualityFigure): figure is QualityLagName {
  return (QUALITY_LAGS as readonly string[]).includes(figure);
}

function percentile(name: QualityLagName, fraction: number): string {
  const [part, column] = LAGS[name];
  return `percentile_disc(${fraction}) within group (order by f.${column}) filter (where f.part = '${part}')`;
}
