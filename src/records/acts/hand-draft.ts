/** From what somebody wrote down to a draft, or the reasons why not: every one of them at once, each by the path of its field. */
import { parseDate } from '../../intake/formats/dates.ts';
import { normaliseSelector, wantedSelector } from '../../intake/formats/selectors.ts';
import { checkedZone } from '../../intake/formats/time-zones.ts';
import type {
  EntityDraft,
  MovementDraft,
  PersonalDraft,
  PersonDraft,
  PlaceDraft,
  ReportDraft,
  TimeDraft,
} from '../../intake/reports/report-draft.ts';
import { accept, type Outcome, type Reason, refuse } from '../../kernel/errors.ts';
import type { Credibility } from '../../kernel/vocabulary.ts';
import type { HandEntityInput, HandPersonInput, PersonalInput } from './hand-party.input.ts';
import type {
  HandMovementInput,
  HandReportInput,
  WrittenPlaceInput,
  WrittenTimeInput,
} from './hand-report.input.ts';
import { writtenPlace } from './written-place.ts';

const MOST = { persons: 500, entities: 200, waypoints: 50, indicators: 500, text: 20_000 } as const;

/** `now` is the moment after which no date may lie. */
export function draftOfHand(input: HandReportInput, now: Date): Outcome<ReportDraft> {
  const reader = new HandReader(now);
  const draft = reader.report(input);
  return reader.reasons.length === 0 ? accept(draft) : refuse(...reader.reasons);
}

class HandReader {
  readonly reasons: Reason[] = [];
  readonly #now: Date;

  constructor(now: Date) {
    this.#now = now;
  }

  report(input: HandReportInput): ReportDraft {
    const { incident, origin } = input;
    const persons = this.list('persons', input.persons, MOST.persons).map((person) => this.person(person));
    if (!Number.isInteger(origin.credibility) || origin.credibility < 1 || origin.credibility > 6)
      this.refuse('origin.credibility', String(origin.credibility), 'a whole number from 1 to 6');
    const personsMin = incident.personsMin ?? persons.length;
    const personsMax = incident.personsMax ?? Math.max(persons.length, personsMin);
    if (personsMin < 0 || personsMax < personsMin)
      this.refuse(
        'incident.personsMin, personsMax',
        `${personsMin} to ${personsMax}`,
        '0 or more, the least first',
      );
    if (incident.verification != null && incident.verification !== 'unverified')
      this.refuse(
        'incident.verification',
        incident.verification,
        'UNVERIFIED: two others verify, by verifyIncident',
      );
    if (origin.derivedFrom != null && origin.reference != null)
      this.refuse(
        'origin.reference',
        'a reference beside derivedFrom',
        'one of the two: the origin of a report made from another is that of the other',
      );
    return {
      type: 'report',
      kind: input.kind,
      externalReference: this.text('externalReference', input.externalReference, 200),
      observed: this.time('observed', input.observed, 'observation'),
      reported: this.time('reported', input.reported, 'report'),
      origin: {
        kind: origin.kind,
        reference: this.text('origin.reference', origin.reference, 500),
        reliability: origin.reliability,
        credibility: origin.credibility as Credibility,
        ...(origin.derivedFrom == null ? {} : { derivedFrom: origin.derivedFrom }),
      },
      station: this.text('station', input.station, 200),
      monitoringLocation: this.text('monitoringLocation', input.monitoringLocation, 200),
      incident: {
        kind: incident.kind,
        population: incident.population ?? 'trafficking',
        occurred: this.time('incident.occurred', incident.occurred, 'incident'),
        place: this.place('incident.place', incident.place),
        personsMin,
        personsMax,
        counts: {},
        verification: 'unverified',
        redFlagTotal: incident.redFlagTotal ?? null,
      },
      movement: input.movement == null ? null : this.movement(input.movement),
      persons,
      entities: this.list('entities', input.entities, MOST.entities).map((entity, at) =>
        this.entity(`entities[${at}]`, entity),
      ),
      indicators: this.list('indicators', input.indicators, MOST.indicators).map(
        ({ scheme, code, number }, at) => {
          if (!/^[a-z0-9-]+\/\d+$/.test(scheme))
            this.refuse(
              `indicators[${at}].scheme`,
              `${scheme.length} characters`,
              'a code list and its version, like border-intercept/1',
            );
          if (!/^[a-z][a-z0-9_]{1,63}$/.test(code))
            this.refuse(
              `indicators[${at}].code`,
              `${code.length} characters`,
              'a code like evade_caught_in_lie',
            );
          return { scheme, code, value: number ?? true };
        },
      ),
      caseNotes: this.text('caseNotes', input.caseNotes, MOST.text),
    };
  }

