/** STIX 2.1: one bundle of identities, threat actors, incidents, places and relationships, each under its TLP 2.0 marking; docs/exports.md has the extension. */
import { createHash } from 'node:crypto';
import { type Handling, STANDING_SUSPICIONS } from '../../../kernel/vocabulary.ts';
import { type Pages, tlpText } from '../layer.ts';
import type { EntityNode, IncidentNode, NetworkRow, Tie } from '../network.ts';
import type { WholeFormat } from './format.ts';
import { twoLetters } from './two-letters.ts';

/** Fixed: whoever knows the extension knows it by this. */
export const EXTENSION_ID = 'extension-definition--3f0a5c1e-7d24-4f0b-9a6b-5e8c1d2f4a70';
const EXTENSION_AT = '2026-11-29T00:00:00.000Z';
/** The hub as the author of its own extension. */
const HUB_ID = 'identity--8d1f6a52-0c3e-4b7a-b1de-6f2a9c4e7d18';
/** OASIS's own ids of the TLP 2.0 markings. */
const TLP: Readonly<Record<Handling, string>> = {
  clear: 'marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487',
  green: 'marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb',
  amber: 'marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421',
  amber_strict: 'marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003',
  red: 'marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1',
};
const TLP_EXTENSION = 'extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d';
const THING = 'x-headwater-thing';

type StixObject = Readonly<Record<string, unknown>>;

export const STIX: WholeFormat<NetworkRow> = {
  extension: 'stix.json',
  mediaType: 'application/stix+json;version=2.1',
  notCarried: [
    'When a record was first created: `created` and `modified` are both when this version was recorded, as far as you may see.',
    'Whether a time is known to the day, the month or the quarter: the extension has both ends of the span.',
    'Vehicles, phones, accounts and documents have no object in STIX 2.1: they are x-headwater-thing of the extension.',
    'PAP has no marking of its own in STIX 2.1: it is in the extension.',
  ],
  async *write(pages, about) {
    yield `${JSON.stringify({ type: 'bundle', id: `bundle--${about.exportId}` }).slice(0, -1)},"objects":[\n`;
    yield preamble()
      .map((object) => JSON.stringify(object))
      .join(',\n');
    const owners = new Set<string>();
    const markings = new Set<Handling>();
    for await (const objects of objectsOf(pages, owners, markings))
      if (objects.length > 0) yield `,\n${objects.map((object) => JSON.stringify(object)).join(',\n')}`;
    yield '\n]}\n';
  },
};

async function* objectsOf(
  pages: Pages<NetworkRow>,
  owners: Set<string>,
  markings: Set<Handling>,
): AsyncGenerator<readonly StixObject[]> {
  const refs = new Map<string, string>();
  for await (const rows of pages)
    yield rows.flatMap((row) => {
      const before: StixObject[] = [];
      if (!markings.has(row.handling)) before.push(marking(row.handling));
      markings.add(row.handling);
      if (row.is === 'tie') return [...before, relationship(row, refs)];
      if (!owners.has(row.ownerId)) before.push(owner(row));
      owners.add(row.ownerId);
      const made = row.is === 'entity' ? [entity(row)] : incident(row);
      refs.set(row.id, String(made[0]?.id));
      return [...before, ...made];
    });
}

function preamble(): readonly StixObject[] {
  const common = { spec_version: '2.1', created: EXTENSION_AT, modified: EXTENSION_AT };
  return [
    { type: 'identity', id: HUB_ID, ...common, name: 'Headwater', identity_class: 'system' },
    {
      type: 'extension-definition',
      id: EXTENSION_ID,
      ...common,
      created_by_ref: HUB_ID,
      name: 'Headwater records',
      description:
        'x-headwater-thing: a vehicle, phone, account or document that took part in incidents. On other objects: owner, marking of permissible actions (PAP), role, spans of time.',
      schema:
        'As docs/exports.md of Headwater describes it: x-headwater-thing has kind (vehicle, phone, account, document), name, redacted and pap.',
      version: '1.0.0',
      extension_types: ['new-sdo', 'property-extension'],
    },
  ];
}

function marking(handling: Handling): StixObject {
  return {
    type: 'marking-definition',
    spec_version: '2.1',
    id: TLP[handling],
    created: '2022-10-01T00:00:00.000Z',
    name: tlpText(handling),
    extensions: {
      [TLP_EXTENSION]: {
        extension_type: 'property-extension',
        tlp_2_0: handling === 'amber_strict' ? 'amber+strict' : handling,
      },
    },
  };
}

