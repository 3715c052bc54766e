/** Moved persons with the movement each is of: what case standards and published counts are made from. Nobody is named or numbered across movements. */
import type { MovementColumns } from '../../records/movements/movement.type.ts';
import type { Collection } from './collection.ts';
import type { Marked } from './layer.ts';
import { eventsOf, type MovedPerson, movedPersons, recordedAt } from './persons.view.ts';
import { movementQuery } from './record-collections.ts';
import { countByClass } from './record-pages.view.ts';
import type { ExportedWaypoint } from './record-rows.ts';
import { pagesOf, papOf, waypointsByMovement } from './surroundings.ts';

export interface PersonRow extends Marked {
  readonly movementId: string;
  readonly incidentId: string;
  /** The same for incidents that are linked as one; null of one that is not linked. */
  readonly eventId: string | null;
  readonly purpose: MovementColumns['purpose'];
  /** From 1, within the movement. */
  readonly person: number;
  readonly owner: string;
  readonly sex: MovedPerson['sex'];
  readonly ageBand: string;
  readonly status: MovedPerson['status'];
  readonly exploitation: MovementColumns['exploitation'];
  readonly movementStatus: MovementColumns['status'];
  readonly destinationCountry: string | null;
  /** Of the report, where the viewer sees it. */
  readonly recordedYear: number | null;
  readonly waypoints: readonly ExportedWaypoint[];
}

type Row = MovementColumns & { readonly visibility_class_id: number };

export const PERSONS: Collection<PersonRow> = {
  name: 'persons',
  filter: 'MovementFilter',
  open: async (asking) => {
    const { reader } = asking.context;
    const query = await movementQuery(asking);
    return {
      classes: await countByClass(reader, query),
      methods: [],
      pages: (marks) =>
        pagesOf<Row, PersonRow>(reader, query, marks, async (composing) => {
          const [around, waypoints, persons, recorded, events] = await Promise.all([
            papOf(composing, (row) => row.report_id),
            waypointsByMovement(composing),
            movedPersons(
              reader,
              composing.rows.map(({ row_id }) => row_id),
            ),
            recordedAt(
              reader,
              composing.rows.map(({ report_id }) => report_id),
              query.asKnown,
            ),
            eventsOf(
              reader,
              composing.rows.map(({ incident_id }) => incident_id),
              query.asKnown,
            ),
          ]);
          const parties = Map.groupBy(persons, ({ movement_id }) => movement_id);
          return composing.rows.flatMap((row) => {
            const { owner, handling, pap } = around(row);
            return (parties.get(row.row_id) ?? []).map((person, index) => ({
              movementId: row.id,
              incidentId: row.incident_id,
              eventId: events.get(row.incident_id) ?? null,
              purpose: row.purpose,
              person: index + 1,
              owner,
              handling,
              pap,
              sex: person.sex,
              ageBand: person.age_band,
              status: person.status,
              exploitation: row.exploitation,
              movementStatus: row.status,
              destinationCountry: row.destination_country,
              recordedYear: recorded.get(row.report_id)?.getUTCFullYear() ?? null,
              waypoints: waypoints.get(row.row_id) ?? [],
            }));
          });
        }),
    };
  },
};
