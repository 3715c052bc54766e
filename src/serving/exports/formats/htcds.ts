/** HTCDS 2.0 as flat records: a line for each known place of each moved person, under the standard's field names. */
import type { Exploitation, PersonStatus, Sex } from '../../../kernel/vocabulary.ts';
import type { PersonRow } from '../persons.ts';
import type { ExportedWaypoint } from '../record-rows.ts';
import { harmless, line } from './csv.ts';
import type { WholeFormat } from './format.ts';
import { twoLetters } from './two-letters.ts';

/** The first five are the hub's: what keeps lines of one person together, and how each is marked. */
const COLUMNS = [
  'movement_id',
  'person',
  'owner',
  'handling',
  'pap',
  'prs_Gender',
  'prs_Citizenship',
  'vic_TraffickingStatus',
  'vic_TypeOfExploitation',
  'hte_Type',
  'hte_Date',
  'hte_Country',
  'hte_Longitude',
  'hte_Latitude',
  'hte_Description',
] as const;

const GENDERS: Readonly<Record<Sex, string>> = {
  female: 'Feminine',
  male: 'Masculine',
  other: 'NonConforming',
  unknown: 'NonSpecifiedUnknown',
};
/** The hub never decides who is a victim: whoever others hold for one is a possible one here. */
const STATUSES: Readonly<Record<PersonStatus, string>> = {
  possible_victim: 'PossibleVictimOfTrafficking',
  victim: 'PossibleVictimOfTrafficking',
  not_a_victim: 'NotAVictimOfTrafficking',
};
const EXPLOITATIONS: Readonly<Record<Exploitation, string>> = {
  sexual: 'SexualExploitation',
  labour: 'ForcedLabour',
  domestic_servitude: 'Servitude',
  forced_marriage: 'ForcedMarriage',
  organ_removal: 'OrganRemoval',
  begging: 'ForcedBegging',
  criminal: 'Other',
  other: 'Other',
  unknown: '',
};

export const HTCDS: WholeFormat<PersonRow> = {
  extension: 'htcds.csv',
  mediaType: 'text/csv; charset=utf-8; header=present',
  notCarried: [
    'Whom others found to be a victim: the hub decides nobody to be one, so the status is PossibleVictimOfTrafficking.',
    'Age bands: the standard asks for an age in years. They are left out.',
    'Names, births, contacts, addresses: the fields of the standard for them are not among the columns.',
    'How a place is known (observed, stated, inferred): it is in hte_Description, as is what the place is.',
    'Where a journey was to lead is no exploitation before it ended there: hte_Type is empty then.',
    'Persons of incidents without travel, and those whose party you do not see.',
  ],
  async *write(pages) {
    yield line(COLUMNS);
    for await (const rows of pages) if (rows.length > 0) yield rows.map(linesOf).join('');
  },
};

function linesOf(row: PersonRow): string {
  const events = row.waypoints.filter(({ basis }) => basis !== 'citizenship');
  return (events.length === 0 ? [null] : events).map((event) => lineOf(row, event)).join('');
}

function lineOf(row: PersonRow, event: ExportedWaypoint | null): string {
  const citizenship = row.waypoints.find(({ basis }) => basis === 'citizenship')?.country ?? null;
  const placed = event === null || event.longitude === null || event.latitude === null ? null : event;
  return line([
    row.movementId,
    String(row.person),
    harmless(row.owner),
    row.handling.toUpperCase(),
    row.pap?.toUpperCase() ?? '',
    GENDERS[row.sex],
    twoLetters(citizenship) ?? '',
    row.status === null ? '' : STATUSES[row.status],
    EXPLOITATIONS[row.exploitation],
    event === null ? '' : typeOf(row, event),
    event?.occurred_from?.toISOString() ?? '',
    twoLetters(event?.country ?? null) ?? '',
    placed === null ? '' : String(placed.longitude),
    placed === null ? '' : String(placed.latitude),
    event === null ? '' : `${event.basis}, ${event.kind}`,
  ]);
}

function typeOf({ movementStatus }: PersonRow, { basis }: ExportedWaypoint): string {
  if (basis === 'residence' || basis === 'departure') return 'Recruitment';
  if (basis === 'crossing') return 'Transit';
  return basis === 'exploitation' || movementStatus === 'completed' ? 'Exploitation' : '';
}
