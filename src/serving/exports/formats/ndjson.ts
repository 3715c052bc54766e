/** NDJSON: one JSON object a line, every column by its name, the geometry as RFC 7946 has it. */
import type { Format } from './format.ts';
import { geometryWords } from './format.ts';

export const NDJSON: Format = {
  extension: 'ndjson',
  mediaType: 'application/x-ndjson',
  async *write({ geometry }, pages) {
    for await (const rows of pages) {
      const lines = rows.map((row) =>
        JSON.stringify(geometry === 'none' ? row.values : { ...row.values, geometry: row.geometry }),
      );
      if (lines.length > 0) yield `${lines.join('\n')}\n`;
    }
  },
  cannotCarry: (layer) => [
    'The marking of the export as a whole: each line bears its own.',
    ...geometryWords(layer),
  ],
};
