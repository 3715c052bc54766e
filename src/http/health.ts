/** `/healthz` (the process lives), `/readyz` (it can answer questions) and `/metrics`: for machines, without a key. */
import { Router } from 'express';
import type { SecuredDatabase } from '../platform/database.ts';
import type { RequestMetrics } from './metrics.ts';

export interface Health {
  readonly isReady: () => boolean;
  readonly database: SecuredDatabase;
  readonly metrics: RequestMetrics;
}

/** A database that takes longer is no use to a caller either. */
const PROBE_MS = 2_000;

export function healthRoutes({ isReady, database, metrics }: Health): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.type('text/plain').send('alive\n');
  });
  router.get('/readyz', async (_request, response) => {
    const ready = isReady() && (await answers(database));
    response
      .status(ready ? 200 : 503)
      .type('text/plain')
      .send(ready ? 'ready\n' : 'not ready\n');
  });
  router.get('/metrics', async (_request, response) => {
    const { type, text } = await metrics.print();
    response.type(type).send(text);
  });
  return router;
}

async function answers(database: SecuredDatabase): Promise<boolean> {
  const asked = database
    .secured({ classes: [], statementTimeoutMs: PROBE_MS }, (connection) => connection.query('select 1'))
    .then(
      () => true,
      () => false,
    );
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), PROBE_MS);
  });
  return Promise.race([asked, late]).finally(() => clearTimeout(timer));
}
