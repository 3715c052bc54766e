/** The pages of the dashboard. A new one is added here: its path, who may see it, and what it shows. */
import type { ComponentType } from 'react';
import type { Me } from '../hub/session.ts';
import { OfficerPage } from '../officer/officer-page.tsx';
import { MapPage } from '../page/map-page.tsx';
import { QueryPage } from '../query/query-page.tsx';
import type { WordKey } from '../words/words.ts';
import type { PageProps } from './page-props.ts';

export interface Page {
  /** First part of the address, like `map`. */
  readonly path: string;
  readonly word: WordKey;
  /** A page that somebody may not see is not there for them. */
  readonly may: (me: Me) => boolean;
  readonly Page: ComponentType<PageProps>;
}

const PAGES: readonly Page[] = [
  {
    path: 'map',
    word: 'page.map',
    may: ({ reads }) => reads.includes('MOVEMENT') || reads.includes('INCIDENT'),
    Page: MapPage,
  },
  { path: 'query', word: 'page.query', may: ({ reads }) => reads.length > 0, Page: QueryPage },
  {
    path: 'officer',
    word: 'page.officer',
    may: ({ role }) => role === 'DATA_OFFICER',
    Page: OfficerPage,
  },
];

export function pagesFor(me: Me): readonly Page[] {
  return PAGES.filter((page) => page.may(me));
}
