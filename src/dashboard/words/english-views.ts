/** Words of saved views, in English. */
import type { Catalogue } from './catalogue.ts';

export const ENGLISH_VIEWS = {
  'views.open': 'Views',
  'views.title': 'Saved views',
  'views.what':
    'A view is kept as its address: countries, months, layers and ids, and no record. Whoever opens it sees what they may see, so a colleague may find other figures in it.',
  'views.close': 'Close',
  'views.save': 'Save this view',
  'views.save.will':
    'What you look at now is kept under this name: the page, its filter and what is open, as an address.',
  'views.save.not': 'This page has no view that could be saved: maps, countries, changes and stations have.',
  'views.save.role': 'Your role opens views that colleagues share, and saves none.',
  'views.name': 'Name',
  'views.name.hint': 'What is looked at, like “Nepal to India since spring”. It names nobody.',
  'views.shared': 'Who has it in their list',
  'sharedView.YES': 'Everybody of my organisation',
  'views.mine': 'Yours',
  'views.mine.none': 'You have saved none.',
  'views.theirs': 'Shared by colleagues',
  'views.theirs.none': 'Nobody shares one with you.',
  'views.more': 'These are the latest 500.',
  'views.note': '{page}, {day}',
  'views.note.shared': '{page}, {day}, shared with your organisation',
  'views.rename': 'Rename',
  'views.rename.of': 'Rename “{name}”',
  'views.rename.will': 'It has the new name for everybody who has it in their list.',
  'views.share': 'Share',
  'views.share.of': 'Share “{name}”',
  'views.share.will':
    'Everybody of your organisation has it in their list, and nobody else. What they see in it is what they may see anyway.',
  'views.unshare': 'Stop sharing',
  'views.unshare.of': 'Stop sharing “{name}”',
  'views.unshare.will': 'It is in the list of whoever saved it, and in nobody else’s any more.',
  'views.remove': 'Remove',
  'views.remove.of': 'Remove “{name}”',
  'views.remove.will': 'It is gone for good, from the list of everybody who has it. No record changes.',
} as const satisfies Catalogue;
