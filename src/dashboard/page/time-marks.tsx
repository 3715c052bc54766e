/** What was done on the way, over the months: one button a month, reached as one stop and gone through with the arrows. */
import { type KeyboardEvent, useRef } from 'react';
import { MARK_SHAPES, type Mark } from '../layers/mark-answer.ts';
import { month as monthWords, say } from '../words/words.ts';
import { MarkSign } from './mark-sign.tsx';

interface TimeMarksProps {
  readonly months: readonly string[];
  readonly marks: readonly Mark[];
  /** A mark or a month. */
  readonly open: string | null;
  readonly choose: (mark: string) => void;
}

export function TimeMarks({ months, marks, open, choose }: TimeMarksProps) {
  const row = useRef<HTMLDivElement>(null);
  const groups = months
    .map((month, index) => ({ month, index, of: marks.filter(({ day }) => day.slice(0, 7) === month) }))
    .filter(({ of }) => of.length > 0);
  if (groups.length === 0) return null;
  const opened = groups.find(({ month, of }) => month === open || of.some(({ id }) => id === open));
  const stop = opened ?? groups.at(-1);
  const go = (event: KeyboardEvent): void => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const all = [...(row.current?.querySelectorAll<HTMLButtonElement>('button') ?? [])];
    const at = all.indexOf(document.activeElement as HTMLButtonElement);
    all[Math.min(all.length - 1, Math.max(0, at + by))]?.focus();
  };
  return (
    <div ref={row} className="marks" role="toolbar" aria-label={say('mark.line')} onKeyDown={go}>
      {groups.map((group) => {
        const { month, index, of } = group;
        const counts = MARK_SHAPES.map((shape) => of.filter((one) => one.shape === shape)).filter(
          (some) => some.length > 0,
        );
        const told = counts.map((some) =>
          some.length === 1 && some[0] !== undefined
            ? say('mark.one', { what: some[0].what, place: some[0].place ?? say('not.known') })
            : say('mark.some', { what: some[0]?.what ?? '', count: some.length }),
        );
        const words = say('mark.month', { month: monthWords(month), marks: told.join('; ') });
        return (
          <button
            key={month}
            type="button"
            className="time-mark"
            aria-pressed={group === opened}
            aria-label={words}
            title={words}
            tabIndex={group === stop ? 0 : -1}
            style={{ left: `${((index + 0.5) / months.length) * 100}%` }}
            onClick={() => choose(of.length === 1 ? (of[0]?.id ?? month) : month)}
          >
            {counts
              .slice(0, 2)
              .map(([first]) => first !== undefined && <MarkSign key={first.id} shape={first.shape} />)}
          </button>
        );
      })}
    </div>
  );
}
