/** Shapes of H3 cells: the grid's arithmetic is fetched from the hub when an answer has cells, and not before. */
import type { CellShape } from './places-in.ts';

export async function cellShapes(): Promise<CellShape> {
  const { cellToBoundary, isValidCell } = await import('h3-js');
  return (cell) => {
    if (!isValidCell(cell)) return null;
    const ring = cellToBoundary(cell, true);
    const [first = [0, 0]] = ring;
    // Over the date line it goes on eastwards: a ring is not torn apart.
    const near = ring.map(([longitude, latitude]): [number, number] => {
      const apart = longitude - first[0];
      return [apart > 180 ? longitude - 360 : apart < -180 ? longitude + 360 : longitude, latitude];
    });
    const last = near.at(-1);
    const start = near[0];
    if (start !== undefined && last !== undefined && (start[0] !== last[0] || start[1] !== last[1]))
      near.push(start);
    return { type: 'Polygon', coordinates: [near] };
  };
}
