/** Reading what stands behind each group of a flow question: one grouped query beside the one that counts. */
import type { ViewerReader } from '../../access/reader.ts';
import { Parameters } from '../../platform/parameters.ts';
import type { EvidenceRow } from '../how-known/how-known.ts';
import { EVIDENCE_FIGURES, evidenceColumns, evidenceJoins } from '../how-known/movement-evidence.sql.ts';
import type { AskedMovements } from '../movements/movement-search.service.ts';
import { movementSource } from '../movements/movement-source.sql.ts';
import type { FlowDimension } from './flow.type.ts';
import type { FlowQuestion } from './flow.view.ts';
import { dimensionColumn, joinsFor } from './flow-dimension.sql.ts';

export type FlowEvidenceRow = EvidenceRow & Partial<Readonly<Record<FlowDimension, string | null>>>;

/** Every group, whatever bounds and pages the question has; a movement that several persons or crossings put in a group is in it once. */
export async function readFlowEvidence(
  reader: ViewerReader,
  { search, asKnown }: AskedMovements,
  { dimensions, cellResolution }: FlowQuestion,
  corroborated: readonly string[],
): Promise<readonly FlowEvidenceRow[]> {
  const parameters = new Parameters();
  const { viewer } = reader;
  const source = movementSource(viewer, search, asKnown, parameters);
  const keys = dimensions.map(
    (dimension) => `${dimensionColumn(dimension, cellResolution, parameters)} as ${dimension}`,
  );
  const inner =
    `select distinct ${[...keys, ...evidenceColumns(corroborated, parameters)].join(', ')} from ${source.from} ` +
    `${joinsFor(reader, dimensions, parameters, asKnown)} ${evidenceJoins(viewer, asKnown, parameters)} ` +
    `where ${['true', ...source.conditions].join(' and ')}`;
  const shown = dimensions.map((dimension) => `f.${dimension}::text as ${dimension}`);
  const grouped = dimensions.map((dimension) => `f.${dimension}`);
  const text =
    `select ${[...shown, ...EVIDENCE_FIGURES].join(', ')} from (${inner}) f ` +
    `group by ${grouped.length === 0 ? '()' : grouped.join(', ')}`;
  return reader.read((connection) => connection.query<FlowEvidenceRow>(text, parameters.values));
}
