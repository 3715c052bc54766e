/** The story of a closing: what is decided, with its numbers and intervals, or why nothing is; the zones month by month, and each crossing. */
import {
  closingDay,
  crossingRow,
  type Displacement,
  type DisplacementAnswer,
  monthsBetween,
  ZONES,
} from '../layers/closing-answer.ts';
import type { PanelProps } from '../map/layer.ts';
import { Notice } from '../page/answer-state.tsx';
import { DataTable } from '../page/figures-table.tsx';
import { dayOf, intervalOf, month, number, say, small, wordFor } from '../words/words.ts';
import { Fact, Facts, HowKnown, Part } from './evidence.tsx';

export function ClosingPanel({ id, data, view, openRow }: PanelProps) {
  if (!('displacement' in (data as object))) return <p className="quiet">{say('closing.first')}</p>;
  const { displacement: answer } = data as DisplacementAnswer;
  const day = closingDay(answer, view.closing);
  const closed = answer.zones.find(({ zone }) => zone === 'CLOSED');
  return (
    <>
      <h2>
        {say('closing.title', {
          place: answer.closed.map(({ name }) => name).join(', ') || say('closing.somewhere'),
          day: day === null ? say('not.known') : dayOf(day),
        })}
      </h2>
      {answer.refusal !== null && (
        <Notice title={say('closing.refused')}>{say('state.refused.why', { ...answer.refusal })}</Notice>
      )}
      {answer.finding !== null && (
        <>
          <p className="figure">
            <strong data-figure="finding">{wordFor('finding', answer.finding)}</strong>
          </p>
          <p>{wordFor('findingWhy', answer.finding)}</p>
        </>
      )}
      <Measures answer={answer} />
      {answer.zones.length > 0 && (
        <Part word="closing.zones">
          <DataTable
            caption={say('closing.zones.caption', spansOf(answer))}
            columns={[
              { word: 'closing.zone' },
              { word: 'closing.before', isNumber: true },
              { word: 'closing.after', isNumber: true },
              { word: 'closing.effort', isNumber: true },
            ]}
            rows={answer.zones.map(({ zone, before, after, effort }) => ({
              id: zone,
              cells: [
                wordFor('zone', zone),
                before,
                after,
                effort === null
                  ? say('effort.unseen')
                  : say('span', { from: number(effort.before), to: number(effort.after) }),
              ],
            }))}
          />
          <ZoneMonths answer={answer} />
        </Part>
      )}
      {answer.crossings.length > 0 && (
        <Part word="closing.crossings.all">
          <ul className="list">
            {answer.crossings.map(({ crossingPoint, zone, before, after, reason }) => (
              <li key={`${zone}${crossingPoint?.id}`}>
                <button
                  type="button"
                  className="list-item"
                  aria-pressed={crossingPoint !== null && crossingRow(zone, crossingPoint.id) === id}
                  disabled={crossingPoint === null}
                  onClick={() => crossingPoint !== null && openRow(crossingRow(zone, crossingPoint.id))}
                >
                  <span>
                    {crossingPoint?.name ?? say('not.known')}
                    <small>
                      {wordFor('zone', zone)} · {wordFor('zoneReason', reason)}
                    </small>
                  </span>
                  <span className="grade">{say('closing.beforeAfter', { before, after })}</span>
                </button>
              </li>
            ))}
          </ul>
        </Part>
      )}
      <HowKnown known={closed?.howKnown ?? null} unknowns={answer.unknowns} />
    </>
  );
}

function Measures({ answer }: { readonly answer: Displacement }) {
  const { difference, quotient, displaced, local, pLocal, pDisplaced, lagMonths, finding } = answer;
  return (
    <Facts>
      <Fact word="closing.local">{local === null ? null : number(local)}</Fact>
      <Fact word="closing.displaced">{displaced === null ? null : intervalOf(displaced)}</Fact>
      <Fact word="closing.wdd">{difference === null ? null : intervalOf(difference)}</Fact>
      <Fact word="closing.wdq">{quotient === null ? null : intervalOf(quotient)}</Fact>
      <Fact word="closing.p">
        {pLocal === null
          ? null
          : say('closing.p.value', {
              local: small(pLocal),
              displaced: pDisplaced === null ? say('not.known') : small(pDisplaced),
            })}
      </Fact>
      <Fact word="closing.lag">
        {finding === null
          ? null
          : lagMonths === null
            ? say('closing.lag.none')
            : say('count.months', { count: lagMonths })}
      </Fact>
    </Facts>
  );
}

function spansOf({ before, after }: Displacement): Readonly<Record<'before' | 'after', string>> {
  const told = (span: Displacement['before']): string =>
    span === null ? say('not.known') : say('span', { from: month(span.first), to: month(span.last) });
  return { before: told(before), after: told(after) };
}

/** One row of bars a zone, all to one scale, with a line where it was closed; the same as a table below. */
function ZoneMonths({ answer: { zones, before, after } }: { readonly answer: Displacement }) {
  if (before === null || after === null) return null;
  const months = [...monthsBetween(before), ...monthsBetween(after)];
  const cut = monthsBetween(before).length;
  const most = Math.max(1, ...zones.flatMap((one) => one.months.map(({ incidents }) => incidents)));
  const countOf = (zone: string, at: string): number =>
    zones.find((one) => one.zone === zone)?.months.find((one) => one.month === at)?.incidents ?? 0;
  const shown = ZONES.filter((zone) => zones.some((one) => one.zone === zone));
  return (
    <figure className="zone-months">
      {shown.map((zone) => (
        <div key={zone}>
          <p className="quiet">{wordFor('zone', zone)}</p>
          <svg
            className={`zone-bars zone-${zone.toLowerCase()}`}
            viewBox={`0 0 ${months.length} 10`}
            preserveAspectRatio="none"
            aria-hidden="true"
          >
            {months.map((at, index) => {
              const height = (countOf(zone, at) / most) * 10;
              return <rect key={at} x={index + 0.1} width={0.8} y={10 - height} height={height} />;
            })}
            <line x1={cut} x2={cut} y1="0" y2="10" vectorEffect="non-scaling-stroke" />
          </svg>
        </div>
      ))}
      <figcaption>
        <span>{month(before.first)}</span>
        <span>{say('closing.closedHere')}</span>
        <span>{month(after.last)}</span>
      </figcaption>
      <details>
        <summary>{say('chart.table')}</summary>
        <DataTable
          caption={say('closing.months.caption')}
          columns={[
            { word: 'table.month' },
            ...shown.map((zone) => ({ word: `zone.${zone}` as const, isNumber: true })),
          ]}
          rows={months.map((at) => ({
            id: at,
            cells: [month(at), ...shown.map((zone) => countOf(zone, at))],
          }))}
        />
      </details>
    </figure>
  );
}
