/** What the map shows: layer, filter, place, what is open. All of it is in the address, so that nothing is lost on reload. */
import type { Address } from './address.ts';
import { MONTH, readTimeView, type TimeView, writeTimeView } from './time-view.ts';

export const LAYER_IDS = [
  'corridors',
  'roles',
  'hotspots',
  'clusters',
  'density',
  'crossings',
  'incidents',
  'closings',
] as const;
export type LayerId = (typeof LAYER_IDS)[number];

export const ROLES = ['SOURCE', 'TRANSIT', 'DESTINATION'] as const;
export type Role = (typeof ROLES)[number];

export const MODES = ['BUS', 'TRAIN', 'PRIVATE_VEHICLE', 'FOOT', 'AIR', 'SEA', 'MIXED', 'UNKNOWN'] as const;
export const VERIFICATIONS = ['counted', 'verified', 'unverified'] as const;
export type Verification = (typeof VERIFICATIONS)[number];

/** H3 resolutions of the cells that hotspots are counted in, the largest first, and the one that the records suggest. */
export const CELL_SIZES = ['2', '3', '4', '5', '6', '7', 'auto'] as const;
export type CellSize = (typeof CELL_SIZES)[number];
/** The hub's own, where nothing is chosen. */
export const USUAL_CELLS: CellSize = '5';

export interface Filter {
  /** Alpha-3. */
  readonly source: string | null;
  readonly transit: string | null;
  readonly destination: string | null;
  readonly mode: string | null;
  /** Months like 2026-04, both of them inside. */
  readonly from: string | null;
  readonly to: string | null;
  readonly verification: Verification;
}

export interface Camera {
  readonly longitude: number;
  readonly latitude: number;
  readonly zoom: number;
}

/** What was closed, and when. */
export interface Closing {
  /** Of an interdiction; of a crossing point where the day is said. */
  readonly id: string;
  readonly on: string | null;
  /** Before, and after. */
  readonly months: number;
}

export interface MapView extends TimeView {
  readonly layer: LayerId;
  readonly role: Role;
  readonly filter: Filter;
  readonly camera: Camera | null;
  /** Id of what is open of the layer. */
  readonly open: string | null;
  /** Id of a movement that is open behind it. */
  readonly movement: string | null;
  readonly table: boolean;
  readonly closing: Closing | null;
  /** Of route hotspots. */
  readonly cells: CellSize;
  /** Of crossing clusters: what opened and closed too. */
  readonly changes: boolean;
}

export const EVERYTHING: Filter = {
  source: null,
  transit: null,
  destination: null,
  mode: null,
  from: null,
  to: null,
  verification: 'counted',
};

export function readMapView({ path: [, layer], params }: Address): MapView {
  return {
    layer: oneOf(LAYER_IDS, layer) ?? 'corridors',
    role: oneOf(ROLES, params.role) ?? 'SOURCE',
    filter: {
      source: fitting(params.source, /^[A-Z]{3}$/),
      transit: fitting(params.transit, /^[A-Z]{3}$/),
      destination: fitting(params.destination, /^[A-Z]{3}$/),
      mode: oneOf(MODES, params.mode) ?? null,
      from: fitting(params.from, MONTH),
      to: fitting(params.to, MONTH),
      verification: oneOf(VERIFICATIONS, params.which) ?? 'counted',
    },
    camera: readCamera(params.at),
    open: fitting(params.open, OPAQUE),
    movement: fitting(params.movement, OPAQUE),
    table: params.table === 'yes',
    closing: readClosing(params),
    cells: oneOf(CELL_SIZES, params.cells) ?? USUAL_CELLS,
    changes: params.changes === 'yes',
    ...readTimeView(params),
  };
}

export function writeMapView(view: MapView): Address {
  const { filter, camera } = view;
  const said: Readonly<Record<string, string | null>> = {
    role: view.layer === 'roles' ? view.role : null,
    source: filter.source,
    transit: filter.transit,
    destination: filter.destination,
    mode: filter.mode,
    from: filter.from,
    to: filter.to,
    which: filter.verification === 'counted' ? null : filter.verification,
    at:
      camera === null
        ? null
        : `${camera.longitude.toFixed(3)},${camera.latitude.toFixed(3)},${camera.zoom.toFixed(2)}`,
    open: view.open,
    movement: view.movement,
    table: view.table ? 'yes' : null,
    closing: view.layer === 'closings' ? (view.closing?.id ?? null) : null,
    on: view.layer === 'closings' ? (view.closing?.on ?? null) : null,
    months: view.layer === 'closings' && view.closing !== null ? String(view.closing.months) : null,
    cells: view.layer === 'hotspots' && view.cells !== USUAL_CELLS ? view.cells : null,
    changes: view.layer === 'clusters' && view.changes ? 'yes' : null,
    ...writeTimeView(view),
  };
  const params = Object.entries(said).filter((pair): pair is [string, string] => pair[1] !== null);
  return { path: ['map', view.layer], params: Object.fromEntries(params) };
}

const OPAQUE = /^[\w-]{1,64}$/;

function readClosing(params: Address['params']): Closing | null {
  const id = fitting(params.closing, OPAQUE);
  if (id === null) return null;
  const months = Number(params.months ?? 6);
  return {
    id,
    on: fitting(params.on, /^\d{4}-\d\d-\d\d$/),
    months: months >= 3 && months <= 60 ? months : 6,
  };
}

function readCamera(text: string | undefined): Camera | null {
  const [longitude, latitude, zoom] = (text ?? '').split(',').map(Number);
  if (longitude === undefined || latitude === undefined || zoom === undefined) return null;
  const isReal = [longitude, latitude, zoom].every(Number.isFinite);
  return isReal && Math.abs(latitude) < 86 && zoom >= 0 && zoom <= 22 ? { longitude, latitude, zoom } : null;
}

function fitting(text: string | undefined, shape: RegExp): string | null {
  return text !== undefined && shape.test(text) ? text : null;
}

function oneOf<T extends string>(list: readonly T[], text: string | undefined): T | undefined {
  return list.find((one) => one === text);
}
