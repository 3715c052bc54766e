/** What is open on a map: a figure of its layer, what was done on the way, or a movement behind either. */
import type { Question } from '../hub/ask.ts';
import type { Answer } from '../hub/use-answer.ts';
import { STORY } from '../layers/closing-answer.ts';
import type { Mark } from '../layers/mark-answer.ts';
import type { MapLayer } from '../map/layer.ts';
import { MarkPanel } from '../panels/mark-panel.tsx';
import { MovementPanel, movementQuestion } from '../panels/movement-panel.tsx';
import type { MapView } from '../view/map-view.ts';
import { AnswerState } from './answer-state.tsx';
import { EvidenceSheet } from './evidence-sheet.tsx';
import type { KnownMarks } from './use-marks.ts';

interface MapSheetProps {
  readonly view: MapView;
  readonly layer: MapLayer;
  readonly question: Question;
  readonly answer: Answer<unknown>;
  readonly known: KnownMarks;
  readonly change: (part: Partial<MapView>) => void;
}

export const hasSheet = (view: MapView, layer: MapLayer): boolean =>
  view.mark !== null || (view.open !== null && layer.Panel !== null);

export function MapSheet({ view, layer, question, answer, known, change }: MapSheetProps) {
  const { open, mark, movement } = view;
  const { Panel } = layer;
  if (!hasSheet(view, layer)) return null;
  const asked = open === null ? question : (layer.evidence?.(view, open) ?? question);
  const openMovement = (id: string): void => change({ movement: id });
  return (
    <EvidenceSheet
      name={movement ?? mark ?? open ?? ''}
      question={movement !== null ? movementQuestion(movement) : mark === null ? asked : known.question}
      back={movement === null ? null : () => change({ movement: null })}
      close={() => change({ open: null, mark: null, movement: null })}
    >
      {movement !== null && <MovementPanel id={movement} />}
      {movement === null && mark !== null && (
        <MarkPanel
          open={mark}
          marks={known.isWhole ? known.marks : null}
          openMark={(id) => change({ mark: id })}
          openMovement={openMovement}
          follow={(one) => change(storyOf(one))}
        />
      )}
      {movement === null && mark === null && open !== null && Panel !== null && answer.data !== null && (
        <Panel
          id={open}
          data={answer.data}
          view={view}
          openRow={(id) => change({ open: id, mark: null, movement: null, table: false })}
          openMovement={openMovement}
        />
      )}
      {movement === null && mark === null && answer.data === null && <AnswerState answer={answer} />}
    </EvidenceSheet>
  );
}

/** As soon as it can be told: half a year on either side. */
const STORY_MONTHS = 6;

function storyOf({ id }: Mark): Partial<MapView> {
  const closing = { id, on: null, months: STORY_MONTHS };
  const nothing = { mark: null, movement: null, pace: null, swipe: null, camera: null, table: false };
  return { ...nothing, layer: 'closings', closing, open: STORY };
}
