/** What a request brings to what answers it: the viewer's reads, the clock, the wired services, and whether anybody still waits. */
import type { Response } from 'express';
import { readSlugs } from '../access/organisation.view.ts';
import { readerFor } from '../access/reader.ts';
import type { Viewer } from '../access/viewer.ts';
import { connectionClosed } from '../graphql/analyses-under-way.ts';
import type { RequestContext } from '../graphql/context.ts';
import type { Services } from '../graphql/services.ts';
import type { HttpServices } from './http-services.ts';

export function contextFor(
  { hub, now }: Pick<HttpServices, 'hub' | 'now'>,
  viewer: Viewer,
  wiredServices: Services,
): RequestContext {
  let slugs: Promise<ReadonlyMap<string, string>> | undefined;
  return {
    reader: readerFor(hub.database, viewer),
    now: now(),
    slugs: () => {
      slugs ??= readSlugs(hub.database);
      return slugs;
    },
    services: wiredServices,
  };
}

/** Aborted when the connection closes before its answer was written. */
export function closedBeforeAnswered(response: Response): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) controller.abort(connectionClosed());
  });
  return controller.signal;
}
