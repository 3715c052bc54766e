/** How far along its border a group of crossings reaches, and how many there are at each place of the line. */
import type { BorderLine, Chainage } from './border-line.ts';
import type { CrossingColumns } from './crossing-columns.ts';
import type { CrossingSites } from './crossing-sites.ts';

/** Part of one piece of a border's line. On a closed piece `fromKm` may be the larger: it then runs over km 0. */
export interface BorderStretch extends Pick<Chainage, 'piece'> {
  readonly fromKm: number;
  readonly toKm: number;
  /** Of the piece. */
  readonly lengthKm: number;
}

/** What lies on one piece of a border's line, in bins of 0.1 km; columns by bin that has any, ascending. */
export interface LineMass {
  readonly piece: number;
  /** Km from the piece's fixed end to the middle of the bin. */
  readonly km: Float64Array;
  /** Every incident of the border weighs 1, shared out evenly over the places at which it crossed that border. */
  readonly incidents: Float64Array;
  /** Likewise: each incident by its largest record. */
  readonly persons: Float64Array;
}

export interface BorderMass {
  readonly border: readonly [string, string];
  readonly pieces: readonly LineMass[];
  /** Incidents, and shares of incidents, too far from the line to be on it. */
  readonly offLine: number;
}

const BIN_KM = 0.1;

/** Of the piece on which most incidents lie (weights by place), from the first of them to the last; null where none is on the line. */
export function stretchOf(
  line: BorderLine,
  places: readonly { readonly chainage: Chainage | null; readonly weight: number }[],
): BorderStretch | null {
  const weights = line.pieces.map(() => 0);
  for (const { chainage, weight } of places) if (chainage !== null) weights[chainage.piece]! += weight;
  const piece = weights.indexOf(Math.max(...weights));
  const own = places.flatMap(({ chainage }) => (chainage?.piece === piece ? [chainage.km] : []));
  if (own.length === 0) return null;
  const km = own.sort((a, b) => a - b);
  const { closed, lengthKm } = line.pieces[piece]!;
  const whole = { piece, lengthKm, fromKm: km[0]!, toKm: km.at(-1)! };
  if (!closed) return whole;
  // Round a closed line it reaches from behind the widest gap to before it.
  let gap = whole.fromKm + lengthKm - whole.toKm;
  let stretch = whole;
  for (let i = 1; i < km.length; i += 1) {
    if (km[i]! - km[i - 1]! <= gap) continue;
    gap = km[i]! - km[i - 1]!;
    stretch = { piece, lengthKm, fromKm: km[i]!, toKm: km[i - 1]! };
  }
  return stretch;
}

/** Of one border, whose sites are `own`. `chainages`: by site. */
export function massAlong(
  columns: CrossingColumns,
  { starts, rows }: CrossingSites,
  own: Int32Array,
  chainages: readonly (Chainage | null)[],
): Omit<BorderMass, 'border'> {
  const places = new Int32Array(columns.incidentCount);
  const persons = new Float64Array(columns.incidentCount);
  const lastSite = new Int32Array(columns.incidentCount).fill(-1);
  const eachIncident = (visit: (incident: number, site: number, row: number) => void): void => {
    for (const site of own)
      for (let at = starts[site]!; at < starts[site + 1]!; at += 1)
        visit(columns.incident[rows[at]!]!, site, rows[at]!);
  };
  eachIncident((incident, site, row) => {
    persons[incident] = Math.max(persons[incident]!, columns.persons[row]!);
    if (lastSite[incident] === site) return;
    lastSite[incident] = site;
    places[incident]! += 1;
  });
  const bins = new Map<number, Map<number, { incidents: number; persons: number }>>();
  let offLine = 0;
  lastSite.fill(-1);
  eachIncident((incident, site) => {
    if (lastSite[incident] === site) return;
    lastSite[incident] = site;
    const share = 1 / places[incident]!;
    const chainage = chainages[site]!;
    if (chainage === null) {
      offLine += share;
      return;
    }
    const ofPiece = bins.get(chainage.piece) ?? new Map<number, { incidents: number; persons: number }>();
    bins.set(chainage.piece, ofPiece);
    const bin = Math.floor(chainage.km / BIN_KM);
    const known = ofPiece.get(bin) ?? { incidents: 0, persons: 0 };
    ofPiece.set(bin, known);
    known.incidents += share;
    known.persons += share * persons[incident]!;
  });
  const pieces = [...bins]
    .sort(([a], [b]) => a - b)
    .map(([piece, ofPiece]) => {
      const sorted = [...ofPiece].sort(([a], [b]) => a - b);
      return {
        piece,
        km: Float64Array.from(sorted, ([bin]) => (bin + 0.5) * BIN_KM),
        incidents: Float64Array.from(sorted, ([, mass]) => mass.incidents),
        persons: Float64Array.from(sorted, ([, mass]) => mass.persons),
      };
    });
  return { pieces, offLine };
}
