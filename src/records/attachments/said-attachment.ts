/** Reading a file as somebody gives it: every reason at once, and none that shows a name. */
import { createHash } from 'node:crypto';
import type { AttachmentKind, MediaType } from '../../kernel/attachment-words.ts';
import { accept, type Outcome, type Reason, refuse } from '../../kernel/errors.ts';
import type { AttachmentInput } from './attachment.input.ts';
import { mediaTypeOf } from './media/media-type.ts';
import type { Parent } from './standing-on.sql.ts';

/** What a file hangs on. */
export interface ParentNamed {
  readonly parent: Parent;
  readonly id: string;
}

export interface SaidAttachment extends ParentNamed {
  readonly kind: AttachmentKind;
  readonly fileName: string;
  readonly mediaType: MediaType;
  readonly bytes: Buffer;
  readonly sha256: Buffer;
}

const PARENTS = [
  ['reportId', 'report'],
  ['legalCaseId', 'legal_case'],
  ['exhibitId', 'exhibit'],
] as const;
const LONGEST_NAME = 200;
/** Control characters, what stands between folders, and marks that turn the direction of writing around. */
const NO_NAME = /[\p{Cc}/\\:\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/** So that no program takes a file for something else when it is opened elsewhere. */
const ENDINGS: Readonly<Record<MediaType, readonly string[]>> = {
  'application/pdf': ['pdf'],
  'image/png': ['png'],
  'image/jpeg': ['jpg', 'jpeg'],
  'image/webp': ['webp'],
  'image/tiff': ['tif', 'tiff'],
  'text/plain': ['txt', 'text', 'log'],
  'text/csv': ['csv'],
  'audio/mpeg': ['mp3'],
  'audio/wav': ['wav'],
  'audio/mp4': ['m4a'],
  'video/mp4': ['mp4', 'm4v', '3gp'],
};

export function saidOfAttachment(input: AttachmentInput): Outcome<SaidAttachment> {
  const reasons: Reason[] = [];
  const named = PARENTS.flatMap(([field, parent]) => {
    const id = input[field];
    return id == null ? [] : [{ parent, id: id.toLowerCase() }];
  });
  if (named.length !== 1) {
    const found = named.length === 0 ? 'none' : 'several';
    reasons.push({ where: PARENTS.map(([field]) => field).join(', '), found, wanted: 'exactly one' });
  }
  const bytes = bytesOf(input.contentBase64);
  if (bytes === null)
    reasons.push({ where: 'contentBase64', found: 'other characters', wanted: 'base64 (RFC 4648)' });
  const type = bytes === null ? null : mediaTypeOf(bytes, input.mediaType);
  if (type?.accepted === false) reasons.push(...type.reasons);
  const mediaType = type?.accepted === true ? type.value : null;
  const fileName = input.fileName.trim();
  const fault = faultOfName(fileName, mediaType);
  if (fault !== null) reasons.push(fault);
  const [parent] = named;
  if (reasons.length > 0 || bytes === null || mediaType === null || parent === undefined)
    return refuse(...reasons);
  const sha256 = createHash('sha256').update(bytes).digest();
  return accept({ ...parent, kind: input.kind, fileName, mediaType, bytes, sha256 });
}

function faultOfName(name: string, type: MediaType | null): Reason | null {
  const where = 'fileName';
  if (name.length === 0 || name.length > LONGEST_NAME)
    return { where, found: `${name.length} characters`, wanted: `1 to ${LONGEST_NAME}` };
  if (NO_NAME.test(name))
    return { where, found: 'characters that are not in a name', wanted: 'a name without its folder' };
  const endings = type === null ? [] : ENDINGS[type];
  if (type === null || endings.includes(/\.([^.]+)$/.exec(name.toLowerCase())?.[1] ?? '')) return null;
  return { where, found: 'another ending', wanted: `a name that ends in .${endings.join(' or .')}` };
}

/** Buffer passes over what is not base64: half a file would come in as if it were whole. */
function bytesOf(base64: string): Buffer | null {
  const text = base64.replace(/\s+/g, '');
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text) ? Buffer.from(text, 'base64') : null;
}
