/** The rows that the map draws, as a table: for whoever reads better than they look, and for keyboards. */
import type { Row, Shown } from '../map/layer.ts';
import { number, say } from '../words/words.ts';

interface TableProps {
  readonly title: string;
  readonly shown: Shown;
  readonly rows: readonly Row[];
  readonly open: string | null;
  readonly openRow: (id: string) => void;
}

export function TableView({ title, shown, rows, open, openRow }: TableProps) {
  return (
    <div className="table-view" tabIndex={0} role="region" aria-label={title}>
      <table>
        <caption>
          {say('table.caption', { layer: title })} <small>{shown.headline}</small>
        </caption>
        <thead>
          <tr>
            <th scope="col">{say('table.name')}</th>
            {shown.columns.map(({ word, isNumber }) => (
              <th key={word} scope="col" className={isNumber ? 'is-number' : ''}>
                {say(word)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} className={row.id === open ? 'is-open' : ''}>
              <th scope="row">
                {row.opens ? (
                  <button type="button" className="link" onClick={() => openRow(row.id)}>
                    {row.name}
                  </button>
                ) : (
                  row.name
                )}
              </th>
              {row.cells.map((cell, index) => {
                const column = shown.columns[index];
                return (
                  <td key={column?.word ?? index} className={column?.isNumber === true ? 'is-number' : ''}>
                    {cell === null ? say('not.known') : typeof cell === 'number' ? number(cell) : cell}
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
