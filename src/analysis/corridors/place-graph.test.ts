import { describe, expect, it } from 'vitest';
import { place } from '../../../test/support/journeys.ts';
import { PlaceGraph } from './place-graph.ts';

describe('the place graph', () => {
  it('keeps the better-known form of a place, whichever came first', () => {
    const vague = place('x', [85, 27], null, 30);
    const exact = place('x', [85.1, 27], null, 2);
    for (const order of [
      [vague, exact, place('x')],
      [place('x'), exact, vague],
    ]) {
      const graph = new PlaceGraph();
      expect(order.map((one) => graph.add(one))).toEqual([0, 0, 0]);
      expect(graph.node(0)).toEqual(exact);
    }
    expect(() => new PlaceGraph().node(0)).toThrow('found node 0, wanted less than 0');
  });
});
