/** Asking a surface as a viewer, without HTTP: each document is parsed and validated once, so that ten thousand worlds do not wait for it. */
import { type DocumentNode, execute, type GraphQLSchema, parse, validate } from 'graphql';
import { readSlugs } from '../../src/access/organisation.view.ts';
import { readerFor } from '../../src/access/reader.ts';
import type { Viewer } from '../../src/access/viewer.ts';
import type { Hub } from '../../src/cli/hub.ts';
import type { RequestContext } from '../../src/graphql/context.ts';
import { NOTHING_KEPT } from '../../src/graphql/kept-answers.ts';
import { buildHubSchema, hubServices } from '../../src/schema.ts';
import type { Surface } from '../access/surfaces.ts';
import { TEST_NOW } from '../support/test-hub.ts';

export interface Asker {
  /** The root field's answer as plain JSON. Throws when there are errors. */
  ask<T>(viewer: Viewer, surface: Surface, variables?: Readonly<Record<string, unknown>>): Promise<T>;
  /** Organisations were added: their names are read anew. */
  renew(): void;
}

export function makeAsker(hub: Hub): Asker {
  const schema = buildHubSchema();
  // What is hidden changes no answer: one that was kept would be compared with itself.
  const services = hubServices({ ...hub, answers: NOTHING_KEPT });
  const documents = new Map<Surface, DocumentNode>();
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
      return (JSON.parse(JSON.stringify(result.data)) as Record<string, T>)[surface.root] as T;
    },
    renew: () => {
      slugs = undefined;
    },
  };
}

function prepared(schema: GraphQLSchema, surface: Surface): DocumentNode {
  const document = parse(surface.document);
  const mistakes = validate(schema, document);
  if (mistakes.length > 0)
    throw new Error(`${surface.root}: ${mistakes.map((mistake) => mistake.message).join('; ')}`);
  return document;
}
