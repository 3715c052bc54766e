/** What one row says, after mapping and before the rows of a report are put together. */
import type { Reason } from '../../kernel/errors.ts';
import type {
  EntityDraft,
  IndicatorDraft,
  MovementDraft,
  PersonDraft,
  RecordDraft,
  ReportDraft,
  WaypointDraft,
} from '../reports/report-draft.ts';
import type { Interval } from './numbers.ts';

/** What each row of a report repeats; rows that differ in it are not one report. */
export type SharedFacts = Pick<
  ReportDraft,
  'kind' | 'externalReference' | 'observed' | 'reported' | 'origin' | 'station' | 'monitoringLocation'
> & {
  readonly incident: Omit<ReportDraft['incident'], 'personsMin' | 'personsMax'>;
  /** The number of persons the source states, or the profile's constant. */
  readonly stated: Interval | null;
  readonly movement: Omit<MovementDraft, 'waypoints'> | null;
};

/** A waypoint, and where the row says it stands among those of the other rows. */
export interface WaypointFacts extends WaypointDraft {
  readonly order?: number | null;
  readonly rank?: number | null;
}

export interface ReportFacts {
  readonly type: 'report';
  readonly rowNumber: number;
  readonly line: number;
  readonly shared: SharedFacts;
  /** Who wrote the row down, where it says so: rows of one report may name several. */
  readonly collector?: string;
  /** One entry for each waypoint of the profile; null where the row says nothing of it. */
  readonly waypoints: readonly (WaypointFacts | null)[];
  readonly person: PersonDraft | null;
  readonly entities: readonly EntityDraft[];
  readonly indicators: readonly IndicatorDraft[];
  /** For the vault. */
  readonly caseNotes: readonly string[];
  readonly notes: readonly Reason[];
}

/** Flows, effort, statistics and interdictions: the row is the record. */
export interface RecordFacts {
  readonly type: 'record';
  readonly rowNumber: number;
  readonly line: number;
  readonly record: Exclude<RecordDraft, ReportDraft>;
  readonly notes: readonly Reason[];
}

export type RowFacts = ReportFacts | RecordFacts;
