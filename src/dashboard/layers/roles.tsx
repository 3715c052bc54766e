/** The source–transit–destination lens: countries in the shade of how often they play the chosen role in a movement. */
import { countsOf, type RolesAnswer, roleCounts } from '../hub/questions.ts';
import { featuresOf, type MapLayer, type Row, type Shown, tiles } from '../map/layer.ts';
import { SHADES, stepsUpTo } from '../map/look.ts';
import type { Countries } from '../page/countries.ts';
import { Shades } from '../page/legend-keys.tsx';
import { CountryPanel } from '../panels/country-panel.tsx';
import { movementFilter } from '../view/asked.ts';
import type { MapView } from '../view/map-view.ts';
import { say, wordFor } from '../words/words.ts';

export const roles: MapLayer = {
  id: 'roles',
  narrowedBy: 'movements',
  may: ({ reads }) => reads.includes('MOVEMENT'),
  question: ({ filter }) => roleCounts(movementFilter(filter)),
  read: (data, view, countries) => shownOf(data as RolesAnswer, view, countries),
  draw: ({ shown, view, look, origin }) => {
    const rows = shown?.rows ?? [];
    const steps = stepsUpTo(most(shown));
    const colourOf = (incidents: number): string =>
      look[SHADES[steps.filter((step) => incidents >= step).length] ?? 'shade-0'];
    const shades = rows.flatMap((row) => [row.id, colourOf(Number(row.cells[1]))]);
    return {
      sources: { countries: tiles(origin, 'countries', {}, { maxzoom: 5 }) },
      layers: [
        {
          id: 'country-shades',
          type: 'fill',
          source: 'countries',
          'source-layer': 'countries',
          filter: ['in', ['get', 'country'], ['literal', rows.map((row) => row.id)]],
          paint: {
            'fill-color':
              shades.length === 0
                ? look['shade-0']
                : ['match', ['get', 'country'], ...shades, look['shade-0']],
            'fill-opacity': 0.9,
          },
        },
        {
          id: 'country-open',
          type: 'line',
          source: 'countries',
          'source-layer': 'countries',
          filter: ['==', ['get', 'country'], view.open ?? ''],
          paint: { 'line-color': look.select, 'line-width': 2.5 },
        },
      ] as never,
      touched: ['country-shades'],
    };
  },
  hover: ({ country }, shown) => shown?.rows.find(({ id }) => id === country)?.sentence ?? '',
  Legend: ({ view, shown }) => (
    <Shades
      words={say('roles.colour', { role: wordFor('role', view.role) })}
      steps={stepsUpTo(most(shown))}
    />
  ),
  Panel: CountryPanel,
};

function most(shown: Shown | null): number {
  return Math.max(1, ...(shown?.rows.map(({ cells }) => Number(cells[1])) ?? []));
}

function shownOf(answer: RolesAnswer, view: MapView, countries: Countries): Shown {
  const counts = countsOf(answer, view.role);
  const rows = counts.flatMap(({ country, incidents, movements }): Row[] => {
    if (country === null) return [];
    const known = countries.get(country);
    const name = known?.name ?? country;
    const role = wordFor('role', view.role);
    return [
      {
        id: country,
        name,
        cells: [role, incidents, movements],
        sentence: say('roles.hover', {
          country: name,
          role,
          incidents: say('count.incidents', { count: incidents }),
          movements: say('count.movements', { count: movements }),
        }),
        at: known === undefined ? [] : [[known.position.longitude, known.position.latitude]],
        opens: true,
      },
    ];
  });
  // Of transit a movement without a country has none: that is no gap.
  const unknown = view.role === 'TRANSIT' ? undefined : counts.find(({ country }) => country === null);
  return {
    headline: say('count.countries', { count: rows.length }),
    columns: [
      { word: 'table.role', isNumber: false },
      { word: 'table.incidents', isNumber: true },
      { word: 'table.movements', isNumber: true },
    ],
    rows,
    features: featuresOf([]),
    refusal: null,
    unknowns: [
      say('legend.detections'),
      ...(unknown === undefined
        ? []
        : [
            say('roles.unknown', {
              incidents: say('count.incidents', { count: unknown.incidents }),
              role: wordFor('role', view.role),
            }),
          ]),
    ],
    whenEmpty: 'state.empty.filter',
  };
}
