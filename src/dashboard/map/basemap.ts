/** The ground that everything is drawn on: land, borders and places from the hub's own tiles, calm, with the letters of this machine. */
import type { LayerSpecification, SourceSpecification, StyleSpecification } from 'maplibre-gl';
import type { Drawing } from './layer.ts';
import { tiles } from './layer.ts';
import type { Look } from './look.ts';

/** No `glyphs` in the style: MapLibre draws letters with fonts of the machine, and asks nobody for them. */
const FONT = ['system-ui', 'sans-serif'];

export function styleOf(look: Look, origin: string, drawing: Drawing): StyleSpecification {
  return {
    version: 8,
    sources: { ...ground(origin), ...drawing.sources },
    layers: [...below(look), ...drawing.layers, ...above(look)],
  };
}

function ground(origin: string): Record<string, SourceSpecification> {
  return {
    land: tiles(origin, 'land', {}, { maxzoom: 8 }),
    borders: tiles(origin, 'borders', {}, { maxzoom: 8 }),
    places: tiles(origin, 'places', {}, { maxzoom: 12 }),
  };
}

function below(look: Look): LayerSpecification[] {
  return [
    { id: 'water', type: 'background', paint: { 'background-color': look.water } },
    {
      id: 'land',
      type: 'fill',
      source: 'land',
      'source-layer': 'land',
      paint: { 'fill-color': look.land, 'fill-outline-color': look['land-edge'] },
    },
    {
      id: 'borders',
      type: 'line',
      source: 'borders',
      'source-layer': 'borders',
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': look.border,
        'line-width': ['interpolate', ['linear'], ['zoom'], 2, 0.5, 8, 1.4],
      },
    },
  ];
}

function above(look: Look): LayerSpecification[] {
  const halo = {
    'text-halo-color': look['label-halo'],
    'text-halo-width': 1.4,
    'text-halo-blur': 0.4,
  } as const;
  return [
    {
      id: 'countries',
      type: 'symbol',
      source: 'places',
      'source-layer': 'places',
      filter: ['==', ['get', 'kind'], 'country'],
      minzoom: 2,
      maxzoom: 7,
      layout: {
        'text-field': ['get', 'name'],
        'text-font': FONT,
        'text-size': ['interpolate', ['linear'], ['zoom'], 2, 10, 6, 15],
        'text-letter-spacing': 0.08,
        'text-transform': 'uppercase',
        'text-max-width': 7,
        'symbol-sort-key': ['-', 0, ['coalesce', ['get', 'population'], 0]],
      },
      paint: { ...halo, 'text-color': look['label-quiet'] },
    },
    {
      id: 'towns',
      type: 'symbol',
      source: 'places',
      'source-layer': 'places',
      filter: ['==', ['get', 'kind'], 'locality'],
      minzoom: 4,
      layout: {
        'text-field': ['get', 'name'],
        'text-font': FONT,
        'text-size': ['interpolate', ['linear'], ['zoom'], 4, 10, 10, 13],
        'text-padding': 8,
        'symbol-sort-key': ['-', 0, ['coalesce', ['get', 'population'], 0]],
      },
      paint: { ...halo, 'text-color': look.label },
    },
    {
      id: 'crossing-points',
      type: 'symbol',
      source: 'places',
      'source-layer': 'places',
      filter: ['==', ['get', 'kind'], 'crossing_point'],
      minzoom: 7.5,
      layout: {
        'text-field': ['get', 'name'],
        'text-font': FONT,
        'text-size': 11,
        'text-padding': 10,
        'text-max-width': 8,
      },
      paint: { ...halo, 'text-color': look['label-quiet'] },
    },
  ];
}
