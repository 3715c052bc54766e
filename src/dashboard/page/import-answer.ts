/** What is asked and answered of imports: those there are, the rows of one that wait, and what taking it back would mean. */
import type { Question } from '../hub/ask.ts';

export interface ImportRow {
  readonly id: string;
  readonly fileName: string;
  readonly profile: string;
  readonly profileVersion: string;
  readonly state: string;
  readonly rows: number;
  readonly startedAt: string;
  readonly undoneAt: string | null;
  readonly encoding: string;
  readonly unknownColumns: readonly string[];
  readonly droppedColumns: readonly string[];
  readonly counts: Readonly<Record<Count, number>>;
}

export const COUNTS = ['accepted', 'versions', 'unchanged', 'parts', 'quarantined'] as const;
export type Count = (typeof COUNTS)[number];

export interface ImportsAnswer {
  readonly imports: { readonly countUpTo: number; readonly nodes: readonly ImportRow[] };
}

export const IMPORTS: Question = {
  query: `query Imports {
  imports(first: 100) {
    countUpTo(limit: 10000)
    nodes {
      id fileName profile profileVersion state rows startedAt undoneAt encoding unknownColumns droppedColumns
      counts { accepted versions unchanged parts quarantined }
    }
  }
}`,
  variables: {},
};

export interface Reason {
  readonly where: string;
  readonly found: string;
  readonly wanted: string;
}

export interface WaitingRow {
  readonly line: number;
  readonly mendedBy: string | null;
  readonly leftOut: string | null;
  readonly reasons: readonly Reason[];
}

export interface QuarantineAnswer {
  readonly quarantine: readonly WaitingRow[];
}

/** At most 200 lines at once. */
export const quarantine = (batchId: string): Question => ({
  query: `query Quarantine($batchId: String!) {
  quarantine(batchId: $batchId, first: 200) {
    line mendedBy leftOut reasons { where found wanted }
  }
}`,
  variables: { batchId },
});

export interface UndoPlanAnswer {
  readonly undoPlan: {
    readonly possibleNow: boolean;
    readonly possibleInOrder: boolean;
    readonly obstacles: readonly { readonly sentence: string }[];
    readonly byPeople: readonly { readonly sentence: string }[];
    readonly steps: readonly {
      readonly batchId: string;
      readonly fileName: string;
      readonly removed: number;
      readonly restored: number;
      readonly attached: number;
    }[];
  } | null;
}

export const undoPlan = (batchId: string): Question => ({
  query: `query UndoPlan($batchId: String!) {
  undoPlan(batchId: $batchId) {
    possibleNow possibleInOrder
    obstacles { sentence }
    byPeople { sentence }
    steps { batchId fileName removed restored attached }
  }
}`,
  variables: { batchId },
});

export const undoImport = (batchId: string): Question => ({
  query: `mutation UndoImport($batchId: String!) {
  undoImport(batchId: $batchId) {
    ... on ImportUndone { batchId }
    ... on ImportRefused { reasons { where found wanted } }
  }
}`,
  variables: { batchId },
});

export interface Outcome {
  readonly batchId?: string;
  readonly rows?: number;
  readonly repeated?: boolean;
  readonly counts?: Readonly<Record<Count, number>>;
  readonly reasons?: readonly Reason[];
}

export const importFile = (file: Readonly<Record<string, string>>): Question => ({
  query: `mutation ImportFile($fileName: String!, $contentBase64: String!, $profile: String, $profileJson: String, $sheet: String, $zone: String, $dateOrder: DateOrder) {
  importFile(fileName: $fileName, contentBase64: $contentBase64, profile: $profile, profileJson: $profileJson, sheet: $sheet, zone: $zone, dateOrder: $dateOrder) {
    ... on ImportAccepted { batchId rows repeated counts { accepted versions unchanged parts quarantined } }
    ... on ImportRefused { reasons { where found wanted } }
  }
}`,
  variables: file,
});

export interface WaitingField {
  readonly column: string;
  readonly value: string | null;
  readonly shape: string;
  readonly meaning: string;
  readonly takes: string;
  readonly wrong: boolean;
}

export interface WaitingRowAnswer {
  readonly waitingRow: {
    readonly profile: string;
    readonly unmendable: string | null;
    readonly leftOut: string | null;
    readonly fields: readonly WaitingField[];
  } | null;
}

export const waitingRow = (batchId: string, line: number): Question => ({
  query: `query WaitingRow($batchId: String!, $line: Int!) {
  waitingRow(batchId: $batchId, line: $line) {
    profile unmendable leftOut fields { column value shape meaning takes wrong }
  }
}`,
  variables: { batchId, line },
});

export const mendRow = (row: Readonly<Record<string, unknown>>): Question => ({
  query: `mutation MendRow($batchId: String!, $line: Int!, $cells: [MendedCellInput!]!, $profileJson: String) {
  act: mendRow(batchId: $batchId, line: $line, cells: $cells, profileJson: $profileJson) {
    ... on ImportAccepted { batchId } ... on ImportRefused { reasons { where found wanted } }
  }
}`,
  variables: row,
});

export const LEAVE_ROW_OUT = `mutation LeaveRowOut($batchId: String!, $line: Int!, $reason: LeftOutReason!) {
  act: leaveRowOut(batchId: $batchId, line: $line, reason: $reason) {
    ... on RowSettled { line } ... on ImportRefused { reasons { where found wanted } }
  }
}`;

export const LET_ROW_WAIT = `mutation LetRowWait($batchId: String!, $line: Int!) {
  act: letRowWait(batchId: $batchId, line: $line) {
    ... on RowSettled { line } ... on ImportRefused { reasons { where found wanted } }
  }
}`;

export interface ProfilesAnswer {
  readonly importProfiles: readonly {
    readonly name: string;
    readonly description: string;
    readonly joins: boolean;
  }[];
}

export const PROFILES: Question = {
  query: `query ImportProfiles {
  importProfiles { name description joins }
}`,
  variables: {},
};
