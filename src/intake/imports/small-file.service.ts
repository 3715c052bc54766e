/** A file small enough to stand in a request is imported for the key's own organisation, by the importer that large ones go through. */
import { createHash } from 'node:crypto';
import { ROLE_RIGHTS } from '../../access/roles.ts';
import type { Viewer } from '../../access/viewer.ts';
import { serviceKey } from '../../graphql/services.ts';
import { accept, HeadwaterError, type Outcome, type Reason, refuse } from '../../kernel/errors.ts';
import { isId } from '../../kernel/ids.ts';
import type { ImportProfile } from '../formats/profile.ts';
import { findProfile, NAMED_PROFILES } from '../formats/profiles/named.ts';
import { readOwnProfile } from '../formats/profiles/own.ts';
import { openTable } from '../formats/tables.ts';
import { checkedZone } from '../formats/time-zones.ts';
import { importFile, planImportUndo, undoImport } from './import.service.ts';
import type { ImportTools } from './import-tools.service.ts';
import type { ImportRequest, ImportSummary } from './import-types.ts';
import type { UndoPlan } from './undo-plan.ts';

/** The importer, wired at the start. */
export const IMPORT_TOOLS = serviceKey<ImportTools>('imports');

export interface SmallFile {
  readonly fileName: string;
  /** Exactly one of the two. */
  readonly text: string | null;
  readonly base64: string | null;
  /** Exactly one of the two: the name of a profile that comes with the hub, or a profile as JSON text. */
  readonly profile: string | null;
  readonly profileJson: string | null;
  readonly zone: string | null;
  readonly dateOrder: 'dmy' | 'mdy' | 'ymd' | null;
  /** Of a workbook. */
  readonly sheet: string | null;
}

/** Throws FORBIDDEN when the role never imports; everything wrong with the file itself is a refusal. */
export async function importSmallFile(
  tools: ImportTools,
  viewer: Viewer,
  file: SmallFile,
): Promise<Outcome<ImportSummary>> {
  const organisation = importingOrganisation(viewer);
  const bytes = bytesOf(file);
  const profile = profileOf(file);
  const dates = datesOf(file);
  if (!bytes.accepted || !profile.accepted || !dates.accepted) {
    return refuse(...[bytes, profile, dates].flatMap((part) => (part.accepted ? [] : part.reasons)));
  }
  const content = bytes.value;
  try {
    const summary = await importFile(tools, {
      organisation,
      keyId: viewer.keyId,
      profile: profile.value,
      fileName: file.fileName,
      fileSha256: createHash('sha256').update(content).digest(),
      open: () => openTable(profile.value, content, file.sheet),
      dates: dates.value,
      sheet: file.sheet,
      size: content.length,
    });
    return accept(summary);
  } catch (error) {
    if (!(error instanceof HeadwaterError) || error.code !== 'BAD_INPUT') throw error;
    return refuse({ where: 'the file', found: error.message, wanted: `a ${profile.value.name} file` });
  }
}

/** Refused where something stands on it, and alike where there is no such import and where it is another's. Throws FORBIDDEN, BUSY. */
export async function undoOwnImport(
  tools: ImportTools,
  viewer: Viewer,
  batchId: string,
): Promise<Outcome<null>> {
  const { id } = importingOrganisation(viewer);
  try {
    if (!isId(batchId)) return refuse(NO_IMPORT);
    await undoImport(tools, id, viewer.keyId, batchId);
    return accept(null);
  } catch (error) {
    if (!(error instanceof HeadwaterError)) throw error;
    if (error.code === 'NOT_FOUND') return refuse(NO_IMPORT);
    if (error.code !== 'CONFLICT') throw error;
    return refuse({
      where: 'batchId',
      found: error.message,
      wanted: 'an import that nothing stands on: undoPlan says what would have to go first',
    });
  }
}

const NO_IMPORT: Reason = {
  where: 'batchId',
  found: 'no such import',
  wanted: 'an import of your organisation',
};

/** Throws FORBIDDEN. */
export async function planOwnUndo(
  tools: ImportTools,
  viewer: Viewer,
  batchId: string,
): Promise<UndoPlan | null> {
  return planImportUndo(tools, importingOrganisation(viewer).id, batchId);
}

export function importingOrganisation({
  role,
  organisationId,
  organisationSlug,
}: Viewer): ImportRequest['organisation'] {
  if (!ROLE_RIGHTS[role].mayImport || organisationId === null || organisationSlug === null) {
    throw new HeadwaterError(
      'FORBIDDEN',
      `a key of the role ${role} does not import; ask your data officer for one that does`,
    );
  }
  return { id: organisationId, slug: organisationSlug };
}

function bytesOf({ text, base64 }: SmallFile): Outcome<Buffer> {
  if ((text === null) === (base64 === null)) {
    const found = text === null ? 'neither' : 'both';
    return refuse({ where: 'content, contentBase64', found, wanted: 'exactly one of the two' });
  }
  if (text !== null) return accept(Buffer.from(text, 'utf8'));
  // Buffer passes over what is not base64: half a file would come in as if it were whole.
  if (!/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(base64 ?? '')) {
    return refuse({ where: 'contentBase64', found: 'other characters', wanted: 'base64 (RFC 4648)' });
  }
  return accept(Buffer.from(base64 ?? '', 'base64'));
}

function profileOf({ profile, profileJson }: SmallFile): Outcome<ImportProfile> {
  if ((profile === null) === (profileJson === null)) {
    const found = profile === null ? 'neither' : 'both';
    return refuse({
      where: 'profile, profileJson',
      found,
      wanted: `exactly one of the two; profiles: ${profileNames()}`,
    });
  }
  if (profile !== null) {
    const named = findProfile(profile);
    return named === null
      ? refuse({ where: 'profile', found: `"${profile}"`, wanted: `one of ${profileNames()}` })
      : accept(named);
  }
  const own = readOwnProfile(profileJson ?? '');
  if (own.accepted) return own;
  return refuse(
    ...own.reasons.map((reason) =>
      reason.where.startsWith('line ')
        ? {
            ...reason,
            where: `profileJson, ${reason.where}`,
            wanted: `${reason.wanted} (docs/import-profiles.md shows a profile)`,
          }
        : reason,
    ),
  );
}

function datesOf({ zone, dateOrder }: SmallFile): Outcome<NonNullable<ImportRequest['dates']>> {
  const checked = zone === null ? null : checkedZone('zone', zone);
  if (checked?.accepted === false) return checked;
  return accept({ ...(zone === null ? {} : { zone }), ...(dateOrder === null ? {} : { order: dateOrder }) });
}

function profileNames(): string {
  return NAMED_PROFILES.map(({ name }) => name).join(', ');
}
