/** A view for partner apps as a question in GraphQL that an officer can read, and what of `flows` such a question may ask. */
import { type ArgumentNode, type FieldNode, GraphQLError, Kind, parse, print } from 'graphql';
import { fromIndex, parentOf, toIndex } from '../../geo/cells.ts';
import { accept, type Outcome, refuse } from '../../kernel/errors.ts';
import type { CountDimension } from './count-levels.ts';

export interface ViewDefinition {
  /** The question as it is kept: white space evened out. */
  readonly query: string;
  readonly dimensions: readonly CountDimension[];
}

/** H3 resolutions of the two fixed grids: hexagons of some 45 and 316 km across. */
export const PLACE_RESOLUTION = 4;
export const AREA_RESOLUTION = 2;

/** The area that a place lies in, both as H3's text. */
export function areaOf(place: string): string {
  return toIndex(parentOf(fromIndex(place), AREA_RESOLUTION));
}

const DIMENSIONS: Readonly<Record<string, CountDimension | 'cell'>> = {
  ORIGIN_COUNTRY: 'origin',
  DESTINATION_COUNTRY: 'destination',
  CROSSING_CELL: 'cell',
  QUARTER: 'quarter',
  YEAR: 'year',
};
const FIGURES: ReadonlySet<string> = new Set([
  'originCountry',
  'destinationCountry',
  'cell',
  'period',
  'persons',
  'incidents',
]);
const WANTED =
  'one query of the field flows with groupBy of ORIGIN_COUNTRY, DESTINATION_COUNTRY, CROSSING_CELL, QUARTER or YEAR, cellResolution 4 or 2, and no filter';

/** Refused with where and what was found: anything beyond fixed dimensions, grids and periods. */
export function readDefinition(text: string): Outcome<ViewDefinition> {
  const no = (where: string, found: string): Outcome<never> => refuse({ where, found, wanted: WANTED });
  let document: ReturnType<typeof parse>;
  try {
    document = parse(text, { maxTokens: 200, noLocation: true });
  } catch (error) {
    return no('query', error instanceof GraphQLError ? error.message : 'what is no GraphQL');
  }
  const [operation, second] = document.definitions;
  if (
    operation?.kind !== Kind.OPERATION_DEFINITION ||
    second !== undefined ||
    operation.operation !== 'query'
  )
    return no('query', 'more or something else than one query');
  if (operation.variableDefinitions?.length || operation.directives?.length)
    return no('query', 'variables or directives');
  const [field, other] = operation.selectionSet.selections;
  if (
    field?.kind !== Kind.FIELD ||
    other !== undefined ||
    field.name.value !== 'flows' ||
    field.directives?.length
  )
    return no('query', 'another field than flows, or more of them');
  const asked = readArguments(field);
  if (!asked.accepted) return asked;
  for (const selection of field.selectionSet?.selections ?? [])
    if (selection.kind !== Kind.FIELD || !FIGURES.has(selection.name.value) || selection.directives?.length)
      return no('query', `${print(selection)} among what is selected`);
  return accept({ query: print(document), dimensions: asked.value });
}

function readArguments({ arguments: given = [] }: FieldNode): Outcome<readonly CountDimension[]> {
  const byName = new Map(given.map((one) => [one.name.value, one]));
  for (const name of byName.keys())
    if (name !== 'groupBy' && name !== 'cellResolution')
      return refuse({ where: name, found: 'an argument that narrows or orders', wanted: WANTED });
  const resolution = resolutionOf(byName.get('cellResolution'));
  if (resolution === null)
    return refuse({
      where: 'cellResolution',
      found: print(byName.get('cellResolution')!.value),
      wanted: `${PLACE_RESOLUTION} or ${AREA_RESOLUTION}`,
    });
  const names = wordsOf(byName.get('groupBy'));
  if (names === null) return refuse({ where: 'groupBy', found: 'no list of words', wanted: WANTED });
  const dimensions: CountDimension[] = [];
  for (const name of names) {
    const dimension = DIMENSIONS[name];
    if (dimension === undefined) return refuse({ where: 'groupBy', found: name, wanted: WANTED });
    dimensions.push(dimension === 'cell' ? (resolution === PLACE_RESOLUTION ? 'place' : 'area') : dimension);
  }
  if (new Set(dimensions).size !== dimensions.length)
    return refuse({ where: 'groupBy', found: 'a dimension twice', wanted: 'each at most once' });
  if (dimensions.includes('quarter') && dimensions.includes('year'))
    return refuse({ where: 'groupBy', found: 'QUARTER and YEAR', wanted: 'one of them' });
  return accept(dimensions);
}

/** As `flows` has it where it is not given. */
function resolutionOf(argument: ArgumentNode | undefined): number | null {
  if (argument === undefined) return PLACE_RESOLUTION;
  const { value } = argument;
  const resolution = value.kind === Kind.INT ? Number(value.value) : Number.NaN;
  return resolution === PLACE_RESOLUTION || resolution === AREA_RESOLUTION ? resolution : null;
}

function wordsOf(argument: ArgumentNode | undefined): readonly string[] | null {
  if (argument?.value.kind !== Kind.LIST) return null;
  const words = argument.value.values.flatMap((value) => (value.kind === Kind.ENUM ? [value.value] : []));
  return words.length === argument.value.values.length ? words : null;
}
