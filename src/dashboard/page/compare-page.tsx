/** Before and after: two periods of movements against each other, group by group with intervals; and what is new since the last visit. */
import { useMemo } from 'react';
import { IntervalPlot, type PlottedInterval } from '../charts/interval-plot.tsx';
import { type MonthsAnswer, months } from '../hub/questions.ts';
import { useAnswer } from '../hub/use-answer.ts';
import { lastVisit } from '../shell/last-visit.ts';
import type { PageProps } from '../shell/page-props.ts';
import type { Address } from '../view/address.ts';
import { monthAfter } from '../view/asked.ts';
import type { Span } from '../view/time-view.ts';
import { languageOf, month, number, say, small, wordFor } from '../words/words.ts';
import { Notice } from './answer-state.tsx';
import {
  type Compared,
  type ComparisonAnswer,
  comparison,
  type Estimate,
  GROUPS,
  type Group,
} from './compare-answer.ts';
import { useCountries } from './countries.ts';
import { Block, Desk, MonthChoice } from './desk-page.tsx';
import { DataTable } from './figures-table.tsx';
import { NewSince } from './new-since.tsx';
import { monthsOf } from './time-brush.tsx';

export function ComparePage({ me, address, go }: PageProps) {
  const countries = useCountries();
  const monthsAnswer = useAnswer<MonthsAnswer>(useMemo(() => months({}), []));
  const known = monthsAnswer.data === null ? [] : monthsOf(monthsAnswer.data).map((one) => one.month);
  const view = useMemo(() => readView(address, known), [address, known.join()]);
  const question = useMemo(() => (view === null ? null : comparison(view.a, view.b, view.by)), [view]);
  const answer = useAnswer<ComparisonAnswer>(question);
  const since = lastVisit();
  const change = (part: Readonly<Record<string, string>>): void =>
    go({ path: ['changes'], params: { ...address.params, ...part } });
  const options = known.map((value) => ({ value, text: month(value) }));
  const told = answer.data?.compareFlows;
  const nameOf = ({ a, b }: Compared): string => {
    const side = a.incidents > 0 ? a : b;
    const country = side.originCountry ?? side.destinationCountry;
    if (side.crossingPoint !== null) return side.crossingPoint.name;
    if (country !== null) return countries.get(country)?.name ?? country;
    if (side.mode !== null) return wordFor('mode', side.mode);
    return side.exploitation === null ? say('not.known') : wordFor('exploitation', side.exploitation);
  };
  return (
    <Desk
      word="changes.title"
      lead="changes.lead"
      controls={
        view !== null && (
          <>
            <fieldset>
              <legend>{say('changes.before')}</legend>
              <MonthChoice
                word="changes.from"
                value={view.a.from}
                months={options}
                choose={(from) => change({ a: `${from},${view.a.to}` })}
              />
              <MonthChoice
                word="changes.to"
                value={view.a.to}
                months={options}
                choose={(to) => change({ a: `${view.a.from},${to}` })}
              />
            </fieldset>
            <fieldset>
              <legend>{say('changes.after')}</legend>
              <MonthChoice
                word="changes.from"
                value={view.b.from}
                months={options}
                choose={(from) => change({ b: `${from},${view.b.to}` })}
              />
              <MonthChoice
                word="changes.to"
                value={view.b.to}
                months={options}
                choose={(to) => change({ b: `${view.b.from},${to}` })}
              />
            </fieldset>
            <MonthChoice
              word="changes.by"
              value={view.by}
              months={GROUPS.map((value) => ({ value, text: wordFor('by', value) }))}
              choose={(by) => change({ by })}
            />
          </>
        )
      }
    >
      <Block word="changes.compared" question={question} answer={answer}>
        {told?.refusal != null && (
          <Notice title={say('state.refused')}>{say('state.refused.why', { ...told.refusal })}</Notice>
        )}
        {told != null && told.refusal === null && view !== null && (
          <>
            <p className="figure">
              <strong data-figure="headline">{headlineOf(told.total)}</strong>
            </p>
            <IntervalPlot
              scale="ratio"
              label={say('changes.plot')}
              rows={told.groups.map((one, index) => plotted(one, nameOf(one), index))}
            />
            <details>
              <summary>{say('chart.table')}</summary>
              <DataTable
                caption={say('changes.caption', {
                  before: say('span', { from: month(view.a.from), to: month(view.a.to) }),
                  after: say('span', { from: month(view.b.from), to: month(view.b.to) }),
                })}
                columns={[
                  { word: 'table.name' },
                  { word: 'closing.before', isNumber: true },
                  { word: 'closing.after', isNumber: true },
                  { word: 'changes.ratio', isNumber: true },
                  { word: 'table.q', isNumber: true },
                  { word: 'changes.per' },
                  { word: 'changes.status' },
                ]}
                rows={told.groups.map((one, index) => ({
                  id: String(index),
                  cells: [
                    nameOf(one),
                    one.a.incidents,
                    one.b.incidents,
                    ratioWords(one),
                    one.q === null ? null : small(one.q),
                    wordFor('per', one.per),
                    wordFor('compared', one.status),
                  ],
                }))}
              />
            </details>
            <ul className="plain quiet">
              {told.unknowns.map((unknown) => (
                <li key={unknown} lang={languageOf(unknown)}>
                  {unknown}
                </li>
              ))}
            </ul>
          </>
        )}
      </Block>
      {me.reads.includes('REPORT') && <NewSince since={since} address={address} go={go} />}
    </Desk>
  );
}

