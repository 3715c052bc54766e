/** FollowTheMoney: one entity a line, as its command line and Aleph read them; ties are UnknownLinks between things and the events they took part in. */
import { createHash } from 'node:crypto';
import { tlpText } from '../layer.ts';
import type { EntityNode, IncidentNode, NetworkRow, Tie } from '../network.ts';
import type { WholeFormat } from './format.ts';
import { twoLetters } from './two-letters.ts';

type Properties = Readonly<Record<string, readonly string[]>>;

interface FtmEntity {
  readonly id: string;
  readonly schema: string;
  readonly properties: Properties;
}

export const FTM: WholeFormat<NetworkRow> = {
  extension: 'ftm.json',
  mediaType: 'application/json+ftm',
  notCarried: [
    'Handling has no property of its own: it is the first of the notes of things and events, and the summary of links.',
    'Phones and accounts are UserAccounts whose name is what the hub shows of them, documents Identifications: nothing fits them better.',
    'Whether a time is known to the day, the month or the quarter: events have both ends of the span.',
    'Positions: an event has its country.',
  ],
  async *write(pages) {
    for await (const rows of pages) {
      const lines = rows.map((row) =>
        JSON.stringify(row.is === 'tie' ? link(row) : row.is === 'entity' ? thing(row) : event(row)),
      );
      if (lines.length > 0) yield `${lines.join('\n')}\n`;
    }
  },
};

const SCHEMATA: Readonly<Record<EntityNode['kind'], string>> = {
  individual: 'Person',
  network: 'Organization',
  establishment: 'Organization',
  support_structure: 'Organization',
  vehicle: 'Vehicle',
  phone: 'UserAccount',
  account: 'UserAccount',
  document: 'Identification',
};

function thing(row: EntityNode): FtmEntity {
  const schema = SCHEMATA[row.kind];
  const said = row.suspicion === null ? [] : [`suspicion: ${row.suspicion}`];
  const marked = [...notes(row), `kind: ${row.kind}`, ...said];
  const modified = { modifiedAt: [row.recordedAt.toISOString().slice(0, 10)] };
  // An identification is an interval: it has neither a name nor notes.
  if (schema === 'Identification')
    return { id: row.id, schema, properties: { type: [row.label], summary: [marked.join('; ')] } };
  const account = schema === 'UserAccount' ? { username: [row.label], service: [row.kind] } : {};
  return {
    id: row.id,
    schema,
    properties: { name: [row.label], publisher: [row.owner], notes: marked, ...modified, ...account },
  };
}

function event(row: IncidentNode): FtmEntity {
  const country = twoLetters(row.country);
  return {
    id: row.id,
    schema: 'Event',
    properties: {
      name: [row.kind],
      publisher: [row.owner],
      notes: notes(row),
      modifiedAt: [row.recordedAt.toISOString().slice(0, 10)],
      ...(country === null ? {} : { country: [country.toLowerCase()] }),
      ...(row.occurredFrom === null ? {} : { startDate: [row.occurredFrom.toISOString()] }),
      ...(row.occurredTo === null ? {} : { endDate: [row.occurredTo.toISOString()] }),
    },
  };
}

function link({ from, to, role, kind, handling }: Tie): FtmEntity {
  return {
    id: createHash('sha1')
      .update(JSON.stringify([from, to, kind, role]))
      .digest('hex'),
    schema: 'UnknownLink',
    properties: { subject: [from], object: [to], role: [role], summary: [tlpText(handling)] },
  };
}

function notes({ handling, pap }: EntityNode | IncidentNode): readonly string[] {
  return [tlpText(handling), ...(pap === null ? [] : [`PAP:${pap.toUpperCase()}`])];
}
