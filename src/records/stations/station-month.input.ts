/** What a station counted in a month, as somebody writes it down. */
import { Field, InputType, Int } from 'type-graphql';
import { HandlingEnum } from '../../graphql/enums.ts';
import { stationMonthKey } from '../../intake/formats/identity.ts';
import type { ImportTools } from '../../intake/imports/import-tools.service.ts';
import type { StatisticsDraft } from '../../intake/reports/report-draft.ts';
import { COUNTRY_CODES } from '../../kernel/country-codes.ts';
import { accept, type Outcome, refuse } from '../../kernel/errors.ts';
import type { Handling } from '../../kernel/vocabulary.ts';
import { HandWords } from '../own-records/hand-words.ts';
import type { Said } from '../own-records/own-record.service.ts';

@InputType({ description: 'What a monitoring location counted in a month; one count at least.' })
export class StationMonthInput {
  @Field(() => String)
  station!: string;

  @Field(() => String, { nullable: true, description: 'The monitoring location inside the station.' })
  monitoringLocation?: string;

  @Field(() => String, { nullable: true, description: 'ISO 3166-1 alpha-3, like NPL.' })
  country?: string;

  @Field(() => String, { description: 'As 2024-03.' })
  month!: string;

  @Field(() => Int, { nullable: true })
  intercepts?: number;

  @Field(() => Int, { nullable: true })
  evidence?: number;

  @Field(() => Int, { nullable: true })
  highRisk?: number;

  @Field(() => Int, { nullable: true })
  invalid?: number;

  @Field(() => Int, { nullable: true })
  arrests?: number;

  @Field(() => HandlingEnum, { nullable: true, description: 'Unless given: AMBER, or as it was.' })
  handling?: Handling;
}

const COUNTS = ['intercepts', 'evidence', 'highRisk', 'invalid', 'arrests'] as const;

/** Every reason at once, each by the path of its field. */
export function saidOfMonth(
  input: StationMonthInput,
  { keys, now }: ImportTools,
): Outcome<Said<StatisticsDraft>> {
  const words = new HandWords(now());
  const station = words.name('station', input.station);
  if (station === null) words.refuse('station', 'nothing', 'a name');
  const location = words.name('monitoringLocation', input.monitoringLocation);
  const month = words.month('month', input.month);
  const country = input.country ?? null;
  if (country !== null && !COUNTRY_CODES.has(country))
    words.refuse('country', `${country.length} characters`, 'ISO 3166-1 alpha-3, like NPL');
  for (const name of COUNTS)
    if (input[name] != null && input[name] < 0) words.refuse(name, String(input[name]), '0 or more');
  if (COUNTS.every((name) => input[name] == null))
    words.refuse(COUNTS.join(', '), 'no count', 'one of them at least');
  if (station === null || words.reasons.length > 0) return refuse(...words.reasons);
  const [intercepts = null, evidence = null, highRisk = null, invalid = null, arrests = null] = COUNTS.map(
    (name) => input[name] ?? null,
  );
  const counts = { intercepts, evidence, highRisk, invalid, arrests };
  return accept({
    draft: {
      type: 'statistics',
      station,
      monitoringLocation: location,
      country,
      position: null,
      month,
      ...counts,
    },
    handling: input.handling ?? null,
    identity: (ownerId) =>
      keys.token(`identity/of statistics/${ownerId}`, stationMonthKey(station, location, month)),
  });
}
