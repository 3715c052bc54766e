/** Asking a surface as a viewer, without HTTP: each document is parsed and validated once, so that ten thousand worlds do not wait for it. */
import {
  type ASTNode,
  type DocumentNode,
  execute,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  parse,
  validate,
  visit,
} from 'graphql';
import { readSlugs } from '../../src/access/organisation.view.ts';
import { readerFor } from '../../src/access/reader.ts';
import type { Viewer } from '../../src/access/viewer.ts';
import type { Hub } from '../../src/cli/hub.ts';
import type { RequestContext } from '../../src/graphql/context.ts';
import { answerFast } from '../../src/graphql/fast-path/fast-path.ts';
import { NOTHING_KEPT } from '../../src/graphql/kept-answers.ts';
import { buildHubSchema, hubServices } from '../../src/schema.ts';
import type { Surface } from '../access/surfaces.ts';
import { TEST_NOW } from '../support/test-hub.ts';

export interface Asker {
  /** The root field's answer as plain JSON. Throws when there are errors. */
  ask<T>(viewer: Viewer, surface: Surface, variables?: Readonly<Record<string, unknown>>): Promise<T>;
  /** How many answers were those of the fast path, as far as it goes. */
  readonly fast: number;
  /** Organisations were added: their names are read anew. */
  renew(): void;
}

export function makeAsker(hub: Hub): Asker {
  const schema = buildHubSchema();
  // What is hidden changes no answer: one that was kept would be compared with itself.
  const services = hubServices({ ...hub, answers: NOTHING_KEPT });
  const documents = new Map<Surface, DocumentNode>();
  const parts = new Map<Surface, DocumentNode>();
  const taken = { fast: 0 };
  let slugs: Promise<ReadonlyMap<string, string>> | undefined;
  const context = (viewer: Viewer): RequestContext => ({
    reader: readerFor(hub.database, viewer),
    now: TEST_NOW,
    slugs: () => {
      slugs ??= readSlugs(hub.database);
      return slugs;
    },
    services,
  });
  return {
    async ask<T>(
      viewer: Viewer,
      surface: Surface,
      variables: Readonly<Record<string, unknown>> = surface.example,
    ) {
      const document = documents.get(surface) ?? prepared(schema, surface);
      documents.set(surface, document);
      const result = await execute({
        schema,
        document,
        contextValue: context(viewer),
        variableValues: variables,
      });
      if (result.errors !== undefined)
        throw new Error(result.errors.map((error) => error.stack ?? error.message).join('\n'));
      const answer = JSON.parse(JSON.stringify(result.data)) as Record<string, T>;
      if (!FAST_ROOTS.has(surface.root)) return answer[surface.root] as T;
      // What the fast path says stands in its place, and is held to the naive policy like everything else.
      const part = parts.get(surface) ?? fastPart(document);
      parts.set(surface, part);
      const [operation] = part.definitions as readonly [OperationDefinitionNode];
      const text = await answerFast(context(viewer), { schema, document: part, operation, variables });
      if (text === null) return answer[surface.root] as T;
      taken.fast += 1;
      return (overlaid(answer, JSON.parse(text)) as Record<string, T>)[surface.root] as T;
    },
    get fast() {
      return taken.fast;
    },
    renew: () => {
      slugs = undefined;
    },
  };
}

const FAST_ROOTS = new Set(['movements', 'incidents', 'crossings', 'flows']);

/** Left to ordinary execution, by parent and name. */
const NOT_WRITTEN = new Set([
  'movements/comments',
  'movements/independence',
  'incidents/counts',
  'incidents/indicators',
  'incidents/movements',
  'incidents/entities',
  'incidents/statements',
  'incidents/interdictions',
  'incidents/legalCases',
  'incidents/comments',
  'incidents/redFlagTotals',
  'incidents/independence',
  'flows/crossingPoint',
  'flows/detectionsPerStaffMonth',
  'flows/howKnown',
]);

/** The same question without the fields that the fast path does not write. */
function fastPart(document: DocumentNode): DocumentNode {
  let root = '';
  return visit<DocumentNode>(document, {
    Field: (node, _key, _parent, _path, ancestors) => {
      const depth = ancestors.filter(
        (one) => !Array.isArray(one) && (one as ASTNode).kind === Kind.FIELD,
      ).length;
      if (depth === 0) root = node.name.value;
      // Of the records themselves: below `nodes`, or of the groups.
      const own = depth === (root === 'flows' ? 1 : 2);
      return own && NOT_WRITTEN.has(`${root}/${node.name.value}`) ? null : undefined;
    },
  });
}

/** What both say is said by the second; a list of another length is the second's alone. */
function overlaid(below: unknown, above: unknown): unknown {
  if (Array.isArray(below) && Array.isArray(above))
    return below.length === above.length ? above.map((each, index) => overlaid(below[index], each)) : above;
  if (!isObject(below) || !isObject(above)) return above;
  const both = Object.entries(above).map(([key, value]) => [key, overlaid(below[key], value)]);
  return { ...below, ...(Object.fromEntries(both) as object) };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function prepared(schema: GraphQLSchema, surface: Surface): DocumentNode {
  const document = parse(surface.document);
  const mistakes = validate(schema, document);
  if (mistakes.length > 0)
    throw new Error(`${surface.root}: ${mistakes.map((mistake) => mistake.message).join('; ')}`);
  return document;
}
