/** What OGC API – Features tells of itself: its landing page, what it conforms to, and its collections. */
import type { FeatureSource } from './feature-source.ts';

export const JSON_TYPE = 'application/json';
export const GEOJSON_TYPE = 'application/geo+json';
export const OPENAPI_TYPE = 'application/vnd.oai.openapi+json;version=3.0';

export const CRS84 = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84';
const CONFORMS_TO = ['core', 'geojson', 'oas30'].map(
  (name) => `http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/${name}`,
);

export const HUB_TITLE = 'Headwater';
export const HUB_WORDS =
  'Records and counts as one key sees them. The key is wanted in the header Authorization: Bearer hw_… of every request, and nowhere else.';

export interface Link {
  readonly href: string;
  readonly rel: string;
  readonly type: string;
  readonly title?: string;
}

/** `root`: the address of the landing page, without a slash at its end. */
export function landingPage(root: string): unknown {
  return {
    title: HUB_TITLE,
    description: HUB_WORDS,
    links: [
      link(root, 'self', JSON_TYPE, 'This document'),
      link(`${root}/api`, 'service-desc', OPENAPI_TYPE, 'What can be asked, as OpenAPI 3.0'),
      link(`${root}/conformance`, 'conformance', JSON_TYPE, 'What this conforms to'),
      link(`${root}/collections`, 'data', JSON_TYPE, 'The collections that this key reads'),
    ],
  };
}

export function conformance(): unknown {
  return { conformsTo: CONFORMS_TO };
}

export function collectionsPage(root: string, sources: readonly FeatureSource[]): unknown {
  return {
    links: [link(`${root}/collections`, 'self', JSON_TYPE, 'This document')],
    collections: sources.map((source) => collectionPage(root, source)),
  };
}

export function collectionPage(root: string, { id, title, description }: FeatureSource): unknown {
  const own = `${root}/collections/${id}`;
  return {
    id,
    title,
    description,
    itemType: 'feature',
    crs: [CRS84],
    // Of all that there may be: where something is, only its features say.
    extent: {
      spatial: { bbox: [[-180, -90, 180, 90]], crs: CRS84 },
      temporal: { interval: [[null, null]] },
    },
    links: [
      link(own, 'self', JSON_TYPE, 'This collection'),
      link(`${own}/items`, 'items', GEOJSON_TYPE, `Features: ${title}`),
    ],
  };
}

export function link(href: string, rel: string, type: string, title?: string): Link {
  return { href, rel, type, ...(title !== undefined && { title }) };
}
