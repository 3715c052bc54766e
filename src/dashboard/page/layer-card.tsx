/** Which layer is shown, what its colours mean, and what it does not know. */
import { type ReactNode, useState } from 'react';
import type { MapLayer, Shown } from '../map/layer.ts';
import { type MapView, ROLES } from '../view/map-view.ts';
import { languageOf, say, wordFor } from '../words/words.ts';

interface LayerCardProps {
  readonly layers: readonly MapLayer[];
  readonly layer: MapLayer;
  readonly view: MapView;
  readonly shown: Shown | null;
  readonly change: (view: Partial<MapView>) => void;
  /** What else is drawn. */
  readonly moreLegend?: ReactNode;
}

export function LayerCard({ layers, layer, view, shown, change, moreLegend }: LayerCardProps) {
  const { Legend, Chooser } = layer;
  // On a phone the map comes first.
  const [isWide] = useState(() => matchMedia('(min-width: 761px)').matches);
  return (
    <section className="card layer-card" aria-label={say('layer.title')}>
      <fieldset className="layers">
        <legend className="unseen">{say('layer.title')}</legend>
        {layers.map(({ id }) => (
          <label key={id} className={id === layer.id ? 'layer is-chosen' : 'layer'}>
            <input
              type="radio"
              name="layer"
              value={id}
              checked={id === layer.id}
              onChange={() => change({ layer: id, open: null, mark: null, movement: null })}
            />
            <span>{say(`layer.${id}`)}</span>
            <small>{say(`layer.${id}.what`)}</small>
          </label>
        ))}
      </fieldset>
      {layer.id === 'roles' && (
        <fieldset className="segments">
          <legend className="unseen">{say('filter.role')}</legend>
          {ROLES.map((role) => (
            <label key={role} className={role === view.role ? 'segment is-chosen' : 'segment'}>
              <input
                type="radio"
                name="role"
                value={role}
                checked={role === view.role}
                onChange={() => change({ role, movement: null })}
              />
              {wordFor('role', role)}
            </label>
          ))}
        </fieldset>
      )}
      {Chooser !== undefined && <Chooser view={view} change={change} />}
      <details className="legend" open={isWide}>
        <summary>{say('legend.title')}</summary>
        <Legend view={view} shown={shown} />
        {moreLegend}
        {layer.narrowedBy === 'time' && <p className="quiet">{say('filter.notHere')}</p>}
      </details>
      {shown !== null && shown.unknowns.length > 0 && (
        <details className="legend">
          <summary>{say('legend.unknowns')}</summary>
          <ul className="plain quiet">
            {shown.unknowns.map((unknown) => (
              <li key={unknown} lang={languageOf(unknown)}>
                {unknown}
              </li>
            ))}
          </ul>
        </details>
      )}
      <p className="attribution quiet">{say('map.attribution')}</p>
    </section>
  );
}
