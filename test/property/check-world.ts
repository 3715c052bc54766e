/** Every surface of one world compared with the naive policy, for every viewer of it. */

import type { Viewer } from '../../src/access/viewer.ts';
import { type Random, seededRandom } from '../../src/kernel/random.ts';
import { surfaceOf } from '../access/surfaces.ts';
import type { Asker } from './asker.ts';
import { compareFacilitators, compareFlows } from './check-figures.ts';
import { compareQuality } from './check-quality.ts';
import { compareCandidates, compareLinks } from './check-same-incident.ts';
import { allDone, same } from './compare.ts';
import { counts, type DrawnFilter, drawFilter, NO_FILTER } from './filters.ts';
import type { Shown } from './oracle.ts';
import * as answers from './oracle-answers.ts';
import { Onlooker } from './oracle-answers.ts';
import type { KnownPlace, World } from './world.ts';

interface ListAnswer {
  readonly totalCount: number;
  readonly countUpTo: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly id: string } }[];
  readonly nodes: readonly Readonly<Record<string, unknown>>[];
}

interface ListCheck {
  readonly root: string;
  readonly table: string;
  readonly sort: string;
  readonly node: (onlooker: Onlooker, row: Shown) => answers.Json;
  /** What a list leaves out unless the filter speaks of it. */
  readonly unless?: { readonly variable: string; readonly keeps: (row: Shown) => boolean };
}

const LISTS: readonly ListCheck[] = [
  { root: 'reports', table: 'report', sort: 'recorded_at', node: answers.reportNode },
  { root: 'incidents', table: 'incident', sort: 'occurred_from', node: answers.incidentNode },
  {
    root: 'movements',
    table: 'movement',
    sort: 'occurred_from',
    node: answers.movementNode,
    unless: { variable: 'verifications', keeps: counts },
  },
  {
    root: 'crossings',
    table: 'crossing',
    sort: 'occurred_from',
    node: answers.crossingNode,
    unless: { variable: 'kinds', keeps: (row) => row.columns.kind === 'observed' },
  },
  { root: 'entities', table: 'entity', sort: 'known_from', node: answers.entityNode },
  {
    root: 'flowObservations',
    table: 'flow_observation',
    sort: 'period_from',
    node: answers.flowObservationNode,
  },
  {
    root: 'interdictions',
    table: 'interdiction',
    sort: 'occurred_on',
    node: answers.interdictionNode,
  },
  { root: 'legalCases', table: 'legal_case', sort: 'opened_on', node: answers.legalCaseNode },
  { root: 'attachments', table: 'attachment', sort: 'attached_at', node: answers.attachmentNode },
  { root: 'exhibits', table: 'exhibit', sort: 'recorded_at', node: answers.exhibitNode },
  { root: 'comments', table: 'record_comment', sort: 'written_at', node: answers.commentNode },
  { root: 'redFlagWeights', table: 'red_flag_weight', sort: 'valid_from', node: answers.weightNode },
  { root: 'stationStatistics', table: 'station_month', sort: 'month', node: answers.stationMonthNode },
];

/** Root fields this file and check-figures.ts compare with the naive policy. */
export const COMPARED = [
  ...LISTS.map(({ root }) => root),
  'report',
  'incident',
  'movement',
  'flows',
  'dataQuality',
  'sharedFacilitators',
  'sameIncidentCandidates',
  'sameIncidentLinks',
];

