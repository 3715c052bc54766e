/** The smallest whole file of each type that may be attached, made up here. */
import { crc32, deflateSync } from 'node:zlib';
import type { MediaType } from '../../src/kernel/attachment-words.ts';

function chunk(name: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), content]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(content.length, 0);
  body.copy(whole, 4);
  whole.writeUInt32BE(crc32(body), body.length + 4);
  return whole;
}

/** One grey dot; `text` stands in a comment of it. */
export function png(text = ''): Buffer {
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', Buffer.from('00000001000000010800000000', 'hex')),
    ...(text === '' ? [] : [chunk('tEXt', Buffer.from(`Comment\0${text}`, 'latin1'))]),
    chunk('IDAT', deflateSync(Buffer.from([0, 128]))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** `objects`: what stands in its body; `after`: behind its end. */
export function pdf(objects = '', after = ''): Buffer {
  const body = `1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Count 0 /Kids [] >>\nendobj\n${objects}`;
  return Buffer.from(
    `%PDF-1.7\n${body}\ntrailer << /Root 1 0 R /Size 3 >>\nstartxref\n0\n%%EOF\n${after}`,
    'latin1',
  );
}

/** An object whose content is packed. */
export function packed(dictionary: string, content: string): string {
  const body = deflateSync(Buffer.from(content, 'latin1')).toString('latin1');
  return `3 0 obj\n<< ${dictionary} /Filter /FlateDecode /Length ${body.length} >>\nstream\n${body}\nendstream\nendobj\n`;
}

function box(name: string, content: Buffer): Buffer {
  const whole = Buffer.concat([Buffer.alloc(4), Buffer.from(name, 'latin1'), content]);
  whole.writeUInt32BE(whole.length, 0);
  return whole;
}

const film = (brand: string): Buffer =>
  Buffer.concat([
    box('ftyp', Buffer.from(`${brand}\0\0\0\0${brand}`, 'latin1')),
    box('moov', Buffer.alloc(4)),
    box('mdat', Buffer.alloc(8)),
  ]);

function wav(): Buffer {
  const parts = Buffer.from(
    '57415645666d74201000000001000100401f0000401f00000100080064617461020000008080',
    'hex',
  );
  const head = Buffer.from('RIFF\0\0\0\0', 'latin1');
  head.writeUInt32LE(parts.length, 4);
  return Buffer.concat([head, parts]);
}

/** MPEG 1, layer III, 128 kbit/s at 44.1 kHz: 417 bytes a frame. */
const frame = Buffer.concat([Buffer.from('fffb9000', 'hex'), Buffer.alloc(413)]);

export const SMALL_FILES: Readonly<Record<MediaType, Buffer>> = {
  'application/pdf': pdf(),
  'image/png': png(),
  'image/jpeg': Buffer.from(
    'ffd8ffe000104a46494600010100000100010000ffda0008010100003f00aabbff00ccffd9',
    'hex',
  ),
  'image/webp': Buffer.from('UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA', 'base64'),
  'image/tiff': Buffer.from('49492a000800000001000001030001000000010000000000000000', 'hex'),
  'text/plain': Buffer.from('paid for the bus, twice\n'),
  'text/csv': Buffer.from('day,paid\n2026-03-01,400\n'),
  'audio/mpeg': Buffer.concat([
    Buffer.from('49443303000000000004000000 00'.replaceAll(' ', ''), 'hex'),
    frame,
    frame,
  ]),
  'audio/wav': wav(),
  'audio/mp4': film('M4A '),
  'video/mp4': film('isom'),
};
