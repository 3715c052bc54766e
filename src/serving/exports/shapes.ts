/** Which collection can be had in which format: the closed list behind every address of an export. */
import { HeadwaterError } from '../../kernel/errors.ts';
import type { Collection } from './collection.ts';
import { DERIVED_COLLECTIONS } from './derived-collections.ts';
import { CTDC } from './formats/ctdc.ts';
import type { WholeFormat } from './formats/format.ts';
import { FTM } from './formats/ftm.ts';
import { GEXF, GRAPHML } from './formats/graph.ts';
import { HTCDS } from './formats/htcds.ts';
import { LAYER_FORMATS } from './formats/layer-formats.ts';
import { STIX } from './formats/stix.ts';
import type { About, ExportRow, Layer, Marked, Pages } from './layer.ts';
import { NETWORK } from './network.ts';
import { PERSONS } from './persons.ts';
import { RECORD_COLLECTIONS } from './record-collections.ts';

export interface Shape {
  readonly collection: Collection<Marked>;
  readonly format: {
    readonly extension: string;
    readonly mediaType: string;
    readonly notCarried: readonly string[];
    write(pages: Pages<Marked>, about: About): AsyncIterable<string | Uint8Array>;
  };
}

const SHAPES: ReadonlyMap<string, Shape> = new Map(
  [
    ...[...RECORD_COLLECTIONS, ...DERIVED_COLLECTIONS].flatMap((collection) =>
      layerShapes(collection, collection.layer),
    ),
    ...wholeShapes(NETWORK, [GRAPHML, GEXF, STIX, FTM]),
    ...wholeShapes(PERSONS, [HTCDS, CTDC]),
  ].map((shape) => [`${shape.collection.name}.${shape.format.extension}`, shape]),
);

/** Names like `incidents.geojson`. */
export const EXPORT_NAMES: readonly string[] = [...SHAPES.keys()];

/** Throws NOT_FOUND naming what there is. */
export function findShape(collection: string, extension: string): Shape {
  const shape = SHAPES.get(`${collection}.${extension}`);
  if (shape !== undefined) return shape;
  const formats = EXPORT_NAMES.filter((name) => name.startsWith(`${collection}.`));
  throw new HeadwaterError(
    'NOT_FOUND',
    `exports: found nothing of that name, wanted ${formats.length > 0 ? formats.join(', ') : `one of ${[...new Set([...SHAPES.values()].map((each) => each.collection.name))].join(', ')} with a format like .geojson`}`,
  );
}

function layerShapes(collection: Collection<ExportRow>, layer: Layer): readonly Shape[] {
  return LAYER_FORMATS.filter(({ takes }) => takes === undefined || takes(layer)).map((format) => ({
    collection: collection as Collection<Marked>,
    format: {
      extension: format.extension,
      mediaType: format.mediaType,
      notCarried: format.cannotCarry(layer),
      write: (pages, about) => format.write(layer, pages as Pages<ExportRow>, about),
    },
  }));
}

function wholeShapes<Row extends Marked>(
  collection: Collection<Row>,
  formats: readonly WholeFormat<Row>[],
): readonly Shape[] {
  return formats.map((format) => ({
    collection: collection as Collection<Marked>,
    format: { ...format, write: (pages, about) => format.write(pages as Pages<Row>, about) },
  }));
}
