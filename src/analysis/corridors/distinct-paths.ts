/** A million movements follow some ten thousand sequences of places: each sequence once, with the movements that follow it. */
import type { MovementColumns } from './movement-columns.ts';

export interface DistinctPaths {
  readonly count: number;
  /** One more entry than paths: path p passes nodes[starts[p]] … nodes[starts[p + 1] − 1]. */
  readonly starts: Int32Array;
  readonly nodes: Int32Array;
  /** The path of each movement. */
  readonly pathOf: Int32Array;
  /** One more entry than paths: path p is followed by rows[rowStarts[p]] … rows[rowStarts[p + 1] − 1], ascending. */
  readonly rowStarts: Int32Array;
  readonly rows: Int32Array;
}

export function distinctPaths({ starts, nodes }: MovementColumns): DistinctPaths {
  const count = starts.length - 1;
  const slots = new Int32Array(2 ** Math.ceil(Math.log2(Math.max(16, 2 * count)))).fill(-1);
  const examples = new Int32Array(count);
  const pathOf = new Int32Array(count);
  let paths = 0;
  for (let row = 0; row < count; row += 1) {
    let slot = hash(nodes, starts[row]!, starts[row + 1]!) & (slots.length - 1);
    while (slots[slot]! >= 0 && !isSame(examples[slots[slot]!]!, row)) slot = (slot + 1) & (slots.length - 1);
    if (slots[slot]! < 0) {
      slots[slot] = paths;
      examples[paths] = row;
      paths += 1;
    }
    pathOf[row] = slots[slot]!;
  }
  return { count: paths, ...sequences(), pathOf, ...rowsByPath(pathOf, paths) };

  function isSame(a: number, b: number): boolean {
    const length = starts[a + 1]! - starts[a]!;
    if (length !== starts[b + 1]! - starts[b]!) return false;
    for (let i = 0; i < length; i += 1) if (nodes[starts[a]! + i] !== nodes[starts[b]! + i]) return false;
    return true;
  }

  function sequences(): { starts: Int32Array; nodes: Int32Array } {
    const pathStarts = new Int32Array(paths + 1);
    for (let path = 0; path < paths; path += 1) {
      pathStarts[path + 1] = pathStarts[path]! + starts[examples[path]! + 1]! - starts[examples[path]!]!;
    }
    const pathNodes = new Int32Array(pathStarts[paths]!);
    for (let path = 0; path < paths; path += 1) {
      pathNodes.set(nodes.subarray(starts[examples[path]!], starts[examples[path]! + 1]), pathStarts[path]);
    }
    return { starts: pathStarts, nodes: pathNodes };
  }
}

function rowsByPath(pathOf: Int32Array, paths: number): { rowStarts: Int32Array; rows: Int32Array } {
  const rowStarts = new Int32Array(paths + 1);
  for (const path of pathOf) rowStarts[path + 1]! += 1;
  for (let path = 0; path < paths; path += 1) rowStarts[path + 1]! += rowStarts[path]!;
  const next = rowStarts.slice();
  const rows = new Int32Array(pathOf.length);
  for (let row = 0; row < pathOf.length; row += 1) {
    const path = pathOf[row]!;
    rows[next[path]!] = row;
    next[path]! += 1;
  }
  return { rowStarts, rows };
}

/** FNV-1a over whole numbers, mixed once more at the end because only the low bits choose the slot. */
function hash(nodes: Int32Array, from: number, to: number): number {
  let mixed = 0x811c9dc5;
  for (let at = from; at < to; at += 1) mixed = Math.imul(mixed ^ nodes[at]!, 0x01000193);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b);
  return mixed ^ (mixed >>> 13);
}
