/** Answering what came after recoveries: what this viewer sees of establishments is read, told as facts, and pooled where it is enough. */
import type { ViewerReader } from '../../access/reader.ts';
import { runInBackground, type UnderWay } from '../../platform/background.ts';
import { NO_EFFORT_SEEN } from '../../records/flows/detection-rate.ts';
import { readStaffMonths } from '../../records/flows/staff-months.service.ts';
import { obstacleToRate, wholeMonths } from '../../records/flows/staff-time.ts';
import type { AskedMovements } from '../../records/movements/movement-search.service.ts';
import { DETECTIONS_ONLY } from '../derivation.ts';
import { coarsenedUnknowns } from '../derived.type.ts';
import type { DaySpan } from '../methods/resupply.ts';
import { monthNumber } from '../month-number.ts';
import type { ResupplyAnswer } from './resupply.type.ts';
import { readResupplyBlocks } from './resupply.view.ts';
import { showResupply } from './resupply-answer.ts';
import type { OwnersMonth } from './resupply-figures.ts';
import { checkQuestion, type ResupplyQuestion, seedOf } from './resupply-question.ts';
import { RESUPPLY_WORK } from './resupply-work.ts';

/** Characters of lines: some 1,500 mentions and journeys. */
const LONG_WORK = 300_000;
const DAY_MS = 86_400_000;

export async function answerResupply(
  reader: ViewerReader,
  asked: AskedMovements,
  question: ResupplyQuestion,
  now: Date,
  underWay?: UnderWay,
): Promise<ResupplyAnswer> {
  checkQuestion(question);
  const blocks = await readResupplyBlocks(reader, asked);
  const { staff, unknowns } = await staffOf(reader, asked);
  const found = await runInBackground(
    RESUPPLY_WORK,
    {
      ...question,
      blocks,
      asked: askedDays(asked, now),
      staff,
      seed: seedOf(asked, question),
    },
    blocks.reduce((sum, block) => sum + block.length, 0) > LONG_WORK,
    underWay,
  );
  return showResupply(reader.viewer, question, found, [
    DETECTIONS_ONLY,
    ...unknowns,
    ...coarsenedUnknowns(reader.viewer),
  ]);
}

/** Until yesterday, or the day before the moment that was asked about: a day that is not over is not known. */
function askedDays({ search, asKnown }: AskedMovements, now: Date): DaySpan {
  const day = (moment: Date): number => Math.floor(moment.getTime() / DAY_MS);
  const { from, to } = search.occurred ?? {};
  const today = day(asKnown.at ?? now);
  return { from: from ? day(from) : -Infinity, to: to ? Math.min(day(to), today) : today };
}

async function staffOf(
  reader: ViewerReader,
  asked: AskedMovements,
): Promise<{ readonly staff: readonly OwnersMonth[] | null; readonly unknowns: readonly string[] }> {
  const { search, asKnown } = asked;
  const obstacle = obstacleToRate({ ...search });
  const months = wholeMonths(search.occurred);
  if (obstacle !== null || months === null)
    return { staff: null, unknowns: obstacle === null ? [] : [obstacle] };
  const rows = await readStaffMonths(reader, { months, ownerIds: search.ownerIds ?? null, asKnown });
  const sums = new Map<string, OwnersMonth>();
  for (const { ownerId, month, staffMonths } of rows) {
    const key = `${ownerId} ${month}`;
    const before = sums.get(key)?.staffMonths ?? 0;
    sums.set(key, { ownerId, month: monthNumber(month), staffMonths: before + staffMonths });
  }
  return { staff: [...sums.values()], unknowns: rows.length === 0 ? [NO_EFFORT_SEEN] : [] };
}
