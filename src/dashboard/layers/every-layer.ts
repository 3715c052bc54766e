/** The layers of the map, in the order in which they are offered. A new one is added here, and its id to view/map-view.ts. */
import type { Me } from '../hub/session.ts';
import type { MapLayer } from '../map/layer.ts';
import type { LayerId } from '../view/map-view.ts';
import { closings } from './closings.tsx';
import { clusters } from './clusters.tsx';
import { corridors } from './corridors.tsx';
import { density } from './density.tsx';
import { hotspots } from './hotspots.tsx';
import { crossings, incidents } from './points.tsx';
import { roles } from './roles.tsx';

const LAYERS: Readonly<Record<LayerId, MapLayer>> = {
  corridors,
  roles,
  hotspots,
  clusters,
  density,
  crossings,
  incidents,
  closings,
};

export function layersFor(me: Me): readonly MapLayer[] {
  return Object.values(LAYERS).filter((layer) => layer.may(me));
}