  private movement({ waypoints, purpose, status, mode, exploitation }: HandMovementInput): MovementDraft {
    if (waypoints.length < 2)
      this.refuse('movement.waypoints', `${waypoints.length}`, 'two at least, or no movement');
    return {
      purpose,
      status,
      mode: mode ?? 'unknown',
      exploitation: exploitation ?? 'unknown',
      waypoints: this.list('movement.waypoints', waypoints, MOST.waypoints).map(
        ({ place, kind, basis, time }, at) => ({
          kind,
          basis,
          place: this.place(`movement.waypoints[${at}].place`, place),
          time: this.time(`movement.waypoints[${at}].time`, time, 'passage'),
        }),
      ),
    };
  }

  private person({ status, sex, ageBand, personal }: HandPersonInput): PersonDraft {
    return { status, sex: sex ?? 'unknown', ageBand: ageBand ?? 'unknown', personal: personalOf(personal) };
  }

  private entity(where: string, { kind, role, selectors = [], personal }: HandEntityInput): EntityDraft {
    if (personal != null && kind !== 'individual')
      this.refuse(
        `${where}.personal`,
        `personal fields of a ${kind}`,
        'personal fields of an individual only',
      );
    for (const [at, selector] of selectors.entries()) {
      if (!/^[a-z][a-z_]{1,30}$/.test(selector.kind))
        this.refuse(
          `${where}.selectors[${at}].kind`,
          `${selector.kind.length} characters`,
          'a word like phone, plate, passport, account, name',
        );
      else if (normaliseSelector(selector.kind, selector.value, kind === 'individual') === null)
        this.refuse(
          `${where}.selectors[${at}].value`,
          `${selector.value.length} characters`,
          wantedSelector(selector.kind),
        );
    }
    if (kind !== 'individual' && selectors.length === 0)
      this.refuse(`${where}.selectors`, 'none', `what the ${kind} is known by: a name, plate, number …`);
    // Shown in place of a name, so never what somebody typed.
    return { kind, role, label: role, selectors, personal: personalOf(personal) };
  }

  private place(where: string, place: WrittenPlaceInput): PlaceDraft {
    const { draft, reasons } = writtenPlace(where, place);
    this.reasons.push(...reasons);
    return draft;
  }

  private time(where: string, written: WrittenTimeInput | null | undefined, basis: string): TimeDraft | null {
    if (written == null) return null;
    const zone = written.zone == null ? null : checkedZone(`${where}.zone`, written.zone);
    if (zone?.accepted === false) {
      this.reasons.push(...zone.reasons);
      return null;
    }
    const read = parseDate(
      { where, text: written.text, personal: false },
      {
        order: null,
        calendar: 'gregorian',
        serial: null,
        zone: written.zone ?? null,
        basis,
        now: this.#now,
        allowFuture: false,
      },
    );
    if (read.accepted) return read.value;
    this.reasons.push(...read.reasons);
    return null;
  }

  private text(where: string, written: string | null | undefined, most: number): string | null {
    const text = written?.trim() ?? '';
    if (text.length > most) this.refuse(where, `${text.length} characters`, `${most} at most`);
    return text === '' ? null : text;
  }

  private list<T>(where: string, items: readonly T[] | null | undefined, most: number): readonly T[] {
    const given = items ?? [];
    if (given.length > most) this.refuse(where, `${given.length}`, `${most} at most`);
    return given.slice(0, most);
  }

  private refuse(where: string, found: string, wanted: string): void {
    this.reasons.push({ where, found, wanted });
  }
}

function personalOf(personal: PersonalInput | null | undefined): PersonalDraft {
  const fields = Object.entries(personal ?? {}).filter(
    ([, value]) => typeof value === 'string' && value.trim() !== '',
  );
  return Object.fromEntries(fields);
}
