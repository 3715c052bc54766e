/** The longest files of the suite begin first, so that none of them runs on alone when all others are done. */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const SLOW = [
  'test/process/backup',
  'test/access/random-worlds',
  'test/process/commands',
  'test/contract/database-thread',
  'test/process/hub-process',
  'test/browser/pages',
  'test/intake/canary',
];

const rank = ({ moduleId }: TestSpecification): number => {
  const found = SLOW.findIndex((name) => moduleId.includes(name));
  return found < 0 ? SLOW.length : found;
};

export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}
