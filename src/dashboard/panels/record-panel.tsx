/** One crossing or incident of the map, and the movements behind it. */
import { useMemo } from 'react';
import type { PointsAnswer } from '../layers/points-answer.ts';
import type { PanelProps } from '../map/layer.ts';
import { dayOf, persons, say, wordFor } from '../words/words.ts';
import { Fact, Facts, Movements } from './evidence.tsx';

export function RecordPanel({ id, data, view, openMovement }: PanelProps) {
  const layer = view.layer === 'incidents' ? 'incidents' : 'crossings';
  const record = (data as PointsAnswer)[layer].nodes.find((one) => one.id === id);
  const ids = useMemo(() => {
    if (record?.movements !== undefined) return { ids: record.movements.map((one) => one.id) };
    return { ids: record?.movement == null ? [] : [record.movement.id] };
  }, [record]);
  if (record === undefined) return <p className="quiet">{say('panel.gone')}</p>;
  return (
    <>
      <h2>
        {layer === 'crossings'
          ? `${record.fromCountry ?? ''} – ${record.toCountry ?? ''}`
          : wordFor('incidentKind', record.kind)}
      </h2>
      <Facts>
        <Fact word="table.when">
          {record.occurred === null ? say('not.known') : dayOf(record.occurred.from)}
        </Fact>
        <Fact word="panel.persons">{persons(record.persons)}</Fact>
        <Fact word="table.country">{record.country ?? null}</Fact>
        <Fact word="panel.howKnown">{layer === 'crossings' ? wordFor('known', record.kind) : null}</Fact>
      </Facts>
      <Movements filter={ids} total={ids.ids.length} openMovement={openMovement} />
    </>
  );
}
