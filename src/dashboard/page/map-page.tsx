/** The map: a question as a sentence, its answer drawn, listed and explained, and what stands behind each figure. */
import { useCallback, useMemo, useRef, useState } from 'react';
import { type MonthsAnswer, months, type StagesAnswer, stages } from '../hub/questions.ts';
import { useAnswer } from '../hub/use-answer.ts';
import { layersFor } from '../layers/every-layer.ts';
import { styleOf } from '../map/basemap.ts';
import type { Row, Tags } from '../map/layer.ts';
import { MapCanvas, type MapHandle } from '../map/map-canvas.tsx';
import { hoverOf, marksWithin, withMarks } from '../map/marks-drawn.ts';
import { useLook } from '../map/use-look.ts';
import type { PageProps } from '../shell/page-props.ts';
import { movementFilter } from '../view/asked.ts';
import { type Camera, type MapView, readMapView, writeMapView } from '../view/map-view.ts';
import { say } from '../words/words.ts';
import { AnswerState, Notice } from './answer-state.tsx';
import { CopyQuery } from './copy-query.tsx';
import { useCountries } from './countries.ts';
import { ExportMenu } from './export-menu.tsx';
import { FilterSentence } from './filter-sentence.tsx';
import { LayerCard } from './layer-card.tsx';
import { hasSheet, MapSheet } from './map-sheet.tsx';
import { MarksLegend, MarksTable } from './marks-table.tsx';
import { SwipePage } from './swipe-page.tsx';
import { TableButton } from './table-button.tsx';
import { TableView } from './table-view.tsx';
import { monthsOf } from './time-brush.tsx';
import { TimeCard } from './time-card.tsx';
import { useFirstLook, useReveal } from './use-first-look.ts';
import { useMarks } from './use-marks.ts';
import { usePlay } from './use-play.ts';

export function MapPage(props: PageProps) {
  const view = useMemo(() => readMapView(props.address), [props.address]);
  return view.swipe === null ? (
    <OneMap {...props} view={view} />
  ) : (
    <SwipePage {...props} view={view} swipe={view.swipe} />
  );
}

