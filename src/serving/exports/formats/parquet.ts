/** Parquet, and GeoParquet 1.1 where rows have a place: groups of rows as they come, geometries as WKB in WGS 84. */
import { ByteWriter, geojsonToWkb, ParquetWriter, type SchemaElement } from 'hyparquet-writer';
import { type About, type Column, type ExportRow, type Layer, tlpText, type Value } from '../layer.ts';
import { type Format, geometryWords } from './format.ts';

/** Larger groups read faster and hold more in memory: some 20 MB of movements. */
const ROWS_A_GROUP = 10_000;

export const PARQUET: Format = {
  extension: 'parquet',
  mediaType: 'application/vnd.apache.parquet',
  async *write(layer, pages, about) {
    const bytes = new ByteWriter();
    const drained = (): Uint8Array => {
      const piece = bytes.getBytes().slice();
      bytes.index = 0;
      return piece;
    };
    const writer = new ParquetWriter({
      writer: bytes,
      schema: schemaOf(layer),
      kvMetadata: metadataOf(layer, about),
    });
    let waiting: ExportRow[] = [];
    const writeGroup = async (): Promise<Uint8Array> => {
      await writer.write({ columnData: columnsOfGroup(layer, waiting), rowGroupSize: ROWS_A_GROUP });
      waiting = [];
      return drained();
    };
    for await (const rows of pages) {
      waiting = waiting.concat(rows);
      if (waiting.length >= ROWS_A_GROUP) yield await writeGroup();
    }
    if (waiting.length > 0) yield await writeGroup();
    await writer.finish();
    yield drained();
  },
  cannotCarry: geometryWords,
};

function schemaOf({ columns, geometry }: Layer): SchemaElement[] {
  const fields = columns.flatMap(elementsOf);
  const shape: SchemaElement[] =
    geometry === 'none' ? [] : [{ name: 'geometry', type: 'BYTE_ARRAY', repetition_type: 'OPTIONAL' }];
  return [{ name: 'root', num_children: columns.length + shape.length }, ...fields, ...shape];
}

function elementsOf({ name, type }: Column): SchemaElement[] {
  const optional = { name, repetition_type: 'OPTIONAL' } as const;
  switch (type) {
    case 'text':
      return [{ ...optional, type: 'BYTE_ARRAY', converted_type: 'UTF8' }];
    case 'json':
      return [{ ...optional, type: 'BYTE_ARRAY', converted_type: 'JSON' }];
    case 'integer':
      return [{ ...optional, type: 'INT32' }];
    case 'number':
      return [{ ...optional, type: 'DOUBLE' }];
    case 'boolean':
      return [{ ...optional, type: 'BOOLEAN' }];
    case 'instant':
      return [{ ...optional, type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' }];
    case 'list':
      return [
        { ...optional, converted_type: 'LIST', num_children: 1 },
        { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
        { name: 'element', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
      ];
  }
}

function columnsOfGroup({ columns, geometry }: Layer, rows: readonly ExportRow[]) {
  const data = columns.map(({ name }) => ({ name, data: rows.map(({ values }) => plain(values[name])) }));
  if (geometry === 'none') return data;
  const shapes = rows.map((row) => (row.geometry === null ? null : geojsonToWkb(row.geometry as never)));
  return [...data, { name: 'geometry', data: shapes }];
}

function plain(value: Value | undefined): unknown {
  return value === undefined ? null : value;
}

/** Without a `crs` GeoParquet means longitude and latitude in WGS 84 (OGC:CRS84). */
function metadataOf({ geometry }: Layer, { exportId, handling }: About) {
  const own = [
    { key: 'headwater:export', value: exportId },
    { key: 'headwater:handling', value: tlpText(handling) },
  ];
  if (geometry === 'none') return own;
  const column = { encoding: 'WKB', geometry_types: [], edges: 'planar' };
  const geo = { version: '1.1.0', primary_column: 'geometry', columns: { geometry: column } };
  return [...own, { key: 'geo', value: JSON.stringify(geo) }];
}
