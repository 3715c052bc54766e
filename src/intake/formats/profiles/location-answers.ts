/** Answers that the location form and the location box of the case form share. */

/** What stands at a place, in the forms' words. */
export const PLACE_KINDS: string[] = [
  'house',
  'apartment',
  'brothel',
  'bus station',
  'hotel',
  'guest house',
  'train station',
  'airport',
  'port',
  'restaurant',
  'bar',
  'factory',
  'farm',
  'shop',
  'office',
  'agency office',
  'other',
  'unknown',
];

export const locationEntity = {
  kind: { constant: 'establishment' as const },
  role: { constant: 'location' },
  label: 'Location',
  selectors: [
    { kind: 'establishment', value: { column: 'location_name' } },
    { kind: 'phone', value: { column: 'location_phone' }, split: ';' },
  ],
};

/**
 * "Definitely trafficked many" and the three answers below it, by whoever gave them. One card never confirms itself, so 1 is not
 * given; an answer that is not believed is improbable (5).
 */
export const BELIEVED: Record<string, 2 | 3 | 4 | 5> = {
  'definitely trafficked many': 2,
  'definitely trafficked some': 3,
  'suspect trafficked': 4,
  'suspected trafficked': 4,
  suspect: 4,
  "don't believe": 5,
  'do not believe': 5,
  "don't believe trafficked": 5,
};

export const BELIEF_WORDS: string[] = [
  'definitely trafficked many',
  'definitely trafficked some',
  'suspect trafficked',
  "don't believe",
];

export const BELIEF_ALIASES: Record<string, string> = {
  suspect: 'suspect trafficked',
  'suspected trafficked': 'suspect trafficked',
  'do not believe': "don't believe",
  "don't believe trafficked": "don't believe",
};

/** By a card's kind of source: the report it makes, who perceived it, and how reliable such a source usually is. */
export const cardSource = {
  kind: {
    column: 'source_type',
    map: {
      intercept: 'border_intercept' as const,
      operation: 'investigation' as const,
      victim: 'interview' as const,
      police: 'partner' as const,
      partner: 'partner' as const,
      trafficker: 'interview' as const,
      'partner or trafficker': 'interview' as const,
      'open source': 'open_source' as const,
      other: 'investigation' as const,
    },
  },
  origin: {
    kind: {
      column: 'source_type',
      map: {
        intercept: 'staff' as const,
        operation: 'staff' as const,
        victim: 'victim' as const,
        police: 'police' as const,
        partner: 'contact' as const,
        trafficker: 'suspect' as const,
        'partner or trafficker': 'suspect' as const,
        'open source': 'publisher' as const,
        other: 'other' as const,
      },
      otherwise: 'unknown' as const,
    },
    reference: { join: ['source_type', 'source_name'], with: ' / ' },
    reliability: {
      column: 'source_type',
      map: {
        intercept: 'B' as const,
        operation: 'B' as const,
        police: 'B' as const,
        victim: 'C' as const,
        partner: 'C' as const,
        'open source': 'D' as const,
        // Somebody with a part in it has reasons to say what is not so.
        trafficker: 'E' as const,
        'partner or trafficker': 'E' as const,
      },
      otherwise: 'F' as const,
    },
    credibility: {
      column: ['evaluation_interviewer', 'evaluation_victim', 'evaluation_police'],
      map: BELIEVED,
      otherwise: 6 as const,
    },
  },
};

export const EVALUATIONS: string[] = ['evaluation_interviewer', 'evaluation_victim', 'evaluation_police'];
