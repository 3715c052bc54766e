/** The fictional demo: from a seed, the very files that five organisations would send, and the truth planted in them. */
import { firstDay, monthsBefore } from './calendar.ts';
import { CORRIDORS, EVENTS, WINDOW_MONTHS } from './corridors.ts';
import { stream } from './draw.ts';
import { CROSSINGS } from './geography.ts';
import { CANARY_NAME, CANARY_NOTE, canary, type FilledIntercept, fillIn } from './intercept-rows.ts';
import { drawIntercepts } from './intercepts.ts';
import { interdictionSheet } from './interdictions.ts';
import { DESKS, drawInvestigations, type Investigation } from './investigations.ts';
import { muddle } from './mess.ts';
import { countFromOne } from './numbers.ts';
import { DEMO_ORGANISATIONS } from './organisations.ts';
import { DECOYS, type Facilitator, facilitators } from './rings.ts';
import { interceptSheet, investigationSheet, staffingSheet } from './sheets.ts';
import { planStaffing } from './staffing.ts';
import { STATIONS } from './stations.ts';
import type { Appearance, DemoFile, DemoTruth, JourneyTruth } from './truth.ts';

export interface DemoOptions {
  /** ISO date; the demo covers the 24 whole months before this month. */
  readonly now: string;
  /** Multiplies intercepts, investigations and mess (not staffing); 1 gives about 3,000 intercept rows. */
  readonly scale: number;
}

export interface Demo {
  readonly files: readonly DemoFile[];
  readonly truth: DemoTruth;
}

interface DeskReports {
  readonly organisation: string;
  readonly found: readonly Investigation[];
}

/**
 * The same seed and options give the same bytes on every machine.
 * @throws HeadwaterError BAD_INPUT when `now` is not an ISO date.
 */
export function generateDemo(seed: number, { now, scale }: DemoOptions): Demo {
  const months = monthsBefore(now, WINDOW_MONTHS);
  const plan = planStaffing(stream(seed, 'staffing'), months);
  const intercepts = drawIntercepts(stream(seed, 'intercepts'), months, plan, scale);
  const numbers = countFromOne();
  const form = stream(seed, 'form');
  const filled = DEMO_ORGANISATIONS.flatMap((organisation) =>
    intercepts
      .filter(({ station }) => station.organisation === organisation.slug)
      .map((intercept) => fillIn(form, numbers, organisation, intercept, now)),
  );
  const desk = stream(seed, 'investigations');
  const desks = DESKS.map((of) => ({
    organisation: of.organisation,
    found: drawInvestigations(desk, numbers, of, months, scale),
  }));
  const rows = muddle(stream(seed, 'mess'), filled, scale);
  const sheets = DEMO_ORGANISATIONS.map((organisation) => ({
    slug: organisation.slug,
    ...interceptSheet(
      organisation,
      rows.filter((_, index) => ownerOf(filled[index]) === organisation.slug).flat(),
    ),
  }));
  return {
    files: sheets.flatMap(({ slug, files }) => [
      ...staffingSheet(slug, plan),
      ...files,
      ...desks
        .filter(({ organisation }) => organisation === slug)
        .map((of) => investigationSheet(slug, of.found)),
      ...interdictionSheet(slug, months),
    ]),
    truth: {
      window: { from: months[0] === undefined ? now : firstDay(months[0]), to: `${now.slice(0, 7)}-01` },
      corridors: CORRIDORS,
      crossings: CROSSINGS,
      stations: STATIONS,
      events: EVENTS,
      journeys: journeyTruths(filled, desks),
      facilitators: facilitators(),
      appearances: appearances(filled, desks),
      decoys: DECOYS,
      mess: sheets.flatMap(({ mess }) => mess),
      canaries: [
        ...numbers.used('person').map((number) => canary(CANARY_NAME, number)),
        ...numbers.used('note').map((number) => canary(CANARY_NOTE, number)),
      ],
    },
  };
}

function ownerOf(filled: FilledIntercept | undefined): string | undefined {
  return filled?.intercept.station.organisation;
}

function journeyTruths(
  filled: readonly FilledIntercept[],
  desks: readonly DeskReports[],
): readonly JourneyTruth[] {
  return [
    ...filled.map(({ intercept: { station, reference, corridor, month, date } }) => ({
      organisation: station.organisation,
      profile: 'border-intercept' as const,
      reference,
      corridor: corridor?.id ?? 'noise',
      crossing: station.crossing.id,
      month: month.index,
      date,
    })),
    ...desks.flatMap(({ organisation, found }) =>
      found.map(({ reference, corridor, crossing, month, date }) => ({
        organisation,
        profile: 'demo-investigation' as const,
        reference,
        corridor: corridor?.id ?? 'noise',
        crossing,
        month: month.index,
        date,
      })),
    ),
  ];
}

function appearances(
  filled: readonly FilledIntercept[],
  desks: readonly DeskReports[],
): readonly Appearance[] {
  const on = (organisation: string, reference: string, members: readonly Facilitator[]) =>
    members.map(({ id }) => ({ facilitator: id, organisation, reference }));
  return [
    ...filled.flatMap(({ intercept, facilitators: members }) =>
      on(intercept.station.organisation, intercept.reference, members),
    ),
    ...desks.flatMap(({ organisation, found }) =>
      found.flatMap((one) => on(organisation, one.reference, one.facilitators)),
    ),
  ];
}
