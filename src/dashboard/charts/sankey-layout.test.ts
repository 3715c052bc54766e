import { describe, expect, it } from 'vitest';
import { placeFlows } from './sankey-layout.ts';

const NODES = [
  { id: 'source:NPL', stage: 0, size: 30 },
  { id: 'source:BGD', stage: 0, size: 10 },
  { id: 'transit:IND', stage: 1, size: 25 },
  { id: 'destination:ARE', stage: 2, size: 40 },
];
const LINKS = [
  { source: 'source:NPL', target: 'transit:IND', size: 20 },
  { source: 'source:BGD', target: 'transit:IND', size: 5 },
  { source: 'source:NPL', target: 'destination:ARE', size: 10 },
  { source: 'source:BGD', target: 'destination:ARE', size: 5 },
  { source: 'transit:IND', target: 'destination:ARE', size: 25 },
];

describe('a flow diagram', () => {
  it('has a column a stage, and nothing of a column lies on anything else of it', () => {
    const { nodes, height } = placeFlows(NODES, LINKS, 600);
    const xs = Object.fromEntries(nodes.map(({ id, x }) => [id, x]));
    expect(xs).toEqual({ 'source:NPL': 0, 'source:BGD': 0, 'transit:IND': 295, 'destination:ARE': 590 });
    const [one, other] = nodes.filter(({ x }) => x === 0);
    expect((one?.y ?? 0) + (one?.height ?? 0)).toBeLessThan(other?.y ?? 0);
    expect(Math.max(...nodes.map((node) => node.y + node.height))).toBeLessThan(height);
  });

  it('draws links as wide as they are, side by side within their nodes', () => {
    const { nodes, links } = placeFlows(NODES, LINKS, 600);
    const widthOf = (source: string, target: string): number =>
      links.find((link) => link.source === source && link.target === target)?.width ?? 0;
    expect(widthOf('source:NPL', 'transit:IND')).toBeCloseTo(2 * widthOf('source:NPL', 'destination:ARE'));
    for (const { id, height } of nodes) {
      const out = links.filter(({ source }) => source === id).reduce((sum, { width }) => sum + width, 0);
      const into = links.filter(({ target }) => target === id).reduce((sum, { width }) => sum + width, 0);
      expect(Math.max(out, into)).toBeCloseTo(height);
    }
  });

  it('leaves out what leads to nowhere, and draws nothing of nothing', () => {
    expect(placeFlows(NODES, [{ source: 'source:NPL', target: 'gone', size: 3 }], 600).links).toEqual([]);
    expect(placeFlows([], [], 600)).toEqual({ nodes: [], links: [], height: 0 });
  });
});
