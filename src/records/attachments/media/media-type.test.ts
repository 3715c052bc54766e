/** Which files are taken in, by what they hold: one whole file of each type, and what is refused of every bad one. */
import { deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { packed, pdf, png, SMALL_FILES } from '../../../../test/support/small-files.ts';
import { MEDIA_TYPES } from '../../../kernel/attachment-words.ts';
import { mediaTypeOf } from './media-type.ts';

const latin = (text: string): Buffer => Buffer.from(text, 'latin1');
const refusal = (bytes: Buffer, declared: string): string => {
  const outcome = mediaTypeOf(bytes, declared);
  return outcome.accepted ? 'taken' : `${outcome.reasons[0]?.where}: ${outcome.reasons[0]?.found}`;
};

describe('a file that is attached', () => {
  it.each(MEDIA_TYPES)('is taken as %s where it is one', (type) => {
    expect(mediaTypeOf(SMALL_FILES[type], type)).toEqual({ accepted: true, value: type });
  });

  it('is refused under every other name, with what it is and what was said', () => {
    for (const type of MEDIA_TYPES)
      for (const declared of MEDIA_TYPES) {
        if (declared === type || (type === 'text/plain' && declared === 'text/csv')) continue;
        if (type === 'text/csv' && declared === 'text/plain') continue;
        const outcome = mediaTypeOf(SMALL_FILES[type], declared);
        expect([type, declared, outcome.accepted]).toEqual([type, declared, false]);
        expect(outcome).toMatchObject({
          reasons: [{ where: 'mediaType', found: expect.stringContaining(declared) }],
        });
      }
  });

  const office = latin('PK\x03\x04\x14\0\x06\0[Content_Types].xml');
  it.each([
    ['an Office file', office, 'application/pdf', 'an archive or an Office file'],
    ['an old Office file', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'text/plain', 'which can carry macros'],
    ['a page', latin('<!DOCTYPE html><p>hello'), 'text/plain', 'a page or a script'],
    ['a drawing that runs', latin('\n<svg onload="x()"/>'), 'image/png', 'a page or a script'],
    ['a script', latin('#!/bin/sh\nrm x'), 'text/plain', 'a program'],
    ['a program', latin('MZ\x90\0'), 'image/jpeg', 'a program'],
    ['an archive', gzipSync('x'), 'application/pdf', 'an archive'],
    ['a GIF', latin('GIF89a\x01\0\x01\0'), 'image/png', 'a GIF'],
    ['rich text', latin('{\\rtf1 hello}'), 'text/plain', 'an RTF file'],
    ['a picture in boxes', latin('\0\0\0\x18ftypheic\0\0\0\0'), 'video/mp4', 'none of these types'],
    ['nothing', Buffer.alloc(0), 'text/plain', 'nothing'],
    ['bytes', Buffer.from([1, 2, 3, 4, 5, 250]), 'text/plain', 'none of these types'],
    ['a formula', latin('a,b\n1,=cmd|x'), 'text/csv', 'a formula'],
    ['a type that is not taken', latin('hello'), 'text/html', 'another type'],
  ])('is refused as %s', (_, bytes, declared, found) => {
    expect(refusal(bytes, declared)).toContain(found);
  });

  it.each(MEDIA_TYPES.filter((type) => !type.startsWith('text/')))(
    'is refused as %s that is another file too',
    (type) => {
      const zip = latin('PK\x03\x04something PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0');
      expect(refusal(Buffer.concat([SMALL_FILES[type], zip]), type)).not.toBe('taken');
      expect(refusal(Buffer.concat([zip, SMALL_FILES[type]]), type)).not.toBe('taken');
    },
  );

  it.each(MEDIA_TYPES.filter((type) => !/^text|tiff/.test(type)))(
    'is refused as %s that was cut short',
    (type) => {
      const whole = SMALL_FILES[type];
      expect(refusal(whole.subarray(0, Math.floor(whole.length / 2)), type)).not.toBe('taken');
    },
  );

  it('is refused where a PDF hides in a picture, and taken where a picture only speaks of one', () => {
    expect(refusal(png('%PDF-1.4 1 0 obj'), 'image/png')).toContain('that is a PDF too');
    expect(refusal(png('of a PDF'), 'image/png')).toBe('taken');
  });
});

describe('a PDF', () => {
  const action = '4 0 obj\n<< /S /JavaScript /JS (app.alert\\(1\\)) >>\nendobj\n';
  it.each([
    ['a script', pdf(action), 'JavaScript'],
    [
      'a script with its name in code',
      pdf(action.replace('/JavaScript', '/J#61vaScr#69pt').replace('/JS', '/X')),
      'JavaScript',
    ],
    [
      'a script in a packed object',
      pdf(packed('/Type /ObjStm /N 1 /First 4', `4 0 ${action}`)),
      'JavaScript',
    ],
    [
      'a packed object that hides its type',
      pdf(packed('/N 1 /First 4', '4 0 << /S /Launch /F (x.exe) >>')),
      'Launch',
    ],
    [
      'a packed object packed in another way',
      pdf('3 0 obj\n<< /Type /ObjStm /Filter /LZWDecode >>\nstream\nx\nendstream\nendobj'),
      'cannot be looked through',
    ],
    [
      'a packed object that does not unpack',
      pdf('3 0 obj\n<< /Type /ObjStm /Filter /FlateDecode >>\nstream\nx\nendstream\nendobj'),
      'cannot be looked through',
    ],
    ['files in it', pdf('4 0 obj\n<< /Names << /EmbeddedFiles 5 0 R >> >>\nendobj'), 'EmbeddedFiles'],
    ['a program to launch', pdf('4 0 obj\n<< /S /Launch /F (x.exe) >>\nendobj'), 'Launch'],
    ['a form that is sent', pdf('4 0 obj\n<< /S /SubmitForm >>\nendobj'), 'SubmitForm'],
    ['a lock', pdf('trailer << /Encrypt 4 0 R >>'), 'locked'],
    ['something after its end', pdf('', 'MZ and more'), 'after its end'],
    ['much after its end', pdf('', 'x'.repeat(5_000)), 'after it'],
    [
      'more in it than is looked through',
      pdf(packed('/Length1 1', ' '.repeat(70 * 1_048_576))),
      'unpacks to more',
    ],
  ])('is refused with %s', (_, bytes, found) => {
    expect(refusal(bytes, 'application/pdf')).toContain(found);
  });

  it('is taken with pages, links, forms to print and pictures whose bytes spell anything', () => {
    const link = '4 0 obj\n<< /S /URI /URI (https://example.org) >>\nendobj\n';
    const picture = `5 0 obj\n<< /Subtype /Image /Filter /DCTDecode >>\nstream\nxx/JS yy/AA zz\nendstream\nendobj\n`;
    const objects = packed('/Type /ObjStm /N 1 /First 4', '6 0 << /Type /Page >>');
    const page = packed('/Length1 9', `BT (hello) Tj ET ${deflateSync('x').toString('latin1')}`);
    expect(refusal(pdf(link + picture + objects + page), 'application/pdf')).toBe('taken');
  });
});
