/** A table of an answer: a caption, a head, and rows that begin with what they are of. */
import type { ReactNode } from 'react';
import { number, say, type WordKey } from '../words/words.ts';

export type TableCell = string | number | null;

export interface DataRow {
  readonly id: string;
  readonly cells: readonly TableCell[];
  /** In place of the first cell, where it opens something. */
  readonly name?: ReactNode;
}

interface DataTableProps {
  readonly caption: string;
  readonly columns: readonly { readonly word: WordKey; readonly isNumber?: boolean }[];
  readonly rows: readonly DataRow[];
}

export function DataTable({ caption, columns, rows }: DataTableProps) {
  const shown = (cell: TableCell): string =>
    cell === null ? say('not.known') : typeof cell === 'number' ? number(cell) : cell;
  return (
    <div className="data-table" tabIndex={0} role="region" aria-label={caption}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ word, isNumber }) => (
              <th key={word} scope="col" className={isNumber === true ? 'is-number' : ''}>
                {say(word)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, name, cells: [first = null, ...others] }) => (
            <tr key={id}>
              <th scope="row">{name ?? shown(first)}</th>
              {others.map((cell, index) => {
                const column = columns[index + 1];
                return (
                  <td key={column?.word ?? index} className={column?.isNumber === true ? 'is-number' : ''}>
                    {shown(cell)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
