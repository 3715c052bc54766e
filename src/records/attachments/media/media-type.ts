/** What a file is, by its content alone: one of the types that are taken in, whole, with nothing before or after it, and nothing in it that runs. */
import { MEDIA_TYPES, type MediaType } from '../../../kernel/attachment-words.ts';
import { accept, type Outcome, type Reason, refuse } from '../../../kernel/errors.ts';
import { mediaOfBoxes } from './boxes.ts';
import { faultOfPdf } from './pdf.ts';
import { faultOfJpeg, faultOfPng, faultOfTiff } from './pictures.ts';
import { faultOfRiff } from './riff.ts';
import { faultOfMpegAudio } from './sound.ts';
import { faultOfCsv, faultOfText } from './text.ts';

const WHERE = 'contentBase64';
/** Readers of PDF take its mark anywhere up to here, readers of ZIP look for its directory this far from the end. */
const PDF_MARK_WITHIN = 1_024;
const ZIP_END_WITHIN = 65_557;

/** `declared`: as the caller says. The reasons say what the file is instead, never what stands in it. */
export function mediaTypeOf(bytes: Buffer, declared: string): Outcome<MediaType> {
  const wanted = MEDIA_TYPES.find((type) => type === declared.trim().toLowerCase());
  if (wanted === undefined)
    return refuse({ where: 'mediaType', found: 'another type', wanted: `one of ${MEDIA_TYPES.join(', ')}` });
  if (bytes.length === 0) return refuse({ where: WHERE, found: 'nothing', wanted: `a file of ${wanted}` });
  const found = recognised(bytes);
  if (found === null)
    return refuse({ where: WHERE, found: knownOtherwise(bytes), wanted: `a file of ${wanted}` });
  // Nothing in plain text says whether its commas are columns: the caller does.
  const type = found === 'text/plain' && wanted === 'text/csv' ? wanted : found;
  if (type !== wanted)
    return refuse({ where: 'mediaType', found: `${wanted} said of a file of ${type}`, wanted: type });
  const fault = faultOf(bytes, type) ?? (type.startsWith('text/') ? null : otherFileIn(bytes, type));
  return fault === null ? accept(type) : refuse(fault);
}

function recognised(bytes: Buffer): MediaType | null {
  const begins = (mark: string, at = 0): boolean =>
    bytes.subarray(at, at + mark.length).equals(Buffer.from(mark, 'latin1'));
  if (begins('%PDF-')) return 'application/pdf';
  if (begins('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (begins('\xff\xd8\xff')) return 'image/jpeg';
  if (begins('RIFF') && begins('WEBP', 8)) return 'image/webp';
  if (begins('RIFF') && begins('WAVE', 8)) return 'audio/wav';
  if (begins('II*\0') || begins('MM\0*')) return 'image/tiff';
  if (begins('ftyp', 4)) return mediaOfBoxes(bytes).type;
  // An ID3 tag, or a frame of layer III.
  if (begins('ID3') || (bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe6) === 0xe2)) return 'audio/mpeg';
  return faultOfText(bytes) === null ? 'text/plain' : null;
}

const ARCHIVES = ['\x1f\x8b', '7z\xbc\xaf', 'Rar!', 'BZh', '\xfd7zXZ'];
const PROGRAMS = ['MZ', '\x7fELF', '\xcf\xfa\xed\xfe', '\xca\xfe\xba\xbe', '#!'];

/** What it is instead, in words that help; of the rest that it is none of ours. */
function knownOtherwise(bytes: Buffer): string {
  const head = bytes.subarray(0, 8).toString('latin1');
  if (head.startsWith('PK')) return 'an archive or an Office file';
  if (head.startsWith('\xd0\xcf\x11\xe0')) return 'an old Office file, which can carry macros';
  if (ARCHIVES.some((mark) => head.startsWith(mark))) return 'an archive';
  if (PROGRAMS.some((mark) => head.startsWith(mark))) return 'a program';
  if (head.startsWith('GIF8')) return 'a GIF';
  if (head.startsWith('{\\rtf')) return 'an RTF file';
  const fault = faultOfText(bytes);
  return fault === null || fault === 'bytes that are no text'
    ? 'a file of none of these types, or a text that is not UTF-8'
    : fault;
}

function faultOf(bytes: Buffer, type: MediaType): Reason | null {
  const fault = CHECKS[type](bytes);
  return fault === null ? null : { where: WHERE, found: fault, wanted: `a whole ${type} and nothing else` };
}

const CHECKS: Readonly<Record<MediaType, (bytes: Buffer) => string | null>> = {
  'application/pdf': faultOfPdf,
  'image/png': faultOfPng,
  'image/jpeg': faultOfJpeg,
  'image/webp': faultOfRiff,
  'image/tiff': faultOfTiff,
  'text/plain': faultOfText,
  'text/csv': faultOfCsv,
  'audio/mpeg': faultOfMpegAudio,
  'audio/wav': faultOfRiff,
  'audio/mp4': (bytes) => mediaOfBoxes(bytes).fault,
  'video/mp4': (bytes) => mediaOfBoxes(bytes).fault,
};

/** A file that a reader of another type would open too. */
function otherFileIn(bytes: Buffer, type: MediaType): Reason | null {
  const pdf = bytes.subarray(0, PDF_MARK_WITHIN).includes('%PDF-') && type !== 'application/pdf';
  const zip = bytes.subarray(-ZIP_END_WITHIN).includes('PK\x05\x06', 0, 'latin1');
  if (!pdf && !zip) return null;
  const found = `a ${type} that is a ${pdf ? 'PDF' : 'ZIP archive'} too`;
  return { where: WHERE, found, wanted: `a whole ${type} and nothing else` };
}
