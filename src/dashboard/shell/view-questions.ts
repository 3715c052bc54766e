/** Questions and acts about saved views. */
import type { Question } from '../hub/ask.ts';

export interface SavedView {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly page: string;
  readonly address: string;
  readonly shared: boolean;
  readonly mine: boolean;
  readonly changedAt: string;
}

export interface SavedViewsAnswer {
  readonly savedViews: {
    readonly nodes: readonly SavedView[];
    readonly pageInfo: { readonly hasNextPage: boolean };
  };
}

/** Pages whose views can be kept. */
export const SAVED_PAGES = ['map', 'countries', 'changes', 'stations'] as const;

export const savedViews = (pages: readonly string[]): Question => ({
  query: `query SavedViews($pages: [SavedPage!]) {
  savedViews(pages: $pages, first: 500) {
    nodes { id version name page address shared mine changedAt }
    pageInfo { hasNextPage }
  }
}`,
  variables: { pages: pages.map((page) => page.toUpperCase()) },
});

export const SAVE_VIEW = `mutation SaveView($name: String!, $address: String!, $shared: Boolean!, $idempotencyKey: String!) {
  act: saveView(name: $name, address: $address, shared: $shared, idempotencyKey: $idempotencyKey) {
    ... on RecordDone { id version } ... on ActRefused { reasons { where found wanted } }
  }
}`;

export const RENAME_VIEW = `mutation RenameView($id: String!, $version: Int!, $name: String!, $idempotencyKey: String!) {
  act: renameView(id: $id, version: $version, name: $name, idempotencyKey: $idempotencyKey) {
    ... on RecordDone { id version } ... on ActRefused { reasons { where found wanted } }
  }
}`;

export const SHARE_VIEW = `mutation ShareView($id: String!, $version: Int!, $shared: Boolean!, $idempotencyKey: String!) {
  act: shareView(id: $id, version: $version, shared: $shared, idempotencyKey: $idempotencyKey) {
    ... on RecordDone { id version } ... on ActRefused { reasons { where found wanted } }
  }
}`;

export const REMOVE_VIEW = `mutation RemoveView($id: String!, $version: Int!, $idempotencyKey: String!) {
  act: removeView(id: $id, version: $version, idempotencyKey: $idempotencyKey) {
    ... on RecordDone { id version } ... on ActRefused { reasons { where found wanted } }
  }
}`;
