/** Incidents by month, to be narrowed by dragging over them, or with the keyboard by the two ends. */
import { type ReactNode, useRef, useState } from 'react';
import type { MonthsAnswer } from '../hub/questions.ts';
import { monthAfter } from '../view/asked.ts';
import type { Filter } from '../view/map-view.ts';
import { month, number, say } from '../words/words.ts';

interface BrushProps {
  readonly answer: MonthsAnswer;
  readonly filter: Filter;
  readonly change: (span: Pick<Filter, 'from' | 'to'>) => void;
  /** What else there is to do with the months. */
  readonly tools?: ReactNode;
  /** Over the months. */
  readonly children?: ReactNode;
}

/** The most that are drawn: twenty years. */
const MOST = 240;

/** Every month from the first with something in it to the last, those with nothing among them. */
export function monthsOf({
  flows,
}: MonthsAnswer): readonly { readonly month: string; readonly incidents: number }[] {
  const counts = new Map(
    flows.flatMap((one) => (one.period === null ? [] : [[one.period.slice(0, 7), one.incidents]])),
  );
  const known = [...counts.keys()].map(String).sort();
  const [first] = known;
  const last = known.at(-1);
  if (first === undefined || last === undefined) return [];
  const all: string[] = [];
  for (let at = first; at <= last && all.length < MOST; at = monthAfter(at)) all.push(at);
  return all.map((one) => ({ month: one, incidents: Number(counts.get(one) ?? 0) }));
}

export function TimeBrush({ answer, filter, change, tools, children }: BrushProps) {
  const months = monthsOf(answer);
  const svg = useRef<SVGSVGElement>(null);
  const [drag, setDrag] = useState<readonly [number, number] | null>(null);
  if (months.length === 0) return null;
  const last = months.length - 1;
  const most = Math.max(1, ...months.map(({ incidents }) => incidents));
  const indexOf = (text: string | null, otherwise: number): number => {
    if (text === null) return otherwise;
    const found = months.findIndex((one) => one.month >= text);
    return found === -1 ? last : found;
  };
  const chosen = [indexOf(filter.from, 0), indexOf(filter.to, last)] as const;
  const [from, to] = drag === null ? chosen : [Math.min(...drag), Math.max(...drag)];
  const isNarrowed = filter.from !== null || filter.to !== null;
  const take = (a: number, b: number): void =>
    change({
      from: a <= 0 ? null : (months[a]?.month ?? null),
      to: b >= last ? null : (months[b]?.month ?? null),
    });
  const at = (clientX: number): number => {
    const box = svg.current?.getBoundingClientRect();
    if (box === undefined) return 0;
    return Math.min(last, Math.max(0, Math.floor(((clientX - box.left) / box.width) * months.length)));
  };
  const undated = answer.flows.find(({ period }) => period === null)?.incidents ?? 0;
  const words = (index: number): string =>
    say('time.month', {
      month: month(months[index]?.month ?? ''),
      incidents: say('count.incidents', { count: months[index]?.incidents ?? 0 }),
    });
  return (
    <section className="time" aria-label={say('time.title')}>
      <header>
        <span className="quiet">{say('time.title')}</span>
        <span className="quiet time-span">
          {say('span', { from: month(months[from]?.month ?? ''), to: month(months[to]?.month ?? '') })}
        </span>
        {isNarrowed && (
          <button type="button" className="link" onClick={() => change({ from: null, to: null })}>
            {say('time.all')}
          </button>
        )}
        {tools}
      </header>
      <svg
        ref={svg}
        className="bars"
        viewBox={`0 0 ${months.length} 24`}
        preserveAspectRatio="none"
        aria-hidden="true"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          setDrag([at(event.clientX), at(event.clientX)]);
        }}
        onPointerMove={(event) => drag !== null && setDrag([drag[0], at(event.clientX)])}
        onPointerUp={() => {
          if (drag !== null) take(Math.min(...drag), Math.max(...drag));
          setDrag(null);
        }}
        onPointerCancel={() => setDrag(null)}
      >
        {months.map(({ month: one, incidents }, index) => (
          <g key={one} className={index >= from && index <= to ? 'is-in' : 'is-out'}>
            <title>{words(index)}</title>
            <rect className="bar-ground" x={index} width="1" height="24" />
            <rect
              x={index + 0.12}
              width="0.76"
              y={24 - (incidents / most) * 23}
              height={(incidents / most) * 23}
            />
          </g>
        ))}
      </svg>
      {children}
      <div className="ends">
        <input
          type="range"
          aria-label={say('time.from')}
          aria-valuetext={words(from)}
          min="0"
          max={last}
          value={from}
          onChange={(event) => take(Math.min(Number(event.target.value), to), to)}
        />
        <input
          type="range"
          aria-label={say('time.to')}
          aria-valuetext={words(to)}
          min="0"
          max={last}
          value={to}
          onChange={(event) => take(from, Math.max(Number(event.target.value), from))}
        />
      </div>
      <footer className="quiet">
        <span>{month(months[0]?.month ?? '')}</span>
        {undated > 0 && <span>{say('time.undated', { incidents: number(undated) })}</span>}
        <span>{month(months[last]?.month ?? '')}</span>
      </footer>
    </section>
  );
}
