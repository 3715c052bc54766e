/** The formats that hold any layer of rows, by their extension. */
import { CSV } from './csv.ts';
import { FLATGEOBUF } from './flatgeobuf.ts';
import type { Format } from './format.ts';
import { GEOJSON } from './geojson.ts';
import { KML } from './kml.ts';
import { NDJSON } from './ndjson.ts';
import { PARQUET } from './parquet.ts';
import { XLSX } from './xlsx.ts';

export const LAYER_FORMATS: readonly Format[] = [NDJSON, GEOJSON, CSV, XLSX, KML, FLATGEOBUF, PARQUET];
