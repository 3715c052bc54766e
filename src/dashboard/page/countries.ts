/** Countries by their codes, as the gazetteer of the hub has them; asked once. */
import { createContext, useContext } from 'react';
import type { CountryRow } from '../hub/questions.ts';

export type Countries = ReadonlyMap<string, CountryRow>;

export const KnownCountries = createContext<Countries>(new Map());

export function useCountries(): Countries {
  return useContext(KnownCountries);
}
