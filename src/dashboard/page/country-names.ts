/** Countries by their codes, as the gazetteer of the hub names them; asked once. */
import { createContext, useContext } from 'react';

export const CountryNames = createContext<ReadonlyMap<string, string>>(new Map());

export function useCountryNames(): ReadonlyMap<string, string> {
  return useContext(CountryNames);
}
