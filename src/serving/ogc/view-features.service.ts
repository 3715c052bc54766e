/** Shared views as features: each count where it counts, for partner apps and for dashboards of any organisation. */
import { HeadwaterError } from '../../kernel/errors.ts';
import type { Geometry } from '../exports/geometry.ts';
import { columnsOf, type Value } from '../exports/layer.ts';
import type { SharedLayer } from '../views/layers/layer-feature.ts';
import { readSharedView, readTold, type ToldView } from '../views/read-shared-view.service.ts';
import { noticeOf, type sharedFeature } from '../views/tell-shared-view.ts';
import { featuresOf } from '../views/view-features.ts';
import type { Asker, Feature, FeatureSource, OgcTools, Span } from './feature-source.ts';
import { meetsBox } from './meets-box.ts';

/** No other collection begins so, whatever a view is called. */
const PREFIX = 'view-';
const COUNTS = columnsOf(
  'id origin_country destination_country cell period persons:integer incidents:integer',
);
const LAYER = columnsOf(
  'id stages:list border:list quarters:list persons_least:integer persons_most:integer trend class change change_quarter',
);
const LAYER_WORDS: Readonly<Record<SharedLayer, string>> = {
  flows: 'Flows from country to country, persons in bands.',
  corridors: 'Corridors by country and border, persons in bands.',
  route_hotspots: 'Route hotspots, significant among the told cells, and density; persons in bands.',
  crossing_clusters: 'Crossing clusters by border, persons in bands.',
  change_alerts: 'What changed against the year before, persons in bands.',
};

/** The latest version of each view that is told; none for who reads no counts. */
export async function viewSources(
  tools: OgcTools,
  { context }: Pick<Asker, 'context'>,
): Promise<readonly FeatureSource[]> {
  const { viewer } = context.reader;
  if (viewer.organisationId === null || viewer.role === 'operator') return [];
  const latest = new Map<string, ToldView>();
  for (const told of await readTold(tools, viewer))
    if (!latest.has(told.view.name)) latest.set(told.view.name, told);
  return [...latest.values()].map(viewSource);
}

function viewSource({ view, epochs: [at] }: ToldView): FeatureSource {
  return {
    id: `${PREFIX}${view.name}`,
    title: view.title,
    description: `${wordsOf(view)} ${noticeOf(view.layer)}`,
    columns: view.layer === null ? COUNTS : LAYER,
    geometries: geometriesOf(view),
    isOfRecords: false,
    state: async () => `${view.version} ${Buffer.from(at?.digest ?? []).toString('hex')}`,
    page: async (tools, asker, { limit, after, box, span }) => {
      const from = after === null ? null : tokenIn(after);
      const all = (await featuresOfView(tools, asker, view.name, view.version)).filter(
        ({ geometry, properties }) =>
          (box === null || meetsBox(geometry, box)) &&
          (span === null || overlaps(periodsOf(properties), span)),
      );
      const rest = from === null ? all : all.filter(({ id }) => id > from);
      const features = rest.slice(0, limit);
      const last = features.at(-1);
      return {
        features,
        matched: all.length,
        next: rest.length > limit && last !== undefined ? Buffer.from(last.id).toString('base64url') : null,
        handling: null,
      };
    },
    one: async (tools, asker, id) => {
      const feature = (await featuresOfView(tools, asker, view.name, view.version)).find(
        (one) => one.id === id,
      );
      return feature === undefined ? null : { feature, handling: null };
    },
  };
}

