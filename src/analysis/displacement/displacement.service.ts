/** Answering where a flow went after a closing: which crossing it was, what was seen around it, and the story in numbers. */
import type { ViewerReader } from '../../access/reader.ts';
import { runInBackground, type UnderWay } from '../../platform/background.ts';
import { NO_EFFORT_SEEN } from '../../records/flows/detection-rate.ts';
import { readStaffMonths } from '../../records/flows/staff-months.service.ts';
import type { AskedMovements } from '../../records/movements/movement-search.service.ts';
import { DETECTIONS_ONLY, refuseToDerive } from '../derivation.ts';
import { coarsenedUnknowns } from '../derived.type.ts';
import { lastWholeMonth, monthName, monthNumber } from '../month-number.ts';
import { questionSeed } from '../question-seed.ts';
import { MOST_EVIDENCE } from '../tell-how-known.service.ts';
import type { DisplacementAnswer } from './displacement.type.ts';
import { readAllCrossingPoints, readClosingBlocks } from './displacement.view.ts';
import { emptyAnswer, showDisplacement } from './displacement-answer.ts';
import { checkQuestion, type DisplacementQuestion } from './displacement-question.ts';
import { DISPLACEMENT_WORK } from './displacement-work.ts';
import { closingOf } from './find-closing.service.ts';

/** Characters times replications: some 2,000 incidents dealt again 999 times. */
const LONG_WORK = 400_000 * 999;

export async function answerDisplacement(
  reader: ViewerReader,
  asked: AskedMovements,
  question: DisplacementQuestion,
  now: Date,
  underWay?: UnderWay,
): Promise<DisplacementAnswer> {
  checkQuestion(question);
  const points = await readAllCrossingPoints(reader);
  const closing = await closingOf(reader, asked.asKnown, question, points);
  const { months, ringKm, pairResolution, confidence, replications, onChangedEffort } = question;
  const parameters = { months, ringKm, pairResolution, confidence, replications, onChangedEffort };
  const shared = { parameters, unknowns: [DETECTIONS_ONLY, ...coarsenedUnknowns(reader.viewer)] };
  if ('refused' in closing) return emptyAnswer(shared, closing, null);
  const month = monthNumber(closing.day.slice(0, 7));
  const zones = {
    ringKm,
    months,
    beforeEnds: month,
    afterBegins: closing.day.endsWith('-01') ? month : month + 1,
  };
  const lastWhole = lastWholeMonth(asked.asKnown.at ?? now);
  if (zones.afterBegins + months - 1 > lastWhole)
    return emptyAnswer(
      shared,
      refuseToDerive(
        'not enough data',
        `a period after the closing that ends with ${monthName(zones.afterBegins + months - 1)}`,
        `months that are over, the last of them ${monthName(lastWhole)}: ask for fewer, or later`,
      ),
      closing,
    );
  const span = {
    from: `${monthName(month - months)}-01`,
    to: `${monthName(zones.afterBegins + months)}-01`,
  };
  const { occurred: _window, ...search } = asked.search;
  const scope = { months: span, ownerIds: search.ownerIds ?? null, asKnown: asked.asKnown };
  const staff = await readStaffMonths(reader, scope);
  if (onChangedEffort === 'offset' && staff.length === 0)
    return emptyAnswer(
      shared,
      refuseToDerive('no staff-time', NO_EFFORT_SEEN, 'staff-time to hold detections against'),
      closing,
    );
  const blocks = await readClosingBlocks(
    reader,
    { search, asKnown: asked.asKnown },
    span,
    pairResolution,
    onChangedEffort === 'offset' ? scope : null,
  );
  const treated = closing.places.map(({ id }) => id);
  const found = await runInBackground(
    DISPLACEMENT_WORK,
    {
      blocks,
      treated,
      places: points.map(({ id, border_countries, longitude, latitude }) => ({
        id,
        border: border_countries?.join(' ') ?? '',
        position: [longitude, latitude] as const,
      })),
      worked: staff.map(({ placeId, month: worked, staffMonths }) => ({
        placeId,
        month: monthNumber(worked),
        staffMonths,
      })),
      zones,
      options: {
        confidence,
        replications,
        onChangedEffort,
        evidence: question.withEvidence ? MOST_EVIDENCE : 0,
      },
      seed: questionSeed({ asked, treated, day: closing.day, parameters }),
    },
    blocks.reduce((sum, block) => sum + block.length, 0) * replications > LONG_WORK,
    underWay,
  );
  const staffed = new Set(staff.map(({ ownerId }) => ownerId));
  const watching = found.ownerIds.filter((owner) => staffed.has(owner)).length;
  const half =
    staff.length > 0 && onChangedEffort === 'refuse' && found.counts.owners > watching
      ? [
          `Staff-time is seen of ${watching} of the ${found.counts.owners} organisations whose incidents these are: how the others watched is not known.`,
        ]
      : [];
  return showDisplacement(
    { ...shared, unknowns: [...shared.unknowns, ...half] },
    closing,
    zones,
    found,
    points,
  );
}
