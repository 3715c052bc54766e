/** A report that a page opens, and a movement of it, beside the page: `report` and `movement` of its address. */
import { createPortal } from 'react-dom';
import { MovementPanel, movementQuestion } from '../panels/movement-panel.tsx';
import { ReportPanel, reportQuestion } from '../panels/report-panel.tsx';
import type { Address } from '../view/address.ts';
import { EvidenceSheet } from './evidence-sheet.tsx';

const ID = /^[\w-]{1,64}$/;

/** Beside the page, and not in it. */
export function OpenReport({
  params,
  change,
}: {
  readonly params: Address['params'];
  readonly change: (part: Readonly<Record<string, string | null>>) => void;
}) {
  const page = document.getElementById('content');
  const report = ID.test(params.report ?? '') ? params.report : undefined;
  const movement = ID.test(params.movement ?? '') ? params.movement : undefined;
  if (report === undefined || page === null) return null;
  return createPortal(
    <div className="beside-desk">
      <EvidenceSheet
        name={movement ?? report}
        question={movement === undefined ? reportQuestion(report) : movementQuestion(movement)}
        back={movement === undefined ? null : () => change({ movement: null })}
        close={() => change({ report: null, movement: null })}
      >
        {movement === undefined ? (
          <ReportPanel id={report} openMovement={(id) => change({ movement: id })} />
        ) : (
          <MovementPanel id={movement} />
        )}
      </EvidenceSheet>
    </div>,
    page,
  );
}