/** In an order that no database decides. */
async function featuresOfView(
  tools: OgcTools,
  { context }: Asker,
  name: string,
  version: number,
): Promise<readonly Feature[]> {
  const asked = { name, version, changedSince: null };
  const told = await readSharedView(tools, context.reader.viewer, asked);
  return featuresOf(told)
    .map(({ id: key, geometry, properties }): Feature => {
      // Countries, cells and periods have no dots.
      const id = key.replaceAll('|', '.');
      const flat =
        told.view.layer === null ? countOf(properties) : layerOf(properties as unknown as ToldLayer);
      return { type: 'Feature', id, geometry, properties: { id, ...flat } };
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

function countOf(told: Readonly<Record<string, unknown>>): Readonly<Record<string, Value>> {
  const { originCountry, destinationCountry, cell, period, persons, incidents } = told as Record<
    string,
    Value
  >;
  return {
    origin_country: originCountry ?? null,
    destination_country: destinationCountry ?? null,
    cell: cell ?? null,
    period: period ?? null,
    persons: persons ?? null,
    incidents: incidents ?? null,
  };
}

type ToldLayer = Omit<ReturnType<typeof sharedFeature>, 'id' | 'geometry'>;

/** Of what a layer tells, what a table can hold: stages by country, or by cell where no country is known. */
function layerOf({
  stages,
  border,
  quarters,
  persons,
  trend,
  change,
  ...more
}: ToldLayer): Readonly<Record<string, Value>> {
  return {
    stages: stages.map(({ country, cell }) => country ?? cell ?? '').join(' '),
    border: border?.join(' ') ?? null,
    quarters: quarters.join(' '),
    persons_least: persons.least,
    persons_most: persons.most,
    trend,
    class: more.class,
    change: change?.direction ?? null,
    change_quarter: change?.quarter ?? null,
  };
}

function geometriesOf({ layer, dimensions }: ToldView['view']): readonly Geometry['type'][] {
  if (layer === 'route_hotspots' || layer === 'crossing_clusters') return ['MultiPolygon'];
  if (layer !== null) return ['LineString', 'MultiLineString', 'Point', 'MultiPolygon'];
  const isPlaced = dimensions.includes('place') || dimensions.includes('area');
  const ends = Number(dimensions.includes('origin')) + Number(dimensions.includes('destination'));
  if (isPlaced && ends === 0) return ['MultiPolygon'];
  return isPlaced || ends === 2 ? ['LineString', 'MultiLineString', 'Point'] : ['Point'];
}

function wordsOf({ layer, dimensions }: ToldView['view']): string {
  if (layer !== null) return LAYER_WORDS[layer];
  if (dimensions.includes('place') || dimensions.includes('area'))
    return 'Counts by hexagon of a fixed grid (H3).';
  if (dimensions.includes('origin') && dimensions.includes('destination'))
    return 'Counts by country of origin and of destination: a line from a point of one to a point of the other, a point within one country.';
  return dimensions.includes('origin') || dimensions.includes('destination')
    ? 'Counts by country: a point of each, which is no outline.'
    : 'Counts without a place.';
}

const periodsOf = ({ period, quarters }: Feature['properties']): readonly string[] =>
  ((quarters ?? period ?? '') as string).split(' ').filter((one) => one !== '');

/** Periods like 2026-Q1 or 2026. What has none is of all times. */
function overlaps(periods: readonly string[], { from, to }: Span): boolean {
  return (
    periods.length === 0 ||
    periods.some((period) => {
      const [, year, quarter] = /^(\d{4})(?:-Q([1-4]))?$/.exec(period) ?? [];
      if (year === undefined) return true;
      const [first, months] = quarter === undefined ? [0, 12] : [(Number(quarter) - 1) * 3, 3];
      const begins = Date.UTC(Number(year), first);
      const ends = Date.UTC(Number(year), first + months);
      return (from === null || ends > from.getTime()) && (to === null || begins < to.getTime());
    })
  );
}

/** Throws BAD_INPUT. */
function tokenIn(text: string): string {
  const id = Buffer.from(text, 'base64url').toString('utf8');
  if (/^[\w.>@-]{1,200}$/.test(id) && Buffer.from(id).toString('base64url') === text) return id;
  throw new HeadwaterError(
    'BAD_INPUT',
    'after: found a text that is no token, wanted the one of a next link of an earlier page',
  );
}
