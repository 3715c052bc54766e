/** Countries in their stages with what flows between them, drawn and as a table. */
import { Sankey, type SankeyLink, type SankeyNode } from '../charts/sankey.tsx';
import type { Interval } from '../hub/questions.ts';
import { ROLES } from '../view/map-view.ts';
import { persons, say, wordFor } from '../words/words.ts';
import type { Countries } from './countries.ts';
import { DataTable } from './figures-table.tsx';

export interface FlowsAnswer {
  readonly stageFlows: {
    readonly movements: number;
    readonly nodes: readonly {
      readonly id: string;
      readonly country: string | null;
      readonly role: string;
      readonly stage: number;
      readonly incidents: number;
      readonly movements: number;
    }[];
    readonly links: readonly {
      readonly source: string;
      readonly target: string;
      readonly incidents: number;
      readonly movements: number;
      readonly persons: Interval;
    }[];
  };
}

/** More links than these are a knot; the table has them all. */
const DRAWN = 40;

export function Stages({
  flows,
  countries,
  country,
  choose,
}: {
  readonly flows: FlowsAnswer['stageFlows'];
  readonly countries: Countries;
  readonly country: string | null;
  readonly choose: (country: string) => void;
}) {
  const labelOf = (code: string | null): string =>
    code === null ? say('not.known') : (countries.get(code)?.name ?? code);
  const shown = flows.links.slice(0, DRAWN);
  const touched = new Set(shown.flatMap(({ source, target }) => [source, target]));
  const byId = new Map(flows.nodes.map((node) => [node.id, node]));
  const sentence = (one: FlowsAnswer['stageFlows']['links'][number]): string =>
    say('countries.link', {
      from: labelOf(byId.get(one.source)?.country ?? null),
      to: labelOf(byId.get(one.target)?.country ?? null),
      incidents: say('count.incidents', { count: one.incidents }),
      persons: persons(one.persons),
    });
  const nodes = flows.nodes
    .filter(({ id }) => touched.has(id))
    .map((node): SankeyNode => {
      const code = node.country;
      return {
        id: node.id,
        stage: node.stage,
        size: node.movements,
        label: labelOf(code),
        sentence: say('roles.hover', {
          country: labelOf(code),
          role: wordFor('role', node.role),
          incidents: say('count.incidents', { count: node.incidents }),
          movements: say('count.movements', { count: node.movements }),
        }),
        tone: code === null ? 'unknown' : (node.role.toLowerCase() as SankeyNode['tone']),
        choose: code === null ? null : () => choose(code),
        isChosen: code !== null && code === country,
      };
    });
  const links = shown.map(
    (one): SankeyLink => ({
      source: one.source,
      target: one.target,
      size: one.movements,
      sentence: sentence(one),
      isFaint: false,
    }),
  );
  return (
    <>
      <p className="figure">
        <strong data-figure="headline">{say('count.movements', { count: flows.movements })}</strong>
      </p>
      <ul className="sankey-heads quiet">
        {ROLES.map((role) => (
          <li key={role} className={`tone-${role.toLowerCase()}`}>
            {wordFor('role', role)}
          </li>
        ))}
      </ul>
      <Sankey nodes={nodes} links={links} label={say('countries.flows')} />
      {flows.links.length > DRAWN && (
        <p className="quiet">{say('countries.drawn', { drawn: DRAWN, all: flows.links.length })}</p>
      )}
      <details>
        <summary>{say('chart.table')}</summary>
        <DataTable
          caption={say('countries.flows')}
          columns={[
            { word: 'table.from' },
            { word: 'table.to' },
            { word: 'table.incidents', isNumber: true },
            { word: 'table.movements', isNumber: true },
            { word: 'table.persons', isNumber: true },
          ]}
          rows={flows.links.map((one) => ({
            id: `${one.source} ${one.target}`,
            cells: [
              endOf(one.source, byId, labelOf),
              endOf(one.target, byId, labelOf),
              one.incidents,
              one.movements,
              persons(one.persons),
            ],
          }))}
        />
      </details>
    </>
  );
}

function endOf(
  id: string,
  nodes: ReadonlyMap<string, FlowsAnswer['stageFlows']['nodes'][number]>,
  labelOf: (code: string | null) => string,
): string {
  const node = nodes.get(id);
  return say('countries.end', {
    country: labelOf(node?.country ?? null),
    role: wordFor('role', node?.role ?? 'UNKNOWN'),
  });
}
