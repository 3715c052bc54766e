/** networkx, which reads graphs back, where Python has it. */
import { execFileSync, spawnSync } from 'node:child_process';
import { withFile } from './foreign.ts';

/** Debian's own Python may have what another on the path lacks. */
const PYTHON = ['python3', '/usr/bin/python3'].find(
  (python) => spawnSync(python, ['-c', 'import networkx']).status === 0,
);
export const HAS_NETWORKX = PYTHON !== undefined;

export interface ReadGraph {
  readonly nodes: readonly [string, Readonly<Record<string, unknown>>][];
  readonly edges: readonly [string, string, Readonly<Record<string, unknown>>][];
}

const PROGRAM = `
import json, sys, networkx
read = networkx.read_graphml if sys.argv[2] == 'graphml' else lambda file: networkx.read_gexf(file, version='1.3')
graph = read(sys.argv[1])
print(json.dumps({'nodes': list(graph.nodes(data=True)), 'edges': [[a, b, d] for a, b, d in graph.edges(data=True)]}))
`;

export function readByNetworkx(format: 'graphml' | 'gexf', bytes: Uint8Array): Promise<ReadGraph> {
  return withFile(`network.${format}`, bytes, (file) => {
    const text = execFileSync(PYTHON ?? 'python3', ['-c', PROGRAM, file, format], {
      maxBuffer: 2 ** 28,
      encoding: 'utf8',
    });
    return JSON.parse(text) as ReadGraph;
  });
}
