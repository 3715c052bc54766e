/** A small profile whose rows name places in words, and ways to look at what became of them. */
import type { Viewer } from '../../src/access/viewer.ts';
import { type ImportProfile, parseProfile } from '../../src/intake/formats/profile.ts';
import { importText } from './intake.ts';
import { answer, type TestHub } from './test-hub.ts';

function profileOf(json: unknown): ImportProfile {
  const parsed = parseProfile(json);
  if (!parsed.accepted) throw new Error(JSON.stringify(parsed.reasons));
  return parsed.value;
}

const stated = (place: object, basis: string) => ({
  place,
  kind: { constant: 'stated' },
  basis: { constant: basis },
});

/** `id,day,people,station,at,home,from,said,to`: somebody's travel as it was told, `said` the country of where it began. */
const TOLD = profileOf({
  name: 'told-places',
  version: 1,
  description: 'Invented journeys of a test.',
  format: 'csv',
  target: 'report',
  columns: { required: ['id', 'day', 'people', 'station', 'at', 'home', 'from', 'said', 'to'] },
  dates: { order: 'dmy', zone: 'Asia/Kathmandu' },
  identity: ['id'],
  grouping: 'row',
  report: {
    kind: { constant: 'hotline' },
    station: { column: 'station' },
    externalReference: { column: 'id' },
    reported: { column: 'day', basis: 'call', required: true },
    origin: { kind: { constant: 'contact' }, reliability: { constant: 'C' }, credibility: { constant: 4 } },
    incident: {
      kind: { constant: 'call' },
      population: { constant: 'trafficking' },
      occurred: { column: 'day', basis: 'call' },
      place: { text: { column: 'at' }, country: { constant: 'NPL' } },
      persons: { stated: { column: 'people' } },
    },
    movement: {
      purpose: { constant: 'trafficking' },
      mode: { constant: 'bus' },
      status: { constant: 'suspected' },
      exploitation: { constant: 'unknown' },
      waypoints: [
        stated({ text: { column: 'home' }, home: true, country: { constant: 'NPL' } }, 'residence'),
        stated({ text: { column: 'from' }, country: { column: 'said' } }, 'departure'),
        stated({ text: { column: 'to' } }, 'destination'),
      ],
    },
  },
});

export interface Told {
  readonly id: string;
  readonly day?: string;
  readonly station?: string;
  readonly at?: string;
  readonly home?: string;
  readonly from?: string;
  readonly said?: string;
  readonly to?: string;
}

let files = 0;

/** Everything not told is left open. */
export async function tell(hub: TestHub, slug: string, rows: readonly Told[]): Promise<string> {
  const cells = (row: Told): string =>
    [row.id, row.day ?? '01/03/2024', '1', row.station, row.at, row.home, row.from, row.said, row.to]
      .map((cell) => `"${cell ?? ''}"`)
      .join(',');
  const text = ['id,day,people,station,at,home,from,said,to', ...rows.map(cells)].join('\n');
  files += 1;
  return (await importText(hub, slug, TOLD, text, `told-${files}.csv`)).batchId;
}

export interface Waiting {
  readonly id: string;
  readonly state: number;
  readonly resolution: string;
  readonly written: string | null;
  readonly home: boolean;
  readonly country: string | null;
  readonly saidCountry: string | null;
  readonly reasons: readonly string[];
  readonly uses: number;
  readonly reportIds: readonly string[];
  readonly candidates: readonly {
    readonly weight: number;
    readonly area: string | null;
    readonly place: { readonly id: string; readonly name: string; readonly country: string };
  }[];
}

export async function waiting(
  hub: TestHub,
  viewer: Viewer,
  filter: object = {},
): Promise<readonly Waiting[]> {
  const { placeReview } = await answer<{ placeReview: { nodes: readonly Waiting[] } }>(
    hub,
    viewer,
    `query ($filter: PlaceReviewFilter) { placeReview(filter: $filter) { nodes { id state resolution written home country saidCountry reasons uses reportIds
       candidates { weight area place { id name country } } } } }`,
    { filter },
  );
  return placeReview.nodes;
}

