/** The network as GraphML and as GEXF 1.3, for graph programs: nodes with their attributes, ties with theirs. */
import { type About, tlpText } from '../layer.ts';
import type { NetworkRow, Tie } from '../network.ts';
import type { WholeFormat } from './format.ts';
import { XML_HEAD, XML_LOSS, xmlText } from './xml.ts';

const NODE_ATTRIBUTES = [
  'type',
  'kind',
  'label',
  'owner',
  'redacted',
  'handling',
  'pap',
  'suspicion',
  'country',
  'longitude',
  'latitude',
  'occurred_from',
  'occurred_to',
] as const;
const TIE_ATTRIBUTES = ['kind', 'role', 'handling'] as const;
const TYPES: Readonly<Record<string, string>> = {
  redacted: 'boolean',
  longitude: 'double',
  latitude: 'double',
};

type Attributes = Readonly<Record<string, string | number | boolean | null>>;

const NOT_CARRIED = [
  'Several ties of one kind and role between the same two nodes stay several; what statements a tie rests on is in the hub.',
  'Times are text: ISO 8601 in UTC.',
  'Persons are nodes by their role; names, identifiers and possible victims are not in a network.',
  XML_LOSS,
];

export const GRAPHML: WholeFormat<NetworkRow> = {
  extension: 'graphml',
  mediaType: 'application/graphml+xml',
  notCarried: NOT_CARRIED,
  async *write(pages, about) {
    const key = (on: string, name: string): string =>
      `<key id="${on[0]}_${name}" for="${on}" attr.name="${name}" attr.type="${TYPES[name] ?? 'string'}"/>`;
    const keys = [
      ...['handling', 'export'].map((name) => key('graph', name)),
      ...NODE_ATTRIBUTES.map((name) => key('node', name)),
      ...TIE_ATTRIBUTES.map((name) => key('edge', name)),
    ];
    yield `${XML_HEAD}<graphml xmlns="http://graphml.graphdrawing.org/xmlns">${keys.join('')}<graph id="network" edgedefault="directed">` +
      `<data key="g_handling">${tlpText(about.handling)}</data><data key="g_export">${about.exportId}</data>\n`;
    let ties = 0;
    for await (const rows of pages)
      yield rows
        .map((row) => {
          if (row.is !== 'tie')
            return `<node id="${row.id}">${dataOf('n', NODE_ATTRIBUTES, nodeAttributes(row))}</node>\n`;
          ties += 1;
          return `<edge id="e${ties}" source="${row.from}" target="${row.to}">${dataOf('e', TIE_ATTRIBUTES, tieAttributes(row))}</edge>\n`;
        })
        .join('');
    yield '</graph></graphml>\n';
  },
};

export const GEXF: WholeFormat<NetworkRow> = {
  extension: 'gexf',
  mediaType: 'application/gexf+xml',
  notCarried: NOT_CARRIED,
  async *write(pages, about) {
    yield gexfHead(about);
    let ties = 0;
    for await (const rows of pages) {
      const text = rows.map((row) => {
        if (row.is !== 'tie')
          return `<node id="${row.id}" label="${xmlText(row.is === 'entity' ? row.label : row.kind)}">${valuesOf(NODE_ATTRIBUTES, nodeAttributes(row))}</node>\n`;
        ties += 1;
        // Nodes come before ties: the first tie ends them.
        return `${ties === 1 ? '</nodes><edges>' : ''}<edge id="${ties}" source="${row.from}" target="${row.to}">${valuesOf(TIE_ATTRIBUTES, tieAttributes(row))}</edge>\n`;
      });
      yield text.join('');
    }
    yield `${ties === 0 ? '</nodes><edges>' : ''}</edges></graph></gexf>\n`;
  },
};

function gexfHead({ handling, exportId }: About): string {
  const declared = (on: string, names: readonly string[]): string =>
    `<attributes class="${on}">${names.map((name) => `<attribute id="${name}" title="${name}" type="${TYPES[name] ?? 'string'}"/>`).join('')}</attributes>`;
  return (
    `${XML_HEAD}<gexf xmlns="http://gexf.net/1.3" version="1.3"><meta><description>${tlpText(handling)}; export ${exportId}</description></meta>` +
    `<graph defaultedgetype="directed">${declared('node', NODE_ATTRIBUTES)}${declared('edge', TIE_ATTRIBUTES)}<nodes>\n`
  );
}

function nodeAttributes(row: Exclude<NetworkRow, Tie>): Attributes {
  const shared = {
    type: row.is,
    kind: row.kind.toUpperCase(),
    owner: row.owner,
    redacted: row.redacted,
    handling: row.handling.toUpperCase(),
    pap: row.pap === null ? null : row.pap.toUpperCase(),
  };
  if (row.is === 'entity')
    return {
      ...shared,
      label: row.label,
      suspicion: row.suspicion === null ? null : row.suspicion.toUpperCase(),
    };
  return {
    ...shared,
    kind: row.kind,
    label: row.kind,
    country: row.country,
    longitude: row.longitude,
    latitude: row.latitude,
    occurred_from: row.occurredFrom?.toISOString() ?? null,
    occurred_to: row.occurredTo?.toISOString() ?? null,
  };
}

function tieAttributes({ kind, role, handling }: Tie): Attributes {
  return { kind: kind.toUpperCase(), role, handling: handling.toUpperCase() };
}

function dataOf(on: string, names: readonly string[], attributes: Attributes): string {
  return known(names, attributes)
    .map(([name, value]) => `<data key="${on}_${name}">${value}</data>`)
    .join('');
}

function valuesOf(names: readonly string[], attributes: Attributes): string {
  const values = known(names, attributes).map(
    ([name, value]) => `<attvalue for="${name}" value="${value}"/>`,
  );
  return `<attvalues>${values.join('')}</attvalues>`;
}

function known(names: readonly string[], attributes: Attributes): readonly (readonly [string, string])[] {
  return names.flatMap((name) => {
    const value = attributes[name];
    return value === null || value === undefined ? [] : [[name, xmlText(String(value))] as const];
  });
}
