/** A request that never reached GraphQL is refused in GraphQL's own words, so that every client can read it. */
import type { Response } from 'express';

/** `megabytes`: of a request that brings a file. */
export const tooLarge = (megabytes: number): string =>
  `the body is too large; wanted at most 1 MB, or ${megabytes} MB for importFile and attachFile (HEADWATER_UPLOAD_MB)`;

export function refuseRequest(response: Response, status: number, code: string, message: string): void {
  response.status(status).json({ errors: [{ message, extensions: { code } }] });
}
