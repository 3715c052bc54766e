/** What is shown of sums that are kept of records, by the classes of what they sum. */

export const COUNTED_COLUMNS = {
  flow_rollup: [
    'owner_id',
    'grain',
    'month',
    'quarter',
    'year',
    'first_month',
    'last_month',
    'origin_country',
    'destination_country',
    'mode',
    'purpose',
    'status',
    'exploitation',
    'verification',
    'movements',
    'persons_min',
    'persons_max',
    'unbounded',
  ],
  class_change: ['changes'],
  movement_apart: ['owner_id', 'movement_id', 'shared'],
} as const;
