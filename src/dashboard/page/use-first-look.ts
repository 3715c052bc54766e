/** Where the map looks without being told: at all there is when it is opened, and at what was just opened. */
import { useEffect, useRef } from 'react';
import type { Row } from '../map/layer.ts';
import type { MapHandle } from '../map/map-canvas.tsx';

/** Where nobody said where to look, the map shows all that there is, once. */
export function useFirstLook(
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
export function useReveal(map: MapHandle | null, rows: readonly Row[] | null, open: string | null): void {
  const before = useRef(open);
  useEffect(() => {
    if (map === null || rows === null || before.current === open) return;
    before.current = open;
    map.reveal(rows.find(({ id }) => id === open)?.at ?? []);
  }, [map, rows, open]);
}
