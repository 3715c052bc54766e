/** KML 2.2: a placemark a row, its columns as typed extended data, its time as a span. */
import type { Position } from '../../../geo/position.ts';
import type { Geometry } from '../geometry.ts';
import { type ColumnType, type ExportRow, type Layer, tlpText, type Value } from '../layer.ts';
import { cellOf } from './csv.ts';
import { type Format, geometryWords } from './format.ts';
import { XML_HEAD, XML_LOSS, xmlText } from './xml.ts';

/** KML knows no moments, lists or objects in a schema. */
const TYPES: Readonly<Record<ColumnType, string>> = {
  text: 'string',
  integer: 'int',
  number: 'double',
  boolean: 'bool',
  instant: 'string',
  list: 'string',
  json: 'string',
};

export const KML: Format = {
  extension: 'kml',
  mediaType: 'application/vnd.google-earth.kml+xml',
  takes: ({ geometry }) => geometry !== 'none',
  async *write(layer, pages, { handling, exportId }) {
    const fields = layer.columns.map(
      ({ name, type }) => `<SimpleField type="${TYPES[type]}" name="${name}"/>`,
    );
    yield `${XML_HEAD}<kml xmlns="http://www.opengis.net/kml/2.2"><Document id="export-${exportId}"><name>${layer.name}</name>` +
      `<description>${tlpText(handling)}</description><Schema name="${layer.name}" id="${layer.name}">${fields.join('')}</Schema>\n`;
    for await (const rows of pages)
      if (rows.length > 0) yield rows.map((row) => placemark(layer, row)).join('');
    yield '</Document></kml>\n';
  },
  cannotCarry: (layer) => [
    'Types of moments, lists and objects: they are text, as in CSV (moments ISO 8601 in UTC, lists parted by semicolons, objects JSON).',
    XML_LOSS,
    ...geometryWords(layer),
  ],
};

function placemark(layer: Layer, { values, geometry }: ExportRow): string {
  const cells = layer.columns.flatMap((column) => {
    const text = cellOf(column, values[column.name]);
    return text === null ? [] : [`<SimpleData name="${column.name}">${xmlText(text)}</SimpleData>`];
  });
  return (
    `<Placemark id="record-${text(values.id)}"><name>${text(values.name ?? values.id)}</name>${span(values.occurred_from, values.occurred_to)}` +
    `<ExtendedData><SchemaData schemaUrl="#${layer.name}">${cells.join('')}</SchemaData></ExtendedData>` +
    `${geometry === null ? '' : shape(geometry)}</Placemark>\n`
  );
}

function text(value: Value | undefined): string {
  return typeof value === 'string' ? xmlText(value) : '';
}

function span(from: Value | undefined, to: Value | undefined): string {
  return from instanceof Date && to instanceof Date
    ? `<TimeSpan><begin>${from.toISOString()}</begin><end>${to.toISOString()}</end></TimeSpan>`
    : '';
}

function shape(geometry: Geometry): string {
  switch (geometry.type) {
    case 'Point':
      return `<Point>${coordinates([geometry.coordinates])}</Point>`;
    case 'LineString':
      return line(geometry.coordinates);
    case 'MultiLineString':
      return `<MultiGeometry>${geometry.coordinates.map(line).join('')}</MultiGeometry>`;
    case 'Polygon':
      return polygon(geometry.coordinates);
    case 'MultiPolygon':
      return `<MultiGeometry>${geometry.coordinates.map(polygon).join('')}</MultiGeometry>`;
  }
}

function line(positions: readonly Position[]): string {
  return `<LineString>${coordinates(positions)}</LineString>`;
}

function polygon([outer, ...holes]: readonly (readonly Position[])[]): string {
  const ring = (positions: readonly Position[]): string =>
    `<LinearRing>${coordinates(positions)}</LinearRing>`;
  const inner = holes.map((hole) => `<innerBoundaryIs>${ring(hole)}</innerBoundaryIs>`);
  return `<Polygon><outerBoundaryIs>${ring(outer ?? [])}</outerBoundaryIs>${inner.join('')}</Polygon>`;
}

function coordinates(positions: readonly Position[]): string {
  return `<coordinates>${positions.map(([longitude, latitude]) => `${longitude},${latitude}`).join(' ')}</coordinates>`;
}
