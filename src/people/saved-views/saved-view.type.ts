/** A saved view, as GraphQL shows it. */
import { Field, GraphQLISODateTime, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { SavedViewColumns } from './saved-view.view.ts';
import { SAVED_PAGES, type SavedPage } from './view-address.ts';

export const SavedPageEnum = Object.fromEntries(
  SAVED_PAGES.map((page) => [page.toUpperCase(), page]),
) as Readonly<Record<string, SavedPage>>;
registerEnumType(SavedPageEnum, { name: 'SavedPage', description: 'A page of the dashboard.' });

@ObjectType({
  description:
    'A view of the dashboard, kept under a name. It holds no record: opening it asks with the sight of whoever opens it.',
})
export class SavedView {
  @Field(() => String)
  id!: string;

  @Field(() => Int, { description: 'To name in the next act.' })
  version!: number;

  @Field(() => String)
  name!: string;

  @Field(() => SavedPageEnum)
  page!: SavedPage;

  @Field(() => String, {
    description: 'What stands behind `/#/`: codes, months, opaque ids and words of closed lists.',
  })
  address!: string;

  @Field(() => Boolean, { description: 'Whether everybody of the organisation has it in their list.' })
  shared!: boolean;

  @Field(() => Boolean, { description: 'Whether you saved it.' })
  mine!: boolean;

  @Field(() => String, { description: 'Id of the key or account.' })
  madeBy!: string;

  @Field(() => GraphQLISODateTime)
  madeAt!: Date;

  @Field(() => GraphQLISODateTime)
  changedAt!: Date;
}

export function savedViewOf(row: SavedViewColumns, keyId: string): SavedView {
  return Object.assign(new SavedView(), {
    id: row.id,
    version: row.version,
    name: row.name,
    page: row.page,
    address: row.address,
    shared: row.shared,
    mine: row.made_by === keyId,
    madeBy: row.made_by,
    madeAt: row.made_at,
    changedAt: row.changed_at,
  });
}
