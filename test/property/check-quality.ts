/** How good records are, counted once more, naively, over what the viewer is shown. */
import type { Viewer } from '../../src/access/viewer.ts';
import type { Random } from '../../src/kernel/random.ts';
import { surfaceOf } from '../access/surfaces.ts';
import type { Asker } from './asker.ts';
import { isImprecise, isSingleSource } from './check-how-known.ts';
import { same } from './compare.ts';
import type { Shown } from './oracle.ts';
import type { Onlooker } from './oracle-answers.ts';

type Group = Record<string, unknown>;

const LOOKERS = ['field', 'analyst', 'investigator', 'data_officer'];
const BUCKETS = ['MONTH', 'QUARTER', 'YEAR'];
const DIMENSIONS = ['OWNER', 'STATION', 'KIND', ...BUCKETS];
const DAY_MS = 86_400_000;

export async function compareQuality(
  asker: Asker,
  viewer: Viewer,
  onlooker: Onlooker,
  random: Random,
): Promise<void> {
  const bucket = BUCKETS[random.int(BUCKETS.length)];
  const groupBy = DIMENSIONS.filter(
    (dimension) => random.int(2) === 0 && (!BUCKETS.includes(dimension) || dimension === bucket),
  );
  const filter = drawFilter(random, onlooker);
  const { role } = onlooker.viewer;
  const where = `dataQuality by ${groupBy.join(', ')} as ${role} with ${JSON.stringify(filter)}`;
  const question = asker.ask<Group[]>(viewer, surfaceOf('dataQuality'), { groupBy, filter });
  if (!LOOKERS.includes(role)) {
    const refusal = await question.then(
      () => 'an answer',
      (error: Error) => error.message.split('\n')[0],
    );
    same(where, refusal?.includes(`the role "${role}" sees no quality of records`), true);
    return;
  }
  const found = await question;
  same(where, sorted(found), sorted(groupsOf(onlooker, groupBy, filter)));
  const order = found.map(({ reports }) => reports as number);
  same(
    `${where}: order`,
    order,
    order.toSorted((a, b) => b - a),
  );
}

interface Filter {
  readonly owners?: readonly string[];
  readonly kinds?: readonly string[];
  readonly dated?: { readonly from: string; readonly to: string };
}

function drawFilter(random: Random, onlooker: Onlooker): Filter {
  const owners = onlooker.world.organisations.flatMap(({ slug }) => (random.int(2) === 0 ? [slug] : []));
  const kinds = ['BORDER_INTERCEPT', 'HOTLINE'].filter(() => random.int(2) === 0);
  const from = Date.parse('2025-01-01T00:00:00Z') + random.int(400) * DAY_MS;
  const dated = { from: new Date(from).toISOString(), to: new Date(from + 90 * DAY_MS).toISOString() };
  return {
    ...(random.int(3) === 0 && { owners }),
    ...(random.int(4) === 0 && { kinds }),
    ...(random.int(4) === 0 && { dated }),
  };
}

function groupsOf(onlooker: Onlooker, groupBy: readonly string[], filter: Filter): Group[] {
  const groups = new Map<string, Shown[]>();
  const keyOf = (report: Shown): string => JSON.stringify(keys(onlooker, report, groupBy));
  if (groupBy.length === 0)
    groups.set(JSON.stringify({ owner: null, station: null, kind: null, period: null }), []);
  for (const report of onlooker.table('report').filter((row) => keeps(onlooker, row, filter)))
    groups.set(keyOf(report), [...(groups.get(keyOf(report)) ?? []), report]);
  const own = onlooker.viewer.organisation;
  // Random worlds import nothing.
  const rowsAreKnown =
    groupBy.every((dimension) => dimension === 'OWNER') &&
    filter.kinds === undefined &&
    filter.dated === undefined &&
    own !== null &&
    (filter.owners?.includes(onlooker.slug(own)) ?? true);
  return [...groups].map(([key, reports]) => {
    const group = JSON.parse(key) as Group;
    const isOwn = own !== null && (group.owner === null || group.owner === onlooker.slug(own));
    return {
      ...group,
      ...figures(onlooker, reports),
      quarantined: rowsAreKnown && isOwn ? outOf(0, 0) : null,
    };
  });
}

function keeps(onlooker: Onlooker, report: Shown, { owners, kinds, dated }: Filter): boolean {
  if (owners !== undefined && !owners.includes(onlooker.slug(report.owner))) return false;
  if (kinds !== undefined && !kinds.includes(String(report.columns.kind).toUpperCase())) return false;
  if (dated === undefined) return true;
  const bears = dateOf(report);
  return bears !== null && bears.to > Date.parse(dated.from) && bears.from < Date.parse(dated.to);
}

