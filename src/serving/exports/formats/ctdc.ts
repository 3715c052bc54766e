/** Counts of persons under the columns of the CTDC global dataset, each of enough persons, incidents and contributors to be published. */
import type { PersonRow } from '../persons.ts';
import { line } from './csv.ts';
import type { WholeFormat } from './format.ts';
import { twoLetters } from './two-letters.ts';

/** The hub's own floor for what is shared as an aggregate. */
export const LEAST_PERSONS = 11;
export const LEAST_INCIDENTS = 3;
/** Where several contribute: at least so many to a cell, none with more than this share of it. */
const LEAST_OWNERS = 2;
const MOST_OF_ONE = 0.8;

const COLUMNS = [
  'yearOfRegistration',
  'gender',
  'ageBroad',
  'citizenship',
  'isForcedLabour',
  'isSexualExploit',
  'CountryOfExploitation',
  'persons',
] as const;

interface Cell {
  /** Of incidents that are linked to no other. */
  persons: number;
  /** By event, then by incident: of each event the largest report counts. */
  readonly linked: Map<string, Map<string, number>>;
  /** No more than are asked for. */
  readonly incidents: Set<string>;
  readonly byOwner: Map<string, number>;
}

export const CTDC: WholeFormat<PersonRow> = {
  extension: 'ctdc.csv',
  mediaType: 'text/csv; charset=utf-8; header=present',
  notCarried: [
    `Every combination of under ${LEAST_PERSONS} persons or ${LEAST_INCIDENTS} incidents, and where several organisations contribute, of one of them or with more than ${MOST_OF_ONE * 100} % of one: it is left out, and nothing says how many were. There are no totals to take the others from; do not publish the manifest's counts beside it.`,
    'Single persons: the columns are those of the CTDC global dataset, with a count, where that has a line for each person.',
    'The year is of the report, not of travel; empty where you do not see the report.',
    'Columns of CTDC that the hub has nothing for (means of control, and the positions of countries).',
    'Of reports that are linked as one event the one with most persons counts; returns count nowhere.',
  ],
  async *write(pages) {
    const cells = new Map<string, Cell>();
    const owners = new Set<string>();
    for await (const rows of pages) for (const row of rows) count(row, cells, owners);
    yield line(COLUMNS);
    const shown = [...cells]
      .filter(([, cell]) => mayBeShown(cell, owners.size > 1))
      .sort(([a], [b]) => (a < b ? -1 : 1));
    yield shown
      .map(([key, cell]) => line([...(JSON.parse(key) as string[]), String(personsIn(cell))]))
      .join('');
  },
};

function count(row: PersonRow, cells: Map<string, Cell>, owners: Set<string>): void {
  // Somebody who was found to be no victim is in no count of victims.
  if (row.status === 'not_a_victim' || row.purpose === 'return') return;
  owners.add(row.owner);
  const key = JSON.stringify(dimensionsOf(row));
  const cell: Cell = cells.get(key) ?? {
    persons: 0,
    linked: new Map(),
    incidents: new Set(),
    byOwner: new Map(),
  };
  cells.set(key, cell);
  if (row.eventId === null) cell.persons += 1;
  else {
    const reports = cell.linked.get(row.eventId) ?? new Map<string, number>();
    cell.linked.set(row.eventId, reports);
    reports.set(row.incidentId, (reports.get(row.incidentId) ?? 0) + 1);
  }
  if (cell.incidents.size < LEAST_INCIDENTS) cell.incidents.add(row.eventId ?? row.incidentId);
  cell.byOwner.set(row.owner, (cell.byOwner.get(row.owner) ?? 0) + 1);
}

function personsIn({ persons, linked }: Cell): number {
  let sum = persons;
  for (const reports of linked.values()) sum += Math.max(...reports.values());
  return sum;
}

function mayBeShown(cell: Cell, isPooled: boolean): boolean {
  const { incidents, byOwner } = cell;
  const persons = personsIn(cell);
  if (persons < LEAST_PERSONS || incidents.size < LEAST_INCIDENTS) return false;
  return (
    !isPooled || (byOwner.size >= LEAST_OWNERS && Math.max(...byOwner.values()) <= MOST_OF_ONE * persons)
  );
}

function dimensionsOf(row: PersonRow): readonly string[] {
  const citizenship = row.waypoints.find(({ basis }) => basis === 'citizenship')?.country ?? null;
  const known = row.exploitation !== 'unknown';
  const flag = (is: boolean): string => (known ? (is ? '1.0' : '0.0') : '');
  return [
    row.recordedYear === null ? '' : String(row.recordedYear),
    row.sex === 'female' ? 'Female' : row.sex === 'male' ? 'Male' : '',
    ageBroad(row.ageBand),
    twoLetters(citizenship) ?? '',
    flag(row.exploitation === 'labour' || row.exploitation === 'domestic_servitude'),
    flag(row.exploitation === 'sexual'),
    twoLetters(row.destinationCountry) ?? '',
  ];
}

/** Bands are written 9--17 and 48+ there; what is known as minor or adult alone is in none. */
function ageBroad(band: string): string {
  if (band === '48_plus') return '48+';
  return /^\d+_\d+$/.test(band) ? band.replace('_', '--') : '';
}
