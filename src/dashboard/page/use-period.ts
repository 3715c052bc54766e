/** One period of a layer, ready to be drawn and listed: what is asked of it, what came, and its map. */
import { useCallback, useMemo, useState } from 'react';
import { useAnswer } from '../hub/use-answer.ts';
import type { Mark } from '../layers/mark-answer.ts';
import { styleOf } from '../map/basemap.ts';
import type { MapLayer, Row } from '../map/layer.ts';
import type { Look } from '../map/look.ts';
import type { MapHandle } from '../map/map-canvas.tsx';
import { marksWithin, withMarks } from '../map/marks-drawn.ts';
import type { MapView } from '../view/map-view.ts';
import type { Side, Swipe } from '../view/time-view.ts';
import { useCountries } from './countries.ts';
import { within } from './swipe-answer.ts';

interface PeriodTable {
  readonly side: Side;
  readonly view: MapView;
  readonly swipe: Swipe;
  readonly layer: MapLayer;
  readonly marks: readonly Mark[];
  readonly look: Look;
}

export function usePeriod({ side, view, swipe, layer, marks, look }: PeriodTable) {
  const countries = useCountries();
  const span = swipe[side];
  const isSide = swipe.side === side;
  const at = useMemo(
    (): MapView => ({ ...view, filter: within(view.filter, span), open: isSide ? view.open : null }),
    [view, span, isSide],
  );
  const text = JSON.stringify([at.filter, at.open, at.role, at.cells, at.changes, at.mark, at.marks]);
  // A map that is moved changes the view, and nothing of what is asked or drawn.
  // biome-ignore lint: the text stands for the view
  const settled = useMemo(() => at, [text]);
  const question = useMemo(() => layer.question(settled), [layer, settled]);
  const answer = useAnswer<unknown>(question);
  const shown = useMemo(
    () => (answer.data === null ? null : layer.read(answer.data, settled, countries)),
    [answer.data, layer, settled, countries],
  );
  const drawing = useMemo(
    () =>
      withMarks(
        layer.draw({ shown, view: settled, look, origin: location.origin }),
        settled.marks ? marksWithin(marks, settled.filter) : [],
        look,
        settled.mark,
      ),
    [layer, shown, settled, marks, look],
  );
  const style = useMemo(() => styleOf(look, location.origin, drawing), [look, drawing]);
  const [map, setMap] = useState<MapHandle | null>(null);
  const [drawn, setDrawn] = useState<readonly Row[]>([]);
  const lookAround = useCallback(() => {
    if (layer.fromTags !== undefined && map !== null) setDrawn(layer.fromTags(map.drawn(drawing.touched)));
  }, [layer, map, drawing]);
  return {
    view: settled,
    span,
    question,
    answer,
    shown,
    drawing,
    style,
    map,
    setMap,
    lookAround,
    rows: layer.fromTags === undefined ? (shown?.rows ?? []) : drawn,
  };
}

export type Period = ReturnType<typeof usePeriod>;
