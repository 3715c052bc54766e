/** A flow diagram of countries in their roles: each node can be reached and chosen with the keyboard, each link says what it is. */
import { useState } from 'react';
import { NODE_WIDTH, placeFlows } from './sankey-layout.ts';

export interface SankeyNode {
  readonly id: string;
  readonly stage: number;
  readonly size: number;
  readonly label: string;
  readonly sentence: string;
  readonly tone: 'source' | 'transit' | 'destination' | 'unknown';
  /** What choosing it leads to; null where it is nowhere. */
  readonly choose: (() => void) | null;
  readonly isChosen: boolean;
}

export interface SankeyLink {
  readonly source: string;
  readonly target: string;
  readonly size: number;
  readonly sentence: string;
  readonly isFaint: boolean;
}

/** In units of the drawing: labels are as large on a phone as anywhere. */
const WIDE = 960;
const NARROW = 370;

interface SankeyProps {
  readonly nodes: readonly SankeyNode[];
  readonly links: readonly SankeyLink[];
  readonly label: string;
}

export function Sankey({ nodes, links, label }: SankeyProps) {
  const [width] = useState(() => (matchMedia('(min-width: 761px)').matches ? WIDE : NARROW));
  const placed = placeFlows(nodes, links, width);
  const lastX = Math.max(...placed.nodes.map(({ x }) => x));
  const known = new Map(nodes.map((node) => [node.id, node]));
  const said = new Map(links.map((link) => [`${link.source} ${link.target}`, link]));
  return (
    <div className="sankey-box" role="group" aria-label={label}>
      <svg className="sankey" viewBox={`0 0 ${width} ${Math.max(40, placed.height)}`}>
        {placed.links.map(({ source, target, width, path }) => {
          const link = said.get(`${source} ${target}`);
          const tone = known.get(source)?.tone ?? 'unknown';
          return (
            <path
              key={`${source} ${target}`}
              className={`flow-link tone-${tone}${link?.isFaint === true ? ' is-faint' : ''}`}
              d={path}
              strokeWidth={width}
            >
              <title>{link?.sentence}</title>
            </path>
          );
        })}
        {placed.nodes.map(({ id, x, y, height }) => {
          const node = known.get(id);
          if (node === undefined) return null;
          const { choose } = node;
          // Labels of the last column stand before it.
          const isLast = x === lastX && x > 0;
          return (
            <g
              key={id}
              className={`flow-node tone-${node.tone}${node.isChosen ? ' is-chosen' : ''}`}
              {...(choose === null
                ? {}
                : {
                    role: 'button',
                    tabIndex: 0,
                    'aria-label': node.sentence,
                    'aria-pressed': node.isChosen,
                    onClick: choose,
                    onKeyDown: (event: { key: string; preventDefault: () => void }) => {
                      if (event.key !== 'Enter' && event.key !== ' ') return;
                      event.preventDefault();
                      choose();
                    },
                  })}
            >
              <title>{node.sentence}</title>
              <rect
                className="flow-hit"
                x={isLast ? x - 140 : x - 4}
                y={y - 6}
                width={150}
                height={Math.max(height + 12, 24)}
              />
              <rect className="flow-bar" x={x} y={y} width={NODE_WIDTH} height={height} rx="2" />
              <text
                x={isLast ? x - 6 : x + NODE_WIDTH + 6}
                y={y + height / 2 + 4}
                textAnchor={isLast ? 'end' : 'start'}
              >
                {node.label}
              </text>
            </g>
          );
        })}
      </svg>
    </div>
  );
}
