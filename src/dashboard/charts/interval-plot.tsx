/** Figures with their intervals on one line each, to one scale: where an interval has no end on a side it runs to the edge. The table beside it says the same. */
import { digits, say } from '../words/words.ts';

export interface PlottedInterval {
  readonly id: string;
  readonly name: string;
  /** Beside the name. */
  readonly note: string;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** What is drawn in place of an interval that is not there. */
  readonly instead: string | null;
  readonly tone: 'more' | 'fewer' | 'steady' | 'unclear';
}

interface PlotProps {
  readonly rows: readonly PlottedInterval[];
  /** Ratios are drawn in halves and doubles around 1; rates from 0. */
  readonly scale: 'ratio' | 'rate';
  readonly label: string;
}

/** Of ratios: from an eighth to eight times. */
const RATIO_TICKS = [1 / 8, 1 / 4, 1 / 2, 1, 2, 4, 8] as const;
const WIDTH = 100;

export function IntervalPlot({ rows, scale, label }: PlotProps) {
  const most = 1.03 * Math.max(0.1, ...rows.map(({ high, value }) => high ?? value ?? 0));
  const at = (value: number): number => {
    const share = scale === 'rate' ? value / most : (Math.log2(Math.max(value, 1e-9)) + 3) / 6;
    return Math.min(1, Math.max(0, share)) * WIDTH;
  };
  const ticks = scale === 'ratio' ? RATIO_TICKS : ratesUpTo(most);
  return (
    <div className="plot" role="img" aria-label={label}>
      {rows.map(({ id, name, note, value, low, high, instead, tone }) => (
        <div key={id} className="plot-row">
          <span className="plot-name">
            {name}
            <small>{note}</small>
          </span>
          {instead === null ? (
            <svg className={`plot-line tone-${tone}`} viewBox={`0 0 ${WIDTH} 10`} preserveAspectRatio="none">
              {ticks.map((tick) => (
                <line
                  key={tick}
                  className={scale === 'ratio' && tick === 1 ? 'plot-one' : 'plot-tick'}
                  x1={at(tick)}
                  x2={at(tick)}
                  y1="0"
                  y2="10"
                  vectorEffect="non-scaling-stroke"
                />
              ))}
              <line
                className="plot-interval"
                x1={low === null ? 0 : at(low)}
                x2={high === null ? WIDTH : at(high)}
                y1="5"
                y2="5"
                vectorEffect="non-scaling-stroke"
              />
              {value !== null && (
                <line
                  className="plot-value"
                  x1={at(value)}
                  x2={at(value)}
                  y1="5"
                  y2="5"
                  vectorEffect="non-scaling-stroke"
                />
              )}
            </svg>
          ) : (
            <span className="plot-instead">{instead}</span>
          )}
        </div>
      ))}
      <div className="plot-row plot-axis" aria-hidden="true">
        <span />
        <svg viewBox={`0 0 ${WIDTH * 4} 12`} preserveAspectRatio="xMidYMid meet">
          {ticks.map((tick) => (
            <text
              key={tick}
              x={at(tick) * 4}
              y="9"
              textAnchor={at(tick) < 3 ? 'start' : at(tick) > 97 ? 'end' : 'middle'}
            >
              {scale === 'rate'
                ? digits(tick)
                : tick < 1
                  ? say('ratio.fraction', { value: digits(1 / tick) })
                  : say('ratio.times', { value: digits(tick) })}
            </text>
          ))}
        </svg>
      </div>
    </div>
  );
}

/** At most six, at 1, 2 or 5 times a power of ten. */
function ratesUpTo(most: number): readonly number[] {
  const power = 10 ** Math.floor(Math.log10(most / 5));
  const step = power * ([1, 2, 5, 10].find((one) => most / (power * one) <= 5) ?? 10);
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, index) =>
    Number((index * step).toPrecision(6)),
  );
}
