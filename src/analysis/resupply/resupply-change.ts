/** Before and after as it is shown: counts, what they were counted in, and the ratio. */
import { poissonInterval } from '../../geo/poisson-interval.ts';
import { refusalOf } from '../derived.type.ts';
import type { ResupplyChange, ResupplySide } from './resupply.type.ts';
import type { BeforeAfter, Side } from './resupply-figures.ts';

/** A year over twelve: months that are alike. */
export const MONTH_DAYS = 365.25 / 12;

export function changeOf({ before, after, ratio, refusal }: BeforeAfter): ResupplyChange {
  const isTold = refusal === null;
  return {
    before: sideOf(before, isTold),
    after: sideOf(after, isTold),
    ratio: ratio && { value: ratio.value, low: ratio.low, high: ratio.high },
    p: ratio?.p ?? null,
    refusal: refusal === null ? null : refusalOf(refusal),
  };
}

/** What is too little to compare is too little for a rate. */
function sideOf({ arrivals, days, staffed }: Side, isTold: boolean): ResupplySide {
  const establishmentMonths = days / MONTH_DAYS;
  const interval = isTold && days > 0 ? poissonInterval(arrivals) : null;
  return {
    arrivals,
    establishmentMonths,
    rate: interval && arrivals / establishmentMonths,
    low: interval && interval.low / establishmentMonths,
    high: interval && interval.high / establishmentMonths,
    perStaffMonth: staffed,
  };
}
