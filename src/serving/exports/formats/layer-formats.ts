/** The formats that hold any layer of rows, by their extension. */
import { CSV } from './csv.ts';
import type { Format } from './format.ts';
import { GEOJSON } from './geojson.ts';
import { NDJSON } from './ndjson.ts';

export const LAYER_FORMATS: readonly Format[] = [NDJSON, GEOJSON, CSV];
