/** Before and after: the same map of two periods, one over the other up to a divider, with what was seen in each below. */
import { useCallback, useMemo, useRef, useState } from 'react';
import { type MonthsAnswer, months, type StagesAnswer, stages } from '../hub/questions.ts';
import { useAnswer } from '../hub/use-answer.ts';
import { layersFor } from '../layers/every-layer.ts';
import { Coupling } from '../map/coupling.ts';
import type { Tags } from '../map/layer.ts';
import { MapCanvas } from '../map/map-canvas.tsx';
import { hoverOf, marksWithin } from '../map/marks-drawn.ts';
import { pictureOfBoth } from '../map/picture-of-both.ts';
import { useLook } from '../map/use-look.ts';
import type { PageProps } from '../shell/page-props.ts';
import { movementFilter } from '../view/asked.ts';
import { type MapView, writeMapView } from '../view/map-view.ts';
import type { Side, Swipe } from '../view/time-view.ts';
import { say } from '../words/words.ts';
import { AnswerState, Notice } from './answer-state.tsx';
import { CopyQuery } from './copy-query.tsx';
import { ExportMenu } from './export-menu.tsx';
import { FilterSentence } from './filter-sentence.tsx';
import { LayerCard } from './layer-card.tsx';
import { hasSheet, MapSheet } from './map-sheet.tsx';
import { MarksLegend, MarksTable } from './marks-table.tsx';
import { spanWords } from './span-words.ts';
import { type PeriodsAnswer, periodsQuestion } from './swipe-answer.ts';
import { SwipeCard } from './swipe-card.tsx';
import { SwipeDivider } from './swipe-divider.tsx';
import { TableButton } from './table-button.tsx';
import { TableView } from './table-view.tsx';
import { monthsOf } from './time-brush.tsx';
import { useFirstLook } from './use-first-look.ts';
import { useMarks } from './use-marks.ts';
import { type Period, usePeriod } from './use-period.ts';

interface SwipePageProps extends PageProps {
  readonly view: MapView;
  readonly swipe: Swipe;
}

