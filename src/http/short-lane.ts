/**
 * In front of express and Apollo: a question that the fast path answered before, asked by somebody who was let in before. The look-up of who asks and the
 * statements are one trip to the database then. Whatever is not as it was goes the ordinary way, from its first byte on, and is told there as ever.
 */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { withGeneration } from '../access/access-generation.sql.ts';
import type { LookedUp } from '../access/known-viewers.ts';
import type { ViewerReader } from '../access/reader.ts';
import { rowScope } from '../access/viewer.ts';
import type { RequestContext } from '../graphql/context.ts';
import {
  type AskedOperation,
  answerPrepared,
  isOver,
  type PreparedMember,
  preparedBefore,
} from '../graphql/fast-path/fast-path.ts';
import { KeptPreparations } from '../graphql/fast-path/kept-preparations.ts';
import { writtenBody } from '../graphql/fast-path/splice.plugin.ts';
import type { Answers, Statement } from '../platform/database.ts';
import { type Gate, NOTICES_HEADER } from './authenticate.ts';
import { CHECKPOINT_HEADER, checkpointNote } from './checkpoint-header.ts';
import { corsHeaders } from './cors.ts';
import type { HttpServices } from './http-services.ts';
import type { RequestMetrics } from './metrics.ts';
import { bodyThatCame, isSecure, type PlainQuestion, plainQuestion } from './plain-question.ts';
import { securityHeadersFor } from './security-headers.ts';

export interface ShortLane {
  /** Takes what it can, and leaves the rest to `ordinary`. */
  before(ordinary: RequestListener): RequestListener;
  /** The context that a request on the ordinary way is answered in. */
  follow(request: IncomingMessage, context: RequestContext): void;
  /** What the fast path answered in it. */
  learn(context: RequestContext, asked: AskedOperation): void;
}

export interface LaneTools {
  readonly services: HttpServices;
  readonly gate: Gate;
  readonly metrics: RequestMetrics;
  readonly isClosing: () => boolean;
}

interface Ready {
  readonly known: LookedUp;
  readonly prepared: readonly PreparedMember[];
}

/** Whether an operation is asked of the part that partner keys see: another schema. */
type Asking = 'whole' | 'part';
const SCHEMAS: Readonly<Record<Asking, object>> = { whole: {}, part: {} };

/** Characters of bodies; the document that each was parsed to takes some sixty times as much memory. */
const MOST_LEARNED = 500_000;

class AccessMoved extends Error {}

export function shortLane(tools: LaneTools): ShortLane {
  const { services, gate } = tools;
  const learned = new KeptPreparations<AskedOperation>(MOST_LEARNED);
  const bodies = new WeakMap<IncomingMessage, string>();
  /** By what each request has for itself: Apollo makes contexts of its own. */
  const following = new WeakMap<ViewerReader, string>();
  const ended = new WeakMap<IncomingMessage, Error>();

  const readyFor = (question: PlainQuestion, body: string): Ready | null => {
    const known = gate.viewers.at(question.credential, question.purpose, services.now());
    if (known === undefined) return null;
    const asked = learned.get(schemaFor(known.viewer.role), body);
    const prepared = asked === undefined ? undefined : preparedBefore(asked, known.viewer);
    return prepared === undefined ? null : { known, prepared };
  };

  return {
    before: (ordinary) => (request, response) => {
      const question = services.fastPath === 'off' ? null : plainQuestion(request, services.trustProxy);
      if (question === null) {
        ordinary(request, response);
        return;
      }
      tools.metrics.begin(response);
      bodyThatCame(request, question.length, (body) => {
        const ready = body === null ? null : readyFor(question, body);
        if (ready === null) {
          if (body !== null) bodies.set(request, body);
          ordinary(request, response);
          return;
        }
        void answer(tools, ready, request, response).then((failure) => {
          if (failure === null) return;
          if (failure instanceof AccessMoved) gate.viewers.forget(question.credential, question.purpose);
          if (isOver(failure)) ended.set(request, failure);
          if (body !== null) bodies.set(request, body);
          ordinary(request, response);
        });
      });
    },
    follow: (request, context) => {
      const body = bodies.get(request);
      if (body !== undefined) following.set(context.reader, body);
      // What ran out of its time is not begun again.
      const reason = ended.get(request);
      if (reason !== undefined) context.reader.endWith?.(reason);
    },
    learn: (context, asked) => {
      const body = following.get(context.reader);
      if (body !== undefined) learned.keep(schemaFor(context.reader.viewer.role), body, asked, body.length);
    },
  };
}

const schemaFor = (role: LookedUp['viewer']['role']): object =>
  SCHEMAS[role === 'partner' ? 'part' : 'whole'];

/** Null where it was answered; else why it was not, and nothing of it was told. */
async function answer(
  tools: LaneTools,
  { known, prepared }: Ready,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Error | null> {
  const { services, gate, metrics } = tools;
  const { viewer } = known;
  if (gate.requests.take(viewer.keyId) > 0) return new Error('too many requests');
  try {
    const body = writtenBody(await answerPrepared(prepared, readingAs(tools, known)));
    const headers = {
      ...(await headersFor(tools, known, request)),
      'Content-Length': Buffer.byteLength(body),
    };
    metrics.observeAnswer('/graphql', response);
    request.resume();
    response.writeHead(200, headers).end(body);
    if (typeof services.fastPath === 'function') services.fastPath(true, true);
    return null;
  } catch (error) {
    if (response.headersSent) {
      response.destroy();
      return null;
    }
    gate.requests.giveBack(viewer.keyId);
    return error as Error;
  }
}

/** Rows of a snapshot in which access is as it was when the viewer was looked up; others are told to nobody. */
function readingAs(
  { services }: LaneTools,
  { viewer, generation }: LookedUp,
): { readAtOnce<Row>(statements: readonly Statement[]): Promise<Answers<Row>> } {
  return {
    readAtOnce: async <Row>(statements: readonly Statement[]) => {
      const answers = await services.hub.database.securedAtOnce<Row & { readonly generation: string }>(
        rowScope(viewer),
        statements.map(withGeneration),
      );
      if (!answers.every((rows) => rows.length > 0 && rows.every((row) => row.generation === generation)))
        throw new AccessMoved('access was written since');
      return answers;
    },
  };
}

/** As and where the ordinary way sets them. */
async function headersFor(
  { services, isClosing }: LaneTools,
  { viewer }: LookedUp,
  request: IncomingMessage,
): Promise<Record<string, string>> {
  const notices = viewer.unreviewedNotices ?? 0;
  const note = await checkpointNote(services);
  return {
    ...securityHeadersFor(isSecure(request, services.trustProxy)),
    Vary: 'Origin',
    ...corsHeaders(services.corsOrigins, request.headers.origin),
    ...(isClosing() && { connection: 'close' }),
    ...(notices > 0 && { [NOTICES_HEADER]: String(notices) }),
    ...(note !== null && { [CHECKPOINT_HEADER]: note }),
    'Content-Type': 'application/json; charset=utf-8',
  };
}
