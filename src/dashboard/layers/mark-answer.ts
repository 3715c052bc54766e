/** What was done on the way, as far as the viewer sees it: closings, openings and arrests, and recoveries of people. */
import type { Question } from '../hub/ask.ts';
import type { Interval } from '../hub/questions.ts';
import type { Me } from '../hub/session.ts';
import type { ColourName } from '../map/look.ts';
import { dayOf, say, wordFor } from '../words/words.ts';

interface Spot {
  readonly longitude: number;
  readonly latitude: number;
}

export interface DoneAnswer {
  readonly interdictions: {
    readonly countUpTo: number;
    readonly nodes: readonly {
      readonly id: string;
      readonly kind: string;
      readonly basis: string;
      readonly occurredOn: string;
      readonly owner: string;
      readonly redacted: boolean;
      readonly country: string | null;
      readonly position: Spot | null;
      readonly place: { readonly name: string } | null;
      readonly incidents: readonly { readonly id: string }[];
    }[];
  };
}

export interface RecoveriesAnswer {
  readonly incidents: {
    readonly countUpTo: number;
    readonly nodes: readonly {
      readonly id: string;
      readonly owner: string;
      readonly redacted: boolean;
      readonly country: string | null;
      readonly occurred: { readonly from: string; readonly to: string } | null;
      readonly persons: Interval;
      readonly position: Spot | null;
      readonly place: { readonly name: string } | null;
    }[];
  };
}

const DONE: Question = {
  query: `query Done {
  interdictions(first: 500) {
    countUpTo
    nodes {
      id kind basis occurredOn owner redacted country
      position { longitude latitude }
      place { name }
      incidents { id }
    }
  }
}`,
  variables: {},
};

const RECOVERIES: Question = {
  query: `query Recovered {
  incidents(filter: { kinds: ["recovery"] }, first: 500) {
    countUpTo
    nodes {
      id owner redacted country
      occurred { from to }
      persons { min max }
      position { longitude latitude }
      place { name }
    }
  }
}`,
  variables: {},
};

/** Null where the viewer may not ask. */
export const doneQuestion = ({ reads }: Me): Question | null => (reads.includes('MOVEMENT') ? DONE : null);
export const recoveriesQuestion = ({ reads }: Me): Question | null =>
  reads.includes('INCIDENT') ? RECOVERIES : null;

export const MARK_SHAPES = ['closed', 'opened', 'arrest', 'recovery'] as const;
export type MarkShape = (typeof MARK_SHAPES)[number];

export const MARK_COLOURS: Readonly<Record<MarkShape, ColourName>> = {
  closed: 'hot',
  opened: 'cold',
  arrest: 'first',
  recovery: 'point',
};

export interface Mark {
  readonly id: string;
  readonly shape: MarkShape;
  readonly what: string;
  readonly place: string | null;
  readonly country: string | null;
  /** Like 2025-12-01; of a span its first. */
  readonly day: string;
  readonly when: string;
  readonly owner: string;
  readonly inPart: boolean;
  readonly basis: string | null;
  readonly persons: Interval | null;
  readonly position: Spot | null;
  readonly incidentIds: readonly string[];
  /** Whether what followed can be asked: where a way was closed. */
  readonly hasStory: boolean;
}

const STORIES: readonly string[] = ['CROSSING_CLOSED', 'ROAD_CLOSED'];
const DAY_MS = 86_400_000;

/** In order of their days. */
export function marksOf(done: DoneAnswer | null, recovered: RecoveriesAnswer | null): readonly Mark[] {
  const interdictions = (done?.interdictions.nodes ?? []).map(
    (one): Mark => ({
      id: one.id,
      shape: one.kind === 'ARREST' ? 'arrest' : one.kind.endsWith('OPENED') ? 'opened' : 'closed',
      what: wordFor('interdiction', one.kind),
      place: one.place?.name ?? null,
      country: one.country,
      day: one.occurredOn,
      when: dayOf(one.occurredOn),
      owner: one.owner,
      inPart: one.redacted,
      basis: one.basis,
      persons: null,
      position: one.position,
      incidentIds: one.incidents.map(({ id }) => id),
      hasStory: STORIES.includes(one.kind),
    }),
  );
  const recoveries = (recovered?.incidents.nodes ?? []).flatMap((one): readonly Mark[] =>
    one.occurred === null
      ? []
      : [
          {
            id: one.id,
            shape: 'recovery',
            what: say('mark.recovery'),
            place: one.place?.name ?? null,
            country: one.country,
            day: one.occurred.from.slice(0, 10),
            when: spanOf(one.occurred),
            owner: one.owner,
            inPart: one.redacted,
            basis: null,
            persons: one.persons,
            position: one.position,
            incidentIds: [one.id],
            hasStory: false,
          },
        ],
  );
  return [...interdictions, ...recoveries].sort((one, other) => one.day.localeCompare(other.day));
}

/** Those that are left out where there are more than are asked for. */
export function leftOut(done: DoneAnswer | null, recovered: RecoveriesAnswer | null): number {
  const more = (answer: { readonly countUpTo: number; readonly nodes: readonly unknown[] } | undefined) =>
    answer === undefined ? 0 : answer.countUpTo - answer.nodes.length;
  return more(done?.interdictions) + more(recovered?.incidents);
}

export const markSentence = ({ what, place, when }: Mark): string =>
  say('closing.mark', { what, place: place ?? say('not.known'), day: when });

function spanOf({ from, to }: { readonly from: string; readonly to: string }): string {
  const isOneDay = Date.parse(to) - Date.parse(from) <= DAY_MS;
  return isOneDay ? dayOf(from) : say('span', { from: dayOf(from), to: dayOf(to) });
}