function headlineOf({ a, b, per, ratio }: Compared): string {
  return say('changes.headline', {
    before: number(a.incidents),
    after: say('count.incidents', { count: b.incidents }),
    ratio: ratio === null ? say('not.known') : endsOf(ratio),
    per: wordFor('per', per),
  });
}

const endsOf = ({ value, low, high }: Estimate): string =>
  say('interval', {
    estimate: value === null ? say('interval.none') : say('ratio.times', { value: small(value) }),
    low: low === null ? say('interval.none') : small(low),
    high: high === null ? say('interval.none') : small(high),
  });

const ratioWords = ({ status, ratio }: Compared): string =>
  status === 'COMPARED' && ratio !== null ? endsOf(ratio) : wordFor('compared', status);

/** Five in a hundred among all that are said to have changed. */
const SURE = 0.05;

function plotted(one: Compared, name: string, index: number): PlottedInterval {
  const { ratio, status, q, a, b } = one;
  const isShown = status === 'COMPARED' && ratio !== null;
  const grew = (ratio?.value ?? (b.incidents > a.incidents ? 2 : 0)) > 1;
  return {
    id: String(index),
    name,
    note: say('closing.beforeAfter', { before: a.incidents, after: b.incidents }),
    value: ratio?.value ?? null,
    low: ratio?.low ?? null,
    high: ratio?.high ?? null,
    instead: isShown ? null : wordFor('compared', status),
    tone: q === null || q > SURE ? 'unclear' : grew ? 'more' : 'fewer',
  };
}

const MONTH = /^\d{4}-\d\d$/;
const HALF_YEAR = 6;

/** The last half-year against the one before, unless the address says otherwise. */
function readView(
  { params }: Address,
  known: readonly string[],
): { readonly a: Span; readonly b: Span; readonly by: Group } | null {
  const last = known.at(-1);
  const [first] = known;
  if (last === undefined || first === undefined) return null;
  const within = (text: string): string => (text < first ? first : text);
  const spanOf = (text: string | undefined, otherwise: Span): Span => {
    const [from = '', to = ''] = (text ?? '').split(',');
    return MONTH.test(from) && MONTH.test(to) && from <= to ? { from, to } : otherwise;
  };
  const b = spanOf(params.b, { from: within(monthAfter(last, 1 - HALF_YEAR)), to: last });
  const a = spanOf(params.a, {
    from: within(monthAfter(last, 1 - 2 * HALF_YEAR)),
    to: within(monthAfter(last, -HALF_YEAR)),
  });
  return { a, b, by: GROUPS.find((one) => one === params.by) ?? 'CROSSING_POINT' };
}
