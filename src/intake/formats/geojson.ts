/** A GeoJSON file is read feature by feature: properties become cells, the geometry is checked and named by cells too. */
import type { Readable } from 'node:stream';
import { HeadwaterError, type Reason } from '../../kernel/errors.ts';
import { columnKey, nameColumns } from './column-names.ts';
import { openText } from './decode.ts';
import { forbiddenTopic, mayHoldForbidden } from './forbidden.ts';
import { geometryCells } from './geometry-cells.ts';
import { ElementSplitter, type JsonElement } from './json-elements.ts';
import type { DroppedColumn, RowTable, SourceRow } from './source-rows.ts';

/** Features looked at before the first row is handed on, to know the columns. */
const SAMPLE_FEATURES = 100;

/**
 * Opens a FeatureCollection, a single Feature or newline-delimited Features. Nested properties are joined by dots ("a.b"), lists of
 * plain values by ";". A point adds `geometry.longitude` and `geometry.latitude`; a line adds `geometry.first.…` and
 * `geometry.last.…`. A feature that is no JSON, has no properties and geometry, or has positions outside the Earth comes out as
 * broken; so does the last one of half a file. Throws BAD_INPUT when there is no feature at all.
 */
export async function readFeatures(source: string | Readable): Promise<RowTable> {
  const { encoding, pieces } = await openText(source);
  const dropped = new Map<string, DroppedColumn>();
  const rows = nameFeatures(pieces, dropped);
  const ahead: SourceRow[] = [];
  while (ahead.length < SAMPLE_FEATURES) {
    const next = await rows.next();
    if (next.done === true) break;
    ahead.push(next.value);
  }
  if (ahead.length === 0) throw new HeadwaterError('BAD_INPUT', 'found no feature, wanted GeoJSON features');
  const names = new Set(ahead.flatMap((row) => (row.kind === 'row' ? Object.keys(row.cells) : [])));
  return {
    format: 'geojson',
    encoding,
    columns: nameColumns([...names]),
    get dropped() {
      return [...dropped.values()];
    },
    rows: chain(ahead, rows),
    blankLines: () => 0,
  };
}

async function* nameFeatures(
  pieces: AsyncIterable<string>,
  dropped: Map<string, DroppedColumn>,
): AsyncGenerator<SourceRow> {
  const splitter = new ElementSplitter();
  let rowNumber = 0;
  const named = (element: JsonElement): SourceRow => {
    rowNumber += 1;
    return nameFeature(element, rowNumber, dropped);
  };
  for await (const piece of pieces) for (const element of splitter.push(piece)) yield named(element);
  for (const element of splitter.end()) yield named(element);
}

function nameFeature(
  element: JsonElement,
  rowNumber: number,
  dropped: Map<string, DroppedColumn>,
): SourceRow {
  const { line } = element;
  const where = `line ${line}`;
  const broken = (raw: string | null, ...reasons: Reason[]): SourceRow => ({
    kind: 'broken',
    rowNumber,
    line,
    reasons: raw === null ? [...reasons, notKept(where)] : reasons,
    raw,
  });
  // Members of a text that is no JSON cannot be told apart: it is kept where nothing in it can be a forbidden one.
  const asText = mayHoldForbidden(element.text) ? null : element.text;
  if (!element.complete)
    return broken(asText, {
      where,
      found: 'the end of the file inside a feature',
      wanted: 'a whole feature',
    });
  let feature: unknown;
  try {
    feature = JSON.parse(element.text);
  } catch {
    return broken(asText, { where, found: 'text that is not JSON', wanted: 'a feature' });
  }
  const asRead = (): string => JSON.stringify(withoutForbidden(feature, '', dropped));
  if (!isRecord(feature) || feature['type'] !== 'Feature') {
    const found = 'an object of another type';
    return broken(asRead(), { where, found, wanted: 'an object of type "Feature"' });
  }
  const geometry = geometryCells(feature['geometry'] ?? null, where);
  if (!geometry.accepted) return broken(asRead(), ...geometry.reasons);
  const cells: Record<string, string> = {};
  const id = feature['id'];
  if (typeof id === 'string' || typeof id === 'number') cells['id'] = String(id);
  if (isRecord(feature['properties'])) flatten(feature['properties'], '', cells, dropped);
  return { kind: 'row', rowNumber, line, cells: { ...cells, ...geometry.value } };
}

function notKept(where: string): Reason {
  return {
    where,
    found: 'text in which a property that is always dropped cannot be told apart',
    wanted: 'the feature in your file: its text is not kept here',
  };
}

function flatten(
  members: Readonly<Record<string, unknown>>,
  prefix: string,
  cells: Record<string, string>,
  dropped: Map<string, DroppedColumn>,
): void {
  for (const [member, value] of Object.entries(members)) {
    const name = prefix + member;
    if (isForbidden(name, member, dropped)) continue;
    if (isRecord(value)) flatten(value, `${name}.`, cells, dropped);
    else {
      // Two properties whose names differ only in case or space must not overwrite each other.
      let key = columnKey(name);
      while (Object.hasOwn(cells, key)) key += '#2';
      cells[key] = cellText(withoutForbidden(value, `${name}.`, dropped));
    }
  }
}

function isForbidden(name: string, member: string, dropped: Map<string, DroppedColumn>): boolean {
  const topic = forbiddenTopic(name) ?? forbiddenTopic(member);
  if (topic !== null) dropped.set(name, { name, topic });
  return topic !== null;
}

/** The value without its forbidden members, however deep they lie, those of objects in lists too. */
function withoutForbidden(value: unknown, prefix: string, dropped: Map<string, DroppedColumn>): unknown {
  if (Array.isArray(value)) return value.map((each) => withoutForbidden(each, prefix, dropped));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([member, inner]) => {
      const name = prefix + member;
      const deeper = name === 'properties' ? '' : `${name}.`;
      return isForbidden(name, member, dropped) ? [] : [[member, withoutForbidden(inner, deeper, dropped)]];
    }),
  );
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (!Array.isArray(value)) return typeof value === 'string' ? value : JSON.stringify(value);
  return value.every((member) => typeof member !== 'object' || member === null)
    ? value.map((member) => cellText(member)).join(';')
    : JSON.stringify(value);
}

async function* chain(
  ahead: readonly SourceRow[],
  rest: AsyncIterable<SourceRow>,
): AsyncGenerator<SourceRow> {
  yield* ahead;
  yield* rest;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
