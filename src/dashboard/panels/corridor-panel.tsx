/** A corridor and what stands behind it: stages, support, season, alternatives, and the movements that travel it. */
import { useMemo } from 'react';
import { useAnswer } from '../hub/use-answer.ts';
import {
  type CorridorEvidenceAnswer,
  type CorridorsAnswer,
  changeOf,
  changeWords,
  corridorEvidence,
  seen,
} from '../layers/corridor-answer.ts';
import type { PanelProps } from '../map/layer.ts';
import { AnswerState } from '../page/answer-state.tsx';
import { movementFilter } from '../view/asked.ts';
import { monthOfYear, number, persons, say, share, small, wordFor } from '../words/words.ts';
import { Fact, Facts, HowKnown, Movements, Part } from './evidence.tsx';
import { Figure } from './figure.tsx';
import { MonthBars } from './month-bars.tsx';

export function CorridorPanel({ id, data, view, openMovement, openRow }: PanelProps) {
  const { nodes, dataWindow } = (data as CorridorsAnswer).corridors;
  const corridor = nodes.find((one) => one.id === id);
  const isThere = corridor !== undefined;
  const answer = useAnswer<CorridorEvidenceAnswer>(
    useMemo(
      () => (isThere ? corridorEvidence(movementFilter(view.filter), id) : null),
      [isThere, view.filter, id],
    ),
  );
  const evidence = answer.isCurrent ? answer.data?.corridors.nodes[0] : undefined;
  const filter = useMemo(() => ({ ids: evidence?.movementIds ?? [] }), [evidence]);
  if (corridor === undefined) return <p className="quiet">{say('panel.gone')}</p>;
  // What came with the evidence is of the same moment as that.
  const told = evidence ?? corridor;
  const { support, seasonality } = told;
  const others = nodes.filter((one) => corridor.alternativeIds.includes(one.id));
  const change = changeOf(told, dataWindow);
  return (
    <>
      <h2>{corridor.name}</h2>
      <Figure count={support.incidents}>
        <span className={`chip colour-${change}`}>{changeWords(change)}</span>
      </Figure>
      <Facts>
        <Fact word="panel.origins">{number(support.independentOrigins)}</Fact>
        <Fact word="panel.persons">{persons(told.persons)}</Fact>
        <Fact word="panel.movements">{number(support.movements)}</Fact>
        <Fact word="panel.seen">{seen(told)}</Fact>
        <Fact word="panel.season">
          {seasonality.status === 'TESTED' && seasonality.peakMonth !== null && seasonality.strength !== null
            ? say('panel.season.tested', {
                month: monthOfYear(seasonality.peakMonth),
                strength: small(seasonality.strength),
              })
            : say('panel.season.none')}
        </Fact>
      </Facts>
      <MonthBars months={told.months} window={dataWindow} />
      <Part word="panel.stages">
        <ol className="stages">
          {corridor.stages.map((stage) => (
            <li key={`${stage.name}${stage.role}`}>
              {stage.name}
              <small>
                {wordFor('role', stage.role)}
                {stage.country !== null && ` · ${stage.country}`}
                {stage.uncertaintyKm !== null &&
                  ` · ${say('panel.waypoint.uncertain', { km: Math.round(stage.uncertaintyKm) })}`}
              </small>
            </li>
          ))}
        </ol>
      </Part>
      <AnswerState answer={answer} />
      {answer.isCurrent && answer.data !== null && evidence === undefined && (
        <p className="quiet">{say('panel.gone')}</p>
      )}
      {evidence !== undefined && (
        <>
          <HowKnown known={evidence.howKnown} unknowns={evidence.unknowns} />
          <Movements filter={filter} total={support.movements} openMovement={openMovement} />
        </>
      )}
      {evidence !== undefined && evidence.next.length > 0 && (
        <Part word="panel.next">
          <ul className="plain">
            {evidence.next.map(({ name, probability }) => (
              <li key={name}>
                {name} <small>{share(probability)}</small>
              </li>
            ))}
          </ul>
        </Part>
      )}
      {others.length > 0 && (
        <Part word="panel.alternatives">
          <ul className="list">
            {others.map((one) => (
              <li key={one.id}>
                <button type="button" className="list-item" onClick={() => openRow(one.id)}>
                  <span>
                    {one.name}
                    <small>{say('count.incidents', { count: one.support.incidents })}</small>
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </Part>
      )}
    </>
  );
}
