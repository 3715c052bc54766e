/** Pictures of a page as goldens: small files, and a comparison that sees what a reader would see and not how a browser smooths its letters. */
import { crc32, deflateSync } from 'node:zlib';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';

const MOST_COLOURS = 64;
/** Colours nearer to each other than this, channel by channel, are one in a file. */
const NEAR = 10;
/**
 * Side of the squares that are compared by their mean colour. Letters and lines that another Chromium or FreeType smooths in another way, or sets
 * a third of a pixel further, have the same mean; what is moved by a line, is missing or has another colour has not.
 */
const SQUARE = 8;
/** Of pixelmatch, 0 to 1, between mean colours. */
const THRESHOLD = 0.1;

interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** The share of squares that differ; 1 where the pictures are not of one size. */
export function differenceOf(golden: Uint8Array, now: Uint8Array): number {
  const [a, b] = [golden, now].map((png) => inSquares(PNG.sync.read(Buffer.from(png)))) as [Picture, Picture];
  if (a.width !== b.width || a.height !== b.height) return 1;
  const options = { threshold: THRESHOLD, includeAA: true };
  return pixelmatch(a.data, b.data, undefined, a.width, a.height, options) / (a.width * a.height);
}

function inSquares({ width, height, data }: Picture): Picture {
  const [across, down] = [Math.floor(width / SQUARE), Math.floor(height / SQUARE)];
  const means = new Uint8Array(across * down * 4);
  for (let y = 0; y < down; y += 1)
    for (let x = 0; x < across; x += 1)
      for (let channel = 0; channel < 4; channel += 1) {
        let sum = 0;
        for (let dy = 0; dy < SQUARE; dy += 1)
          for (let dx = 0; dx < SQUARE; dx += 1)
            sum += data[((y * SQUARE + dy) * width + x * SQUARE + dx) * 4 + channel] ?? 0;
        means[(y * across + x) * 4 + channel] = sum / SQUARE ** 2;
      }
  return { width: across, height: down, data: means };
}

/** The same picture in at most 64 colours, which is a third of the bytes. */
export function packed(png: Uint8Array): Buffer {
  const { width, height, data } = PNG.sync.read(Buffer.from(png));
  const { palette, places } = paletteOf(data);
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      rows[y * (width + 1) + 1 + x] = places.get(colourAt(data, (y * width + x) * 4)) ?? 0;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits a pixel, each a place in the palette.
  header.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flatMap((colour) => channels(colour)))),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The most frequent colours, each that is near to none before it; and for every colour its place among them. */
function paletteOf(data: Uint8Array): { palette: readonly number[]; places: ReadonlyMap<number, number> } {
  const counts = new Map<number, number>();
  for (let at = 0; at < data.length; at += 4) {
    const colour = colourAt(data, at);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const palette: number[] = [];
  const places = new Map<number, number>();
  for (const [colour] of [...counts].sort(([, a], [, b]) => b - a)) {
    const nearest = nearestOf(palette, colour);
    const isNew = palette.length < MOST_COLOURS && (nearest === -1 || gap(palette[nearest]!, colour) > NEAR);
    if (isNew) palette.push(colour);
    places.set(colour, isNew ? palette.length - 1 : nearest);
  }
  return { palette, places };
}

function nearestOf(palette: readonly number[], colour: number): number {
  let nearest = -1;
  for (let at = 0; at < palette.length; at += 1)
    if (nearest === -1 || gap(palette[at]!, colour) < gap(palette[nearest]!, colour)) nearest = at;
  return nearest;
}

function gap(a: number, b: number): number {
  const [x, y] = [channels(a), channels(b)];
  return Math.max(...x.map((value, at) => Math.abs(value - (y[at] ?? 0))));
}

function colourAt(data: Uint8Array, at: number): number {
  return ((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0);
}

function channels(colour: number): readonly number[] {
  return [(colour >> 16) & 255, (colour >> 8) & 255, colour & 255];
}

function chunk(name: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), content]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}
