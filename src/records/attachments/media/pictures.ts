/** PNG, JPEG and TIFF walked part by part: whole, and at an end where the file ends. */
import { crc32 } from 'node:zlib';

const PNG_BEGINS = 8;
const CUT = 'a picture that is cut short or damaged';
const after = (bytes: number): string => `${bytes} bytes after the end of the picture`;

/** Chunks of length, name, content and checksum, IHDR first and IEND last. */
export function faultOfPng(bytes: Buffer): string | null {
  let first = true;
  for (let at = PNG_BEGINS; at + 12 <= bytes.length; first = false) {
    const end = at + 12 + bytes.readUInt32BE(at);
    const name = bytes.toString('latin1', at + 4, at + 8);
    if (end > bytes.length || !/^[A-Za-z]{4}$/.test(name) || (first && name !== 'IHDR')) return CUT;
    if (crc32(bytes.subarray(at + 4, end - 4)) !== bytes.readUInt32BE(end - 4)) return CUT;
    if (name === 'IEND') return end === bytes.length ? null : after(bytes.length - end);
    at = end;
  }
  return CUT;
}

const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;

/** Segments of marker and length; after a start of scan, bytes up to the next marker that is no restart. */
export function faultOfJpeg(bytes: Buffer): string | null {
  let scanned = false;
  for (let at = 2; at + 2 <= bytes.length; ) {
    if (bytes[at] !== 0xff) return CUT;
    const marker = bytes[at + 1] as number;
    if (marker === 0xff) at += 1;
    else if (marker === END_OF_IMAGE) {
      if (!scanned) return CUT;
      return at + 2 === bytes.length ? null : after(bytes.length - at - 2);
    } else if (at + 4 > bytes.length || marker < 0xc0) return CUT;
    else {
      at += 2 + bytes.readUInt16BE(at + 2);
      if (marker === START_OF_SCAN) {
        scanned = true;
        at = endOfScan(bytes, at);
      }
    }
  }
  return CUT;
}

function endOfScan(bytes: Buffer, from: number): number {
  for (
    let at = bytes.indexOf(0xff, from);
    at !== -1 && at + 1 < bytes.length;
    at = bytes.indexOf(0xff, at + 1)
  ) {
    const next = bytes[at + 1] as number;
    if (next !== 0 && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return bytes.length;
}

const MOST_PAGES = 10_000;

/** Directories of twelve-byte entries, each naming where the next begins. What lies between them says nothing of itself. */
export function faultOfTiff(bytes: Buffer): string | null {
  if (bytes.length < 14) return CUT;
  const little = bytes[0] === 0x49;
  const short = (at: number): number => (little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at));
  const long = (at: number): number => (little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
  let at = long(4);
  for (let page = 0; at !== 0; page += 1) {
    if (page === MOST_PAGES || at < 8 || at + 6 > bytes.length) return CUT;
    const entries = short(at);
    const end = at + 2 + entries * 12;
    if (entries === 0 || end + 4 > bytes.length) return CUT;
    at = long(end);
  }
  return long(4) === 0 ? CUT : null;
}
