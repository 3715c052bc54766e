/** A small organisation that watches a border: who crossed where and when, and how long its staff stood there. */
import { createHash } from 'node:crypto';
import { cellAt } from '../../src/geo/cells.ts';
import { mortonCode } from '../../src/geo/morton.ts';
import type { Position } from '../../src/geo/position.ts';
import { seededIds } from '../../src/kernel/ids.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import type { World, WorldRow } from '../property/world.ts';

export interface Seen {
  /** Month, or a quarter like 2026-Q2, of which the record then has no month. */
  readonly when: string;
  readonly at: Position;
  readonly placeId: string | null;
  readonly persons: number;
  readonly mode?: string;
  readonly verification?: string;
}

const ids = seededIds(seededRandom(20_261_101));
const MARK = { handling: 'green', sensitivity: 'routine' } as const;
const digest = (text: string): string => `\\x${createHash('sha256').update(text).digest('hex')}`;
const KNOWN = '2026-02-01T00:00:00Z';

export class BorderWatch {
  readonly #rows: WorldRow[] = [];
  readonly #origins: string[] = [];
  #seen = 0;

  constructor() {
    for (let number = 0; number < 4; number += 1) {
      const id = ids();
      this.#origins.push(id);
      this.#add('source_origin', 'report', { id, kind: 'staff', token: `\\x0${number}` });
    }
  }

  /** The id of the incident. */
  see({ when, at, placeId, persons, mode = 'bus', verification = 'unverified' }: Seen): string {
    const [report, incident, movement] = [ids(), ids(), ids()];
    this.#seen += 1;
    const origin = this.#origins[this.#seen % this.#origins.length];
    const known = { version: 1, known_from: KNOWN, known_to: null, version_of: null };
    const position = {
      longitude: at[0],
      latitude: at[1],
      z: mortonCode(at),
      cell: cellAt(at, 9),
      cell_resolution: 9,
    };
    const place = { place_id: placeId, country: 'NPL', ...position };
    const size = { persons_min: persons, persons_max: persons };
    const time = timeOf(when);
    const grade = { reliability: 'B', credibility: 2 };
    this.#add('report', 'report', {
      id: report,
      kind: 'border_intercept',
      identity_digest: digest(report),
      content_digest: digest('content'),
      external_reference: report,
      recorded_at: KNOWN,
      ...grade,
      origin_id: origin,
      origin_kind: 'staff',
      handling: MARK.handling,
      occurrence: 1,
      ...known,
    });
    this.#add('incident', 'incident', {
      id: incident,
      report_id: report,
      kind: 'intercept',
      population: 'trafficking',
      verification,
      ...time,
      ...place,
      ...size,
      counts: {},
      ...known,
    });
    this.#add('movement', 'movement', {
      id: movement,
      incident_id: incident,
      report_id: report,
      origin_id: origin,
      purpose: 'trafficking',
      mode,
      status: 'intercepted',
      exploitation: 'unknown',
      ...time,
      ...size,
      origin_country: 'NPL',
      destination_country: 'IND',
      countries: ['NPL', 'IND'],
      roles: ['source', 'destination'],
      verification,
      ...grade,
      ...known,
    });
    const waypoint = {
      movement_id: movement,
      kind: 'observed',
      occurred_from: time.occurred_from,
      occurred_to: time.occurred_to,
      uncertainty_km: 1,
    };
    this.#add('waypoint', 'movement', {
      id: ids(),
      ...waypoint,
      ordinal: 0,
      basis: 'crossing',
      level: 'exact',
      ...place,
    });
    this.#add('waypoint', 'movement', {
      id: ids(),
      ...waypoint,
      ordinal: 1,
      basis: 'destination',
      level: 'country',
      ...Object.fromEntries(Object.keys(place).map((name) => [name, null])),
      country: 'IND',
    });
    this.#add('crossing', 'movement', {
      id: ids(),
      movement_id: movement,
      incident_id: incident,
      origin_id: origin,
      kind: 'observed',
      ordinal: 0,
      from_country: 'NPL',
      to_country: 'IND',
      country_a: 'IND',
      country_b: 'NPL',
      ...position,
      place_id: placeId,
      distance_km: 0,
      ...time,
      ...size,
      ...known,
    });
    return incident;
  }

  /** The id of the station, with `staff` people all month in each of the months. */
  stand(at: Position, placeId: string, months: readonly string[], staff: number): string {
    const station = ids();
    this.#add('station', 'effort', {
      id: station,
      name: station,
      normalised: station,
      location: '',
      country: 'NPL',
      place_id: placeId,
      longitude: at[0],
      latitude: at[1],
    });
    for (const month of months) this.work(station, month, staff, { from: KNOWN, to: null });
    return station;
  }

  work(
    station: string,
    month: string,
    staff: number,
    known: { readonly from: string; readonly to: string | null },
  ): void {
    const id = ids();
    this.#add('effort', 'effort', {
      id,
      station_id: station,
      month: `${month}-01`,
      staff,
      work_fraction: 1,
      identity_digest: digest(id),
      content_digest: digest('content'),
      version: 1,
      known_from: known.from,
      known_to: known.to,
      version_of: null,
    });
  }

  /** Two reports of one event. */
  link(one: string, other: string): void {
    const [incident_a, incident_b] = [one, other].sort();
    this.#add('same_incident_link', 'incident', {
      id: ids(),
      incident_a,
      incident_b,
      status: 'confirmed',
      grade: 1,
    });
  }

  /** With one analyst of its own. */
  world(slug: string): World {
    return {
      organisations: [{ id: ids(), slug }],
      agreements: [],
      grants: [],
      viewers: [{ organisation: 0, role: 'analyst', purposes: null }],
      rows: this.#rows,
      question: ids().length,
    };
  }

  #add(table: string, recordClass: WorldRow['recordClass'], columns: Record<string, unknown>): void {
    this.#rows.push({ table, owner: 0, recordClass, marking: MARK, columns });
  }
}

function timeOf(when: string): Record<string, string | null> {
  const [year, rest] = when.split('-') as [string, string];
  const isQuarter = rest.startsWith('Q');
  const first = isQuarter ? 3 * (Number(rest.slice(1)) - 1) : Number(rest) - 1;
  const start = (month: number): string => new Date(Date.UTC(Number(year), month, 1)).toISOString();
  return {
    occurred_from: start(first),
    occurred_to: start(first + (isQuarter ? 3 : 1)),
    occurred_granularity: isQuarter ? 'quarter' : 'month',
    occurred_zone: null,
    occurred_basis: 'interception',
    month: isQuarter ? null : `${when}-01`,
  };
}
