/** The places of an answer on the hub's own map, and listed beside it. */
import type { LayerSpecification } from 'maplibre-gl';
import { useEffect, useMemo, useState } from 'react';
import { styleOf } from '../map/basemap.ts';
import type { Drawing, Tags } from '../map/layer.ts';
import type { Look } from '../map/look.ts';
import { MapCanvas, type MapHandle } from '../map/map-canvas.tsx';
import { useLook } from '../map/use-look.ts';
import { ListTable } from '../page/section.tsx';
import type { Theme } from '../shell/theme.ts';
import { say, wordFor } from '../words/words.ts';
import { cellShapes } from './cell-shapes.ts';
import { type CellShape, type FoundPlace, mayHaveCells, placesIn, positionsOf } from './places-in.ts';

/** The table beside the map; the map has all of them. */
const LISTED = 200;
const NO_CELLS: CellShape = () => null;
const nothing = (): void => undefined;

export function AnswerMap({ data, theme }: { readonly data: unknown; readonly theme: Theme }) {
  const shapeOf = useCellShapes(data);
  const { places, more } = useMemo(() => placesIn(data, shapeOf), [data, shapeOf]);
  const [chosen, setChosen] = useState<number | null>(null);
  const [map, setMap] = useState<MapHandle | null>(null);
  const look = useLook(theme);
  const style = useMemo(
    () => styleOf(look, location.origin, drawingOf(places, chosen, look)),
    [places, chosen, look],
  );
  useEffect(() => setChosen(null), [places]);
  useEffect(() => {
    map?.fit(places.flatMap(({ geometry }) => positionsOf(geometry)));
  }, [map, places]);

  if (places.length === 0) return <p className="quiet">{say('query.map.none')}</p>;
  const count = say('query.map.count', { count: places.length + more });
  const indexOf = (tags: Tags | null): number | null => (typeof tags?.place === 'number' ? tags.place : null);
  return (
    <div className="answer-places">
      <h3 data-figure="places">{count}</h3>
      <div className="answer-map">
        <MapCanvas
          style={style}
          touched={['answer-areas', 'answer-lines', 'answer-points']}
          camera={null}
          moved={nothing}
          hover={(tags) => places[indexOf(tags) ?? -1]?.name ?? ''}
          select={(tags) => setChosen(indexOf(tags))}
          ready={setMap}
          drawnAnew={nothing}
          isBare
        />
      </div>
      <ListTable
        name={count}
        columns={['table.name', 'query.place.kind', 'query.place.path']}
        whenEmpty="query.map.none"
        rows={places.slice(0, LISTED).map(({ path, name, kind, geometry }, index) => ({
          id: path,
          cells: [
            <button
              key="name"
              type="button"
              className="link"
              aria-pressed={index === chosen}
              onClick={() => {
                setChosen(index);
                map?.fit(positionsOf(geometry));
              }}
            >
              {name ?? path}
            </button>,
            wordFor('placeKind', kind),
            <code key="path">{path}</code>,
          ],
        }))}
      />
      {places.length > LISTED && (
        <p className="quiet">{say('count.more', { count: places.length - LISTED })}</p>
      )}
      {more > 0 && <p className="quiet">{say('query.map.more', { count: more })}</p>}
    </div>
  );
}

function useCellShapes(data: unknown): CellShape {
  const [shapeOf, setShapeOf] = useState<CellShape>(() => NO_CELLS);
  const isWanted = useMemo(() => mayHaveCells(data), [data]);
  useEffect(() => {
    if (!isWanted) return;
    cellShapes()
      .then((loaded) => setShapeOf(() => loaded))
      // Everything else is drawn all the same.
      .catch(() => undefined);
  }, [isWanted]);
  return shapeOf;
}

function drawingOf(places: readonly FoundPlace[], chosen: number | null, look: Look): Drawing {
  const colour = ['case', ['==', ['get', 'place'], chosen ?? -1], look.select, look.point];
  const layers = [
    {
      id: 'answer-areas',
      type: 'fill',
      source: 'answer',
      filter: ['==', ['geometry-type'], 'Polygon'],
      paint: { 'fill-color': colour, 'fill-opacity': 0.3 },
    },
    {
      id: 'answer-lines',
      type: 'line',
      source: 'answer',
      filter: ['!=', ['geometry-type'], 'Point'],
      layout: { 'line-join': 'round', 'line-cap': 'round' },
      paint: { 'line-color': colour, 'line-width': 2, 'line-opacity': 0.85 },
    },
    {
      id: 'answer-points',
      type: 'circle',
      source: 'answer',
      filter: ['==', ['geometry-type'], 'Point'],
      paint: {
        'circle-color': colour,
        'circle-opacity': 0.75,
        'circle-radius': 5,
        'circle-stroke-color': look.land,
        'circle-stroke-width': 1,
      },
    },
  ] as unknown as readonly LayerSpecification[];
  return {
    sources: {
      answer: {
        type: 'geojson',
        data: {
          type: 'FeatureCollection',
          features: places.map(({ geometry }, place) => ({
            type: 'Feature',
            properties: { place },
            geometry,
          })),
        },
      },
    },
    layers,
    touched: ['answer-areas', 'answer-lines', 'answer-points'],
  };
}
