/** Where the nodes and links of a flow diagram lie: one column a stage, as tall as what passes, ordered so that the widest are on top. */

export interface FlowNode {
  readonly id: string;
  readonly stage: number;
  readonly size: number;
}

export interface FlowLink {
  readonly source: string;
  readonly target: string;
  readonly size: number;
}

export interface PlacedNode {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

export interface PlacedLink {
  readonly source: string;
  readonly target: string;
  readonly width: number;
  /** Along the middle of the link. */
  readonly path: string;
}

export interface Placed {
  readonly nodes: readonly PlacedNode[];
  readonly links: readonly PlacedLink[];
  readonly height: number;
}

export const NODE_WIDTH = 10;
const GAP = 20;
/** Of what passes at most, in a column. */
const TALLEST = 340;
/** Thinner nobody would see or hit. */
const THINNEST = 2;

/** Columns are as far apart as the width lets them; `links` that lead from or to nodes which are not there are left out. */
export function placeFlows(nodes: readonly FlowNode[], links: readonly FlowLink[], width: number): Placed {
  const stages = [...new Set(nodes.map(({ stage }) => stage))].sort((one, other) => one - other);
  const columns = stages.map((stage) =>
    nodes.filter((node) => node.stage === stage).sort((one, other) => other.size - one.size),
  );
  const most = Math.max(1, ...columns.map((column) => sum(column)));
  const scale = TALLEST / most;
  const heightOf = (size: number): number => Math.max(THINNEST, size * scale);
  const step = stages.length > 1 ? (width - NODE_WIDTH) / (stages.length - 1) : 0;
  const placed = new Map<string, PlacedNode>();
  let height = 0;
  for (const [index, column] of columns.entries()) {
    let y = GAP / 2;
    for (const { id, size } of column) {
      placed.set(id, { id, x: index * step, y, height: heightOf(size) });
      y += Math.max(heightOf(size) + GAP, 30);
    }
    height = Math.max(height, y);
  }
  const left = new Map<string, number>();
  const right = new Map<string, number>();
  const taken = (of: Map<string, number>, id: string, amount: number): number => {
    const before = of.get(id) ?? 0;
    of.set(id, before + amount);
    return before;
  };
  const yOf = (id: string): number => placed.get(id)?.y ?? 0;
  const ordered = links
    .filter(({ source, target }) => placed.has(source) && placed.has(target))
    .sort((one, other) => yOf(one.source) - yOf(other.source) || yOf(one.target) - yOf(other.target));
  const drawn = ordered.map(({ source, target, size }): PlacedLink => {
    const from = placed.get(source) as PlacedNode;
    const to = placed.get(target) as PlacedNode;
    const thick = heightOf(size);
    const y1 = from.y + taken(right, source, thick) + thick / 2;
    const y2 = to.y + taken(left, target, thick) + thick / 2;
    const x1 = from.x + NODE_WIDTH;
    const half = (x1 + to.x) / 2;
    return { source, target, width: thick, path: `M${x1} ${y1}C${half} ${y1} ${half} ${y2} ${to.x} ${y2}` };
  });
  return { nodes: [...placed.values()], links: drawn, height };
}

function sum(column: readonly FlowNode[]): number {
  return column.reduce((all, { size }) => all + size, 0);
}
