/** Hatching for areas of which nothing is known because nobody watches, drawn here: an image of the style would be asked for somewhere. */
import type { Map as MapLibre } from 'maplibre-gl';

export const HATCH = 'hatch';
const SIZE = 16;

/** In a grey that is seen on light and dark ground alike. */
export function addHatch(map: MapLibre): void {
  if (map.hasImage(HATCH)) return;
  const canvas = document.createElement('canvas');
  canvas.width = SIZE;
  canvas.height = SIZE;
  const context = canvas.getContext('2d');
  if (context === null) return;
  context.strokeStyle = '#7f8c94';
  context.lineWidth = 1.6;
  // Beyond the edges, so that one tile goes on in the next.
  for (const shift of [-SIZE, 0, SIZE]) {
    context.beginPath();
    context.moveTo(shift - 2, SIZE + 2);
    context.lineTo(shift + SIZE + 2, -2);
    context.stroke();
  }
  map.addImage(HATCH, context.getImageData(0, 0, SIZE, SIZE), { pixelRatio: 2 });
}
