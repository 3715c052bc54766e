/** MP4 and M4A: boxes of size and name that fill the file, the first of which says the brand. */
import type { MediaType } from '../../../kernel/attachment-words.ts';

const SOUND = /^M4[AB] $/;
const FILM = /^(?:isom|iso[2-9]|mp4[12]|avc1|M4V |MSNV|dash|3gp\d)$/;
const BOXES = [
  'ftyp',
  'moov',
  'mdat',
  'free',
  'skip',
  'wide',
  'moof',
  'mfra',
  'sidx',
  'styp',
  'meta',
  'udta',
  'pdin',
];

/** `type` is null for brands that are not taken in, pictures in boxes (HEIC) among them. */
export function mediaOfBoxes(bytes: Buffer): {
  readonly type: MediaType | null;
  readonly fault: string | null;
} {
  const brand = bytes.toString('latin1', 8, 12);
  const type = SOUND.test(brand) ? 'audio/mp4' : FILM.test(brand) ? 'video/mp4' : null;
  return { type, fault: faultOfBoxes(bytes) };
}

function faultOfBoxes(bytes: Buffer): string | null {
  const names = new Set<string>();
  let at = 0;
  while (at + 8 <= bytes.length) {
    const name = bytes.toString('latin1', at + 4, at + 8);
    const size = sizeOf(bytes, at);
    if (!BOXES.includes(name))
      return names.size > 1 ? 'something else after the film or sound' : 'a damaged file';
    if (size < 8 || at + size > bytes.length) return 'a file that is cut short or damaged';
    names.add(name);
    at += size;
  }
  if (at !== bytes.length) return `${bytes.length - at} bytes after the end of the file`;
  return names.has('moov') && (names.has('mdat') || names.has('moof')) ? null : 'a file without its content';
}

/** 1: the size stands in eight bytes after the name; 0: up to the end. */
function sizeOf(bytes: Buffer, at: number): number {
  const size = bytes.readUInt32BE(at);
  if (size === 0) return bytes.length - at;
  return size === 1 && at + 16 <= bytes.length ? Number(bytes.readBigUInt64BE(at + 8)) : size;
}
