/** Counts for everybody: noise is drawn once, and what it tells is taken from a budget in the same transaction. */
import { randomBytes } from 'node:crypto';
import { recordEvent } from '../../audit/audit.store.ts';
import { accept, type Outcome, type Reason, refuse } from '../../kernel/errors.ts';
import { isId } from '../../kernel/ids.ts';
import { type ActRequest, type DoneOnce, once } from '../../records/acts/once.service.ts';
import type { CountDimension } from './count-levels.ts';
import type { CountableRow } from './countable.view.ts';
import { readCountedEvents } from './counted-events.service.ts';
import { discreteLaplace, drawBelowFrom } from './discrete-laplace.ts';
import { countedUntil, quarterOf } from './epochs.ts';
import {
  budgetLeft,
  insertRelease,
  listReleases,
  type PublicReleaseRow,
  type ReleasedCell,
  spend,
} from './public-release.store.ts';
import { officer, type SharedViewTools } from './read-shared-view.service.ts';
import { lockView, type SharedViewRow } from './shared-view.store.ts';

export interface SaidRelease {
  readonly viewId: string;
  readonly version: number;
  readonly title: string;
  readonly year: number;
  /** Thousandths. */
  readonly epsilon: number;
  readonly bound: number;
  /** Alpha-3; of every one there is a count, found or not. */
  readonly origins: readonly string[];
  readonly destinations: readonly string[];
}

const MOST_CELLS = 400;
const LEAST_CONTRIBUTORS = 2;

/** Refused where the year is not told yet, the budget is spent, or the cells would be chosen by what is found. */
export async function releaseCounts(
  tools: SharedViewTools,
  request: ActRequest,
  said: SaidRelease,
): Promise<Outcome<DoneOnce>> {
  officer(request.viewer);
  const now = tools.now();
  const until = `${said.year + 1}-01-01`;
  const wrong = mistakeIn(said, countedUntil(now) >= until);
  if (wrong !== null) return refuse(wrong);
  const view = await tools.database.unrestricted('find the view of a release', (connection) =>
    lockView(connection, said.viewId),
  );
  const events =
    view === null ? [] : await readCountedEvents(tools.database, view.public_approvers, until, now);
  return once(tools, request, ['public release', said], async (connection, moment, ownerId) => {
    const locked = await lockView(connection, said.viewId);
    const reason = hindrance(view, locked, said, ownerId);
    if (reason !== null || locked === null) return refuse(reason ?? ABSENT);
    const cells = noisyCells(events, locked.dimensions, said);
    if (cells.length > MOST_CELLS)
      return refuse({ where: 'origins', found: `${cells.length} cells`, wanted: `${MOST_CELLS} or fewer` });
    if (!(await spend(connection, said.year, said.epsilon)))
      return refuse({
        where: 'epsilon',
        found: `${said.epsilon} thousandths`,
        wanted: `${await budgetLeft(connection, said.year)} or fewer: that much is left of ${said.year}`,
      });
    const id = tools.ids();
    const { title, epsilon, bound, year } = said;
    await insertRelease(connection, {
      id,
      title: title.trim(),
      epsilon,
      bound,
      year,
      released_at: moment,
      cells,
      viewId: locked.id,
      releasedBy: ownerId,
    });
    await recordEvent(connection, moment, {
      organisationId: ownerId,
      keyId: request.viewer.keyId,
      action: 'public_release',
      objectKind: 'public_release',
      objectIds: [id],
      purpose: null,
      aboutOwnerIds: [...locked.public_approvers],
      detail: { epsilon, bound },
    });
    return accept({ recordId: id, version: 1 });
  });
}

/** For everybody, and as often as they like: nothing is drawn again. */
export function readReleases({ database }: SharedViewTools): Promise<readonly PublicReleaseRow[]> {
  return database.unrestricted('show public releases', listReleases);
}

const ABSENT: Reason = { where: 'viewId', found: 'nothing of that id', wanted: 'a view that is proposed' };

