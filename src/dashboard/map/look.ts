/** The colours of the map, read from the style sheet: one place has them, for the page and for what is drawn. */

const NAMES = [
  'water',
  'land',
  'land-edge',
  'border',
  'label',
  'label-quiet',
  'label-halo',
  'more',
  'fewer',
  'steady',
  'first',
  'gone',
  'unclear',
  'hot',
  'cold',
  'density',
  'shade-0',
  'shade-1',
  'shade-2',
  'shade-3',
  'shade-4',
  'point',
  'select',
] as const;
export type ColourName = (typeof NAMES)[number];
export type Look = Readonly<Record<ColourName, string>>;

/** As the page is drawn now: light or dark. */
export function readLook(): Look {
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(
    NAMES.map((name) => [name, style.getPropertyValue(`--map-${name}`).trim()]),
  ) as unknown as Look;
}

export const SHADES = ['shade-0', 'shade-1', 'shade-2', 'shade-3', 'shade-4'] as const;

/** Four steps up to the largest, each some three times the one before: counts of places differ by orders. */
export function stepsUpTo(most: number): readonly number[] {
  const ratio = Math.max(2, most) ** (1 / 4);
  const steps = [1, 2, 3].map((power) => Math.max(power + 1, Math.round(ratio ** power)));
  return [1, ...steps].filter((step, index, all) => index === 0 || step > (all[index - 1] ?? 0));
}
