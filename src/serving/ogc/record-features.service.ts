/** Records as features: pages of the lists of GraphQL, taken out under the rules of exports, with a trace of each page. */
import { readScopeVersion } from '../../access/scope-version.view.ts';
import { keepEvents } from '../../audit/keep-events.service.ts';
import { keptAnswer } from '../../graphql/kept-answers.ts';
import { type ListQuery, readList } from '../../graphql/list.sql.ts';
import { readCursor, writeCursor } from '../../kernel/cursor.ts';
import { highestHandling } from '../../kernel/handling.ts';
import { isId } from '../../kernel/ids.ts';
import type { Marks } from '../exports/collection.ts';
import { admitted } from '../exports/export-request.ts';
import type { Geometry } from '../exports/geometry.ts';
import type { ExportRow } from '../exports/layer.ts';
import { marksFor } from '../exports/marks.service.ts';
import {
  CROSSINGS,
  INCIDENTS,
  INTERDICTIONS,
  MOVEMENTS,
  type RecordCollection,
} from '../exports/record-collections.ts';
import { AtOnce } from './at-once.ts';
import type { Asker, Feature, FeatureQuestion, FeatureSource, OgcTools } from './feature-source.ts';
import { readEvents } from './features-read.ts';
import { wayInBox } from './way-in-box.sql.ts';

const COARSE = 'What is shown to you no finer than a cell has no geometry; `cell` (H3) says what is known.';
const LINES: readonly Geometry['type'][] = ['LineString', 'MultiLineString', 'Point'];

/** A box of movements is looked for along all their ways: whoever asks for many at once must not hold every connection. */
const PAGES = new AtOnce(2, 'pages of features');

export const RECORD_SOURCES: readonly FeatureSource[] = [
  recordSource(INCIDENTS, 'Incidents', 'Where incidents happened.', ['Point']),
  recordSource(
    MOVEMENTS,
    'Movements',
    'Straight from one known place on the way to the next: no roads. A point where one place is known.',
    LINES,
  ),
  recordSource(CROSSINGS, 'Border crossings', 'Where borders were observed to be crossed.', ['Point']),
  recordSource(INTERDICTIONS, 'Interdictions', 'Arrests, and what was opened or closed.', ['Point']),
];

function recordSource(
  collection: RecordCollection,
  title: string,
  description: string,
  geometries: readonly Geometry['type'][],
): FeatureSource {
  return {
    id: collection.name,
    title,
    description: `${description} ${COARSE}`,
    columns: collection.layer.columns,
    geometries,
    isOfRecords: true,
    state: async ({ keys }, asker) => {
      admitted(keys, asker.context.reader.viewer, asker);
      return readScopeVersion(asker.context.reader);
    },
    page: (tools, asker, question) =>
      PAGES.begin(asker.context.reader.viewer.keyId, async () => {
        const query = await meant(tools, asker, collection, question);
        const { box, span } = question;
        const after = question.after === null ? null : readCursor(question.after);
        const read = await readFeatures(tools, asker, collection, query, question.limit, after);
        const matched = await keptAnswer(asker.context, 'ogc', { name: collection.name, box, span }, () =>
          read.count(null),
        );
        return { ...read, matched };
      }),
    one: async (tools, asker, id) => {
      if (!isId(id)) return null;
      const query = await meant(tools, asker, collection, { box: null, span: null });
      const one: ListQuery = {
        ...query,
        conditions: (parameters) => [...query.conditions(parameters), `r.id = ${parameters.bind(id)}::uuid`],
      };
      const { features, handling } = await readFeatures(tools, asker, collection, one, 1, null);
      const [feature] = features;
      return feature === undefined ? null : { feature, handling };
    },
  };
}

/** Places that a viewer is shown as areas lie in no box, as lists have it. */
async function meant(
  { schema }: OgcTools,
  { context }: Asker,
  collection: RecordCollection,
  { box, span }: Pick<FeatureQuestion, 'box' | 'span'>,
): Promise<ListQuery> {
  const isWay = collection === MOVEMENTS;
  const filter = {
    ...(span !== null && {
      occurred: { ...(span.from && { from: span.from }), ...(span.to && { to: span.to }) },
    }),
    ...(box !== null && !isWay && { area: { bbox: box } }),
  };
  const query = await collection.queryOf({ context, schema, filter });
  if (box === null || !isWay) return query;
  return {
    ...query,
    conditions: (parameters) => [
      ...query.conditions(parameters),
      wayInBox(context.reader.viewer, box, query.asKnown, parameters),
    ],
  };
}

interface Seen {
  readonly owner_id: string;
  readonly visibility_class_id: number;
}

/** In the log before they leave. */
async function readFeatures(
  { database, keys, now }: OgcTools,
  asker: Asker,
  collection: RecordCollection,
  query: ListQuery,
  first: number,
  after: ReturnType<typeof readCursor> | null,
) {
  const { reader } = asker.context;
  const { organisationId, purpose, caseToken } = admitted(keys, reader.viewer, asker);
  const marks: Marks = await marksFor(database, asker.context);
  const { page, count } = await readList<Seen>(reader, query, { first, after });
  const rows = await collection.rowsOf({ reader, query, marks, rows: page.rows as readonly never[] });
  const trace = {
    organisationId,
    keyId: reader.viewer.keyId,
    purpose,
    collection: collection.name,
    caseToken,
  };
  const seen = page.rows.map(({ owner_id, visibility_class_id }) => ({
    owner: owner_id,
    handling: marks.handlingOf(visibility_class_id),
  }));
  await keepEvents(database, readEvents(trace, seen), now());
  const last = page.rows.at(-1);
  return {
    features: rows.map(featureOf),
    next:
      page.hasNextPage && last !== undefined
        ? writeCursor({ value: last.cursor_value, id: last.cursor_id })
        : null,
    handling: seen.length === 0 ? null : highestHandling(seen.map(({ handling }) => handling)),
    count,
  };
}

function featureOf({ values, geometry }: ExportRow): Feature {
  return { type: 'Feature', id: values.id as string, geometry, properties: values };
}
