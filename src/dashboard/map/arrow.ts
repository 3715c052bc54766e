/** The mark that says which way a flow goes, drawn here: an image of the style would be asked for somewhere. */
import type { Map as MapLibre } from 'maplibre-gl';

const ARROW = 'arrow';
const SIZE = 24;

/** As a signed field of distance, so that it takes the colour of what it lies on. */
export function addArrow(map: MapLibre): void {
  if (map.hasImage(ARROW)) return;
  const canvas = document.createElement('canvas');
  canvas.width = SIZE;
  canvas.height = SIZE;
  const context = canvas.getContext('2d');
  if (context === null) return;
  context.lineWidth = 3.2;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.beginPath();
  context.moveTo(9, 6);
  context.lineTo(15, 12);
  context.lineTo(9, 18);
  context.stroke();
  map.addImage(ARROW, context.getImageData(0, 0, SIZE, SIZE), { sdf: true, pixelRatio: 1.5 });
}