function OneMap({ me, view, go, theme }: PageProps & { readonly view: MapView }) {
  const countries = useCountries();
  const layers = useMemo(() => layersFor(me), [me]);
  const layer = layers.find(({ id }) => id === view.layer) ?? layers[0];
  if (layer === undefined) throw new Error('the map was shown to somebody who sees no layer of it');
  const latest = useRef(view);
  latest.current = view;
  const change = useCallback(
    (part: Partial<MapView>, how: 'push' | 'replace' = 'push') =>
      go(writeMapView({ ...latest.current, ...part }), how),
    [go],
  );

  const question = useMemo(
    () => layer.question(view),
    [layer, view.filter, view.cells, view.changes, view.closing?.id, view.closing?.on, view.closing?.months],
  );
  const answer = useAnswer<unknown>(question);
  const allMonths = useAnswer<MonthsAnswer>(
    useMemo(() => months(movementFilter({ ...view.filter, from: null, to: null })), [view.filter]),
  );
  const known = useMarks(me);
  const monthsKnown = useMemo(
    () => (allMonths.data === null ? [] : monthsOf(allMonths.data).map((one) => one.month)),
    [allMonths.data],
  );
  const passed = useAnswer<StagesAnswer>(useMemo(() => stages({}), []));
  const shown = useMemo(
    () => (answer.data === null ? null : layer.read(answer.data, view, countries)),
    [answer.data, layer, view, countries],
  );

  const look = useLook(theme);
  const marks = useMemo(
    () => (view.marks ? marksWithin(known.marks, view.filter) : []),
    [known.marks, view.marks, view.filter.from, view.filter.to],
  );
  const drawing = useMemo(
    () => withMarks(layer.draw({ shown, view, look, origin: location.origin }), marks, look, view.mark),
    [layer, shown, view.filter, view.open, view.role, view.closing, view.mark, marks, look],
  );
  const style = useMemo(() => styleOf(look, location.origin, drawing), [look, drawing]);

  const [map, setMap] = useState<MapHandle | null>(null);
  const [drawn, setDrawn] = useState<readonly Row[]>([]);
  const rows = layer.fromTags === undefined ? (shown?.rows ?? []) : drawn;
  const lookAround = useCallback(() => {
    if (layer.fromTags !== undefined && map !== null) setDrawn(layer.fromTags(map.drawn(drawing.touched)));
  }, [layer, map, drawing]);
  const player = usePlay({ view, layer, months: monthsKnown, answer, map, look, change });
  const { closing } = view;
  useFirstLook(
    map,
    answer.isCurrent ? (shown?.rows ?? null) : null,
    view.camera !== null,
    closing !== null,
    layer.id === 'closings' ? JSON.stringify(closing) : '',
  );

  const openRow = useCallback(
    (id: string) => change({ open: id, mark: null, movement: null, table: false }),
    [change],
  );
  const openMark = useCallback(
    (mark: string) => change({ mark, open: null, movement: null, table: false }),
    [change],
  );
  useReveal(map, shown?.rows ?? null, view.open);
  const select = useCallback(
    (tags: Tags | null) => {
      const id = tags?.id ?? tags?.country;
      if (typeof tags?.mark === 'string') openMark(tags.mark);
      else if (typeof id === 'string' && layer.Panel !== null) openRow(id);
      else if (tags === null && (latest.current.open ?? latest.current.mark) !== null)
        change({ open: null, mark: null, movement: null });
    },
    [layer, openRow, openMark, change],
  );
  const moved = useCallback((camera: Camera) => change({ camera }, 'replace'), [change]);
  const title = say(`layer.${layer.id}`);
  const isEmpty = answer.isCurrent && shown !== null && shown.refusal === null && shown.rows.length === 0;

  return (
    <div className={hasSheet(view, layer) ? 'map-page has-sheet' : 'map-page'}>
      <MapCanvas
        style={style}
        touched={drawing.touched}
        camera={view.camera}
        moved={moved}
        hover={(tags) => hoverOf(tags, marks) ?? layer.hover(tags, shown)}
        select={select}
        ready={setMap}
        drawnAnew={lookAround}
      />
      <div className="cards">
        <section className="card ask-card">
          <FilterSentence
            filter={view.filter}
            change={(filter) => change({ filter, movement: null })}
            nodes={passed.data?.stageFlows.nodes ?? []}
            months={monthsKnown}
          />
          <div className="tools" role="group" aria-label={say('tools.title')}>
            <strong className="headline" data-figure="headline">
              {shown?.refusal === null ? shown.headline : ''}
            </strong>
            <TableButton isOpen={view.table} toggle={() => change({ table: !view.table })} />
            <CopyQuery question={question} />
            <ExportMenu
              me={me}
              selections={[{ name: title, filter: view.filter }]}
              picture={() => map?.picture() ?? Promise.resolve(null)}
            />
          </div>
          <AnswerState answer={answer} />
          {shown?.refusal != null && (
            <Notice title={say('state.refused')}>{say('state.refused.why', { ...shown.refusal })}</Notice>
          )}
          {isEmpty && layer.fromTags === undefined && (
            <Notice title={say('state.empty')}>{say(shown.whenEmpty)}</Notice>
          )}
        </section>
        <LayerCard
          layers={layers}
          layer={layer}
          view={view}
          shown={shown}
          change={change}
          moreLegend={<MarksLegend marks={marks} />}
        />
        {view.table && shown !== null && (
          <section className="card table-card">
            {layer.fromTags !== undefined && <p className="quiet">{say('table.inView')}</p>}
            <TableView title={title} shown={shown} rows={rows} open={view.open} openRow={openRow} />
            <MarksTable marks={marks} leftOut={known.leftOut} openMark={openMark} />
          </section>
        )}
        <TimeCard
          view={view}
          answer={allMonths}
          known={known}
          player={player}
          isBusy={!answer.isCurrent}
          change={change}
        />
        <MapSheet
          view={view}
          layer={layer}
          question={question}
          answer={answer}
          known={known}
          change={change}
        />
      </div>
    </div>
  );
}
