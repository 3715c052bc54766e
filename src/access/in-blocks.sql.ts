/** Sums by country pair, over as many classes at once as the viewer sees whole. */
import type { Parameters } from '../platform/parameters.ts';
import { projected } from './projected.sql.ts';
import type { Viewer } from './viewer.ts';

/** What a block adds up, and all that it tells apart. */
const COLUMNS = [
  'origin_country',
  'destination_country',
  'verification',
  'movements',
  'persons_min',
  'persons_max',
  'unbounded',
] as const;

export interface PairsInBlocks {
  /** What the statement begins with. */
  readonly named: string;
  /** A `from` item of blocks, and some of what is in none that the viewer may read. */
  readonly blocks: string;
  readonly others: readonly string[];
}

/**
 * Together, the rows of grain 'pair' that `projected('flow_rollup', …)` gives, to be summed, without their owners and classes. A block stands
 * for the folded rows of all its classes where each of them is seen as stored: one seen in part, or not at all, and the block is not read. Both
 * are to be read in one statement, which is one snapshot: while somebody folds, a block and the rows it sums are never both read, nor neither.
 */
export function pairsInBlocks(viewer: Viewer, parameters: Parameters): PairsInBlocks {
  const seen = `${parameters.bind(viewer.fullClasses)}::integer[]`;
  const columns = COLUMNS.map((column) => `t.${column}`).join(', ');
  const from = (source: string): string => `select 'pair' as grain, ${columns} from ${source} t where`;
  return {
    named:
      `with usable as (select b.middle, b.span from flow_block b ` +
      `where b.classes <@ (select range_agg(int4range(c, c, '[]')) from unnest(${seen}) c)), ` +
      `used as (select u.middle, u.span from usable u ` +
      `where not exists (select 1 from usable o where o.span @> u.span and o.middle <> u.middle)), ` +
      `alone as (select c as class from unnest(${seen}) c where not exists (select 1 from used u where u.span @> c))`,
    blocks: `(${from('flow_block_cell')} t.block = any (array(select u.middle from used u)))`,
    others: [
      // As an array: a join with them would read the rows of all classes first.
      `(${from('flow_rollup')} t.grain = 'pair' and t.visibility_class_id = any (array(select a.class from alone a)))`,
      // Of the classes in blocks, what was not folded yet. The sum with 0 leaves the index to row security's list: of two lists, it would be tried at each pair.
      `(${from('flow_rollup')} t.grain = 'pair' and not t.folded and t.visibility_class_id + 0 = any (${seen}) ` +
        `and t.visibility_class_id <> all (array(select a.class from alone a)))`,
      ...(viewer.partial.length === 0
        ? []
        : [projected('flow_rollup', { ...viewer, fullClasses: [] }, parameters)]),
    ],
  };
}
