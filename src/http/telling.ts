/** What routes beside GraphQL have in common: what a client has already is not sent again, and what it can mend is told. */
import type { Request, RequestHandler, Response } from 'express';
import { toldOf } from '../graphql/error-mask.ts';
import type { ErrorCode } from '../kernel/errors.ts';
import { refuseRequest } from './refusal.ts';

const STATUSES: Readonly<Partial<Record<ErrorCode, number>>> = {
  BAD_INPUT: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  BUSY: 503,
  CANCELLED: 503,
};

export function isKnown(request: Request, etag: string): boolean {
  const known = request.get('if-none-match') ?? '';
  return known.split(',').some((one) => one.trim().replace(/^W\//, '') === etag);
}

/** What the caller can mend is told, as GraphQL tells it; the rest is our mistake. */
export function toldWhatIsWrong(
  answer: (request: Request, response: Response) => Promise<void>,
): RequestHandler {
  return async (request, response, next) => {
    try {
      await answer(request, response);
    } catch (error) {
      const told = toldOf(error);
      if (told === null) next(error);
      else refuseRequest(response, STATUSES[told.code] ?? 400, told.code, told.message);
    }
  };
}
