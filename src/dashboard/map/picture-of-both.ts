/** Two maps under a divider, as one picture. */
import type { MapHandle } from './map-canvas.tsx';

/** `split`: how much of the width the first one has, in hundredths. Null where either is not drawn yet. */
export async function pictureOfBoth(
  a: MapHandle | null,
  b: MapHandle | null,
  split: number,
  names: readonly [a: string, b: string],
): Promise<Blob | null> {
  const [left, right] = await Promise.all(
    [a, b].map(async (map) => {
      const blob = (await map?.picture()) ?? null;
      return blob === null ? null : createImageBitmap(blob);
    }),
  );
  if (left == null || right == null) return null;
  const canvas = new OffscreenCanvas(left.width, left.height);
  const paper = canvas.getContext('2d');
  if (paper === null) return null;
  const at = Math.round((left.width * split) / 100);
  paper.drawImage(left, 0, 0);
  if (at < left.width)
    paper.drawImage(right, at, 0, left.width - at, left.height, at, 0, left.width - at, left.height);
  for (const [index, name] of names.entries()) {
    // Which is which goes with the picture.
    const size = Math.round(left.height / 50);
    paper.font = `${size}px ${getComputedStyle(document.body).fontFamily}`;
    const wide = paper.measureText(name).width + size;
    const x = index === 0 ? 0 : left.width - wide;
    paper.fillStyle = '#fff';
    paper.fillRect(x, 0, wide, size * 1.6);
    paper.fillStyle = '#000';
    paper.fillText(name, x + size / 2, size * 1.15);
  }
  paper.fillStyle = '#fff';
  paper.fillRect(at - 1, 0, 2, left.height);
  return canvas.convertToBlob({ type: 'image/png' });
}