export function SwipePage({ me, go, theme, view, swipe }: SwipePageProps) {
  // What followed a closing has two periods of its own.
  const layers = useMemo(() => layersFor(me).filter(({ id }) => id !== 'closings'), [me]);
  const layer = layers.find(({ id }) => id === view.layer) ?? layers[0];
  if (layer === undefined) throw new Error('the map was shown to somebody who sees no layer of it');
  const latest = useRef(view);
  latest.current = view;
  const change = useCallback(
    (part: Partial<MapView>, how: 'push' | 'replace' = 'push') =>
      go(writeMapView({ ...latest.current, ...part }), how),
    [go],
  );
  const look = useLook(theme);
  const known = useMarks(me);
  const shared = { view, swipe, layer, look, marks: known.marks };
  const a = usePeriod({ ...shared, side: 'a' });
  const b = usePeriod({ ...shared, side: 'b' });
  const periods = { a, b };
  const question = useMemo(() => periodsQuestion(view.filter, swipe), [view.filter, swipe]);
  const compared = useAnswer<PeriodsAnswer>(question);
  const allMonths = useAnswer<MonthsAnswer>(
    useMemo(() => months(movementFilter({ ...view.filter, from: null, to: null })), [view.filter]),
  );
  const monthsKnown = allMonths.data === null ? [] : monthsOf(allMonths.data).map((one) => one.month);
  const passed = useAnswer<StagesAnswer>(useMemo(() => stages({}), []));
  const coupling = useMemo(() => new Coupling(), []);
  const [dragged, setDragged] = useState<number | null>(null);
  const split = dragged ?? swipe.split;
  const isWhole = a.answer.isCurrent && b.answer.isCurrent;
  const everything = useMemo(
    () => (isWhole ? [...(a.shown?.rows ?? []), ...(b.shown?.rows ?? [])] : null),
    [isWhole, a.shown, b.shown],
  );
  useFirstLook(a.map, everything, view.camera !== null, false, '');

  const openRow = (side: Side, id: string): void =>
    change({ swipe: { ...swipe, side }, open: id, mark: null, movement: null, table: false });
  const openMark = (mark: string): void => change({ mark, open: null, movement: null, table: false });
  const select = (side: Side, tags: Tags | null): void => {
    const id = tags?.id ?? tags?.country;
    if (typeof tags?.mark === 'string') openMark(tags.mark);
    else if (typeof id === 'string' && layer.Panel !== null) openRow(side, id);
    else if (tags === null && (view.open ?? view.mark) !== null)
      change({ open: null, mark: null, movement: null });
  };
  const marks = view.marks
    ? [...new Set([a, b].flatMap((one) => marksWithin(known.marks, one.view.filter)))]
    : [];
  const map = (side: Side) => (
    <MapCanvas
      style={periods[side].style}
      touched={periods[side].drawing.touched}
      camera={view.camera}
      // They move together: one of them says where to.
      moved={(camera) => side === 'a' && change({ camera }, 'replace')}
      hover={(tags) => hoverOf(tags, known.marks) ?? layer.hover(tags, periods[side].shown)}
      select={(tags) => select(side, tags)}
      ready={periods[side].setMap}
      drawnAnew={periods[side].lookAround}
      coupling={coupling}
    />
  );
  const title = say(`layer.${layer.id}`);
  const side = periods[swipe.side];
  return (
    <div className={hasSheet(view, layer) ? 'map-page swipe-page has-sheet' : 'map-page swipe-page'}>
      <div className="swipe-maps">
        {map('a')}
        <div className="swipe-over" style={{ clipPath: `inset(0 0 0 ${split}%)` }}>
          {map('b')}
        </div>
        <span className="divider-line" style={{ left: `${split}%` }} />
        {!view.table && (
          <SwipeDivider
            swipe={swipe}
            split={split}
            drag={setDragged}
            drop={(to) => {
              setDragged(null);
              change({ swipe: { ...swipe, split: Math.round(to) } }, 'replace');
            }}
          />
        )}
      </div>
      <div className="cards">
        <section className="card ask-card">
          <FilterSentence
            filter={{ ...view.filter, from: null, to: null }}
            change={(filter) => change({ filter, movement: null })}
            nodes={passed.data?.stageFlows.nodes ?? []}
            months={[]}
            hasTime={false}
          />
          <div className="tools" role="group" aria-label={say('tools.title')}>
            <strong className="headline" data-figure="headline">
              {a.shown !== null && b.shown !== null
                ? say('swipe.headlines', { a: a.shown.headline, b: b.shown.headline })
                : ''}
            </strong>
            <TableButton isOpen={view.table} toggle={() => change({ table: !view.table })} />
            <CopyQuery question={question} />
            <ExportMenu
              me={me}
              selections={[a, b].map((one) => ({ name: spanWords(one.span), filter: one.view.filter }))}
              picture={() => pictureOfBoth(a.map, b.map, split, [spanWords(a.span), spanWords(b.span)])}
            />
          </div>
          <PeriodState period={a} />
          <PeriodState period={b} />
        </section>
        <LayerCard
          layers={layers}
          layer={layer}
          view={view}
          shown={a.shown}
          change={change}
          moreLegend={<MarksLegend marks={marks} />}
        />
        {view.table && (
          <section className="card table-card swipe-tables">
            {(['a', 'b'] as const).map((one) => {
              const { shown, span, rows } = periods[one];
              return (
                shown !== null && (
                  <TableView
                    key={one}
                    title={say('swipe.table', { layer: title, period: spanWords(span) })}
                    shown={shown}
                    rows={rows}
                    open={swipe.side === one ? view.open : null}
                    openRow={(id) => openRow(one, id)}
                  />
                )
              );
            })}
            <MarksTable marks={marks} leftOut={known.leftOut} openMark={openMark} />
          </section>
        )}
        <SwipeCard
          swipe={swipe}
          months={monthsKnown}
          answer={compared}
          choose={(to) => change({ swipe: to, movement: null })}
          close={() => change({ swipe: null, open: null, movement: null })}
        />
        <MapSheet
          view={{ ...side.view, movement: view.movement }}
          layer={layer}
          question={side.question}
          answer={side.answer}
          known={known}
          change={change}
        />
      </div>
    </div>
  );
}

function PeriodState({ period: { span, answer, shown } }: { readonly period: Period }) {
  return (
    <>
      <AnswerState answer={answer} />
      {shown?.refusal != null && (
        <Notice title={spanWords(span)}>{say('state.refused.why', { ...shown.refusal })}</Notice>
      )}
    </>
  );
}
