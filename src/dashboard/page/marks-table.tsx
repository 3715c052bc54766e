/** What was done on the way, as a table under that of the layer it is drawn over. */
import { MARK_COLOURS, MARK_SHAPES, type Mark } from '../layers/mark-answer.ts';
import { say } from '../words/words.ts';
import { DataTable } from './figures-table.tsx';
import { MarkSign } from './mark-sign.tsx';

interface MarksTableProps {
  readonly marks: readonly Mark[];
  readonly leftOut: number;
  readonly openMark: (id: string) => void;
}

export function MarksTable({ marks, leftOut, openMark }: MarksTableProps) {
  if (marks.length === 0) return null;
  return (
    <details className="marks-table">
      <summary>{say('mark.table')}</summary>
      <DataTable
        caption={say('mark.table')}
        columns={[{ word: 'table.kind.record' }, { word: 'table.place' }, { word: 'table.when' }]}
        rows={marks.map((mark) => ({
          id: mark.id,
          name: (
            <button type="button" className="link" onClick={() => openMark(mark.id)}>
              {mark.what}
            </button>
          ),
          cells: [mark.what, mark.place, mark.when],
        }))}
      />
      {leftOut > 0 && <p className="quiet">{say('mark.leftOut', { count: leftOut })}</p>}
    </details>
  );
}

/** Of those that there are. */
export function MarksLegend({ marks }: { readonly marks: readonly Mark[] }) {
  const shapes = MARK_SHAPES.filter((shape) => marks.some((mark) => mark.shape === shape));
  return shapes.length === 0 ? null : (
    <div className="keys">
      <p className="quiet">{say('mark.legend')}</p>
      {shapes.map((shape) => (
        <div key={shape} className="key">
          <span className={`mark-key colour-${MARK_COLOURS[shape]}`}>
            <MarkSign shape={shape} />
          </span>
          <span>{say(`mark.legend.${shape}`)}</span>
        </div>
      ))}
    </div>
  );
}
