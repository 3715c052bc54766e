/** Under two maps: which periods they are, what was seen in each with its interval, one over the other, and the same as a table. */
import type { Answer } from '../hub/use-answer.ts';
import type { Side, Span, Swipe } from '../view/time-view.ts';
import { languageOf, month, say } from '../words/words.ts';
import { AnswerState, Notice } from './answer-state.tsx';
import { MonthChoice } from './desk-page.tsx';
import { DataTable } from './figures-table.tsx';
import { spanWords } from './span-words.ts';
import {
  groupCells,
  type PeriodsAnswer,
  type PeriodTotal,
  rateWords,
  ratioWords,
  totalWords,
} from './swipe-answer.ts';

interface SwipeCardProps {
  readonly swipe: Swipe;
  readonly months: readonly string[];
  readonly answer: Answer<PeriodsAnswer>;
  readonly choose: (swipe: Swipe) => void;
  readonly close: () => void;
}

export function SwipeCard({ swipe, months, answer, choose, close }: SwipeCardProps) {
  const told = answer.isCurrent ? answer.data?.compareFlows : undefined;
  const total = told === undefined || told.refusal !== null ? null : told.total;
  const sides = (['a', 'b'] as const).map((side) => (
    <Period
      key={side}
      side={side}
      span={swipe[side]}
      months={months}
      total={total?.[side] ?? null}
      choose={(span) => choose({ ...swipe, [side]: span })}
    />
  ));
  return (
    <section className="card time-card swipe-card" aria-label={say('swipe.title')}>
      <AnswerState answer={answer} />
      {told?.refusal != null && (
        <Notice title={say('state.refused')}>{say('state.refused.why', { ...told.refusal })}</Notice>
      )}
      <div className="swipe-sides">
        {sides[0]}
        <div className="swipe-middle">
          {total !== null && <strong data-figure="ratio">{ratioWords(total)}</strong>}
          <button type="button" className="button" onClick={close}>
            {say('swipe.close')}
          </button>
        </div>
        {sides[1]}
      </div>
      {told !== undefined && told.groups.length > 0 && (
        <details>
          <summary>{say('swipe.groups')}</summary>
          <DataTable
            caption={say('changes.caption', { before: spanWords(swipe.a), after: spanWords(swipe.b) })}
            columns={[
              { word: 'table.name' },
              { word: 'swipe.a', isNumber: true },
              { word: 'swipe.b', isNumber: true },
              { word: 'changes.ratio', isNumber: true },
              { word: 'table.q', isNumber: true },
            ]}
            rows={told.groups.map((one, index) => ({ id: String(index), cells: groupCells(one) }))}
          />
          <ul className="plain quiet">
            {told.unknowns.map((unknown) => (
              <li key={unknown} lang={languageOf(unknown)}>
                {unknown}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

interface PeriodProps {
  readonly side: Side;
  readonly span: Span;
  readonly months: readonly string[];
  readonly total: PeriodTotal | null;
  readonly choose: (span: Span) => void;
}

function Period({ side, span, months, total, choose }: PeriodProps) {
  const options = [...new Set([...months, span.from, span.to])]
    .sort()
    .map((value) => ({ value, text: month(value) }));
  return (
    <fieldset className={`swipe-side is-${side}`}>
      <legend>{say(`swipe.${side}`)}</legend>
      <div className="swipe-months">
        <MonthChoice
          word="changes.from"
          value={span.from}
          months={options}
          choose={(from) => choose({ from, to: from > span.to ? from : span.to })}
        />
        <MonthChoice
          word="changes.to"
          value={span.to}
          months={options}
          choose={(to) => choose({ from: to < span.from ? to : span.from, to })}
        />
      </div>
      {total !== null && (
        <p className="swipe-total">
          <strong data-figure={`total-${side}`}>{totalWords(total)}</strong> <small>{rateWords(total)}</small>
        </p>
      )}
    </fieldset>
  );
}
