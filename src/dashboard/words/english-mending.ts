/** Words of working off the quarantine, in English. */
import type { Catalogue } from './catalogue.ts';

export const ENGLISH_MENDING = {
  'mending.open': 'Line {line}',
  'mending.close': 'Close line {line}',
  'mending.title': 'Line {line}, cell by cell',
  'mending.what':
    'Values that could name, reach or find somebody are not shown, only how long they are. Type into the cells that are to be different; a cell left alone stays as it was received.',
  'mending.wrong': 'wrong',
  'mending.hidden': 'Not shown: {shape}',
  'mending.meaning': '{meaning}. Takes {takes}.',
  'mending.unmapped': 'not mapped',
  'mending.others': { one: '{count} other cell', other: '{count} other cells' },
  'mending.try': 'Mend and try again',
  'mending.none': 'Nothing is different yet: type into a cell.',
  'mending.done': 'Line {line} was taken in as an import of its own.',
  'mending.gone': 'No row waits there any more.',
  'mending.unmendable': 'It cannot be mended here: wanted {why}.',
  'mending.profile': 'Your profile that read the file (JSON)',
  'mending.leave': 'Leave it out',
  'mending.leave.of': 'Leave it out: line {line}',
  'mending.leave.will':
    'The row is kept as it was received and makes no record. It waits no longer, until somebody lets it wait again.',
  'mending.leave.reason': 'Why',
  'mending.wait': 'Let it wait again',
  'mending.wait.of': 'Let it wait again: line {line}',
  'mending.wait.will': 'It is among the rows that wait again.',
  'mending.out': 'left out: {reason}',
  'leftOut.DUPLICATE': 'it stands elsewhere too',
  'leftOut.TEST_ENTRY': 'a test',
  'leftOut.NOT_A_RECORD': 'it is no record',
  'leftOut.CANNOT_BE_MENDED': 'nobody can say what it should be',
  'leftOut.SOURCE_WITHDREW': 'whoever wrote it took it back',
  'leftOut.OTHER': 'something else',
} as const satisfies Catalogue;
