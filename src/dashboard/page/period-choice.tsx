/** From which month to which: a choice among the months that the viewer's own records have, kept in the address. */
import type { MonthsAnswer } from '../hub/questions.ts';
import type { Answer } from '../hub/use-answer.ts';
import type { Address } from '../view/address.ts';
import { month, say } from '../words/words.ts';
import { MonthChoice } from './desk-page.tsx';
import { monthsOf } from './time-brush.tsx';

export interface Period {
  readonly from: string | null;
  readonly to: string | null;
}

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

export function readPeriod({ params }: Address): Period {
  const known = (text: string | undefined): string | null =>
    text !== undefined && MONTH.test(text) ? text : null;
  return { from: known(params.from), to: known(params.to) };
}

export function PeriodChoice({
  answer,
  period,
  change,
}: {
  readonly answer: Answer<MonthsAnswer>;
  readonly period: Period;
  readonly change: (params: Readonly<Record<string, string>>) => void;
}) {
  const months = answer.data === null ? [] : monthsOf(answer.data).map((one) => one.month);
  const options = (any: 'filter.begin' | 'filter.now') => [
    { value: '', text: say(any) },
    ...months.map((value) => ({ value, text: month(value) })),
  ];
  const take = (part: Readonly<Record<string, string>>): void => {
    const all = { from: period.from ?? '', to: period.to ?? '', ...part };
    change(Object.fromEntries(Object.entries(all).filter(([, value]) => value !== '')));
  };
  return (
    <>
      <MonthChoice
        word="filter.from"
        value={period.from ?? ''}
        months={options('filter.begin')}
        choose={(from) => take({ from })}
      />
      <MonthChoice
        word="filter.to"
        value={period.to ?? ''}
        months={options('filter.now')}
        choose={(to) => take({ to })}
      />
    </>
  );
}
