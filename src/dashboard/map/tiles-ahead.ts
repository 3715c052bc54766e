/** Tiles of another time: put in place of those that are drawn without a gap, and asked for a step ahead. */
import type { Map as MapLibre, SourceSpecification, StyleSpecification, VectorTileSource } from 'maplibre-gl';

type Sources = Readonly<Record<string, SourceSpecification>>;

/** A source that a style takes away and brings anew is empty in between: those that differ by their address alone are told the new one, and draw what they have until it has come. */
export function retile(map: MapLibre, style: StyleSpecification): void {
  for (const [id, tiles] of tilesOf(style.sources)) {
    const source = map.getSource<VectorTileSource>(id);
    if (source?.type === 'vector' && source.tiles !== undefined && source.tiles.join() !== tiles.join())
      source.setTiles([...tiles]);
  }
}

/** Asks for what these sources would need here; the hub then has it ready, and the browser need only ask whether it still holds. */
export async function fetchTiles(map: MapLibre, sources: Sources, signal: AbortSignal): Promise<void> {
  const addresses = tilesOf(sources).flatMap(([id, [template], maxzoom]) =>
    template === undefined || map.getSource<VectorTileSource>(id)?.tiles?.[0] === template
      ? []
      : map
          .coveringTiles({ tileSize: 512, maxzoom, roundZoom: false })
          .map(({ canonical: { z, x, y } }) =>
            template.replace('{z}', String(z)).replace('{x}', String(x)).replace('{y}', String(y)),
          ),
  );
  await Promise.all(
    [...new Set(addresses)].map((address) =>
      fetch(address, { signal, credentials: 'same-origin' })
        .then((response) => response.arrayBuffer())
        // Whoever draws it asks again.
        .catch(() => undefined),
    ),
  );
}

function tilesOf(
  sources: Sources,
): readonly (readonly [id: string, tiles: readonly string[], maxzoom: number])[] {
  return Object.entries(sources).flatMap(([id, source]) =>
    source.type === 'vector' && source.tiles !== undefined
      ? [[id, source.tiles, source.maxzoom ?? 22] as const]
      : [],
  );
}
