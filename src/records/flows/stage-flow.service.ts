/** Puts the legs of movements together as nodes and links. */
import type { ViewerReader } from '../../access/reader.ts';
import type { AskedMovements } from '../movements/movement-search.service.ts';
import type { StageFlows } from './stage-flow.type.ts';
import { LAST_STAGE, readStages, type StageRow } from './stage-flow.view.ts';

export async function answerStages(reader: ViewerReader, asked: AskedMovements): Promise<StageFlows> {
  const rows = await readStages(reader, asked);
  const transits = Math.max(0, ...rows.map(({ stage }) => (stage === LAST_STAGE ? 0 : (stage ?? 0))));
  return {
    nodes: rows
      .filter(({ part }) => part === 'node')
      .map(({ role, stage, country, movements, incidents }) => ({
        id: nodeId(role, stage, country),
        // However many transit countries there are at most, the destination comes after them.
        stage: stage === LAST_STAGE ? transits + 1 : (stage ?? 0),
        role: role ?? '',
        country,
        movements,
        incidents,
      }))
      .sort((a, b) => a.stage - b.stage || b.movements - a.movements || (a.id < b.id ? -1 : 1)),
    links: rows
      .filter(({ part }) => part === 'link')
      .map((row) => ({
        source: nodeId(row.role, row.stage, row.country),
        target: nodeId(row.next_role, row.next_stage, row.next_country),
        movements: row.movements,
        incidents: row.incidents,
        persons: { min: row.persons_min ?? 0, max: row.persons_max },
      })),
    movements: rows.find(({ part }) => part === 'all')?.movements ?? 0,
  };
}

function nodeId(role: StageRow['role'], stage: StageRow['stage'], country: string | null): string {
  return [role, ...(role === 'transit' ? [stage] : []), country ?? 'unknown'].join(':');
}
