/** RIFF, as WebP and WAV are: one list of chunks that fills the file. */

const CUT = 'a file that is cut short or damaged';
/** A chunk without which there is no picture or sound. */
const BODY: Readonly<Record<string, RegExp>> = { WEBP: /^VP8[ LX]$/, WAVE: /^data$/ };

export function faultOfRiff(bytes: Buffer): string | null {
  if (bytes.length < 20) return CUT;
  const whole = 8 + bytes.readUInt32LE(4);
  if (whole > bytes.length) return CUT;
  if (bytes.length - whole > whole % 2) return `${bytes.length - whole} bytes after the end of the file`;
  const body = BODY[bytes.toString('latin1', 8, 12)];
  let found = false;
  for (let at = 12; at + 8 <= whole; ) {
    const size = bytes.readUInt32LE(at + 4);
    found ||= body?.test(bytes.toString('latin1', at, at + 4)) === true;
    if (at + 8 + size > whole) return CUT;
    at += 8 + size + (size % 2);
  }
  return found ? null : CUT;
}
