/** Every word of the dashboard, in Nepali; docs/nepali.md has its terms. */
import { NEPALI_KEEPING } from './nepali-keeping.ts';
import { NEPALI_MAP } from './nepali-map.ts';
import { NEPALI_MENDING } from './nepali-mending.ts';
import { NEPALI_OFFICER } from './nepali-officer.ts';
import { NEPALI_PAGES } from './nepali-pages.ts';
import { NEPALI_QUERY } from './nepali-query.ts';
import { NEPALI_REVIEWS } from './nepali-reviews.ts';
import { NEPALI_TARGETS } from './nepali-targets.ts';
import { NEPALI_TIME } from './nepali-time.ts';
import { NEPALI_VALUES } from './nepali-values.ts';
import { NEPALI_VIEWS } from './nepali-views.ts';

export const NEPALI = {
  ...NEPALI_KEEPING,
  ...NEPALI_MAP,
  ...NEPALI_MENDING,
  ...NEPALI_OFFICER,
  ...NEPALI_PAGES,
  ...NEPALI_QUERY,
  ...NEPALI_REVIEWS,
  ...NEPALI_TARGETS,
  ...NEPALI_TIME,
  ...NEPALI_VALUES,
  ...NEPALI_VIEWS,
};
