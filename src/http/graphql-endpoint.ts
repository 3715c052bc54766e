/** `/graphql`: Apollo Server with the viewer's context, the limits of a query, and errors that tell no secrets. */

import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { expressMiddleware } from '@as-integrations/express5';
import express, { type RequestHandler, Router } from 'express';
import type { GraphQLSchema } from 'graphql';
import { ROLE_RIGHTS } from '../access/roles.ts';
import type { RequestContext } from '../graphql/context.ts';
import { maskErrors } from '../graphql/error-mask.ts';
import { spliceAnswers, stringifyResult } from '../graphql/fast-path/splice.plugin.ts';
import { partnerSchemaOf } from '../graphql/for-partners.ts';
import { knownOperations } from '../graphql/known-operations.ts';
import { costLimit, limitRules, MOST_TOKENS } from '../graphql/limits.ts';
import type { Services } from '../graphql/services.ts';
import { viewerIn } from './authenticate.ts';
import { type HttpServices, uploadMegabytes } from './http-services.ts';
import type { RequestMetrics } from './metrics.ts';
import { traceReads } from './read-trace.ts';
import { refuseRequest, tooLarge } from './refusal.ts';
import { closedBeforeAnswered, contextFor } from './request-context.ts';
import type { ShortLane } from './short-lane.ts';

const MEGABYTE = 1_048_576;
/** A file in a mutation may be larger than any question. */
const TAKES_FILE = /\b(?:importFile|attachFile)\b/;

interface ExpressAsked {
  readonly req: express.Request;
  readonly res: express.Response;
}

export async function graphqlEndpoint(
  services: HttpServices,
  metrics: RequestMetrics,
  schema: GraphQLSchema,
  wiredServices: Services,
  lane: ShortLane,
): Promise<RequestHandler> {
  const context = async ({ req, res }: ExpressAsked): Promise<RequestContext> => {
    const made = { ...contextFor(services, viewerIn(res), wiredServices), gone: closedBeforeAnswered(res) };
    lane.follow(req, made);
    return made;
  };
  const whole = await serverOf(schema, services, metrics, lane);
  const part = await serverOf(partnerSchemaOf(schema), services, metrics, lane);
  const forAll = expressMiddleware(whole, { context });
  const forPartners = expressMiddleware(part, { context });
  // What a partner key cannot ask is not in its schema: no mistake in a resolver can answer it.
  const byRole: RequestHandler = (request, response, next) =>
    (viewerIn(response).role === 'partner' ? forPartners : forAll)(request, response, next);
  return Router().use(readBody(uploadMegabytes(services)), byRole);
}

async function serverOf(
  schema: GraphQLSchema,
  services: HttpServices,
  metrics: RequestMetrics,
  lane: ShortLane,
): Promise<ApolloServer<RequestContext>> {
  const server = new ApolloServer<RequestContext>({
    schema,
    introspection: true,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    includeStacktraceInErrorResponses: false,
    parseOptions: { maxTokens: MOST_TOKENS },
    validationRules: [knownOperations, ...limitRules()],
    formatError: maskErrors(schema, (reference, error) =>
      services.log.error({ reference, err: error }, 'a query failed'),
    ),
    logger: services.log,
    stringifyResult,
    plugins: [
      costLimit,
      countErrors(metrics),
      traceReads(services),
      spliceAnswers(services.fastPath, lane.learn),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
  await server.start();
  return server;
}

const small = express.json({ limit: MEGABYTE });

/** Only who may import may send more than a question, and only to a mutation that takes a file. */
function readBody(megabytes: number): RequestHandler {
  const large = express.json({ limit: megabytes * MEGABYTE });
  return (request, response, next) => {
    const mayImport = ROLE_RIGHTS[viewerIn(response).role].mayImport;
    const size = Number(request.headers['content-length'] ?? 0);
    if (!(mayImport && size > MEGABYTE)) {
      small(request, response, next);
      return;
    }
    large(request, response, (error?: unknown) => {
      const query = (request.body as { query?: unknown } | undefined)?.query;
      if (error === undefined && !(typeof query === 'string' && TAKES_FILE.test(query))) {
        refuseRequest(response, 413, 'BAD_INPUT', tooLarge(megabytes));
      } else next(error);
    });
  };
}

function countErrors(metrics: RequestMetrics): ApolloServerPlugin<RequestContext> {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ response }) {
          const errors = response.body.kind === 'single' ? (response.body.singleResult.errors ?? []) : [];
          for (const { extensions } of errors) {
            metrics.countError(typeof extensions?.code === 'string' ? extensions.code : 'INTERNAL');
          }
        },
      };
    },
  };
}
