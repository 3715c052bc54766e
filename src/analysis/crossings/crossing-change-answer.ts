/** Found changes as the answer shows them: named, and set against the staff-time that was watching. */
import type { Viewer } from '../../access/viewer.ts';
import type { Position } from '../../geo/position.ts';
import { toMetre } from '../../geo/sphere.ts';
import { monthName } from '../month-number.ts';
import { scopedId } from '../scoped-id.ts';
import { type LinesByBorder, nameOfSpot, type PointsByBorder } from './crossing-answer.ts';
import {
  ClusterOfPeriod,
  CrossingChange,
  type CrossingChangeKind,
  type CrossingWatching,
} from './crossing-changes.type.ts';
import type { ClusterInPeriod } from './over-time/change-evidence.ts';
import type { FoundChange } from './over-time/changes-work.ts';
import type { Period } from './over-time/incident-periods.ts';

export interface ChangeSettings {
  readonly viewer: Viewer;
  readonly periods: readonly Period[];
  readonly points: PointsByBorder;
  readonly lines: LinesByBorder;
  readonly alpha: number;
}

/** A change of fewer is of what one or two sources told. */
const LEAST_ORIGINS = 3;
/** Staff-time that differs by more than this has changed much. */
const MUCH = 0.25;

export function changeOf(settings: ChangeSettings, found: FoundChange): CrossingChange {
  const { viewer, periods, alpha } = settings;
  const { border, kind, p, centre, period, staffMonths, movedKm, independentOrigins } = found;
  const clustersOf = (clusters: readonly ClusterInPeriod[]): ClusterOfPeriod[] =>
    clusters.map((cluster) =>
      Object.assign(new ClusterOfPeriod(), {
        name: nameAt(settings, border, cluster.centre),
        centre: pointOf(cluster.centre),
        hull: { type: 'MultiPolygon', coordinates: cluster.outline },
        incidents: cluster.incidents,
      }),
    );
  const middles = [...found.before, ...found.after].map((cluster) => cluster.centre.join(' '));
  return Object.assign(new CrossingChange(), {
    id: scopedId(viewer, 'crossing change', `${kind}\n${border.join(' ')}\n${period}\n${middles.join('\n')}`),
    kind: shownKind(kind),
    isSignificant: p <= alpha && independentOrigins >= LEAST_ORIGINS,
    p,
    name: nameAt(settings, border, centre),
    border,
    from: spanOf(periods[period - 1]!),
    to: spanOf(periods[period]!),
    centre: pointOf(centre),
    before: clustersOf(found.before),
    after: clustersOf(found.after),
    incidentsBefore: found.incidentsBefore,
    incidentsAfter: found.incidentsAfter,
    independentOrigins,
    movedKm: movedKm === null ? null : toMetre(movedKm),
    watching: watchingOf(staffMonths),
    staffMonthsBefore: staffMonths?.before ?? null,
    staffMonthsAfter: staffMonths?.after ?? null,
    allIncidentIds: found.incidentIds,
  });
}

export function spanOf({ first, last }: Period): { readonly first: string; readonly last: string } {
  return { first: monthName(first), last: monthName(last) };
}

/** One that was kept is shown only where it moved. */
function shownKind(kind: FoundChange['kind']): CrossingChangeKind {
  return kind === 'kept' ? 'moved' : kind;
}

function nameAt(
  { points, lines }: ChangeSettings,
  border: readonly [string, string],
  centre: Position,
): string {
  return nameOfSpot({ border, centre }, points, lines);
}

function watchingOf(staffMonths: FoundChange['staffMonths']): CrossingWatching {
  if (staffMonths === null) return 'not known';
  const { before, after } = staffMonths;
  if (before === 0 && after === 0) return 'not known';
  return before > 0 && Math.abs(after / before - 1) <= MUCH ? 'steady' : 'possibly watching';
}

function pointOf([longitude, latitude]: Position): { longitude: number; latitude: number } {
  return { longitude, latitude };
}
