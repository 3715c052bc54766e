/** The map itself: MapLibre with a style that follows from what is shown. It holds no state of its own but where it looks. */
import {
  LngLatBounds,
  Map as MapLibre,
  NavigationControl,
  type PaddingOptions,
  type StyleSpecification,
  setWorkerUrl,
} from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import { useEffect, useRef, useState } from 'react';
import type { Camera } from '../view/map-view.ts';
import { say } from '../words/words.ts';
import { addArrow } from './arrow.ts';
import type { Coupling } from './coupling.ts';
import { addHatch } from './hatch.ts';
import type { Drawing, Position, Tags } from './layer.ts';
import { addMarks } from './mark-icons.ts';
import { fetchTiles, retile } from './tiles-ahead.ts';

// A file of the hub: the policy lets no worker be made of a blob.
setWorkerUrl(new URL(workerUrl, location.href).href);

const START: Camera = { longitude: 82, latitude: 24, zoom: 3.6 };
/** Around what is drawn, so that it does not lie under the cards. */
const WIDE = { top: 130, right: 70, bottom: 160, left: 340 } as const;
const WIDE_SHEET_PX = 420;
const NARROW = { top: 210, right: 30, bottom: 260, left: 30 } as const;
/** Where no cards lie over the map. */
const BARE_NEAREST = 9;
const BARE = { top: 40, right: 40, bottom: 40, left: 40 } as const;
const NARROW_PX = 760;
const NEAR_ENOUGH = 5;
const NEAREST = 8;

export interface MapHandle {
  readonly fit: (positions: readonly Position[], hasSheet?: boolean) => void;
  /** Beside an open sheet; nothing moves where all of it can be seen. */
  readonly reveal: (positions: readonly Position[]) => void;
  /** What is drawn of these layers now. */
  readonly drawn: (layers: readonly string[]) => readonly Tags[];
  readonly picture: () => Promise<Blob | null>;
  /** Asks for the tiles that these would need here. */
  readonly ahead: (sources: Drawing['sources'], signal: AbortSignal) => Promise<void>;
}

interface CanvasProps {
  readonly style: StyleSpecification;
  readonly touched: readonly string[];
  readonly camera: Camera | null;
  readonly moved: (camera: Camera) => void;
  readonly hover: (tags: Tags) => string;
  readonly select: (tags: Tags | null) => void;
  readonly ready: (handle: MapHandle | null) => void;
  /** Something else is drawn. */
  readonly drawnAnew: () => void;
  /** No cards lie over it: all of it can be used. */
  readonly isBare?: boolean;
  /** With which others it moves. */
  readonly coupling?: Coupling;
}

export function MapCanvas(props: CanvasProps) {
  const { style, camera } = props;
  const box = useRef<HTMLDivElement>(null);
  const map = useRef<MapLibre | null>(null);
  const isStanding = useRef(false);
  const latest = useRef(props);
  latest.current = props;
  const [failed, setFailed] = useState(false);
  const [tip, setTip] = useState<{ readonly x: number; readonly y: number; readonly text: string } | null>(
    null,
  );

  useEffect(() => {
    if (box.current === null) return undefined;
    const made = makeMap(box.current, latest.current);
    if (made === null) {
      setFailed(true);
      return undefined;
    }
    map.current = made;
    const leave = latest.current.coupling?.join(made);
    made.once('style.load', () => {
      isStanding.current = true;
      made.setStyle(latest.current.style, { diff: true });
    });
    const found = (point: { readonly x: number; readonly y: number }): Tags | null => {
      const layers = latest.current.touched.filter((id) => made.getLayer(id) !== undefined);
      if (layers.length === 0) return null;
      return made.queryRenderedFeatures([point.x, point.y], { layers })[0]?.properties ?? null;
    };
    made.on('moveend', () => latest.current.moved(cameraOf(made)));
    made.on('idle', () => {
      // Seen in a browser's own timeline, and by the bench: from here on all that was asked for is drawn.
      performance.clearMarks('map-drawn');
      performance.mark('map-drawn');
      latest.current.drawnAnew();
    });
    made.on('mousemove', ({ point }) => {
      const tags = found(point);
      const text = tags === null ? '' : latest.current.hover(tags);
      made.getCanvas().style.cursor = text === '' ? '' : 'pointer';
      setTip(text === '' ? null : { x: point.x, y: point.y, text });
    });
    made.on('mouseout', () => setTip(null));
    made.on('click', ({ point }) => latest.current.select(found(point)));
    latest.current.ready(handleOf(made, latest.current.isBare === true));
    return () => {
      latest.current.ready(null);
      leave?.();
      made.remove();
      map.current = null;
      isStanding.current = false;
    };
  }, []);

  useEffect(() => {
    const current = map.current;
    if (current === null) return;
    // Before the first one stands there is nothing to compare a second with.
    if (!isStanding.current) return;
    retile(current, style);
    current.setStyle(style, { diff: true });
  }, [style]);

  // The reader went back or forward: the map follows. What it reported itself is where it is already.
  const at = camera === null ? '' : `${camera.longitude} ${camera.latitude} ${camera.zoom}`;
  useEffect(() => {
    const current = map.current;
    if (current === null || camera === null || isNear(cameraOf(current), camera)) return;
    current.jumpTo({ center: [camera.longitude, camera.latitude], zoom: camera.zoom });
    // biome-ignore lint: the text stands for the camera
  }, [at]);

  return (
    <div className="map">
      <div ref={box} className="map-box" />
      {failed && <p className="map-failed">{say('state.noMap')}</p>}
      {tip !== null && (
        <div className="tip" role="status" style={{ left: tip.x, top: tip.y }}>
          {tip.text}
        </div>
      )}
    </div>
  );
}

