import { beforeAll, describe, expect, it } from 'vitest';
import { atlasFileOfRun } from '../../../test/support/templates.ts';
import type { PlaceDraft } from '../../intake/reports/report-draft.ts';
import { type Atlas, atlasFrom } from '../../places/gazetteer.service.ts';
import { coarsenHome, storePlace } from './stored-place.ts';

let atlas: Atlas;
beforeAll(async () => {
  atlas = await atlasFrom(atlasFileOfRun())();
});

const draft = (more: Partial<PlaceDraft>): PlaceDraft => ({
  text: null,
  position: null,
  country: null,
  level: 'unknown',
  uncertaintyKm: null,
  ...more,
});

describe('a place as it is stored', () => {
  it('lies on the side of the border that was said, at a crossing and beside one', () => {
    for (const country of ['NPL', 'IND'])
      expect(storePlace(draft({ text: 'Kakarbhitta', country }), [], atlas).country).toBe(country);
    // The middle of the bridge at Raxaul, give or take a kilometre.
    for (const country of ['NPL', 'IND'])
      expect(storePlace(draft({ position: [84.87, 26.995], country }), [], atlas).country).toBe(country);
    // Kathmandu is not in India whoever says so.
    const wrong = storePlace(draft({ position: [85.32, 27.71], country: 'IND' }), [], atlas);
    expect([wrong.country, wrong.reason]).toEqual([
      'NPL',
      'the position lies in NPL, the country given is IND',
    ]);
  });

  it('has no country when the name may mean a place that nobody lists', () => {
    const station = [88.15, 26.65] as const;
    expect(storePlace(draft({ text: 'Atlantis City' }), [station], atlas)).toMatchObject({
      resolution: 'candidates',
      country: null,
      position: null,
      reason: 'the name may mean a place not listed',
    });
  });

  it('keeps of a home that may be in several villages none of them', () => {
    const home = storePlace(draft({ text: 'Bhojpur', country: 'NPL' }), [], atlas);
    expect(home.candidates.length).toBeGreaterThan(1);
    expect(coarsenHome(home, atlas)).toMatchObject({ country: 'NPL', candidates: [] });
  });
});
