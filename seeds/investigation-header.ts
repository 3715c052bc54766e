/** The columns of the demo's investigation export: one row one report, plain words, nothing to join. */

export const INVESTIGATION_HEADER = [
  'reference',
  'incident_date',
  'incident_kind',
  'place',
  'latitude',
  'longitude',
  'country',
  'source_kind',
  'reliability',
  'credibility',
  'persons',
  'sex',
  'age_band',
  'exploitation',
  'origin_country',
  'origin_place',
  'transit_place',
  'destination_place',
  'destination_country',
  'suspect',
  'phone',
  'plate',
  'agency',
  'establishment',
  'religion',
] as const;

export type InvestigationColumn = (typeof INVESTIGATION_HEADER)[number];