function makeMap(container: HTMLDivElement, { style, camera }: CanvasProps): MapLibre | null {
  const { longitude, latitude, zoom } = camera ?? START;
  try {
    const map = new MapLibre({
      container,
      style,
      center: [longitude, latitude],
      zoom,
      minZoom: 1.2,
      maxZoom: 15,
      renderWorldCopies: true,
      dragRotate: false,
      pitchWithRotate: false,
      // Said in the legend: here it would lie under the cards.
      attributionControl: false,
      fadeDuration: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 200,
      locale: {
        'NavigationControl.ZoomIn': say('map.zoomIn'),
        'NavigationControl.ZoomOut': say('map.zoomOut'),
        'Map.Title': say('map.label'),
      },
    });
    map.touchZoomRotate.disableRotation();
    map.addControl(new NavigationControl({ showCompass: false }), 'top-right');
    map.on('styledata', () => {
      addArrow(map);
      addHatch(map);
      addMarks(map);
    });
    return map;
  } catch {
    return null;
  }
}

function handleOf(map: MapLibre, isBare: boolean): MapHandle {
  const fit = (positions: readonly Position[], padding: PaddingOptions, nearest: number): void => {
    if (positions.length === 0) return;
    const bounds = new LngLatBounds();
    for (const [longitude, latitude] of positions) bounds.extend([longitude, latitude]);
    const animate = !matchMedia('(prefers-reduced-motion: reduce)').matches;
    // One place alone is no reason to come nearer than it can be told from its neighbours.
    const maxZoom = positions.length === 1 ? Math.max(map.getZoom(), NEAR_ENOUGH) : nearest;
    map.fitBounds(bounds, { padding, maxZoom, animate, duration: 500 });
  };
  const isWide = (): boolean => map.getContainer().clientWidth > NARROW_PX;
  const besideSheet = (): Required<PaddingOptions> =>
    isWide()
      ? { ...WIDE, right: WIDE_SHEET_PX }
      : { ...NARROW, bottom: Math.round(map.getContainer().clientHeight * 0.62) + 20, top: 30 };
  return {
    fit: (positions, hasSheet = false) => {
      if (hasSheet) fit(positions, besideSheet(), NEAREST);
      else fit(positions, isBare ? BARE : isWide() ? WIDE : NARROW, isBare ? BARE_NEAREST : NEAR_ENOUGH);
    },
    reveal: (positions) => {
      const { clientWidth, clientHeight } = map.getContainer();
      const sheet = besideSheet();
      const isHidden = positions.some(([longitude, latitude]) => {
        const { x, y } = map.project([longitude, latitude]);
        const beside = x < sheet.left || x > clientWidth - sheet.right;
        return beside || y < sheet.top || y > clientHeight - sheet.bottom;
      });
      if (isHidden) fit(positions, sheet, NEAREST);
    },
    drawn: (layers) => {
      const known = layers.filter((id) => map.getLayer(id) !== undefined);
      return known.length === 0
        ? []
        : map.queryRenderedFeatures({ layers: known }).map(({ properties }) => properties);
    },
    ahead: (sources, signal) => fetchTiles(map, sources, signal),
    // What is drawn is kept for the length of one frame.
    picture: () =>
      new Promise((resolve) => {
        map.once('render', () => map.getCanvas().toBlob(resolve, 'image/png'));
        map.triggerRepaint();
      }),
  };
}

function cameraOf(map: MapLibre): Camera {
  const { lng, lat } = map.getCenter();
  return { longitude: lng, latitude: lat, zoom: map.getZoom() };
}

function isNear(one: Camera, other: Camera): boolean {
  return (
    Math.abs(one.zoom - other.zoom) < 0.02 &&
    Math.abs(one.longitude - other.longitude) < 0.002 &&
    Math.abs(one.latitude - other.latitude) < 0.002
  );
}