/** Throws naming the surface and the difference. */
export async function checkWorld(
  asker: Asker,
  world: World,
  viewers: readonly Viewer[],
  places: readonly KnownPlace[],
  { oneOf, seed }: { readonly oneOf: number; readonly seed: number },
): Promise<void> {
  await allDone(
    world.viewers.map(async (who, index) => {
      const viewer = viewers[index] as Viewer;
      const onlooker = new Onlooker(world, who);
      const random = seededRandom(world.question + index);
      const checks = [
        ...LISTS.flatMap((check) => [
          () => checkList(asker, viewer, onlooker, check, NO_FILTER),
          () => checkList(asker, viewer, onlooker, check, drawFilter(check.table, random, onlooker, places)),
        ]),
        () => checkPages(asker, viewer, onlooker, LISTS[random.int(LISTS.length)] as ListCheck, random),
        () => checkSingles(asker, viewer, onlooker, random),
        () => compareFlows(asker, viewer, onlooker, random, places),
        () => compareQuality(asker, viewer, onlooker, random),
        () => compareFacilitators(asker, viewer, onlooker, random),
        () => compareCandidates(asker, viewer, onlooker),
        () => compareLinks(asker, viewer, onlooker),
      ];
      const lot = seededRandom(seed * 31 + index);
      await allDone(checks.filter(() => lot.int(oneOf) === 0).map((check) => check()));
    }),
  );
}

function expectedRows(onlooker: Onlooker, check: ListCheck, filter: DrawnFilter): readonly Shown[] {
  const { unless } = check;
  const kept = onlooker
    .table(check.table, filter.at)
    .filter((row) => unless === undefined || unless.variable in filter.variables || unless.keeps(row))
    .filter((row) => filter.keeps(row, onlooker));
  return answers.latestFirst(kept, check.sort);
}

async function checkList(
  asker: Asker,
  viewer: Viewer,
  onlooker: Onlooker,
  check: ListCheck,
  filter: DrawnFilter,
): Promise<void> {
  const rows = expectedRows(onlooker, check, filter);
  const found = await asker.ask<ListAnswer>(viewer, surfaceOf(check.root), {
    filter: filter.variables,
    first: 500,
  });
  const where = `${check.root} as ${onlooker.viewer.role} with ${JSON.stringify(filter.variables)}`;
  same(
    where,
    [found.totalCount, found.countUpTo, found.pageInfo.hasNextPage],
    [rows.length, Math.min(3, rows.length), false],
  );
  same(
    `${where}: ids`,
    found.nodes.map(({ id }) => id),
    rows.map(({ id }) => id),
  );
  // Edges of an earlier state are those of the present: what hangs on a row of the past is not compared here.
  if (filter.at === null)
    same(
      `${where}: fields`,
      found.nodes,
      rows.map((row) => check.node(onlooker, row)),
    );
}

async function checkPages(
  asker: Asker,
  viewer: Viewer,
  onlooker: Onlooker,
  check: ListCheck,
  random: Random,
): Promise<void> {
  const wanted = expectedRows(onlooker, check, NO_FILTER).map(({ id }) => id);
  const first = 1 + random.int(3);
  const found: string[] = [];
  for (let after: string | null = null; ; ) {
    const page: ListAnswer = await asker.ask<ListAnswer>(viewer, surfaceOf(check.root), { first, after });
    found.push(...page.nodes.map(({ id }) => id as string));
    after = page.pageInfo.endCursor;
    if (!page.pageInfo.hasNextPage || found.length > wanted.length) break;
  }
  same(`${check.root} by pages of ${first} as ${onlooker.viewer.role}`, found, wanted);
}

/** A record asked for by its id, whether or not the viewer may know of it: not allowed and not there look alike. */
async function checkSingles(asker: Asker, viewer: Viewer, onlooker: Onlooker, random: Random): Promise<void> {
  for (const check of LISTS.slice(0, 3)) {
    const all = onlooker.world.rows.filter((row) => row.table === check.table);
    const id = all[random.int(Math.max(1, all.length))]?.columns.id;
    if (typeof id !== 'string') continue;
    const root = check.table;
    const found = await asker.ask<Record<string, unknown> | null>(viewer, surfaceOf(root), { id });
    const row = onlooker.table(check.table).find((candidate) => candidate.id === id);
    same(
      `${root} by id as ${onlooker.viewer.role}`,
      found,
      row === undefined ? null : check.node(onlooker, row),
    );
  }
}
