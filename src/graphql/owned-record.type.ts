/** What every record shows: an opaque id, its owner, its version, and whether this viewer sees it coarsened. */
import { Ctx, Field, Int, ObjectType } from 'type-graphql';
import { type AsKnown, KNOWN_NOW } from '../access/projected.sql.ts';
import type { RequestContext } from './context.ts';

@ObjectType({ description: 'What every record shows.' })
export abstract class OwnedRecord {
  @Field(() => String, { description: 'Opaque and unguessable.' })
  id!: string;

  @Field(() => Int, { description: '1 until the owner corrects it.' })
  version!: number;

  @Field(() => Boolean, { description: 'True when this viewer sees it coarsened under a grant.' })
  redacted!: boolean;

  /** The version's own row, for what hangs on it. */
  rowId!: string;
  ownerId!: string;
  /** As of when it was asked for, and what it leads to is. */
  asKnown!: AsKnown;

  @Field(() => String, { description: 'Slug of the organisation that owns it.' })
  async owner(@Ctx() context: RequestContext): Promise<string> {
    return (await context.slugs()).get(this.ownerId) ?? '';
  }
}

export interface OwnedColumns {
  readonly id: string;
  readonly row_id: string;
  readonly owner_id: string;
  readonly version: number;
  readonly redacted: boolean;
  /** Absent: as known now. */
  readonly as_known?: AsKnown;
}

export function owned(row: OwnedColumns): {
  id: string;
  rowId: string;
  ownerId: string;
  version: number;
  redacted: boolean;
  asKnown: AsKnown;
} {
  return {
    id: row.id,
    rowId: row.row_id,
    ownerId: row.owner_id,
    version: row.version,
    redacted: row.redacted,
    asKnown: row.as_known ?? KNOWN_NOW,
  };
}

/** Ids for owner slugs a filter names; unknown slugs match nothing, and look like organisations without rows. */
export async function ownerIds(
  context: RequestContext,
  slugs: readonly string[],
): Promise<readonly string[]> {
  const known = [...(await context.slugs())];
  return known.filter(([, slug]) => slugs.includes(slug)).map(([id]) => id);
}

/** What a filter asks for, with its owners by id, and as of when. */
export async function searchOwned<
  Filter extends { readonly owners?: readonly string[]; readonly asKnownAt?: Date },
>(context: RequestContext, filter: Filter | null | undefined) {
  const { owners, asKnownAt, ...rest } = filter ?? ({} as Filter);
  const search = owners == null ? rest : { ...rest, ownerIds: await ownerIds(context, owners) };
  return { search, asKnown: { at: asKnownAt ?? null } };
}
