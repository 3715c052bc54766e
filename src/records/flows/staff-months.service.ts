/** Staff-time by crossing point and month, for analyses that hold detections against it. */
import type { ViewerReader } from '../../access/reader.ts';
import type { EffortScope } from './effort.sql.ts';
import { readEffort } from './effort.view.ts';

export interface StaffMonths {
  readonly ownerId: string;
  readonly placeId: string;
  /** "2024-03" */
  readonly month: string;
  readonly staffMonths: number;
}

/** At stations whose crossing point is known, of the owners whose effort this viewer sees. */
export async function readStaffMonths(
  reader: ViewerReader,
  scope: EffortScope,
): Promise<readonly StaffMonths[]> {
  const rows = await readEffort(reader, 'month', scope);
  return rows.flatMap(({ owner_id, place_id, period, staff_months }) =>
    place_id === null || period === null
      ? []
      : [{ ownerId: owner_id, placeId: place_id, month: period.slice(0, 7), staffMonths: staff_months }],
  );
}
