/** A route hotspot or a crossing cluster and what stands behind it. */
import { useMemo } from 'react';
import type { ClustersAnswer } from '../layers/cluster-answer.ts';
import type { HotspotsAnswer } from '../layers/hotspot-answer.ts';
import type { PanelProps } from '../map/layer.ts';
import { month, number, say, small, wordFor } from '../words/words.ts';
import { Fact, Facts, HowKnown, Movements } from './evidence.tsx';
import { Figure } from './figure.tsx';

export function HotspotPanel({ id, data, openMovement }: PanelProps) {
  const cell = (data as HotspotsAnswer).routeHotspots.cells.find((one) => one.id === id);
  const filter = useMemo(() => ({ incidentIds: cell?.incidentIds ?? [] }), [cell]);
  if (cell === undefined) return <p className="quiet">{say('panel.gone')}</p>;
  return (
    <>
      <h2>{wordFor('hotspotClass', cell.class)}</h2>
      <Figure count={cell.incidents} />
      <Facts>
        <Fact word="panel.test">
          {cell.z !== null && cell.q !== null
            ? say('panel.test.value', { z: small(cell.z), q: small(cell.q) })
            : null}
        </Fact>
        <Fact word="panel.origins">
          {cell.howKnown === null ? null : number(cell.howKnown.independentOrigins)}
        </Fact>
        <Fact word="table.cell">{cell.id}</Fact>
      </Facts>
      <HowKnown known={cell.howKnown} />
      <Movements filter={filter} total={cell.incidents} openMovement={openMovement} />
    </>
  );
}

export function ClusterPanel({ id, data, openMovement }: PanelProps) {
  const cluster = (data as ClustersAnswer).crossingClusters.clusters.find((one) => one.id === id);
  const filter = useMemo(() => ({ incidentIds: cluster?.incidentIds ?? [] }), [cluster]);
  if (cluster === undefined) return <p className="quiet">{say('panel.gone')}</p>;
  const { firstMonth, lastMonth, nearestCrossingPoint, distanceKm } = cluster;
  return (
    <>
      <h2>{cluster.name}</h2>
      <Figure count={cluster.incidents} />
      <Facts>
        <Fact word="panel.origins">{number(cluster.independentOrigins)}</Fact>
        <Fact word="panel.persons">{say('count.persons', { count: cluster.persons })}</Fact>
        <Fact word="table.border">{cluster.border.join(' – ')}</Fact>
        <Fact word="panel.seen">
          {firstMonth === null || lastMonth === null
            ? null
            : say('span', { from: month(firstMonth), to: month(lastMonth) })}
        </Fact>
        <Fact word="panel.crossingPoint">
          {nearestCrossingPoint === null
            ? null
            : distanceKm === null
              ? nearestCrossingPoint.name
              : say('panel.crossingPoint.value', { name: nearestCrossingPoint.name, km: distanceKm })}
        </Fact>
      </Facts>
      <HowKnown known={cluster.howKnown} />
      <Movements filter={filter} total={cluster.incidents} openMovement={openMovement} />
    </>
  );
}
