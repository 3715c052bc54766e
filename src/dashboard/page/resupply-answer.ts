/** What is asked and answered of establishments after recoveries: at all of them, or at the one that is chosen. */
import type { Question } from '../hub/ask.ts';
import type { AskedFilter } from '../view/asked.ts';

export interface Estimate {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

interface Refusal {
  readonly reason: string;
  readonly found: string;
  readonly wanted: string;
}

export interface Side {
  readonly arrivals: number;
  readonly establishmentMonths: number;
  readonly low: number | null;
  readonly high: number | null;
}

export interface Recovery {
  readonly action: string;
  readonly earliest: string;
  readonly latest: string;
  readonly ended: string;
  readonly next: {
    readonly isSure: boolean;
    readonly candidates: number;
    readonly days: { readonly low: number; readonly high: number | null };
  } | null;
  readonly replacements: readonly { readonly kind: string; readonly label: string; readonly role: string }[];
}

export interface Establishment {
  readonly id: string;
  readonly entityIds: readonly string[];
  readonly label: string;
  readonly country: string | null;
  readonly arrivals: number;
  readonly recoveries: readonly Recovery[];
}

export interface Resupply {
  readonly refusal: Refusal | null;
  readonly recoveryCount: number;
  readonly endedCount: number;
  readonly establishmentCount: number;
  readonly medianDays: Estimate | null;
  readonly curve: readonly {
    readonly days: number;
    readonly share: number;
    readonly low: number | null;
    readonly high: number | null;
  }[];
  readonly change: {
    readonly p: number | null;
    readonly ratio: Estimate | null;
    readonly refusal: Refusal | null;
    readonly before: Side;
    readonly after: Side;
  };
  readonly establishments: readonly Establishment[];
  readonly unknowns: readonly string[];
}

export interface ResupplyAnswer {
  readonly resupply: Resupply;
}

/** `establishment`: an id of one of its records. */
export const resupply = (establishment: string | null, filter: AskedFilter): Question => ({
  query: `query Resupply($establishment: String, $filter: MovementFilter) {
  resupply(establishment: $establishment, filter: $filter, first: 100) {
    refusal { reason found wanted }
    recoveryCount endedCount establishmentCount
    medianDays { value low high }
    curve { days share low high }
    change {
      p
      ratio { value low high }
      refusal { reason found wanted }
      before { arrivals establishmentMonths low high }
      after { arrivals establishmentMonths low high }
    }
    establishments {
      id entityIds label country arrivals
      recoveries {
        action earliest latest ended
        next { isSure candidates days { low high } }
        replacements { kind label role }
      }
    }
    unknowns
  }
}`,
  variables: { ...(establishment === null ? {} : { establishment }), filter },
});
