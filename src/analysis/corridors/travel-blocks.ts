/**
 * Movements as the database hands them over: a few long texts instead of millions of rows, each line a site, a movement or a stop,
 * with its fields between tabs.
 */
import type { Cell } from '../../geo/cells.ts';
import { monthNumber } from '../month-number.ts';
import { Numbering } from '../numbering.ts';
import { KIND_ORDER } from './movement-columns.ts';

export const TRAVEL_PARTS = ['site', 'movement', 'stop'] as const;

export interface TravelBlock {
  readonly part: (typeof TRAVEL_PARTS)[number];
  readonly block: string;
}

/** A site before its place is looked up. */
export interface SiteLine {
  readonly atBorder: boolean;
  readonly placeId: string | null;
  readonly country: string | null;
  readonly cell: Cell | null;
}

/** One row a movement, in no particular order. */
export interface Travel {
  readonly movements: readonly string[];
  /** The incident each movement came to light in. */
  readonly incidentIds: readonly string[];
  /** The same number for incidents that are one event. */
  readonly incidents: Int32Array;
  readonly incidentCount: number;
  /** -1 when unknown. */
  readonly origins: Int32Array;
  readonly originCount: number;
  readonly owners: Int32Array;
  readonly ownerCount: number;
  /** Months since January of year 0; -1 when unknown. */
  readonly months: Int32Array;
  readonly personsMin: Float64Array;
  /** Infinity when no bound is known. */
  readonly personsMax: Float64Array;
  /** One more entry than rows: the stops of row r are starts[r] … starts[r + 1] − 1, in travel order. */
  readonly starts: Int32Array;
  readonly sites: Int32Array;
  /** Places in KIND_ORDER. */
  readonly kinds: Uint8Array;
}

/** Lines of a part, by way of its blocks. */
function* linesOf(blocks: readonly TravelBlock[], wanted: TravelBlock['part']): Generator<string> {
  for (const { part, block } of blocks) if (part === wanted) yield* block.split('\n');
}

/** By site number. A site line: number, whether at a border, place, country, cell. */
export function readSites(blocks: readonly TravelBlock[]): SiteLine[] {
  const sites: SiteLine[] = [];
  for (const line of linesOf(blocks, 'site')) {
    const [number, atBorder, placeId, country, cell] = line.split('\t') as [
      string,
      string,
      string,
      string,
      string,
    ];
    sites[Number(number)] = {
      atBorder: atBorder === 't',
      placeId: placeId || null,
      country: country || null,
      cell: cell === '' ? null : BigInt(cell),
    };
  }
  return sites;
}

/**
 * A movement line: number, id, incident, event (empty when it is the incident), origin, owner, month, persons at least, at most. A stop
 * line: the movement's number, ordinal, kind by its place in KIND_ORDER, site.
 */
export function readTravel(blocks: readonly TravelBlock[]): Travel {
  const rows = [...linesOf(blocks, 'movement')].map((line) => line.split('\t') as MovementFields);
  const count = rows.length;
  const movements = new Array<string>(count);
  const incidentIds = new Array<string>(count);
  const columns = {
    incidents: new Int32Array(count),
    origins: new Int32Array(count).fill(-1),
    owners: new Int32Array(count),
    months: new Int32Array(count).fill(-1),
    personsMin: new Float64Array(count),
    personsMax: new Float64Array(count).fill(Infinity),
  };
  const [events, origins, owners, months] = [
    new Numbering(),
    new Numbering(),
    new Numbering(),
    new Map<string, number>(),
  ];
  for (const [number, id, incident, event, origin, owner, month, atLeast, atMost] of rows) {
    const row = Number(number);
    movements[row] = id;
    incidentIds[row] = incident;
    columns.incidents[row] = events.of(event || incident);
    if (origin !== '') columns.origins[row] = origins.of(origin);
    columns.owners[row] = owners.of(owner);
    if (month !== '') {
      if (!months.has(month)) months.set(month, monthNumber(month));
      columns.months[row] = months.get(month)!;
    }
    columns.personsMin[row] = Number(atLeast);
    if (atMost !== '') columns.personsMax[row] = Number(atMost);
  }
  return {
    movements,
    incidentIds,
    ...columns,
    incidentCount: events.names.length,
    originCount: origins.names.length,
    ownerCount: owners.names.length,
    ...readStops(blocks, count),
  };
}

type MovementFields = [string, string, string, string, string, string, string, string, string];

/** Four numbers a line, read digit by digit: four million lines are too many for `split`. */
function readStops(
  blocks: readonly TravelBlock[],
  count: number,
): Pick<Travel, 'starts' | 'sites' | 'kinds'> {
  const starts = new Int32Array(count + 1);
  const eachStop = (visit: (row: number, ordinal: number, kind: number, site: number) => void): void => {
    for (const { part, block } of blocks) {
      if (part !== 'stop') continue;
      const fields = [0, 0, 0, 0];
      let field = 0;
      for (let at = 0; at <= block.length; at += 1) {
        const code = at < block.length ? block.charCodeAt(at) : NEW_LINE;
        if (code >= ZERO) fields[field] = fields[field]! * 10 + code - ZERO;
        else if (code === TAB) field += 1;
        else {
          visit(fields[0]!, fields[1]!, fields[2]!, fields[3]!);
          fields.fill(0);
          field = 0;
        }
      }
    }
  };
  eachStop((row) => {
    starts[row + 1]! += 1;
  });
  for (let row = 0; row < count; row += 1) starts[row + 1]! += starts[row]!;
  const filled = starts.slice();
  const ordinals = new Int32Array(starts[count]!);
  const sites = new Int32Array(starts[count]!);
  const kinds = new Uint8Array(starts[count]!);
  eachStop((row, ordinal, kind, site) => {
    // Into its place among the few stops of its movement: they come in any order.
    let at = filled[row]!;
    for (; at > starts[row]! && ordinals[at - 1]! > ordinal; at -= 1) {
      ordinals[at] = ordinals[at - 1]!;
      sites[at] = sites[at - 1]!;
      kinds[at] = kinds[at - 1]!;
    }
    ordinals[at] = ordinal;
    sites[at] = site;
    kinds[at] = kind;
    filled[row]! += 1;
  });
  return { starts, sites, kinds };
}

const ZERO = 48;
const TAB = 9;
const NEW_LINE = 10;

/** The number the database gives each kind. */
export const KIND_NUMBERS: ReadonlyMap<string, number> = new Map(
  KIND_ORDER.map((kind, number) => [kind, number]),
);
