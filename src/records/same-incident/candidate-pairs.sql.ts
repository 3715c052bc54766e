/**
 * Pairs of incidents that may be one event, without comparing all with all: those close in time and place, and those that share an
 * identifier. Whatever `gradeSameIncident` grades 0.5 or more is among them: evidence-bounds.test.ts adds up every combination of levels.
 */
import { projected } from '../../access/projected.sql.ts';
import type { Viewer } from '../../access/viewer.ts';
import { EARTH_RADIUS_KM } from '../../geo/sphere.ts';
import { overlapCondition } from '../../graphql/filter-conditions.sql.ts';
import type { TimeSpanInput } from '../../graphql/filters.input.ts';
import type { Parameters } from '../../platform/parameters.ts';
import {
  AREA_RESOLUTION,
  MONTH_SPANS_MS,
  NEAR_GAP_MS,
  SHORT_SPANS_MS,
  STRONG_SELECTORS,
  TOWN_KM,
} from './evidence-levels.ts';
import { heldSelectors } from './held-selectors.sql.ts';

export interface PairSearch {
  /** Of each of these at least one incident of a pair must be. */
  readonly occurred?: TimeSpanInput | undefined;
  readonly incidentIds?: readonly string[] | undefined;
  readonly ownerIds?: readonly string[] | undefined;
  readonly limit: number;
}

const SHORT_S = SHORT_SPANS_MS / 1_000;
const MONTHS_S = MONTH_SPANS_MS / 1_000;
const GAP_S = NEAR_GAP_MS / 1_000;
/** Blocks of time: wider ones hold more pairs in vain, narrower ones list a row in more of them. */
const PLACE_BLOCK_S = 2 * SHORT_S;
const TOKEN_BLOCK_S = MONTHS_S;
/** Cubes of this side around the earth: no pole, no date line, and a row reaches into two of them on average. */
const CUBE_KM = 50;
/** A chord is shorter than its arc; the rest is rounding. */
const REACH_KM = TOWN_KM + 0.01;

/**
 * At least one of a pair is the viewer's organisation's own, they are of different reports, both count, and nobody whom the viewer sees
 * decided on them: the own organisation in any way, another by confirming. `one < other`. Rows seen coarsely have no position and no
 * identifiers, so no pair is drawn from them.
 */
export function candidatePairs(viewer: Viewer, search: PairSearch, parameters: Parameters): string {
  const own = `${parameters.bind(viewer.organisationId)}::uuid`;
  const strong = `${parameters.bind(STRONG_SELECTORS)}::text[]`;
  const link = projected('same_incident_link', viewer, parameters);
  return `
with seen as materialized (
  select i.id, i.report_id, i.owner_id, i.owner_id = ${own} as own, i.occurred_from, i.occurred_to,
    case when i.occurred_basis is distinct from 'registration' then extract(epoch from i.occurred_from)::float8 end as s0,
    case when i.occurred_basis is distinct from 'registration' then extract(epoch from i.occurred_to)::float8 end as s1,
    i.longitude is not null and i.cell_resolution > ${AREA_RESOLUTION} and coalesce(p.kind not in ('admin_area', 'country'), true) as pointed,
    ${EARTH_RADIUS_KM} * cos(radians(i.latitude)) * cos(radians(i.longitude)) as x,
    ${EARTH_RADIUS_KM} * cos(radians(i.latitude)) * sin(radians(i.longitude)) as y,
    ${EARTH_RADIUS_KM} * sin(radians(i.latitude)) as z
  from ${projected('incident', viewer, parameters)} i left join place p on p.id = i.place_id
  where i.verification <> 'should_not_count'
), held as materialized (
  select distinct s.id, s.report_id, s.own, s.s0, s.s1, h.kind, h.token, h.kind = any(${strong}) as strong
  from (${heldSelectors(viewer, parameters)}) h join seen s on s.id = h.incident_id where h.token is not null
), ${blocked()}, pair as (
  ${nearPairs()}
  union ${sharingPairs()}
  union ${sharingTimeless()}
), named as (select distinct least(p.one, p.other) as one, greatest(p.one, p.other) as other from pair p)
select n.one, n.other from named n
where not exists (select 1 from ${link} k where k.incident_a = n.one and k.incident_b = n.other
    and (k.status = 'confirmed' or (k.status = 'rejected' and k.owner_id = ${own})))
  and ${wanted(search, parameters)}
order by n.one, n.other limit ${search.limit}`;
}

