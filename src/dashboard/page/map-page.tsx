/** The map: a question as a sentence, its answer drawn, listed and explained, and what stands behind each figure. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { type MonthsAnswer, months, type StagesAnswer, stages } from '../hub/questions.ts';
import { useAnswer } from '../hub/use-answer.ts';
import { CLOSINGS, type ClosingsAnswer } from '../layers/closing-answer.ts';
import { layersFor } from '../layers/every-layer.ts';
import { styleOf } from '../map/basemap.ts';
import type { Row, Tags } from '../map/layer.ts';
import { MapCanvas, type MapHandle } from '../map/map-canvas.tsx';
import { useLook } from '../map/use-look.ts';
import { MovementPanel, movementQuestion } from '../panels/movement-panel.tsx';
import type { PageProps } from '../shell/page-props.ts';
import { movementFilter } from '../view/asked.ts';
import { type Camera, type MapView, readMapView, writeMapView } from '../view/map-view.ts';
import { dayOf, say, wordFor } from '../words/words.ts';
import { AnswerState, Notice } from './answer-state.tsx';
import { CopyQuery } from './copy-query.tsx';
import { useCountries } from './countries.ts';
import { EvidenceSheet } from './evidence-sheet.tsx';
import { ExportMenu } from './export-menu.tsx';
import { FilterSentence } from './filter-sentence.tsx';
import { LayerCard } from './layer-card.tsx';
import { TableView } from './table-view.tsx';
import { monthsOf, TimeBrush } from './time-brush.tsx';

export function MapPage({ me, address, go, theme }: PageProps) {
  const countries = useCountries();
  const view = useMemo(() => readMapView(address), [address]);
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
    [layer, view.filter, view.closing?.id, view.closing?.on, view.closing?.months],
  );
  const answer = useAnswer<unknown>(question);
  const allMonths = useAnswer<MonthsAnswer>(
    useMemo(() => months(movementFilter({ ...view.filter, from: null, to: null })), [view.filter]),
  );
  const closings = useAnswer<ClosingsAnswer>(
    useMemo(() => (layers.some(({ id }) => id === 'closings') ? CLOSINGS : null), [layers]),
  );
  const passed = useAnswer<StagesAnswer>(useMemo(() => stages({}), []));
  const shown = useMemo(
    () => (answer.data === null ? null : layer.read(answer.data, view, countries)),
    [answer.data, layer, view, countries],
  );

  const look = useLook(theme);
  const drawing = useMemo(
    () => layer.draw({ shown, view, look, origin: location.origin }),
    [layer, shown, view.filter, view.open, view.role, view.closing, look],
  );
  const style = useMemo(() => styleOf(look, location.origin, drawing), [look, drawing]);

  const [map, setMap] = useState<MapHandle | null>(null);
  const [drawn, setDrawn] = useState<readonly Row[]>([]);
  const rows = layer.fromTags === undefined ? (shown?.rows ?? []) : drawn;
  const lookAround = useCallback(() => {
    if (layer.fromTags !== undefined && map !== null) setDrawn(layer.fromTags(map.drawn(drawing.touched)));
  }, [layer, map, drawing]);
  const { closing } = view;
  useFirstLook(
    map,
    answer.isCurrent ? (shown?.rows ?? null) : null,
    view.camera !== null,
    closing !== null,
    layer.Chooser === undefined ? '' : JSON.stringify(closing),
  );

  const openRow = useCallback((id: string) => change({ open: id, movement: null, table: false }), [change]);
  useReveal(map, shown?.rows ?? null, view.open);
  const select = useCallback(
    (tags: Tags | null) => {
      const id = tags?.id ?? tags?.country;
      if (typeof id === 'string' && layer.Panel !== null) openRow(id);
      else if (tags === null && latest.current.open !== null) change({ open: null, movement: null });
    },
    [layer, openRow, change],
  );
  const moved = useCallback((camera: Camera) => change({ camera }, 'replace'), [change]);
  const { Panel } = layer;
  const title = say(`layer.${layer.id}`);
  const isEmpty = answer.isCurrent && shown !== null && shown.refusal === null && shown.rows.length === 0;

  return (
    <div className={view.open === null ? 'map-page' : 'map-page has-sheet'}>
      <MapCanvas
        style={style}
        touched={drawing.touched}
        camera={view.camera}
        moved={moved}
        hover={(tags) => layer.hover(tags, shown)}
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
            months={allMonths.data === null ? [] : monthsOf(allMonths.data).map((one) => one.month)}
          />
          <div className="tools" role="group" aria-label={say('tools.title')}>
            <strong className="headline" data-figure="headline">
              {shown?.refusal === null ? shown.headline : ''}
            </strong>
            <button
              type="button"
              className="button"
              aria-pressed={view.table}
              onClick={() => change({ table: !view.table })}
            >
              {say(view.table ? 'table.close' : 'table.open')}
            </button>
            <CopyQuery question={question} />
            <ExportMenu
              me={me}
              filter={view.filter}
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
        <LayerCard layers={layers} layer={layer} view={view} shown={shown} change={change} />
        {view.table && shown !== null && (
          <section className="card table-card">
            {layer.fromTags !== undefined && <p className="quiet">{say('table.inView')}</p>}
            <TableView title={title} shown={shown} rows={rows} open={view.open} openRow={openRow} />
          </section>
        )}
        <section className="card time-card">
          <AnswerState answer={allMonths} />
          {allMonths.data !== null && (
            <TimeBrush
              answer={allMonths.data}
              filter={view.filter}
              marks={marksOf(closings.data)}
              change={(span) => change({ filter: { ...view.filter, ...span }, movement: null })}
            />
          )}
        </section>
        {view.open !== null && Panel !== null && (
          <EvidenceSheet
            name={view.movement ?? view.open}
            question={view.movement === null ? question : movementQuestion(view.movement)}
            back={view.movement === null ? null : () => change({ movement: null })}
            close={() => change({ open: null, movement: null })}
          >
            {view.movement !== null && <MovementPanel id={view.movement} />}
            {view.movement === null && answer.data !== null && (
              <Panel
                id={view.open}
                data={answer.data}
                view={view}
                openRow={openRow}
                openMovement={(movement) => change({ movement })}
              />
            )}
            {view.movement === null && answer.data === null && <AnswerState answer={answer} />}
          </EvidenceSheet>
        )}
      </div>
    </div>
  );
}

function marksOf(answer: ClosingsAnswer | null): readonly { readonly day: string; readonly words: string }[] {
  return (answer?.interdictions.nodes ?? []).map(({ occurredOn, place, kind }) => ({
    day: occurredOn,
    words: say('closing.mark', {
      what: wordFor('interdiction', kind),
      place: place?.name ?? say('not.known'),
      day: dayOf(occurredOn),
    }),
  }));
}

/** Where nobody said where to look, the map shows all that there is, once. */
function useFirstLook(
  map: MapHandle | null,
  rows: readonly Row[] | null,
  isPlaced: boolean,
  hasSheet: boolean,
  chosen: string,
): void {
  const done = useRef(isPlaced);
  const before = useRef(chosen);
  useEffect(() => {
    // What was just chosen lies elsewhere: it is looked at anew.
    if (before.current !== chosen && chosen !== '') done.current = false;
    before.current = chosen;
    if (done.current || map === null || rows === null || rows.length === 0) return;
    const positions = rows.flatMap(({ at }) => at);
    if (positions.length === 0) return;
    done.current = true;
    map.fit(positions, hasSheet);
  }, [map, rows, hasSheet, chosen]);
}

/** What was just opened is looked at; what was open when the page was read stays where it was. */
function useReveal(map: MapHandle | null, rows: readonly Row[] | null, open: string | null): void {
  const before = useRef(open);
  useEffect(() => {
    if (map === null || rows === null || before.current === open) return;
    before.current = open;
    map.reveal(rows.find(({ id }) => id === open)?.at ?? []);
  }, [map, rows, open]);
}
