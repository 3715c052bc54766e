/** Agreements as their parties read them, and the preview of what one would show. */
import type { Viewer } from '../../access/viewer.ts';
import { serviceKey } from '../../graphql/services.ts';
import type { ImportTools } from '../../intake/imports/import-tools.service.ts';
import { HeadwaterError } from '../../kernel/errors.ts';
import { isId } from '../../kernel/ids.ts';
import { HANDLINGS } from '../../kernel/vocabulary.ts';
import type { Database, Queryable } from '../../platform/database.ts';
import {
  type AgreementRow,
  actsOf,
  type GiverClass,
  grantableClasses,
  listAgreements,
  partiesOf,
} from './agreement.store.ts';
import { partialSight, stateAt, type Term } from './agreement.ts';
import type { Agreement } from './agreement.type.ts';
import { impactAssessment, printedAgreement } from './agreement-text.ts';
import { agreeingOfficer, standingOf } from './on-agreement.service.ts';
import type { AgreementPreview } from './preview.type.ts';
import { previewTerms } from './preview.view.ts';

/** What acts on agreements need, and a database that reads as somebody else would. */
export interface AgreementTools extends ImportTools {
  readonly database: Database;
}

/** Wired at the start. */
export const AGREEMENT_TOOLS = serviceKey<AgreementTools>('agreements');

const MOST_ROWS = 20;

/** Of the officer's organisation; `id` null: all of them, the latest first. */
export function readAgreements(
  { database }: AgreementTools,
  viewer: Viewer,
  slugs: ReadonlyMap<string, string>,
  id: string | null,
): Promise<readonly Agreement[]> {
  const organisationId = agreeingOfficer(viewer);
  if (id !== null && !isId(id)) return Promise.resolve([]);
  return database.unrestricted('show a party its agreements', async (connection) => {
    const found: Agreement[] = [];
    for (const row of await listAgreements(connection, organisationId, id === null ? null : [id]))
      found.push(await agreementOf(connection, row, slugs, viewer.now));
    return found;
  });
}

/** Throws NOT_FOUND unless the officer's organisation is a party, BAD_INPUT for a receiver that is none. */
export async function previewAgreement(
  tools: AgreementTools,
  viewer: Viewer,
  id: string,
  receiver: string,
  rows: number,
): Promise<AgreementPreview> {
  const organisationId = agreeingOfficer(viewer);
  if (!(rows >= 0 && rows <= MOST_ROWS))
    throw new HeadwaterError('BAD_INPUT', `rows: found ${rows}, wanted 0 to ${MOST_ROWS}`);
  const { row, parties, classes } = await tools.database.unrestricted(
    'read an agreement to preview',
    async (connection) => {
      const [found] = isId(id) ? await listAgreements(connection, organisationId, [id]) : [];
      return {
        row: found ?? null,
        parties: found === undefined ? [] : await partiesOf(connection, found.id),
        classes: (await grantableClasses(connection, organisationId)).filter(
          ({ released_under, consented }) =>
            found?.terms.template === 'case_by_case' ? released_under.includes(found.id) : !consented,
        ),
      };
    },
  );
  if (row === null)
    throw new HeadwaterError(
      'NOT_FOUND',
      'id: found nothing of that id, wanted an agreement of your organisation',
    );
  const other = parties.find(
    ({ slug, organisation_id }) => slug === receiver && organisation_id !== organisationId,
  );
  if (other === undefined)
    throw new HeadwaterError(
      'BAD_INPUT',
      `receiver: found "${receiver.slice(0, 80)}", wanted another party: ${parties
        .filter(({ organisation_id }) => organisation_id !== organisationId)
        .map(({ slug }) => slug)
        .join(', ')}`,
    );
  const terms = row.terms.terms.filter(
    (term) => term.giver === viewer.organisationSlug && term.receiver === receiver,
  );
  const seen = {
    full: classesUnder(
      terms.filter(({ sight }) => sight === 'full'),
      classes,
    ),
    // One term of a class at most: no class is among two of them.
    partial: terms
      .filter(({ sight }) => sight === 'coarse')
      .map((term) => ({ sight: partialSight(term), classes: classesUnder([term], classes) })),
  };
  const tables = await previewTerms(tools.database, viewer, other.organisation_id, seen, rows);
  return {
    receiver,
    tables: tables.map((each) => ({ ...each, rows: each.rows.map((fields) => ({ fields })) })),
  };
}

async function agreementOf(
  connection: Queryable,
  row: AgreementRow,
  slugs: ReadonlyMap<string, string>,
  now: Date,
): Promise<Agreement> {
  const parties = (await partiesOf(connection, row.id)).map(({ slug, signed_at, signed_key }) => ({
    organisation: slug,
    signedAt: signed_at,
    keyId: signed_key,
  }));
  const acts = await actsOf(connection, row.id);
  const digest = Buffer.from(row.digest).toString('hex');
  const { terms } = row;
  return {
    id: row.id,
    version: row.version,
    state: stateAt(await standingOf(connection, row), now),
    name: terms.name,
    template: terms.template,
    parties,
    purposes: terms.purposes,
    terms: terms.terms,
    onward: terms.onward,
    suppressionK: terms.suppressionK,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    reviewOn: row.review_on,
    reviewOverdue: row.review_on < now.toISOString().slice(0, 10),
    replaces: row.replaces,
    digest,
    acts: acts.map(({ act, at, organisation_id, key_id, reason }) => ({
      act,
      at,
      organisation: slugs.get(organisation_id) ?? '',
      keyId: key_id,
      reason,
    })),
    printed: printedAgreement(terms, digest, parties),
    impactAssessment: impactAssessment(terms),
    machineReadable: JSON.stringify({
      format: 'headwater-agreement/1',
      id: row.id,
      terms,
      digest,
      signatures: parties,
    }),
    signed: terms,
  };
}

function classesUnder(terms: readonly Term[], classes: readonly GiverClass[]): readonly number[] {
  return classes
    .filter(({ record_class, handling }) =>
      terms.some(
        (term) =>
          term.recordClass === record_class &&
          HANDLINGS.indexOf(handling) <= HANDLINGS.indexOf(term.handlingCeiling),
      ),
    )
    .map(({ id }) => id);
}
