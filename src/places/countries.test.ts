import { describe, expect, it } from 'vitest';
import { COUNTRY_CODES } from '../kernel/country-codes.ts';
import { COUNTRIES } from './countries.ts';

describe('the codes a question may name a country by', () => {
  it("are those of the gazetteer's countries, no more and no fewer", () => {
    expect([...COUNTRY_CODES].sort()).toEqual(COUNTRIES.map(({ code }) => code).sort());
  });
});