function mistakeIn(said: SaidRelease, isOver: boolean): Reason | null {
  const { title, year, epsilon, bound } = said;
  if (!isId(said.viewId)) return ABSENT;
  if (title.trim().length === 0 || title.length > 200)
    return { where: 'title', found: `${title.length} characters`, wanted: '1 to 200' };
  if (!(Number.isInteger(year) && year >= 1900 && year <= 9999 && isOver))
    return { where: 'year', found: String(year), wanted: 'a year that ended 90 days ago or earlier' };
  if (!(Number.isInteger(epsilon) && epsilon >= 1 && epsilon <= 1_000))
    return { where: 'epsilon', found: String(epsilon), wanted: '1 to 1000 thousandths' };
  if (!(Number.isInteger(bound) && bound >= 1 && bound <= 50))
    return { where: 'bound', found: String(bound), wanted: '1 to 50 persons' };
  for (const where of ['origins', 'destinations'] as const) {
    const odd = said[where].find((country) => !/^[A-Z]{3}$/.test(country));
    if (odd !== undefined) return { where, found: odd.slice(0, 20), wanted: 'alpha-3 codes' };
    if (new Set(said[where]).size !== said[where].length)
      return { where, found: 'a country twice', wanted: 'each once' };
  }
  return null;
}

function hindrance(
  seen: SharedViewRow | null,
  view: SharedViewRow | null,
  said: SaidRelease,
  ownerId: string,
): Reason | null {
  if (view === null || view.proposed_by !== ownerId)
    return { ...ABSENT, wanted: 'a view that your organisation proposed' };
  if (view.version !== said.version)
    return { where: 'version', found: `version ${said.version}`, wanted: `version ${view.version}` };
  if (seen?.public_approvers.join() !== view.public_approvers.join())
    return {
      where: 'viewId',
      found: 'approvals that changed just now',
      wanted: 'the same again in a moment',
    };
  if (view.public_approvers.length < LEAST_CONTRIBUTORS)
    return {
      where: 'viewId',
      found: `a view that ${view.public_approvers.length} organisations approve for everybody`,
      wanted: `${LEAST_CONTRIBUTORS} or more`,
    };
  if (view.layer !== null) return { where: 'viewId', found: 'a layer', wanted: 'a view that tells counts' };
  if (view.dimensions.includes('place') || view.dimensions.includes('area'))
    return { where: 'viewId', found: 'a view by place', wanted: 'one of countries and time' };
  for (const [dimension, where] of [
    ['origin', 'origins'],
    ['destination', 'destinations'],
  ] as const)
    if (view.dimensions.includes(dimension) !== said[where].length > 0)
      return {
        where,
        found: `${said[where].length} countries`,
        wanted: view.dimensions.includes(dimension)
          ? 'those there is to be a count of'
          : 'none: the view has none',
      };
  return null;
}

/**
 * Every cell that was asked for, found or not: which there are tells nothing. One event is in one cell, by `bound` persons at most, so that noise of rate ε/bound in each
 * makes all of them together ε-differentially private for the whole of an event.
 */
function noisyCells(
  events: readonly CountableRow[],
  dimensions: readonly CountDimension[],
  { origins, destinations, year, epsilon, bound }: SaidRelease,
): readonly ReleasedCell[] {
  const sums = new Map<string, number>();
  for (const event of events) {
    if (!event.month.startsWith(`${year}-`)) continue;
    const name = cellName(
      dimensions.includes('origin') ? event.origin : null,
      dimensions.includes('destination') ? event.destination : null,
      periodOf(event.month, dimensions),
    );
    sums.set(name, (sums.get(name) ?? 0) + Math.min(event.persons, bound));
  }
  const draw = drawBelowFrom(randomBytes);
  const rate = { numerator: BigInt(epsilon), denominator: 1_000n * BigInt(bound) };
  const orNone = (countries: readonly string[]): readonly (string | null)[] =>
    countries.length === 0 ? [null] : countries;
  const periods = dimensions.includes('quarter')
    ? [1, 2, 3, 4].map((quarter) => `${year}-Q${quarter}`)
    : dimensions.includes('year')
      ? [String(year)]
      : [null];
  return orNone(origins).flatMap((originCountry) =>
    orNone(destinations).flatMap((destinationCountry) =>
      periods.map((period) => ({
        originCountry,
        destinationCountry,
        period,
        persons:
          (sums.get(cellName(originCountry, destinationCountry, period)) ?? 0) +
          Number(discreteLaplace(rate, draw)),
      })),
    ),
  );
}

function periodOf(month: string, dimensions: readonly CountDimension[]): string | null {
  if (dimensions.includes('quarter')) return quarterOf(month);
  return dimensions.includes('year') ? month.slice(0, 4) : null;
}

function cellName(origin: string | null, destination: string | null, period: string | null): string {
  return [origin, destination, period].join('|');
}
