/** A country in the roles that it plays in movements, and the movements in which it plays the chosen one. */
import { useMemo } from 'react';
import { countsOf, type RolesAnswer } from '../hub/questions.ts';
import type { PanelProps } from '../map/layer.ts';
import { useCountries } from '../page/countries.ts';
import { movementFilter } from '../view/asked.ts';
import { ROLES, type Role } from '../view/map-view.ts';
import { say, wordFor } from '../words/words.ts';
import { Movements, Part } from './evidence.tsx';
import { Figure } from './figure.tsx';

export function CountryPanel({ id, data, view, openMovement }: PanelProps) {
  const countries = useCountries();
  const playing = (role: Role) => countsOf(data as RolesAnswer, role).find(({ country }) => country === id);
  const asked = useMemo(() => {
    const filter = movementFilter(view.filter);
    const said = (filter.countries ?? []) as readonly object[];
    return { ...filter, countries: [...said, { country: id, role: view.role }] };
  }, [view.filter, view.role, id]);
  const own = playing(view.role);
  return (
    <>
      <h2>{countries.get(id)?.name ?? id}</h2>
      {own === undefined ? <p className="quiet">{say('panel.gone')}</p> : <Figure count={own.incidents} />}
      <Part word="table.role">
        <ul className="plain">
          {ROLES.map((role) => (
            <li key={role}>
              {wordFor('role', role)}{' '}
              <small>{say('count.incidents', { count: playing(role)?.incidents ?? 0 })}</small>
            </li>
          ))}
        </ul>
      </Part>
      {own !== undefined && <Movements filter={asked} total={own.movements} openMovement={openMovement} />}
    </>
  );
}
