/** Made-up events of a few organisations, put straight into a hub under ids that follow from their numbers: two hubs can be filled alike but for what a test wants otherwise. */
import { cellAt, centreOf, fromIndex } from '../../src/geo/cells.ts';
import { mortonCode } from '../../src/geo/morton.ts';
import { insertRows } from '../../src/platform/bulk.ts';
import type { Database } from '../../src/platform/database.ts';

export interface PlacedEvent {
  /** Names its rows; the same in both worlds. */
  readonly number: number;
  readonly owner: string;
  readonly persons: number;
  readonly origin: string;
  readonly destination: string;
  /** H3 cell at which it was observed to cross; null: not known. */
  readonly cell: string | null;
  /** A day; null: not known when. */
  readonly day: string | null;
  readonly purpose?: 'trafficking' | 'return';
  readonly verification?: string;
  readonly handling?: string;
  readonly sensitivity?: string;
}

const idOf = (table: string, number: number): string =>
  `${table}000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const ID = {
  report: (number: number) => idOf('0a', number),
  incident: (number: number) => idOf('0b', number),
  movement: (number: number) => idOf('0c', number),
  crossing: (number: number) => idOf('0d', number),
};

/** Unless said otherwise they are routine, amber and true. */
export async function putEvents(
  database: Database,
  organisations: ReadonlyMap<string, string>,
  events: readonly PlacedEvent[],
): Promise<void> {
  if (events.length === 0) return;
  await database.unrestricted('put made-up events in', async (connection) => {
    const classOf = async (event: PlacedEvent, recordClass: string): Promise<number> => {
      const [row] = await connection.query<{ id: number }>(
        `with made as (insert into visibility_class (owner_id, record_class, handling, sensitivity) values ($1, $2, $3, $4) on conflict do nothing returning id)
         select id from made union all
         select id from visibility_class where owner_id = $1 and record_class = $2 and handling = $3 and sensitivity = $4 and released_under = '{}'`,
        [
          organisations.get(event.owner),
          recordClass,
          event.handling ?? 'amber',
          event.sensitivity ?? 'routine',
        ],
      );
      return row!.id;
    };
    const known = new Map<string, number>();
    for (const event of events)
      for (const recordClass of ['report', 'incident', 'movement']) {
        const name = className(event, recordClass);
        if (!known.has(name)) known.set(name, await classOf(event, recordClass));
      }
    const owned = (event: PlacedEvent, recordClass: string) => ({
      owner_id: organisations.get(event.owner),
      visibility_class_id: known.get(className(event, recordClass)),
    });
    const time = ({ day }: PlacedEvent) => ({
      occurred_from: day === null ? null : `${day}T00:00:00Z`,
      occurred_to: day === null ? null : `${day}T23:59:59Z`,
      occurred_granularity: day === null ? 'unknown' : 'day',
      month: day === null ? null : `${day.slice(0, 7)}-01`,
    });
    const timed = {
      occurred_from: 'timestamptz',
      occurred_to: 'timestamptz',
      occurred_granularity: 'text',
      month: 'date',
    };
    const ownership = { id: 'uuid', owner_id: 'uuid', visibility_class_id: 'int' };
    await insertRows(
      connection,
      'report',
      {
        ...ownership,
        kind: 'text',
        identity_digest: 'bytea',
        content_digest: 'bytea',
        recorded_at: 'timestamptz',
        reliability: 'text',
        credibility: 'smallint',
        origin_kind: 'text',
        handling: 'text',
      },
      events.map((event) => ({
        id: ID.report(event.number),
        ...owned(event, 'report'),
        kind: 'border_intercept',
        identity_digest: `\\x${String(event.number).padStart(8, '0')}`,
        content_digest: `\\x${String(event.number).padStart(8, '0')}`,
        recorded_at: '2026-01-01T00:00:00Z',
        reliability: 'B',
        credibility: 2,
        origin_kind: 'staff',
        handling: event.handling ?? 'amber',
      })),
    );
    await insertRows(
      connection,
      'incident',
      {
        ...ownership,
        ...timed,
        report_id: 'uuid',
        kind: 'text',
        population: 'text',
        persons_min: 'int',
        verification: 'text',
      },
      events.map((event) => ({
        id: ID.incident(event.number),
        ...owned(event, 'incident'),
        ...time(event),
        report_id: ID.report(event.number),
        kind: 'interception',
        population: 'trafficking',
        persons_min: event.persons,
        verification: event.verification ?? 'evidence',
      })),
    );
    await insertRows(
      connection,
      'movement',
      {
        ...ownership,
        ...timed,
        incident_id: 'uuid',
        report_id: 'uuid',
        purpose: 'text',
        mode: 'text',
        status: 'text',
        persons_min: 'int',
        origin_country: 'text',
        destination_country: 'text',
        countries: 'text[]',
        roles: 'text[]',
        verification: 'text',
        reliability: 'text',
        credibility: 'smallint',
      },
      events.map((event) => ({
        id: ID.movement(event.number),
        ...owned(event, 'movement'),
        ...time(event),
        incident_id: ID.incident(event.number),
        report_id: ID.report(event.number),
        purpose: event.purpose ?? 'trafficking',
        mode: 'bus',
        status: 'intercepted',
        persons_min: event.persons,
        origin_country: event.origin,
        destination_country: event.destination,
        countries: [event.origin, event.destination],
        roles: ['source', 'destination'],
        verification: event.verification ?? 'evidence',
        reliability: 'B',
        credibility: 2,
      })),
    );
    await putCrossings(connection, events, owned);
  });
}

async function putCrossings(
  connection: Parameters<typeof insertRows>[0],
  events: readonly PlacedEvent[],
  owned: (
    event: PlacedEvent,
    recordClass: string,
  ) => { readonly owner_id: string | undefined; readonly visibility_class_id: number | undefined },
): Promise<void> {
  const crossed = events.flatMap((event) => (event.cell === null ? [] : [{ event, cell: event.cell }]));
  await insertRows(
    connection,
    'crossing',
    {
      id: 'uuid',
      owner_id: 'uuid',
      visibility_class_id: 'int',
      movement_id: 'uuid',
      incident_id: 'uuid',
      kind: 'text',
      ordinal: 'smallint',
      from_country: 'text',
      to_country: 'text',
      country_a: 'text',
      country_b: 'text',
      longitude: 'float8',
      latitude: 'float8',
      z: 'bigint',
      cell: 'bigint',
      cell_resolution: 'smallint',
      persons_min: 'int',
    },
    crossed.map(({ event, cell }) => {
      const [longitude, latitude] = centreOf(fromIndex(cell));
      return {
        id: ID.crossing(event.number),
        ...owned(event, 'movement'),
        movement_id: ID.movement(event.number),
        incident_id: ID.incident(event.number),
        kind: 'observed',
        ordinal: 0,
        from_country: event.origin,
        to_country: event.destination,
        country_a: [event.origin, event.destination].sort()[0],
        country_b: [event.origin, event.destination].sort()[1],
        longitude,
        latitude,
        z: String(mortonCode([longitude, latitude])),
        cell: String(cellAt([longitude, latitude], 7)),
        cell_resolution: 7,
        persons_min: event.persons,
      };
    }),
  );
}

const className = ({ owner, handling, sensitivity }: PlacedEvent, recordClass: string): string =>
  [owner, recordClass, handling, sensitivity].join('/');

/** As a correction or a retraction leaves them: not known any more. */
export async function takeAway(database: Database, numbers: readonly number[]): Promise<void> {
  await database.unrestricted('take made-up events away', (connection) =>
    connection.execute('update movement set known_to = now() where id = any($1::uuid[])', [
      numbers.map(ID.movement),
    ]),
  );
}

export async function recount(database: Database, number: number, persons: number): Promise<void> {
  await database.unrestricted('count a made-up event otherwise', (connection) =>
    connection.execute('update movement set persons_min = $2 where id = $1', [ID.movement(number), persons]),
  );
}

/** As when somebody confirms that two reports are of one event. */
export async function joinEvents(database: Database, pair: readonly [number, number]): Promise<void> {
  const [a, b] = pair.map(ID.incident).sort();
  await database.unrestricted('join made-up events', (connection) =>
    connection.execute(
      `insert into same_incident_link (id, owner_id, visibility_class_id, incident_a, incident_b, status, grade)
       select $3, owner_id, visibility_class_id, $1, $2, 'confirmed', 0.9 from incident where id = $1`,
      [a, b, idOf('0e', pair[0])],
    ),
  );
}
