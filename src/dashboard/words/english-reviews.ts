/** Words of the review queues, in English. */
import type { Catalogue } from './catalogue.ts';

export const ENGLISH_REVIEWS = {
  'review.none': 'Nothing waits.',
  'review.notices': 'Notices to take note of',
  'review.notices.what':
    'What became of records that your organisation was shown. Take note when those who worked with them have heard of it.',
  'review.note': 'Take note',
  'review.note.will': '{owner} sees that your organisation took note.',
  'review.noteAll': 'Take note of all',
  'review.noteAll.will': {
    one: 'The owner sees that your organisation took note.',
    other: 'The owners of all {count} see that your organisation took note.',
  },
  'noticeKind.WITHDRAWN': 'a report was withdrawn',
  'noticeKind.REMOVED': 'a report was removed',
  'noticeKind.ERASED': 'somebody in a report was erased',
  'noticeKind.RAISED': 'a report was marked higher',
  'noticeKind.CLEARED': 'a person was cleared',
  'review.glass': 'Broken glasses',
  'review.waiting': { one: '{count} waits', other: '{count} wait' },
  'review.glass.what': 'Who opened personal fields in an emergency, and whether it was justified.',
  'review.glass.end': 'End it now',
  'review.glass.end.will':
    'From the next request on nothing can be opened under it. It then waits for your review.',
  'review.glass.review': 'Review',
  'review.glass.review.will': 'Your judgement is kept in the audit log. It cannot be changed afterwards.',
  'review.glass.judgement': 'It was',
  'review.glass.justified': 'justified',
  'review.glass.unjustified': 'not justified',
  'justified.YES': 'justified',
  'justified.NO': 'not justified',
  'review.onward': 'Requests to pass something on',
  'review.onward.what':
    'Reports that others made from yours and want to release. You see who asks and for whom, and nothing of the report.',
  'review.onward.yes': 'Consent',
  'review.onward.yes.will':
    '{asker} may release the report to {receivers}. Taking consent back ends the release at the next request.',
  'review.onward.no': 'Refuse',
  'review.onward.no.will': '{asker} may not release the report. You may consent later.',
  'review.views': 'Shared views',
  'review.views.what':
    'Counts over several organisations. Ask the query in a key of your own to see what your records would put in.',
  'review.views.approve': 'Approve',
  'review.views.approve.will':
    'From the next epoch on your organisation is counted in the view. What was told to everybody cannot be taken back.',
  'review.views.to': 'Who may be told',
  'viewTo.EVERYBODY': 'everybody, as noisy counts',
  'review.views.revoke': 'Take approval back',
  'review.views.revoke.will':
    'At once, what was told with your records is not available any more. The next epoch is told without them.',
  'review.due': 'Records that fall due within 30 days',
  'review.due.what':
    'Records whose time is over or soon will be. What is held for a case is kept whatever is decided here.',
  'review.due.held': 'held for a case',
  'review.due.keep': 'Keep',
  'review.due.keep.will': 'The record is kept until the day you say, and is listed here again before it.',
  'review.due.until': 'Kept until',
  'review.due.purge': 'Purge',
  'review.due.purge.will':
    'The next purge takes the record and all that is known from it alone. It does not come back.',
  'retentionAction.PURGE': 'it is purged',
  'retentionAction.REVIEW': 'it is to be decided',
  'review.lapsed': 'Suspicions that have lapsed',
  'review.lapsed.what': 'Nobody looked at them in time: until somebody does, they are in no ranking.',
  'review.lapsed.review': 'Review',
  'review.lapsed.will':
    'What {label} is held for is decided anew, with your name in the log. Cleared is told to everybody who was granted the record.',
  'review.lapsed.status': 'Held as',
  'review.lapsed.basisOn': 'Day of the basis',
  'review.places': 'Places to be told apart',
  'review.places.closed': 'not shown: a home, or words that may name somebody',
  'review.places.what':
    'Written words that no place, or several places, may be meant by: the most used first. They are decided under Places.',
} as const satisfies Catalogue;
