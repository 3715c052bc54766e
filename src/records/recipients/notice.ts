/** What somebody who was shown a record has to hear of it. */

export type NoticeKind = 'withdrawn' | 'removed' | 'cleared' | 'erased' | 'raised';

export interface NewNotice {
  readonly id: string;
  readonly ownerId: string;
  readonly recipientId: string;
  readonly kind: NoticeKind;
  readonly objectId: string;
}

export interface NoticeSearch {
  /** Received by the organisation, or given by it. */
  readonly side: 'received' | 'given';
  /** null: all of them. */
  readonly open: boolean | null;
}
