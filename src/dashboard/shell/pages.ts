/** The pages of the dashboard. A new one is added here: its path, who may see it, and what it shows. */
import type { ComponentType } from 'react';
import type { Me } from '../hub/session.ts';
import { OfficerPage } from '../officer/officer-page.tsx';
import { CasesPage } from '../page/cases-page.tsx';
import { ComparePage } from '../page/compare-page.tsx';
import { CountriesPage } from '../page/countries-page.tsx';
import { ImportsPage } from '../page/imports-page.tsx';
import { MapPage } from '../page/map-page.tsx';
import { QualityPage } from '../page/quality-page.tsx';
import { ResupplyPage } from '../page/resupply-page.tsx';
import { StationsPage } from '../page/stations-page.tsx';
import { TargetsPage } from '../page/targets-page.tsx';
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

/** Who reports at a border has no business with whom an investigation is after. */
const AFTER_TARGETS: ReadonlySet<string> = new Set(['ANALYST', 'INVESTIGATOR', 'DATA_OFFICER']);

const PAGES: readonly Page[] = [
  {
    path: 'map',
    word: 'page.map',
    may: ({ reads }) => reads.includes('MOVEMENT') || reads.includes('INCIDENT'),
    Page: MapPage,
  },
  {
    path: 'countries',
    word: 'page.countries',
    may: ({ reads }) => reads.includes('MOVEMENT'),
    Page: CountriesPage,
  },
  {
    path: 'changes',
    word: 'page.changes',
    may: ({ reads }) => reads.includes('MOVEMENT'),
    Page: ComparePage,
  },
  {
    path: 'recoveries',
    word: 'page.recoveries',
    may: ({ reads }) => reads.includes('MOVEMENT') && reads.includes('ENTITY'),
    Page: ResupplyPage,
  },
  {
    path: 'stations',
    word: 'page.stations',
    may: ({ organisation, reads }) =>
      organisation !== null && reads.includes('EFFORT') && reads.includes('REPORT'),
    Page: StationsPage,
  },
  {
    path: 'cases',
    word: 'page.cases',
    may: ({ organisation, reads }) => organisation !== null && reads.includes('REPORT'),
    Page: CasesPage,
  },
  {
    path: 'targets',
    word: 'page.targets',
    may: ({ organisation, role }) => organisation !== null && AFTER_TARGETS.has(role),
    Page: TargetsPage,
  },
  {
    path: 'quality',
    word: 'page.quality',
    may: ({ reads }) => reads.includes('REPORT'),
    Page: QualityPage,
  },
  { path: 'imports', word: 'page.imports', may: ({ mayImport }) => mayImport, Page: ImportsPage },
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