export interface Decided {
  readonly state?: number;
  readonly namesakes?: number;
  readonly aliasId?: string | null;
  readonly notes?: readonly string[];
  readonly moved?: Readonly<Record<string, number>>;
  readonly reasons?: readonly { readonly where: string; readonly found: string }[];
}

const OUTCOME = `{ ... on PlaceResolved { referenceId state namesakes aliasId notes moved { incidents waypoints movements crossings flowObservations stations } }
  ... on PlaceResolutionRefused { reasons { where found wanted } } }`;

/** The mutation's answer, accepted or refused. */
export async function decide(
  hub: TestHub,
  viewer: Viewer,
  reference: { readonly id: string; readonly state: number },
  meant: object,
): Promise<Decided> {
  const { resolvePlace } = await answer<{ resolvePlace: Decided }>(
    hub,
    viewer,
    `mutation ($referenceId: String!, $expectedState: Int!, $placeId: String, $position: PositionInput, $level: PlaceLevel, $notAPlace: Boolean, $learn: Boolean! = true) {
       resolvePlace(referenceId: $referenceId, expectedState: $expectedState, placeId: $placeId, position: $position, level: $level,
         notAPlace: $notAPlace, learn: $learn) ${OUTCOME} }`,
    { referenceId: reference.id, expectedState: reference.state, ...meant },
  );
  return resolvePlace;
}

export async function takeBack(
  hub: TestHub,
  viewer: Viewer,
  referenceId: string,
  expectedState: number,
): Promise<Decided> {
  const { undoPlaceResolution } = await answer<{ undoPlaceResolution: Decided }>(
    hub,
    viewer,
    `mutation ($referenceId: String!, $expectedState: Int!) { undoPlaceResolution(referenceId: $referenceId, expectedState: $expectedState) ${OUTCOME} }`,
    { referenceId, expectedState },
  );
  return undoPlaceResolution;
}

export async function placeNamed(
  hub: TestHub,
  viewer: Viewer,
  name: string,
  kind = 'LOCALITY',
  country = 'NPL',
): Promise<string> {
  const { places } = await answer<{ places: { nodes: readonly { id: string }[] } }>(
    hub,
    viewer,
    'query ($filter: PlaceFilter) { places(filter: $filter, first: 1) { nodes { id } } }',
    { filter: { name, kinds: [kind], country } },
  );
  return (places.nodes[0] as { id: string }).id;
}

export interface Journey {
  readonly originCountry: string | null;
  readonly countries: readonly { readonly country: string }[];
  readonly waypoints: readonly {
    readonly basis: string;
    readonly country: string | null;
    readonly level: string;
    readonly cell: string | null;
    readonly uncertaintyKm: number | null;
    readonly place: { readonly name: string } | null;
    readonly position: { readonly longitude: number; readonly latitude: number } | null;
  }[];
  readonly crossings: readonly {
    readonly kind: string;
    readonly fromCountry: string;
    readonly toCountry: string;
  }[];
  readonly incident: {
    readonly country: string | null;
    readonly cell: string | null;
    readonly place: { readonly name: string } | null;
  };
  readonly report: { readonly externalReference: string };
}

/** By the source's own reference of the report. */
export async function journeys(hub: TestHub, viewer: Viewer): Promise<ReadonlyMap<string, Journey>> {
  const { movements } = await answer<{ movements: { nodes: readonly Journey[] } }>(
    hub,
    viewer,
    `{ movements(first: 100) { nodes { originCountry countries { country role } report { externalReference }
       waypoints { basis country level cell uncertaintyKm position { longitude latitude } place { name } }
       crossings { kind fromCountry toCountry } incident { country cell place { name } } } } }`,
  );
  return new Map(movements.nodes.map((node) => [node.report.externalReference, node]));
}

export function stop(journey: Journey | undefined, basis: string): Journey['waypoints'][number] {
  const found = journey?.waypoints.find((waypoint) => waypoint.basis === basis.toUpperCase());
  if (found === undefined) throw new Error(`found no ${basis} on the journey`);
  return found;
}
