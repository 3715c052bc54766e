/** What waits for the officer: told by others, opened in an emergency, asked of the organisation, falling due. */

import { NoticeList } from './notice-list.tsx';
import type { OfficerPartProps } from './officer-part.ts';
import { DueRecords, LapsedSuspicions, PlacesToReview } from './reviews-of-records.tsx';
import { BrokenGlasses, OnwardRequests, Proposals } from './reviews-of-sharing.tsx';

export function Reviews({ organisation }: OfficerPartProps) {
  return (
    <>
      <NoticeList />
      <BrokenGlasses />
      <OnwardRequests organisation={organisation} />
      <Proposals organisation={organisation} />
      <DueRecords />
      <LapsedSuspicions organisation={organisation} />
      <PlacesToReview />
    </>
  );
}
