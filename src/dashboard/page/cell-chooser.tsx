/** How large the cells are that hotspots are counted in: large ones tell of a stretch of the border, small ones of a road. */
import type { ChooserProps } from '../map/layer.ts';
import { CELL_SIZES, type CellSize } from '../view/map-view.ts';
import { number, say } from '../words/words.ts';

/** From side to side, in km, at each H3 resolution: √3 of the mean edge, rounded. */
const ACROSS_KM: Readonly<Record<string, number>> = { 2: 320, 3: 120, 4: 45, 5: 17, 6: 6, 7: 2.5 };

export function CellChooser({ view, change }: ChooserProps) {
  return (
    <div className="chooser">
      <label>
        {say('hotspot.cells')}
        <select
          name="cells"
          value={view.cells}
          onChange={({ target: { value } }) => {
            const cells = CELL_SIZES.find((one) => one === value);
            if (cells !== undefined) change({ cells, open: null, movement: null });
          }}
        >
          {CELL_SIZES.map((size) => (
            <option key={size} value={size}>
              {sizeOf(size)}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

/** Null at resolutions that nobody chooses from. */
export function acrossOf(resolution: number): string | null {
  const km = ACROSS_KM[resolution];
  return km === undefined ? null : say('hotspot.across', { km: number(km) });
}

const sizeOf = (size: CellSize): string =>
  size === 'auto' ? say('hotspot.auto') : (acrossOf(Number(size)) ?? size);
