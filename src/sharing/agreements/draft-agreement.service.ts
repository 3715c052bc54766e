/** Drafting an agreement, and saying a draft anew: nothing is shared by either. */
import type { Viewer } from '../../access/viewer.ts';
import type { ImportTools } from '../../intake/imports/import-tools.service.ts';
import { accept, type Outcome, refuse } from '../../kernel/errors.ts';
import { isId } from '../../kernel/ids.ts';
import type { Queryable } from '../../platform/database.ts';
import { type ActRequest, type DoneOnce, once } from '../../records/acts/once.service.ts';
import {
  insertAgreement,
  lockAgreement,
  organisationsBySlug,
  rewriteAgreement,
  type WrittenTerms,
} from './agreement.store.ts';
import { canonical, digestOf, type Terms } from './agreement.ts';
import { mistakesIn } from './agreement-mistakes.ts';
import { type AgreementTarget, agreeingOfficer, leaveTrace, onAgreement } from './on-agreement.service.ts';

export async function draftAgreement(
  tools: ImportTools,
  request: ActRequest,
  said: Terms,
): Promise<Outcome<DoneOnce>> {
  agreeingOfficer(request.viewer);
  return once(tools, request, ['agreement drafted', said], async (connection, now, ownerId) => {
    const id = tools.ids();
    const written = await termsToWrite(connection, request.viewer, id, said, 1, now);
    if (!written.accepted) return written;
    await insertAgreement(connection, written.value, ownerId, now);
    await leaveTrace(connection, request, now, 'drafted', { id, digest: written.value.digest }, null);
    return accept({ recordId: id, version: 1 });
  });
}

/** Of a draft that somebody may have signed already: nobody has signed what it becomes. */
export async function amendAgreement(
  tools: ImportTools,
  request: ActRequest,
  target: AgreementTarget,
  said: Terms,
): Promise<Outcome<DoneOnce>> {
  return onAgreement(tools, request, 'amended', target, said, ['drafted'], null, async (held) => {
    const { connection, now, row } = held;
    const version = row.version + 1;
    const written = await termsToWrite(connection, request.viewer, row.id, said, version, now);
    if (!written.accepted) return written;
    await rewriteAgreement(connection, written.value);
    return accept({ digest: written.value.digest, version });
  });
}

async function termsToWrite(
  connection: Queryable,
  viewer: Viewer,
  id: string,
  said: Terms,
  version: number,
  now: Date,
): Promise<Outcome<WrittenTerms>> {
  const own = viewer.organisationSlug ?? '';
  if ([said.startsAt, said.endsAt].some((moment) => Number.isNaN(Date.parse(moment))))
    return refuse({
      where: 'startsAt, endsAt',
      found: 'what is no moment',
      wanted: 'moments with their zone',
    });
  const terms = canonical(said);
  const known = await organisationsBySlug(connection, terms.parties);
  const reasons = [
    // In the order in which they were said: a term is named by its place in it.
    ...mistakesIn({ ...terms, terms: said.terms }, own, now),
    ...terms.parties
      .filter((slug) => !known.has(slug))
      .map((slug) => ({
        where: 'parties',
        found: slug.slice(0, 80),
        wanted: 'the slug of an organisation of this hub',
      })),
  ];
  if (terms.replaces !== null) {
    const replaced = isId(terms.replaces)
      ? await lockAgreement(connection, viewer.organisationId ?? '', terms.replaces)
      : null;
    const sameParties =
      replaced !== null && JSON.stringify(replaced.terms.parties) === JSON.stringify(terms.parties);
    if (replaced === null || replaced.id === id || !sameParties)
      reasons.push({
        where: 'replaces',
        found: 'nothing of that id',
        wanted: 'an agreement between the same parties',
      });
  }
  if (reasons.length > 0) return refuse(...reasons);
  return accept({
    id,
    terms,
    digest: digestOf(id, terms),
    version,
    partyIds: terms.parties.map((slug) => known.get(slug) as string),
  });
}
