/** Every answer bears the checkpoint of the audit log: whoever receives something can hold the hub to what it logged. */
import type { RequestHandler } from 'express';
import { currentCheckpoint } from '../audit/checkpoint.service.ts';
import type { HttpServices } from './http-services.ts';

type Tools = Pick<HttpServices, 'hub' | 'now' | 'log'>;

export const CHECKPOINT_HEADER = 'headwater-checkpoint';

/** For who has been let in. Made once an hour; an answer does not fail for want of it. */
export function checkpointHeader(tools: Tools): RequestHandler {
  return async (_request, response, next) => {
    const note = await checkpointNote(tools);
    if (note !== null) response.set(CHECKPOINT_HEADER, note);
    next();
  };
}

/** Null where it could not be made. */
export async function checkpointNote({ hub, now, log }: Tools): Promise<string | null> {
  try {
    return (await currentCheckpoint({ ...hub, now })).note;
  } catch (error) {
    log.error({ err: error }, 'the hours of the audit log could not be closed');
    return null;
  }
}
