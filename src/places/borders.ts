/** Land borders between pairs of countries: the arcs that two countries' shapes share. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { mesh } from 'topojson-client';
import type { GeometryCollection, MultiLineString, Topology } from 'topojson-specification';
import type { Position } from '../geo/position.ts';
import { lineLengthKm } from '../geo/sphere.ts';
import { type BorderPolicy, DEFAULT_BORDER_POLICY } from './border-policy.ts';
import { COUNTRIES } from './countries.ts';

export interface BorderRow {
  /** Alpha-3, in alphabetical order. */
  readonly countries: readonly [string, string];
  /** Connected stretches, each of two positions or more, the longest first; none crosses the antimeridian. */
  readonly lines: readonly (readonly Position[])[];
  /**
   * Along great circles on the sphere. Generalised to 1:10 million: shorter than the border on the ground.
   */
  readonly lengthKm: number;
}

/**
 * Every land border of Natural Earth 4.1 at 1:10 million, sorted by pair. Lines are good to some hundreds of
 * metres where the border is surveyed, to a few km in mountains and deserts. Which country an unnumbered
 * shape counts to is `policy.shapes`.
 */
export function buildBorders(policy: BorderPolicy = DEFAULT_BORDER_POLICY): readonly BorderRow[] {
  const file = createRequire(import.meta.url).resolve('world-atlas/countries-10m.json');
  const topology = JSON.parse(readFileSync(file, 'utf8')) as Atlas;
  return sharedArcs(topology, policy).map(({ countries, arcs }) => {
    const shared: MultiLineString = { type: 'MultiLineString', arcs: arcs.map((arc) => [arc]) };
    const lines = (mesh(topology, shared).coordinates as unknown as Position[][])
      .map((line) => ({ line, km: lineLengthKm(line) }))
      .sort((p, q) => q.km - p.km);
    return {
      countries,
      lines: lines.map(({ line }) => line),
      lengthKm: lines.reduce((sum, { km }) => sum + km, 0),
    };
  });
}

type Atlas = Topology<{ countries: GeometryCollection<{ name: string }> }>;

/** An arc that the shapes of two countries use is their border; used by one country twice, it is none. */
function sharedArcs(
  topology: Atlas,
  policy: BorderPolicy,
): { countries: [string, string]; arcs: number[] }[] {
  const users = new Map<number, Set<string>>();
  for (const { country, arcs } of codedPolygons(topology, policy)) {
    for (const arc of arcs) {
      const forward = arc < 0 ? ~arc : arc;
      users.set(forward, (users.get(forward) ?? new Set()).add(country));
    }
  }
  const arcsOfPair = new Map<string, number[]>();
  for (const [arc, countries] of users) {
    if (countries.size < 2) continue;
    const pair = [...countries].sort().slice(0, 2).join(' ');
    arcsOfPair.set(pair, [...(arcsOfPair.get(pair) ?? []), arc]);
  }
  return [...arcsOfPair]
    .sort(([p], [q]) => (p < q ? -1 : 1))
    .map(([pair, arcs]) => ({ countries: pair.split(' ') as [string, string], arcs }));
}

/**
 * Polygon by polygon, because France reaches from the Rhine to the Oyapock, and there it borders as French
 * Guiana.
 */
function codedPolygons(
  topology: Atlas,
  policy: BorderPolicy,
): { country: string; arcs: readonly number[] }[] {
  const codeOfNumber = new Map(COUNTRIES.map(({ m49, code }) => [m49, code]));
  return topology.objects.countries.geometries.flatMap((geometry) => {
    if (geometry.type !== 'Polygon' && geometry.type !== 'MultiPolygon') return [];
    const numbered = geometry.id === undefined ? undefined : codeOfNumber.get(String(geometry.id));
    const country = numbered ?? policy.shapes[geometry.properties?.name ?? ''];
    if (country === undefined || country === null) return [];
    const polygons = geometry.type === 'Polygon' ? [geometry.arcs] : geometry.arcs;
    return polygons.map((rings) => {
      const arcs = rings.flat();
      return { country: country === 'FRA' && liesInGuiana(topology, arcs) ? 'GUF' : country, arcs };
    });
  });
}

function liesInGuiana(topology: Atlas, [arc = 0]: readonly number[]): boolean {
  const [x = 0, y = 0] = topology.arcs[arc < 0 ? ~arc : arc]?.[0] ?? [];
  const { scale, translate } = topology.transform ?? { scale: [1, 1], translate: [0, 0] };
  const [longitude, latitude] = [x * scale[0] + translate[0], y * scale[1] + translate[1]];
  return longitude > -56 && longitude < -50 && latitude > 1 && latitude < 7;
}
