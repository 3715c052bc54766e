/** OGC API – Features for one viewer: which collections there are, a page of one, one feature. */
import { createHash } from 'node:crypto';
import { ROLE_RIGHTS } from '../../access/roles.ts';
import { sightOf } from '../../graphql/kept-answers.ts';
import { HeadwaterError } from '../../kernel/errors.ts';
import { stableText } from '../../kernel/stable-text.ts';
import type { Handling } from '../../kernel/vocabulary.ts';
import { tlpText } from '../exports/layer.ts';
import { GEOJSON_TYPE, JSON_TYPE, link } from './feature-documents.ts';
import { noOther, readQuestion } from './feature-question.ts';
import type { Asker, FeatureQuestion, FeatureSource, OgcTools } from './feature-source.ts';
import { PLACES } from './place-features.service.ts';
import { RECORD_SOURCES } from './record-features.service.ts';
import { viewSources } from './view-features.service.ts';

/** Raised where the same features would be written otherwise. */
const WRITTEN = 1;

export interface NamedAnswer {
  /** The same for the same sight, question and state of what that sight shows; it says nothing by itself. */
  readonly etag: string;
  /** To be written as JSON. Throws what a collection throws; NOT_FOUND for a feature that is none. */
  read(): Promise<{ readonly body: unknown; readonly handling: Handling | null }>;
}

export async function visibleSources(
  tools: OgcTools,
  asker: Pick<Asker, 'context'>,
): Promise<readonly FeatureSource[]> {
  const { organisationId, role } = asker.context.reader.viewer;
  const isExporter = ROLE_RIGHTS[role].mayExport && organisationId !== null;
  return [...(isExporter ? RECORD_SOURCES : []), PLACES, ...(await viewSources(tools, asker))];
}

/** Throws NOT_FOUND: there is none, or none for this viewer, which are one answer. */
export async function findSource(
  tools: OgcTools,
  asker: Pick<Asker, 'context'>,
  id: string,
): Promise<FeatureSource> {
  const found = (await visibleSources(tools, asker)).find((source) => source.id === id);
  if (found !== undefined) return found;
  throw new HeadwaterError(
    'NOT_FOUND',
    'collection: found none of that name that this key reads; /ogc/collections has those that it does',
  );
}

/** `given`: what stands behind the `?`. Throws NOT_FOUND, BAD_INPUT. */
export async function nameItems(
  tools: OgcTools,
  asker: Asker,
  root: string,
  id: string,
  given: Readonly<Record<string, unknown>>,
): Promise<NamedAnswer> {
  const source = await findSource(tools, asker, id);
  const question = readQuestion(given);
  const items = `${root}/collections/${id}/items`;
  return {
    etag: await etagOf(tools, asker, source, { items, question }),
    read: async () => {
      const { features, matched, next, handling } = await source.page(tools, asker, question);
      const addressed = (after: string | null): string => `${items}${queryOf(question, given, after)}`;
      const links = [
        link(addressed(question.after), 'self', GEOJSON_TYPE, 'This page'),
        ...(next === null ? [] : [link(addressed(next), 'next', GEOJSON_TYPE, 'The next page')]),
        link(`${root}/collections/${id}`, 'collection', JSON_TYPE, source.title),
      ];
      const body = {
        type: 'FeatureCollection',
        timeStamp: asker.context.now.toISOString(),
        numberMatched: matched,
        numberReturned: features.length,
        ...(handling !== null && { handling: tlpText(handling) }),
        links,
        features,
      };
      return { body, handling };
    },
  };
}

export async function nameItem(
  tools: OgcTools,
  asker: Asker,
  root: string,
  { id, featureId }: { readonly id: string; readonly featureId: string },
  given: Readonly<Record<string, unknown>>,
): Promise<NamedAnswer> {
  const source = await findSource(tools, asker, id);
  noOther(given, []);
  const own = `${root}/collections/${id}`;
  const href = `${own}/items/${encodeURIComponent(featureId)}`;
  return {
    etag: await etagOf(tools, asker, source, { href }),
    read: async () => {
      const found = await source.one(tools, asker, featureId);
      if (found === null)
        throw new HeadwaterError('NOT_FOUND', 'feature: found none of that id that this key reads');
      const links = [
        link(href, 'self', GEOJSON_TYPE, 'This feature'),
        link(own, 'collection', JSON_TYPE, source.title),
      ];
      return { body: { ...found.feature, links }, handling: found.handling };
    },
  };
}

/** As it was asked, but for where the page begins. */
function queryOf(
  { limit }: FeatureQuestion,
  { bbox, datetime }: Readonly<Record<string, unknown>>,
  after: string | null,
): string {
  const said = new URLSearchParams({ limit: String(limit) });
  if (typeof bbox === 'string') said.set('bbox', bbox);
  if (typeof datetime === 'string') said.set('datetime', datetime);
  if (after !== null) said.set('after', after);
  return `?${said}`;
}

async function etagOf(tools: OgcTools, asker: Asker, source: FeatureSource, asked: object): Promise<string> {
  const { reader, now } = asker.context;
  const said = {
    written: WRITTEN,
    source: source.id,
    asked,
    sight: sightOf(reader.viewer),
    day: now.toISOString().slice(0, 10),
    state: await source.state(tools, asker),
  };
  return `"${createHash('sha256').update(stableText(said)).digest('base64url')}"`;
}
