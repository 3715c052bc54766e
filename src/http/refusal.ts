/** A request that never reached GraphQL is refused in GraphQL's own words, so that every client can read it. */
import type { Response } from 'express';

export const TOO_LARGE = 'the body is too large; wanted at most 1 MB, or 10 MB for importFile';

export function refuseRequest(response: Response, status: number, code: string, message: string): void {
  response.status(status).json({ errors: [{ message, extensions: { code } }] });
}
