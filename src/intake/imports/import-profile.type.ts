/** The import profiles that come with the hub, as GraphQL shows them. */
import { Field, Int, ObjectType } from 'type-graphql';
import type { ImportProfile } from '../formats/profile.ts';
import { columnsOf } from '../formats/profile-columns.ts';

@ObjectType({ description: 'What a profile makes of a column.' })
export class ProfileColumn {
  @Field(() => String)
  name!: string;

  @Field(() => Boolean, { description: 'A file without it is another kind of file.' })
  required!: boolean;

  @Field(() => String)
  meaning!: string;

  @Field(() => String)
  takes!: string;

  @Field(() => String, {
    description: 'What it goes into: dropped, vault, keyed token, record, or the sealed raw row alone.',
  })
  goes!: string;
}

@ObjectType({ description: 'How one kind of file is read. Your own: `profileJson` of `importFile`.' })
export class NamedProfile {
  @Field(() => String, { description: 'To name in `importFile`.' })
  name!: string;

  @Field(() => Int)
  version!: number;

  @Field(() => String)
  description!: string;

  @Field(() => String, { description: 'csv (text, or a sheet of a workbook) or geojson.' })
  format!: string;

  @Field(() => Boolean, {
    description: 'Whether it joins other files, which only `npx headwater import` takes.',
  })
  joins!: boolean;

  @Field(() => [ProfileColumn], { description: 'In the order of the form.' })
  columns!: readonly ProfileColumn[];
}

export function namedProfileOf(profile: ImportProfile): NamedProfile {
  const { name, version, description, format, lookups = [] } = profile;
  return Object.assign(new NamedProfile(), {
    name,
    version,
    description,
    format,
    joins: lookups.length > 0,
    columns: columnsOf(profile).map(({ accepts, name: column, required, meaning, goes }) =>
      Object.assign(new ProfileColumn(), { name: column, required, meaning, takes: accepts, goes }),
    ),
  });
}
