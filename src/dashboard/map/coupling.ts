/** Maps that look at the same: what moves one of them moves the others. */
import type { Map as MapLibre } from 'maplibre-gl';

export class Coupling {
  readonly #maps = new Set<MapLibre>();
  #isFollowing = false;

  /** What it returns takes the map out again. */
  join(map: MapLibre): () => void {
    const [other] = this.#maps;
    if (other !== undefined) map.jumpTo({ center: other.getCenter(), zoom: other.getZoom() });
    this.#maps.add(map);
    map.on('move', () => this.#follow(map));
    return () => this.#maps.delete(map);
  }

  #follow(leader: MapLibre): void {
    // A map that was moved says so too.
    if (this.#isFollowing) return;
    this.#isFollowing = true;
    for (const map of this.#maps)
      if (map !== leader) map.jumpTo({ center: leader.getCenter(), zoom: leader.getZoom() });
    this.#isFollowing = false;
  }
}