function owner({ owner: slug }: EntityNode | IncidentNode): StixObject {
  const common = { spec_version: '2.1', created: EXTENSION_AT, modified: EXTENSION_AT };
  return {
    type: 'identity',
    id: identityOf(slug),
    ...common,
    name: slug,
    identity_class: 'organization',
  };
}

/** By its name in the hub: what it is called inside is nobody else's business. */
function identityOf(slug: string): string {
  return `identity--${idOf(`organisation/${slug}`)}`;
}

function common(row: EntityNode | IncidentNode, type: string, properties: StixObject): StixObject {
  const at = row.recordedAt.toISOString();
  const isNew = type === THING;
  return {
    type,
    id: `${type}--${row.id}`,
    spec_version: '2.1',
    created: at,
    modified: at,
    created_by_ref: identityOf(row.owner),
    object_marking_refs: [TLP[row.handling]],
    extensions: {
      [EXTENSION_ID]: {
        extension_type: isNew ? 'new-sdo' : 'property-extension',
        ...(isNew
          ? {}
          : { redacted: row.redacted, ...(row.pap === null ? {} : { pap: row.pap }), ...properties }),
      },
    },
    ...(isNew
      ? { redacted: row.redacted, ...(row.pap === null ? {} : { pap: row.pap }), ...properties }
      : {}),
  };
}

/** A person is an actor only while somebody holds it for one; who is cleared, a witness or not reviewed in time is somebody. */
function entity(row: EntityNode): StixObject {
  const stands = row.suspicion !== null && STANDING_SUSPICIONS.includes(row.suspicion);
  const said = row.suspicion === null ? {} : { suspicion: row.suspicion };
  switch (row.kind) {
    case 'individual':
      return stands
        ? { ...common(row, 'threat-actor', said), name: row.label, threat_actor_types: ['criminal'] }
        : { ...common(row, 'identity', said), name: row.label, identity_class: 'individual' };
    case 'network':
      return { ...common(row, 'threat-actor', {}), name: row.label, threat_actor_types: ['crime-syndicate'] };
    case 'establishment':
    case 'support_structure':
      return {
        ...common(row, 'identity', { kind: row.kind }),
        name: row.label,
        identity_class: 'organization',
      };
    case 'vehicle':
    case 'phone':
    case 'account':
    case 'document':
      return common(row, THING, { kind: row.kind, name: row.label });
  }
}

function incident(row: IncidentNode): readonly StixObject[] {
  const when =
    row.occurredFrom === null
      ? {}
      : { occurred_from: row.occurredFrom.toISOString(), occurred_to: row.occurredTo?.toISOString() };
  const made = { ...common(row, 'incident', { kind: row.kind, ...when }), name: row.kind };
  const country = twoLetters(row.country);
  if (country === null && row.longitude === null) return [made];
  const at = row.recordedAt.toISOString();
  const place = {
    type: 'location',
    id: `location--${idOf(`location/${row.id}`)}`,
    spec_version: '2.1',
    created: at,
    modified: at,
    created_by_ref: identityOf(row.owner),
    object_marking_refs: [TLP[row.handling]],
    ...(country === null ? {} : { country }),
    ...(row.longitude === null || row.latitude === null
      ? {}
      : { longitude: row.longitude, latitude: row.latitude }),
  };
  return [made, place, tied(`incident--${row.id}`, place.id, 'located-at', {}, at, row.handling)];
}

function relationship(
  { from, to, kind, role, handling, recordedAt }: Tie,
  refs: ReadonlyMap<string, string>,
): StixObject {
  const type = kind === 'participation' ? 'participated-in' : role.replaceAll('_', '-');
  return tied(refs.get(from) ?? '', refs.get(to) ?? '', type, { role }, recordedAt.toISOString(), handling);
}

function tied(
  source: string,
  target: string,
  type: string,
  properties: StixObject,
  at: string,
  handling: Handling,
): StixObject {
  return {
    type: 'relationship',
    id: `relationship--${idOf(JSON.stringify([source, target, type, properties]))}`,
    spec_version: '2.1',
    created: at,
    modified: at,
    relationship_type: type,
    source_ref: source,
    target_ref: target,
    object_marking_refs: [TLP[handling]],
    extensions: { [EXTENSION_ID]: { extension_type: 'property-extension', ...properties } },
  };
}

/** The same for the same thing in every export: a name-based UUID under the extension's. */
function idOf(name: string): string {
  const hex = createHash('sha1').update(EXTENSION_ID).update(name).digest('hex');
  const variant = '89ab'.charAt(Number.parseInt(hex.charAt(16), 16) % 4);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
