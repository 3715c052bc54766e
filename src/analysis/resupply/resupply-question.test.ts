import { describe, expect, it } from 'vitest';
import { incidentsAsked, type ResupplyQuestion, seedOf } from './resupply-question.ts';

const QUESTION: ResupplyQuestion = {
  establishmentId: null,
  actions: ['recovery'],
  windowDays: 180,
  replacementDays: 180,
  sameWithinKm: 50,
  confidence: 0.95,
  first: 20,
};
const NOW = { search: {}, asKnown: { at: null } };

describe('a question', () => {
  it('draws alike however many establishments are shown, and otherwise where anything else is asked', () => {
    const seed = seedOf(NOW, QUESTION);
    expect(seedOf(NOW, { ...QUESTION, first: 200 })).toBe(seed);
    expect(seedOf(NOW, { ...QUESTION, windowDays: 90 })).not.toBe(seed);
    expect(seedOf({ ...NOW, search: { ownerIds: ['a'] } }, QUESTION)).not.toBe(seed);
  });

  it('looks at what stands behind a recovery whole: of whom, and as known when', () => {
    const at = new Date('2026-01-01T00:00:00Z');
    const asked = { search: { ownerIds: ['a'], statuses: ['completed'] }, asKnown: { at } };
    expect(incidentsAsked(asked)).toEqual({ search: { ownerIds: ['a'] }, asKnown: { at } });
    expect(incidentsAsked({ ...NOW, search: { statuses: ['completed'] } })).toEqual(NOW);
  });
});
