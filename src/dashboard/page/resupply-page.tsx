/** After a recovery: how soon somebody else is brought to the establishment, whether more or fewer come than before, and each recovery with what followed. */
import { useMemo } from 'react';
import { StepCurve } from '../charts/step-curve.tsx';
import { useAnswer } from '../hub/use-answer.ts';
import type { PageProps } from '../shell/page-props.ts';
import { languageOf, number, say, share, small } from '../words/words.ts';
import { Notice } from './answer-state.tsx';
import { useCountries } from './countries.ts';
import { Block, Desk } from './desk-page.tsx';
import { DataTable } from './figures-table.tsx';
import { RecoveryTable } from './recovery-table.tsx';
import { type Estimate, type Resupply, type ResupplyAnswer, resupply, type Side } from './resupply-answer.ts';

export function ResupplyPage({ address, go }: PageProps) {
  const countries = useCountries();
  const chosen = address.path[1] ?? null;
  const question = useMemo(() => resupply(chosen, {}), [chosen]);
  const answer = useAnswer<ResupplyAnswer>(question);
  const told = answer.data?.resupply;
  const show = (id: string | null): void =>
    go({ path: id === null ? ['recoveries'] : ['recoveries', id], params: {} });
  return (
    <Desk word="recoveries.title" lead="recoveries.lead">
      <Block word="recoveries.wait" question={question} answer={answer}>
        {chosen !== null && (
          <button type="button" className="button" onClick={() => show(null)}>
            {say('recoveries.all')}
          </button>
        )}
        {told !== undefined && (
          <>
            <p className="figure">
              <strong data-figure="headline">
                {say('recoveries.headline', {
                  recoveries: say('count.recoveries', { count: told.recoveryCount }),
                  establishments: say('count.establishments', { count: told.establishmentCount }),
                  ended: number(told.endedCount),
                })}
              </strong>
            </p>
            {told.refusal !== null && (
              <Notice title={say('state.refused')}>{say('state.refused.why', { ...told.refusal })}</Notice>
            )}
            <Wait told={told} />
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
      <Block word="recoveries.change" note={say('recoveries.change.note')} question={question} answer={null}>
        {told !== undefined && <Change told={told} />}
      </Block>
      <Block word="recoveries.establishments" question={question} answer={null}>
        {told !== undefined && (
          <DataTable
            caption={say('figure.shown', {
              shown: told.establishments.length,
              total: told.establishmentCount,
            })}
            columns={[
              { word: 'recoveries.establishment' },
              { word: 'table.country' },
              { word: 'recoveries.recoveries', isNumber: true },
              { word: 'recoveries.arrivals', isNumber: true },
            ]}
            rows={told.establishments.map(({ id, entityIds, label, country, recoveries, arrivals }) => ({
              id,
              name: (
                <button
                  type="button"
                  className="link"
                  aria-pressed={chosen !== null && entityIds.includes(chosen)}
                  onClick={() => show(entityIds[0] ?? null)}
                >
                  {label}
                </button>
              ),
              cells: [
                label,
                country === null ? null : (countries.get(country)?.name ?? country),
                recoveries.length,
                arrivals,
              ],
            }))}
          />
        )}
      </Block>
      {told !== undefined && told.establishments.length > 0 && (
        <Block word="recoveries.each" note={say('recoveries.each.note')} question={question} answer={null}>
          <RecoveryTable establishments={told.establishments} />
        </Block>
      )}
    </Desk>
  );
}

const estimate = ({ value, low, high }: Estimate): string => {
  const end = (one: number | null): string => (one === null ? say('interval.none') : small(one));
  return say('interval', { estimate: end(value), low: end(low), high: end(high) });
};

function Wait({ told: { medianDays, curve } }: { readonly told: Resupply }) {
  if (curve.length === 0) return null;
  return (
    <>
      <p>
        {medianDays?.value == null
          ? say('recoveries.median.none')
          : say('recoveries.median', { days: estimate(medianDays) })}
      </p>
      <StepCurve points={curve} label={say('recoveries.curve')} />
      <details>
        <summary>{say('chart.table')}</summary>
        <DataTable
          caption={say('recoveries.curve')}
          columns={[
            { word: 'recoveries.days', isNumber: true },
            { word: 'recoveries.share', isNumber: true },
          ]}
          rows={curve.map(({ days, share: left, low, high }) => ({
            id: String(days),
            cells: [
              days,
              say('interval', {
                estimate: share(left),
                low: low === null ? say('interval.none') : share(low),
                high: high === null ? say('interval.none') : share(high),
              }),
            ],
          }))}
        />
      </details>
    </>
  );
}

function Change({ told: { change } }: { readonly told: Resupply }) {
  const rows: readonly { readonly word: 'closing.before' | 'closing.after'; readonly side: Side }[] = [
    { word: 'closing.before', side: change.before },
    { word: 'closing.after', side: change.after },
  ];
  return (
    <>
      {change.refusal !== null && (
        <Notice title={say('state.refused')}>{say('state.refused.why', { ...change.refusal })}</Notice>
      )}
      {change.ratio !== null && (
        <p>
          {say('recoveries.ratio', {
            ratio: estimate(change.ratio),
            p: change.p === null ? say('not.known') : small(change.p),
          })}
        </p>
      )}
      <DataTable
        caption={say('recoveries.sides')}
        columns={[
          { word: 'recoveries.side' },
          { word: 'recoveries.arrivals', isNumber: true },
          { word: 'recoveries.months', isNumber: true },
          { word: 'recoveries.rate', isNumber: true },
        ]}
        rows={rows.map(({ word, side }) => ({
          id: word,
          cells: [
            say(word),
            side.arrivals,
            side.establishmentMonths,
            side.establishmentMonths === 0 || side.low === null
              ? say('rate.NOT_ENOUGH_DATA')
              : estimate({
                  value: side.arrivals / side.establishmentMonths,
                  low: side.low,
                  high: side.high,
                }),
          ],
        }))}
      />
    </>
  );
}
