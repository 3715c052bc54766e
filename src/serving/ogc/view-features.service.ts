/** Shared views as features: each count where it counts, for partner apps and for dashboards of any organisation. */
import { boundaryOf, fromIndex } from '../../geo/cells.ts';
import { HeadwaterError } from '../../kernel/errors.ts';
import { COUNTRY_BY_CODE } from '../../places/countries.ts';
import { type Geometry, lineGeometry } from '../exports/geometry.ts';
import { columnsOf } from '../exports/layer.ts';
import type { CountDimension } from '../views/count-levels.ts';
import { readSharedView, readTold, type ToldView } from '../views/read-shared-view.service.ts';
import { SHARED_NOTICE, sharedCell } from '../views/tell-shared-view.ts';
import type { Asker, Feature, FeatureSource, OgcTools, Span } from './feature-source.ts';
import { meetsBox } from './meets-box.ts';

/** No other collection begins so, whatever a view is called. */
const PREFIX = 'view-';
const COLUMNS = columnsOf(
  'id origin_country destination_country cell period persons:integer incidents:integer',
);

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
    description: `${wordsOf(view.dimensions)} ${SHARED_NOTICE}`,
    columns: COLUMNS,
    geometries: geometriesOf(view.dimensions),
    isOfRecords: false,
    state: async () => `${view.version} ${Buffer.from(at?.digest ?? []).toString('hex')}`,
    page: async (tools, asker, { limit, after, box, span }) => {
      const from = after === null ? null : tokenIn(after);
      const all = (await featuresOf(tools, asker, view.name, view.version)).filter(
        ({ geometry, properties }) =>
          (box === null || meetsBox(geometry, box)) &&
          (span === null || overlaps(properties.period as string | null, span)),
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
      const feature = (await featuresOf(tools, asker, view.name, view.version)).find((one) => one.id === id);
      return feature === undefined ? null : { feature, handling: null };
    },
  };
}

/** In an order that no database decides. */
async function featuresOf(
  tools: OgcTools,
  { context }: Asker,
  name: string,
  version: number,
): Promise<readonly Feature[]> {
  const asked = { name, version, changedSince: null };
  const { cells } = await readSharedView(tools, context.reader.viewer, asked);
  return cells
    .map((row): Feature => {
      const told = sharedCell(row);
      // Countries, cells and periods have no dots.
      const id = row.cell === '' ? 'all' : row.cell.replaceAll('|', '.');
      const properties = {
        id,
        origin_country: told.originCountry,
        destination_country: told.destinationCountry,
        cell: told.cell,
        period: told.period,
        persons: told.persons,
        incidents: told.incidents,
      };
      return { type: 'Feature', id, geometry: geometryOf(told), properties };
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The cell where there is one; else from country to country, by a point of each. */
function geometryOf({
  cell,
  originCountry,
  destinationCountry,
}: Pick<ReturnType<typeof sharedCell>, 'cell' | 'originCountry' | 'destinationCountry'>): Geometry | null {
  if (cell !== null) {
    const [polygon = [], ...more] = boundaryOf(fromIndex(cell));
    return more.length === 0
      ? { type: 'Polygon', coordinates: polygon }
      : { type: 'MultiPolygon', coordinates: [polygon, ...more] };
  }
  const codes = [originCountry, destinationCountry].filter((code) => code !== null);
  const ends = codes.flatMap((code) => COUNTRY_BY_CODE.get(code) ?? []).map(({ centre }) => centre);
  return ends.length === codes.length ? lineGeometry(ends) : null;
}

function geometriesOf(dimensions: readonly CountDimension[]): readonly Geometry['type'][] {
  if (dimensions.includes('place') || dimensions.includes('area')) return ['Polygon', 'MultiPolygon'];
  if (!dimensions.includes('origin') || !dimensions.includes('destination')) return ['Point'];
  return ['LineString', 'MultiLineString', 'Point'];
}

function wordsOf(dimensions: readonly CountDimension[]): string {
  if (dimensions.includes('place') || dimensions.includes('area'))
    return 'Counts by hexagon of a fixed grid (H3).';
  if (dimensions.includes('origin') && dimensions.includes('destination'))
    return 'Counts by country of origin and of destination: a line from a point of one to a point of the other, a point within one country.';
  return dimensions.includes('origin') || dimensions.includes('destination')
    ? 'Counts by country: a point of each, which is no outline.'
    : 'Counts without a place.';
}

/** `period`: like 2026-Q1 or 2026. What has none is of all times. */
function overlaps(period: string | null, { from, to }: Span): boolean {
  const [, year, quarter] = /^(\d{4})(?:-Q([1-4]))?$/.exec(period ?? '') ?? [];
  if (year === undefined) return true;
  const [first, months] = quarter === undefined ? [0, 12] : [(Number(quarter) - 1) * 3, 3];
  const begins = Date.UTC(Number(year), first);
  const ends = Date.UTC(Number(year), first + months);
  return (from === null || ends > from.getTime()) && (to === null || begins < to.getTime());
}

/** Throws BAD_INPUT. */
function tokenIn(text: string): string {
  const id = Buffer.from(text, 'base64url').toString('utf8');
  if (/^[\w.-]{1,100}$/.test(id) && Buffer.from(id).toString('base64url') === text) return id;
  throw new HeadwaterError(
    'BAD_INPUT',
    'after: found a text that is no token, wanted the one of a next link of an earlier page',
  );
}
