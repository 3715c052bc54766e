/** TileJSON 3.0: what a map needs to know of a layer. */
import type { TileLayer } from './tile-layers.ts';

/** `address`: of the hub, like https://hub.example.org. `filter`: as it was asked for, carried on to the tiles. */
export function tileJson(layer: TileLayer, address: string, filter: string | null): unknown {
  const { name, description, attribution, minZoom, maxZoom, shows } = layer;
  const asked = filter === null ? '' : `?filter=${encodeURIComponent(filter)}`;
  return {
    tilejson: '3.0.0',
    name: `Headwater: ${name}`,
    description,
    ...(attribution !== undefined && { attribution }),
    scheme: 'xyz',
    tiles: [`${address}/tiles/${name}/{z}/{x}/{y}.mvt${asked}`],
    minzoom: minZoom,
    maxzoom: maxZoom,
    bounds: [-180, -85.051128, 180, 85.051128],
    vector_layers: Object.entries(shows).map(([id, fields]) => ({
      id,
      fields,
      minzoom: minZoom,
      maxzoom: maxZoom,
    })),
  };
}
