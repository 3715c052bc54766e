/** A share that falls step by step over days, with the band of its interval; the table beside it says the same. */
import { say } from '../words/words.ts';

interface CurvePoint {
  readonly days: number;
  readonly share: number;
  readonly low: number | null;
  readonly high: number | null;
}

interface CurveProps {
  readonly points: readonly CurvePoint[];
  readonly label: string;
}

const WIDTH = 600;
const HEIGHT = 160;

export function StepCurve({ points, label }: CurveProps) {
  const last = points.at(-1)?.days ?? 0;
  if (last === 0) return null;
  const x = (days: number): number => (days / last) * WIDTH;
  const y = (share: number): number => (1 - share) * HEIGHT;
  const steps = (of: (point: CurvePoint) => number): string =>
    points.map((point) => `H${x(point.days).toFixed(1)}V${y(of(point)).toFixed(1)}`).join('');
  const low = `M0 0${steps((point) => point.low ?? 0)}H${WIDTH}`;
  const high = points
    .toReversed()
    .map((point, index, all) => {
      const before = all[index + 1];
      return `L${x(point.days).toFixed(1)} ${y(point.high ?? 1).toFixed(1)}L${x(point.days).toFixed(1)} ${y(before?.high ?? 1).toFixed(1)}`;
    })
    .join('');
  return (
    <figure className="curve">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
        <path className="curve-band" d={`${low}${high}Z`} />
        <path className="curve-half" d={`M0 ${HEIGHT / 2}H${WIDTH}`} vectorEffect="non-scaling-stroke" />
        <path
          className="curve-line"
          d={`M0 0${steps((point) => point.share)}H${WIDTH}`}
          vectorEffect="non-scaling-stroke"
        />
      </svg>
      <figcaption>
        <span>{say('curve.days', { count: 0 })}</span>
        <span>{say('curve.days', { count: last })}</span>
      </figcaption>
    </figure>
  );
}
