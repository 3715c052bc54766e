/** Time on the map: months to narrow by, a window to step through them, what was done on the way, and the way to two periods. */
import type { MonthsAnswer } from '../hub/questions.ts';
import type { Answer } from '../hub/use-answer.ts';
import type { MapView } from '../view/map-view.ts';
import { halves } from '../view/window.ts';
import { say } from '../words/words.ts';
import { AnswerState } from './answer-state.tsx';
import { PlayBar } from './play-bar.tsx';
import { monthsOf, TimeBrush } from './time-brush.tsx';
import { TimeMarks } from './time-marks.tsx';
import type { KnownMarks } from './use-marks.ts';
import type { Player } from './use-play.ts';

interface TimeCardProps {
  readonly view: MapView;
  readonly answer: Answer<MonthsAnswer>;
  readonly known: KnownMarks;
  readonly player: Player | null;
  /** Whether what is drawn is of the window before. */
  readonly isBusy: boolean;
  readonly change: (part: Partial<MapView>, how?: 'push' | 'replace') => void;
}

export function TimeCard({ view, answer, known, player, isBusy, change }: TimeCardProps) {
  const months = answer.data === null ? [] : monthsOf(answer.data).map((one) => one.month);
  const periods = halves(months);
  return (
    <section className={player === null ? 'card time-card' : 'card time-card is-playing'}>
      <AnswerState answer={answer} />
      {player !== null && view.pace !== null && (
        <PlayBar
          player={player}
          pace={view.pace}
          isBusy={isBusy}
          setPace={(pace) => change({ pace }, 'replace')}
          close={() => change({ pace: null })}
        />
      )}
      {answer.data !== null && (
        <TimeBrush
          answer={answer.data}
          filter={view.filter}
          change={(span) => change({ filter: { ...view.filter, ...span }, movement: null })}
          tools={
            <>
              {known.marks.length > 0 && (
                <label className="time-check">
                  <input
                    type="checkbox"
                    checked={view.marks}
                    onChange={(event) => change({ marks: event.target.checked, mark: null }, 'replace')}
                  />
                  {say('mark.show')}
                </label>
              )}
              {player === null && view.layer !== 'closings' && months.length > 1 && (
                <button
                  type="button"
                  className="button"
                  onClick={() => change({ pace: 'even', open: null, movement: null, mark: null })}
                >
                  {say('play.open')}
                </button>
              )}
              {periods !== null && view.layer !== 'closings' && (
                <button
                  type="button"
                  className="button"
                  onClick={() =>
                    change({
                      swipe: { ...periods, split: 50, side: 'a' },
                      pace: null,
                      open: null,
                      movement: null,
                      mark: null,
                    })
                  }
                >
                  {say('swipe.open')}
                </button>
              )}
            </>
          }
        >
          {view.marks && (
            <TimeMarks
              months={months}
              marks={known.marks}
              open={view.mark}
              choose={(mark) => change({ mark, open: null, movement: null, table: false })}
            />
          )}
        </TimeBrush>
      )}
    </section>
  );
}
