/** MP3: tags at its beginning and end, and between them frames of MPEG audio, layer III, one after the other. */

/** kbit/s by the frame's four bits; layer III of MPEG 1, and of MPEG 2 and 2.5. ISO/IEC 11172-3, table of bit rates. */
const RATES = [
  [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
] as const;
/** Hz by version (2.5, none, 2, 1) and the frame's two bits. */
const SAMPLING = [[11_025, 12_000, 8_000], [], [22_050, 24_000, 16_000], [44_100, 48_000, 32_000]] as const;
const ID3_END = 128;
const LEAST_FRAMES = 2;

export function faultOfMpegAudio(bytes: Buffer): string | null {
  let at = bytes.toString('latin1', 0, 3) === 'ID3' ? endOfTag(bytes) : 0;
  const end =
    bytes.toString('latin1', bytes.length - ID3_END, bytes.length - 125) === 'TAG'
      ? bytes.length - ID3_END
      : bytes.length;
  // Writers fill the space behind a tag with zeros.
  while (at < end && bytes[at] === 0) at += 1;
  let frames = 0;
  for (; at < end; frames += 1) {
    const length = frameLength(bytes, at);
    if (length === null) break;
    at += length;
  }
  if (frames < LEAST_FRAMES) return 'no sound, or not in frames of MPEG audio, layer III';
  // The last frame may be cut where a recording was.
  return at >= end ? null : `${end - at} bytes after the end of the sound`;
}

/** Of the frame that begins there; null where none does. */
function frameLength(bytes: Buffer, at: number): number | null {
  if (at + 4 > bytes.length) return null;
  const head = bytes.readUInt32BE(at);
  if (head >>> 21 !== 0x7ff || ((head >>> 17) & 3) !== 1) return null;
  const version = (head >>> 19) & 3;
  const hertz = SAMPLING[version]?.[(head >>> 10) & 3];
  const rate = RATES[version === 3 ? 0 : 1][(head >>> 12) & 15];
  if (hertz === undefined || rate === undefined || rate === 0) return null;
  return Math.floor(((version === 3 ? 144 : 72) * rate * 1_000) / hertz) + ((head >>> 9) & 1);
}

/** Seven bits a byte, after ten bytes of head; a foot of ten more where the flag says so. */
function endOfTag(bytes: Buffer): number {
  if (bytes.length < 10) return bytes.length;
  const size = [6, 7, 8, 9].reduce((sum, at) => sum * 128 + ((bytes[at] ?? 0) & 127), 0);
  return 10 + size + (((bytes[5] ?? 0) & 16) === 0 ? 0 : 10);
}
