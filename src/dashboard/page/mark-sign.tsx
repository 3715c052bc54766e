/** The sign of what was done on the way, as it is on the map. */
import { MARK_COLOURS, type MarkShape } from '../layers/mark-answer.ts';
import { MARK_PATHS } from '../map/mark-icons.ts';

export function MarkSign({ shape }: { readonly shape: MarkShape }) {
  return (
    <svg
      className={`mark-sign mark-${shape} colour-${MARK_COLOURS[shape]}`}
      viewBox="0 0 24 24"
      aria-hidden="true"
    >
      <path d={MARK_PATHS[shape]} />
    </svg>
  );
}
