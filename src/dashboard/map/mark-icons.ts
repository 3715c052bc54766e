/** The signs of what was done on the way, drawn here: images of the style would be asked for somewhere. */
import type { Map as MapLibre } from 'maplibre-gl';
import { MARK_SHAPES, type MarkShape } from '../layers/mark-answer.ts';

const SIZE = 24;
/** On a field of 24, the same as in the legend and on the time line. */
export const MARK_PATHS: Readonly<Record<MarkShape, string>> = {
  closed: 'M5 5L19 19M19 5L5 19',
  opened: 'M12 4a8 8 0 1 0 .01 0',
  arrest: 'M5 5h14v14h-14z',
  recovery: 'M12 3l9 9l-9 9l-9 -9z',
};

export const markIcon = (shape: MarkShape): string => `mark-${shape}`;

/** As a signed field of distance, so that they take the colour they are given. */
export function addMarks(map: MapLibre): void {
  for (const shape of MARK_SHAPES) {
    if (map.hasImage(markIcon(shape))) continue;
    const canvas = document.createElement('canvas');
    canvas.width = SIZE;
    canvas.height = SIZE;
    const context = canvas.getContext('2d');
    if (context === null) return;
    const path = new Path2D(MARK_PATHS[shape]);
    context.lineWidth = 4;
    context.lineCap = 'round';
    if (shape === 'closed' || shape === 'opened') context.stroke(path);
    else context.fill(path);
    map.addImage(markIcon(shape), context.getImageData(0, 0, SIZE, SIZE), { sdf: true, pixelRatio: 2 });
  }
}
