/** GeoJSON as RFC 7946 has it: one FeatureCollection, longitude first, cut at the antimeridian; the marking is a member of the collection. */
import { tlpText } from '../layer.ts';
import { type Format, geometryWords } from './format.ts';

export const GEOJSON: Format = {
  extension: 'geojson',
  mediaType: 'application/geo+json',
  async *write({ name }, pages, { handling, exportId }) {
    const about = { type: 'FeatureCollection', name, export: exportId, handling: tlpText(handling) };
    yield `${JSON.stringify(about).slice(0, -1)},"features":[`;
    let between = '\n';
    for await (const rows of pages) {
      const features = rows.map(({ values, geometry }) =>
        JSON.stringify({ type: 'Feature', id: values.id, geometry, properties: values }),
      );
      if (features.length === 0) continue;
      yield between + features.join(',\n');
      between = ',\n';
    }
    yield '\n]}\n';
  },
  cannotCarry: geometryWords,
};
