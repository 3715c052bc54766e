/** Incidents by month in small: one bar a month of the window of the data. */
import { monthAfter } from '../view/asked.ts';
import { month, say } from '../words/words.ts';

interface MonthBarsProps {
  readonly months: readonly { readonly month: string; readonly incidents: number }[];
  readonly window: { readonly first: string; readonly last: string } | null;
}

export function MonthBars({ months, window }: MonthBarsProps) {
  if (window === null || months.length === 0) return null;
  const counts = new Map(months.map((one) => [one.month, one.incidents]));
  const all: string[] = [];
  for (let at = window.first; at <= window.last && all.length < 240; at = monthAfter(at)) all.push(at);
  const most = Math.max(...counts.values());
  return (
    <figure className="month-bars">
      <svg
        viewBox={`0 0 ${all.length} 10`}
        preserveAspectRatio="none"
        role="img"
        aria-label={say('time.title')}
      >
        {all.map((one, index) => {
          const height = ((counts.get(one) ?? 0) / most) * 10;
          return <rect key={one} x={index + 0.12} width={0.76} y={10 - height} height={height} />;
        })}
      </svg>
      <figcaption>
        <span>{month(window.first)}</span>
        <span>{month(window.last)}</span>
      </figcaption>
    </figure>
  );
}