function keys(onlooker: Onlooker, report: Shown, groupBy: readonly string[]): Group {
  const station = onlooker
    .table('station')
    .find((row) => row.rowId === report.columns.station_id && row.owner === onlooker.viewer.organisation);
  const bucket = groupBy.find((dimension) => BUCKETS.includes(dimension));
  return {
    owner: groupBy.includes('OWNER') ? onlooker.slug(report.owner) : null,
    station:
      groupBy.includes('STATION') && station !== undefined
        ? { stationId: station.rowId, name: station.columns.name, location: '' }
        : null,
    kind: groupBy.includes('KIND') ? String(report.columns.kind).toUpperCase() : null,
    period: bucket === undefined ? null : periodOf(report, bucket),
  };
}

interface Span {
  readonly from: number;
  readonly to: number;
}

function spanOf({ columns: c }: Shown, stem: string): Span | null {
  const [from, to] = [c[`${stem}_from`], c[`${stem}_to`]];
  return typeof from === 'string' ? { from: Date.parse(from), to: Date.parse(to as string) } : null;
}

const dateOf = (report: Shown): Span | null => spanOf(report, 'reported') ?? spanOf(report, 'observed');

function periodOf(report: Shown, bucket: string): string | null {
  const bears = dateOf(report);
  if (bears === null) return null;
  const stem = spanOf(report, 'reported') === null ? 'observed' : 'reported';
  const timeZone = (report.columns[`${stem}_zone`] as string | null) ?? 'UTC';
  const start = (moment: number): string => {
    const [year, month] = new Intl.DateTimeFormat('sv', { timeZone, year: 'numeric', month: '2-digit' })
      .format(moment)
      .split('-');
    const first =
      bucket === 'YEAR'
        ? 1
        : bucket === 'MONTH'
          ? Number(month)
          : Math.floor((Number(month) - 1) / 3) * 3 + 1;
    return `${year}-${String(first).padStart(2, '0')}-01`;
  };
  return start(bears.from) === start(bears.to - 1) ? start(bears.from) : null;
}

function figures(onlooker: Onlooker, reports: readonly Shown[]): Group {
  const incidents = reports.flatMap((report) =>
    onlooker
      .table('incident')
      .filter((row) => row.columns.report_id === report.id)
      .map((incident) => ({ incident, report })),
  );
  const stops = reports.flatMap((report) =>
    onlooker
      .table('movement')
      .filter((row) => row.columns.report_id === report.id)
      .flatMap(({ rowId }) => onlooker.table('waypoint').filter((row) => row.columns.movement_id === rowId)),
  );
  const places = [...incidents.map(({ incident }) => incident), ...stops];
  const named = places.flatMap(
    ({ columns }) =>
      onlooker.table('place_reference').find(({ rowId }) => rowId === columns.place_reference_id) ?? [],
  );
  const verified = incidents.filter(({ incident }) => incident.columns.verification !== 'unverified');
  const invalid = verified.filter(({ incident }) => incident.columns.verification === 'should_not_count');
  const [recorded, middle] = [
    ({ sight, columns }: Shown): number | null =>
      sight === 'coarse' ? null : Date.parse(columns.recorded_at as string) / 1_000,
    (row: Shown, stem: string): number | null => {
      const span = row.sight === 'coarse' && stem === 'occurred' ? null : spanOf(row, stem);
      if (span === null || span.to - span.from > 32 * DAY_MS) return null;
      return (span.from / 1_000 + span.to / 1_000) / 2;
    },
  ];
  const between = (from: number | null, to: number | null): number | null =>
    from === null || to === null ? null : (to - from) / 86_400;
  return {
    reports: reports.length,
    incidents: incidents.length,
    occurredToRecorded: lag(
      incidents.map(({ incident, report }) => between(middle(incident, 'occurred'), recorded(report))),
    ),
    observedToReported: lag(
      reports.map((report) => between(middle(report, 'observed'), middle(report, 'reported'))),
    ),
    reportedToRecorded: lag(reports.map((report) => between(middle(report, 'reported'), recorded(report)))),
    ungraded: outOf(
      reports.filter(({ columns }) => columns.reliability === 'F' && columns.credibility === 6).length,
      reports.length,
    ),
    unverified: outOf(incidents.length - verified.length, incidents.length),
    singleSource: outOf(
      incidents.filter(({ incident }) => isSingleSource(onlooker, incident.id)).length,
      incidents.length,
    ),
    verifiedInvalid: outOf(invalid.length, verified.length),
    imprecise: outOf(places.filter(isImprecise).length, places.length),
    countryOnly: outOf(
      places.filter(({ columns }) => columns.cell === null && columns.country !== null).length,
      places.length,
    ),
    unresolved: outOf(named.filter(({ columns }) => columns.resolution !== 'resolved').length, named.length),
  };
}

function lag(all: readonly (number | null)[]): Group {
  const known = all.filter((days) => days !== null).toSorted((a, b) => a - b);
  const rank = (fraction: number): number | null => known[Math.ceil(fraction * known.length) - 1] ?? null;
  return { median: rank(0.5), p90: rank(0.9), known: known.length, unknown: all.length - known.length };
}

function outOf(count: number, of: number): Group {
  return { count, of, share: of === 0 ? null : count / of };
}

const sorted = (groups: readonly Group[]): string[] =>
  groups.map((group) => JSON.stringify(Object.entries(group).toSorted())).toSorted();
