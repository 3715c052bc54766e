/** Which interdictions are asked for, and one as somebody writes it down. */
import { Field, GraphQLISODateTime, InputType } from 'type-graphql';
import { HandlingEnum, InterdictionBasisEnum, InterdictionKindEnum } from '../../graphql/enums.ts';
import { AreaInput, TimeSpanInput } from '../../graphql/filters.input.ts';
import type { InterdictionDraft } from '../../intake/reports/report-draft.ts';
import { accept, type Outcome, refuse } from '../../kernel/errors.ts';
import {
  type Handling,
  type InterdictionBasis,
  type InterdictionKind,
  STATION_INTERDICTIONS,
} from '../../kernel/vocabulary.ts';
import { WrittenPlaceInput } from '../acts/hand-report.input.ts';
import { writtenPlace } from '../acts/written-place.ts';
import { HandWords } from '../own-records/hand-words.ts';
import type { Said } from '../own-records/own-record.service.ts';

@InputType({ description: 'Which interdictions; every part given must hold.' })
export class InterdictionFilter {
  @Field(() => [String], { nullable: true })
  ids?: string[];

  @Field(() => [InterdictionKindEnum], { nullable: true })
  kinds?: string[];

  @Field(() => [InterdictionBasisEnum], { nullable: true })
  bases?: string[];

  @Field(() => [String], { nullable: true, description: 'ISO 3166-1 alpha-3, like NPL.' })
  countries?: string[];

  @Field(() => AreaInput, { nullable: true })
  area?: AreaInput;

  @Field(() => TimeSpanInput, { nullable: true, description: 'Days are those of UTC.' })
  occurred?: TimeSpanInput;

  @Field(() => [String], { nullable: true, description: 'Those of any of these incidents.' })
  incidentIds?: string[];

  @Field(() => [String], { nullable: true, description: 'Slugs of owners.' })
  owners?: string[];

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'Answer as the hub knew it at this moment.',
  })
  asKnownAt?: Date;
}

@InputType({ description: 'An arrest, or what was opened or closed.' })
export class InterdictionInput {
  @Field(() => InterdictionKindEnum)
  kind!: InterdictionKind;

  @Field(() => InterdictionBasisEnum, { nullable: true, description: 'Unless given: UNKNOWN.' })
  basis?: InterdictionBasis;

  @Field(() => String, { description: 'The day, as 2024-03-01.' })
  occurredOn!: string;

  @Field(() => WrittenPlaceInput, {
    nullable: true,
    description: 'Words that are no place name are not kept in the open.',
  })
  place?: WrittenPlaceInput;

  @Field(() => String, { nullable: true, description: 'Wanted where a station was opened or closed.' })
  station?: string;

  @Field(() => String, { nullable: true, description: 'The monitoring location inside the station.' })
  monitoringLocation?: string;

  @Field(() => String, { nullable: true, description: 'Your own number of the report it belongs to.' })
  reference?: string;

  @Field(() => [String], { nullable: true, description: 'Incidents you can see.' })
  incidentIds?: string[];

  @Field(() => [String], { nullable: true, description: 'Who or what it was done to: entities you can see.' })
  entityIds?: string[];

  @Field(() => HandlingEnum, { nullable: true, description: 'Unless given: AMBER, or as it was.' })
  handling?: Handling;
}

const MOST_REFERENCES = 200;

/** Every reason at once, each by the path of its field. */
export function saidOfInterdiction(input: InterdictionInput, now: Date): Outcome<Said<InterdictionDraft>> {
  const words = new HandWords(now);
  const occurredOn = words.day('occurredOn', input.occurredOn);
  const place = writtenPlace('place', input.place ?? {});
  const station = words.name('station', input.station);
  if (STATION_INTERDICTIONS.includes(input.kind) && station === null)
    words.refuse('station', 'nothing', 'the station that was opened or closed');
  for (const name of ['incidentIds', 'entityIds'] as const) {
    const { length } = input[name] ?? [];
    if (length > MOST_REFERENCES) words.refuse(name, String(length), `${MOST_REFERENCES} at most`);
  }
  const reference = words.name('reference', input.reference);
  const location = words.name('monitoringLocation', input.monitoringLocation);
  const reasons = [...words.reasons, ...place.reasons];
  if (reasons.length > 0) return refuse(...reasons);
  const draft: InterdictionDraft = {
    type: 'interdiction',
    kind: input.kind,
    basis: input.basis ?? 'unknown',
    occurredOn,
    place: place.draft,
    station,
    monitoringLocation: location,
    reference,
    incidentIds: [...new Set(input.incidentIds ?? [])],
    entityIds: [...new Set(input.entityIds ?? [])],
  };
  return accept({ draft, handling: input.handling ?? null, identity: null });
}
