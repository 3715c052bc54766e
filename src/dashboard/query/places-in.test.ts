/** Places of an answer are found by what they are, and not by what a field is called. */
import { cellToLatLng, latLngToCell } from 'h3-js';
import { describe, expect, it } from 'vitest';
import { cellShapes } from './cell-shapes.ts';
import { mayHaveCells, placesIn, positionsOf } from './places-in.ts';

const none = () => null;

describe('the places of an answer', () => {
  it('are positions and geometries, named by what they belong to', () => {
    const line = {
      type: 'LineString',
      coordinates: [
        [85.3, 27.7],
        [77.2, 28.6],
      ],
    };
    const { places } = placesIn(
      {
        crossings: { nodes: [{ id: 'c1', at: { longitude: 83.4, latitude: 27.5 } }] },
        corridors: { nodes: [{ name: 'Kathmandu → Delhi', geometry: line }, { geometry: null }] },
      },
      none,
    );
    expect(places).toEqual([
      {
        path: 'crossings.nodes.0.at',
        name: 'c1',
        kind: 'position',
        geometry: { type: 'Point', coordinates: [83.4, 27.5] },
      },
      { path: 'corridors.nodes.0.geometry', name: 'Kathmandu → Delhi', kind: 'geometry', geometry: line },
    ]);
  });

  it('are cells, drawn where they are, and once', async () => {
    const shapeOf = await cellShapes();
    const cell = latLngToCell(27.7, 85.3, 5);
    const { places } = placesIn({ flows: [{ cell, movements: 3 }, { cell: 'nothing' }] }, shapeOf);
    expect(places).toHaveLength(1);
    const ring = positionsOf(places[0]?.geometry as GeoJSON.Polygon);
    expect(ring[0]).toEqual(ring.at(-1));
    const [latitude, longitude] = cellToLatLng(cell);
    const mean = (which: 0 | 1) => ring.slice(1).reduce((sum, at) => sum + at[which], 0) / (ring.length - 1);
    expect(mean(0)).toBeCloseTo(longitude, 1);
    expect(mean(1)).toBeCloseTo(latitude, 1);
    const beside = { id: cell, geometry: { type: 'Point', coordinates: [longitude, latitude] } };
    expect(placesIn({ cells: [beside] }, shapeOf).places.map(({ kind }) => kind)).toEqual(['geometry']);
  });

  it('asks for shapes of cells where there may be some alone', async () => {
    expect(mayHaveCells({ a: [{ b: latLngToCell(27.7, 85.3, 5) }] })).toBe(true);
    expect(mayHaveCells({ a: [{ id: '01J8ZK', n: 8, x: null }] })).toBe(false);
    expect((await cellShapes())('8ffffffffffffff')).toBeNull();
  });

  it('says how many it leaves out', () => {
    const many = Array.from({ length: 5_003 }, (_, index) => ({ longitude: index / 100, latitude: 1 }));
    const { places, more } = placesIn(many, none);
    expect([places.length, more]).toEqual([5_000, 3]);
  });
});
