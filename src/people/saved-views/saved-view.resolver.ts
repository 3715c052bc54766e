/** `savedViews`, and saving, renaming, sharing and removing one. */
import { Arg, Ctx, Int, Mutation, Query, Resolver } from 'type-graphql';
import { connection, connectionOf, readPaging } from '../../graphql/connection.type.ts';
import { type RequestContext, serviceOf } from '../../graphql/context.ts';
import {
  KEY_WORDS,
  RecordOutcome,
  recordOutcome,
  VERSION_WORDS,
} from '../../records/own-records/own-record.type.ts';
import { removeView, renameView, SAVED_VIEW_TOOLS, saveView, shareView } from './saved-view.service.ts';
import { SavedPageEnum, SavedView, savedViewOf } from './saved-view.type.ts';
import { listSavedViews } from './saved-view.view.ts';
import type { SavedPage } from './view-address.ts';

export const SavedViewConnection = connectionOf('SavedView', () => SavedView);

const NAME_WORDS = '1 to 80 characters. Colleagues may read it: it names nobody.';

@Resolver()
export class SavedViewResolver {
  @Query(() => SavedViewConnection, {
    description:
      'Views of the dashboard that you saved, and those that colleagues share, the latest made first. Never those of another organisation.',
  })
  async savedViews(
    @Ctx() { reader }: RequestContext,
    @Arg('pages', () => [SavedPageEnum], { nullable: true }) pages: SavedPage[] | null,
    @Arg('first', () => Int, { defaultValue: 50 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | null,
  ) {
    const answer = await listSavedViews(reader, pages ?? null, readPaging(first, after));
    const { keyId } = reader.viewer;
    return connection(SavedViewConnection, answer.page, (row) => savedViewOf(row, keyId), answer.count);
  }

  @Mutation(() => RecordOutcome, { description: 'Keeps a view of the dashboard under a name; 200 at most.' })
  async saveView(
    @Ctx() context: RequestContext,
    @Arg('name', () => String, { description: NAME_WORDS }) name: string,
    @Arg('address', () => String, {
      description:
        'Like `map/corridors?source=NPL&from=2025-11`: what stands behind `/#/`. Whatever is no code, month, id or word of the page is refused.',
    })
    address: string,
    @Arg('shared', () => Boolean, {
      defaultValue: false,
      description: 'Whether everybody of your organisation has it in their list.',
    })
    shared: boolean,
    @Arg('idempotencyKey', () => String, { description: KEY_WORDS }) idempotencyKey: string,
  ) {
    return recordOutcome(await saveView(...asked(context, idempotencyKey), { name, address, shared }));
  }

  @Mutation(() => RecordOutcome, { description: 'Gives a view that you saved another name.' })
  async renameView(
    @Ctx() context: RequestContext,
    @Arg('id', () => String) id: string,
    @Arg('version', () => Int, { description: VERSION_WORDS }) version: number,
    @Arg('name', () => String, { description: NAME_WORDS }) name: string,
    @Arg('idempotencyKey', () => String, { description: KEY_WORDS }) idempotencyKey: string,
  ) {
    return recordOutcome(await renameView(...asked(context, idempotencyKey), { id, version }, name));
  }

  @Mutation(() => RecordOutcome, {
    description:
      'Puts a view that you saved into the list of everybody of your organisation, or takes it out again; a data officer may take out any.',
  })
  async shareView(
    @Ctx() context: RequestContext,
    @Arg('id', () => String) id: string,
    @Arg('version', () => Int, { description: VERSION_WORDS }) version: number,
    @Arg('shared', () => Boolean) shared: boolean,
    @Arg('idempotencyKey', () => String, { description: KEY_WORDS }) idempotencyKey: string,
  ) {
    return recordOutcome(await shareView(...asked(context, idempotencyKey), { id, version }, shared));
  }

  @Mutation(() => RecordOutcome, {
    description: 'For good: one that you saved; a data officer any that is shared.',
  })
  async removeView(
    @Ctx() context: RequestContext,
    @Arg('id', () => String) id: string,
    @Arg('version', () => Int, { description: VERSION_WORDS }) version: number,
    @Arg('idempotencyKey', () => String, { description: KEY_WORDS }) idempotencyKey: string,
  ) {
    return recordOutcome(await removeView(...asked(context, idempotencyKey), { id, version }));
  }
}

function asked(context: RequestContext, idempotencyKey: string) {
  return [serviceOf(context, SAVED_VIEW_TOOLS), { viewer: context.reader.viewer, idempotencyKey }] as const;
}