const APART = 'a.id <> b.id and a.report_id <> b.report_id and (not b.own or a.id < b.id)';
const OVERLAP = 'a.s0 < b.s1 and b.s0 < a.s1';
const SPANS = '(a.s1 - a.s0) + (b.s1 - b.s0)';

/**
 * The rows of both sides with their blocks. Materialised, so that blocks are met by a hash: left to itself the planner makes the blocks of
 * a row anew for every row of the other side.
 */
function blocked(): string {
  const block = (value: string, side: number): string => `floor((${value}) / ${side})::int`;
  const series = (from: string, to: string, side: number, name: string): string =>
    `cross join lateral generate_series(${block(from, side)}, ${block(to, side)}) ${name}`;
  const short = `t.pointed and t.s1 - t.s0 <= ${SHORT_S}`;
  const axes = ['x', 'y', 'z'];
  return `place_own as materialized (
  select t.*, ${block('t.s0', PLACE_BLOCK_S)} as bt, ${axes.map((axis) => `${block(`t.${axis}`, CUBE_KM)} as b${axis}`).join(', ')}
  from seen t where t.own and ${short}
), place_any as materialized (
  select t.*, bt, bx, by, bz from seen t ${series(`t.s0 - ${SHORT_S}`, `t.s0 + ${SHORT_S}`, PLACE_BLOCK_S, 'bt')}
  ${axes.map((axis) => series(`t.${axis} - ${REACH_KM}`, `t.${axis} + ${REACH_KM}`, CUBE_KM, `b${axis}`)).join(' ')} where ${short}
), held_own as materialized (
  select t.*, bt from held t ${series('t.s0', 't.s1', TOKEN_BLOCK_S, 'bt')} where t.own
), held_any as materialized (
  select t.*, bt from held t ${series(`t.s0 - ${GAP_S}`, `t.s1 + ${GAP_S}`, TOKEN_BLOCK_S, 'bt')}
)`;
}

function nearPairs(): string {
  return `select a.id as one, b.id as other
  from place_own a join place_any b on b.bt = a.bt and b.bx = a.bx and b.by = a.by and b.bz = a.bz
  where ${APART} and ${OVERLAP} and ${SPANS} <= ${SHORT_S}
    and (a.x - b.x) ^ 2 + (a.y - b.y) ^ 2 + (a.z - b.z) ^ 2 <= ${REACH_KM ** 2}`;
}

/** An identifier that many share by chance says something only of incidents known to be of the same months. */
function sharingPairs(): string {
  return `select a.id, b.id from held_own a join held_any b on b.token = a.token and b.kind = a.kind and b.bt = a.bt
  where ${APART} and case when a.strong then a.s0 - b.s1 <= ${GAP_S} and b.s0 - a.s1 <= ${GAP_S}
    else ${OVERLAP} and ${SPANS} <= ${MONTHS_S} end`;
}

function sharingTimeless(): string {
  return `select a.id, b.id from held a join held b on b.token = a.token and b.kind = a.kind
  where a.own and a.strong and (a.s0 is null or b.s0 is null) and ${APART}`;
}

/** Looked up by a hash: joined, the planner would read all incidents for each pair, since only some pairs are wanted. */
function wanted({ occurred, incidentIds, ownerIds }: PairSearch, parameters: Parameters): string {
  const either = (condition: string): string => {
    const fitting = `(select f.id from seen f where ${condition})`;
    return `(n.one in ${fitting} or n.other in ${fitting})`;
  };
  const conditions = ['true'];
  if (occurred)
    conditions.push(either(overlapCondition('f.occurred_from', 'f.occurred_to', occurred, parameters)));
  if (incidentIds) conditions.push(either(`f.id = any(${parameters.bind(incidentIds)}::uuid[])`));
  if (ownerIds) conditions.push(either(`f.owner_id = any(${parameters.bind(ownerIds)}::uuid[])`));
  return conditions.join(' and ');
}
