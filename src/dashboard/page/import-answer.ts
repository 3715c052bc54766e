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
  readonly reasons: readonly Reason[];
}

export interface QuarantineAnswer {
  readonly quarantine: readonly WaitingRow[];
}

/** At most 200 lines at once. */
export const quarantine = (batchId: string): Question => ({
  query: `query Quarantine($batchId: String!) {
  quarantine(batchId: $batchId, first: 200) {
    line mendedBy reasons { where found wanted }
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
