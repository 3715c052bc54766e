/** FlatGeobuf 3: features one after another behind a header; without an index, since that would stand before rows that are not read yet. */
import { Builder } from 'flatbuffers';
import { Column } from 'flatgeobuf/lib/mjs/flat-geobuf/column.js';
import { ColumnType } from 'flatgeobuf/lib/mjs/flat-geobuf/column-type.js';
import { Crs } from 'flatgeobuf/lib/mjs/flat-geobuf/crs.js';
import { Feature } from 'flatgeobuf/lib/mjs/flat-geobuf/feature.js';
import { Geometry as FlatGeometry } from 'flatgeobuf/lib/mjs/flat-geobuf/geometry.js';
import { GeometryType } from 'flatgeobuf/lib/mjs/flat-geobuf/geometry-type.js';
import { Header } from 'flatgeobuf/lib/mjs/flat-geobuf/header.js';
import type { Position } from '../../../geo/position.ts';
import type { Geometry } from '../geometry.ts';
import {
  type About,
  type ExportRow,
  type Layer,
  type ColumnType as OurType,
  tlpText,
  type Value,
} from '../layer.ts';
import { type Format, geometryWords } from './format.ts';

const MAGIC = Uint8Array.of(0x66, 0x67, 0x62, 0x03, 0x66, 0x67, 0x62, 0x00);
const WGS84 = 4326;

const TYPES: Readonly<Record<OurType, ColumnType>> = {
  text: ColumnType.String,
  integer: ColumnType.Int,
  number: ColumnType.Double,
  boolean: ColumnType.Bool,
  instant: ColumnType.DateTime,
  list: ColumnType.Json,
  json: ColumnType.Json,
};

export const FLATGEOBUF: Format = {
  extension: 'fgb',
  mediaType: 'application/vnd.flatgeobuf',
  takes: ({ geometry }) => geometry !== 'none',
  async *write(layer, pages, about) {
    yield MAGIC;
    yield headerOf(layer, about);
    for await (const rows of pages)
      if (rows.length > 0) yield Buffer.concat(rows.map((row) => featureOf(layer, row)));
  },
  cannotCarry: (layer) => [
    'A spatial index and the number of features: they would stand before rows that are not read yet. ogr2ogr adds an index.',
    ...geometryWords(layer),
  ],
};

function headerOf({ name, columns }: Layer, { handling, exportId }: About): Uint8Array {
  const builder = new Builder(1024);
  const described = columns.map((column) => {
    const named = builder.createString(column.name);
    Column.startColumn(builder);
    Column.addName(builder, named);
    Column.addType(builder, TYPES[column.type]);
    return Column.endColumn(builder);
  });
  const listed = Header.createColumnsVector(builder, described);
  const organisation = builder.createString('EPSG');
  Crs.startCrs(builder);
  Crs.addOrg(builder, organisation);
  Crs.addCode(builder, WGS84);
  const crs = Crs.endCrs(builder);
  const title = builder.createString(name);
  const description = builder.createString(tlpText(handling));
  const metadata = builder.createString(JSON.stringify({ export: exportId, handling: tlpText(handling) }));
  Header.startHeader(builder);
  Header.addName(builder, title);
  // Lines shrink to points where nobody moved: every feature says what it is.
  Header.addGeometryType(builder, GeometryType.Unknown);
  Header.addColumns(builder, listed);
  Header.addFeaturesCount(builder, 0n);
  Header.addIndexNodeSize(builder, 0);
  Header.addCrs(builder, crs);
  Header.addTitle(builder, title);
  Header.addDescription(builder, description);
  Header.addMetadata(builder, metadata);
  builder.finishSizePrefixed(Header.endHeader(builder));
  return builder.asUint8Array();
}

function featureOf(layer: Layer, row: ExportRow): Uint8Array {
  const builder = new Builder(1024);
  const properties = Feature.createPropertiesVector(builder, propertiesOf(layer, row));
  const geometry = row.geometry === null ? null : geometryOf(builder, row.geometry);
  Feature.startFeature(builder);
  if (geometry !== null) Feature.addGeometry(builder, geometry);
  Feature.addProperties(builder, properties);
  builder.finishSizePrefixed(Feature.endFeature(builder));
  return builder.asUint8Array();
}

/** Number of the column and value, for each that is known. */
function propertiesOf({ columns }: Layer, { values }: ExportRow): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const [index, { name, type }] of columns.entries()) {
    const value = values[name];
    if (value === null || value === undefined) continue;
    const number = Buffer.alloc(2);
    number.writeUInt16LE(index);
    parts.push(number, valueBytes(type, value));
  }
  return Buffer.concat(parts);
}

function valueBytes(type: OurType, value: NonNullable<Value>): Uint8Array {
  if (type === 'boolean') return Uint8Array.of(value === true ? 1 : 0);
  if (type === 'integer' || type === 'number') {
    const bytes = Buffer.alloc(type === 'integer' ? 4 : 8);
    if (type === 'integer') bytes.writeInt32LE(value as number);
    else bytes.writeDoubleLE(value as number);
    return bytes;
  }
  const text =
    value instanceof Date ? value.toISOString() : typeof value === 'string' ? value : JSON.stringify(value);
  const encoded = Buffer.from(text, 'utf8');
  const length = Buffer.alloc(4);
  length.writeUInt32LE(encoded.length);
  return Buffer.concat([length, encoded]);
}

function geometryOf(builder: Builder, geometry: Geometry): number {
  switch (geometry.type) {
    case 'Point':
      return partOf(builder, GeometryType.Point, [[geometry.coordinates]]);
    case 'LineString':
      return partOf(builder, GeometryType.LineString, [geometry.coordinates]);
    case 'MultiLineString':
      return partOf(builder, GeometryType.MultiLineString, geometry.coordinates);
    case 'Polygon':
      return partOf(builder, GeometryType.Polygon, geometry.coordinates);
    case 'MultiPolygon': {
      const polygons = geometry.coordinates.map((rings) => partOf(builder, GeometryType.Polygon, rings));
      const parts = FlatGeometry.createPartsVector(builder, polygons);
      FlatGeometry.startGeometry(builder);
      FlatGeometry.addParts(builder, parts);
      FlatGeometry.addType(builder, GeometryType.MultiPolygon);
      return FlatGeometry.endGeometry(builder);
    }
  }
}

/** Positions of all lines in one vector; where there are or may be several lines, another says where each ends. */
function partOf(builder: Builder, type: GeometryType, lines: readonly (readonly Position[])[]): number {
  const xy = FlatGeometry.createXyVector(builder, lines.flat(2));
  let count = 0;
  const ends = lines.map((line) => {
    count += line.length;
    return count;
  });
  const isMany = lines.length > 1 || type === GeometryType.MultiLineString;
  const ended = isMany ? FlatGeometry.createEndsVector(builder, ends) : null;
  FlatGeometry.startGeometry(builder);
  if (ended !== null) FlatGeometry.addEnds(builder, ended);
  FlatGeometry.addXy(builder, xy);
  FlatGeometry.addType(builder, type);
  return FlatGeometry.endGeometry(builder);
}
