/** The hundred answers about an intercept that are not about its persons: red flags, evidence, sources, verification. */
import type { Random } from '../src/kernel/random.ts';
import { addDays } from './calendar.ts';
import type { CsvRow } from './csv-text.ts';
import { chance, pick, pickWeighted } from './draw.ts';
import { INTERCEPT_HEADER, type InterceptColumn } from './intercept-header.ts';
import type { Intercept } from './intercepts.ts';

/** Columns among the flags that hold an answer in words or figures, not True or False. */
const WORDED: ReadonlySet<string> = new Set<InterceptColumn>([
  'evade_signs_other',
  'control_job',
  'control_normal_pay',
  'control_promised_pay',
  'control_reported_total_red_flags',
]);

const FLAGS = INTERCEPT_HEADER.filter(
  (column) => /^(vulnerability|evade|control)_/.test(column) && !WORDED.has(column),
);

const BORDER_FLAGS = INTERCEPT_HEADER.filter(
  (column) => /^immigration_/.test(column) && column !== 'immigration_case_number',
);

const JOBS = ['domestic work', 'restaurant work', 'factory work', 'construction', 'dance bar', 'fishing'];

/**
 * Flags rise together with the strength of the evidence. Points run from 1 to 10 by the flag's place in the form.
 * Verification comes two weeks to two months later, and is still blank where that is after `now` (ISO date).
 */
export function interceptAnswers(random: Random, intercept: Intercept, now: string): CsvRow<InterceptColumn> {
  const strength = pickWeighted(random, [['clear', 2] as const, ['some', 5] as const, ['high', 3] as const]);
  const share = strength === 'clear' ? 0.2 : strength === 'some' ? 0.13 : 0.08;
  const raised = FLAGS.map((column, index) => ({
    column,
    points: 1 + ((index * 7) % 10),
    is: chance(random, share),
  }));
  const total = raised.reduce((sum, flag) => sum + (flag.is ? flag.points : 0), 0);
  const job = pick(random, JOBS);
  return {
    ...Object.fromEntries(raised.map(({ column, is }) => [column, is ? 'True' : 'False'])),
    ...Object.fromEntries(BORDER_FLAGS.map((column) => [column, 'False'])),
    status: 'approved',
    time_of_interception: `${String(5 + random.int(16)).padStart(2, '0')}:${pick(random, ['00', '15', '30', '45'])}`,
    staff_name: `Demo Staff ${String(1 + random.int(40)).padStart(2, '0')}`,
    industry: job,
    control_job: job,
    control_promised_pay: pick(random, ['', '', '15000', '25000', '40000']),
    control_reported_total_red_flags: String(total),
    computed_total_red_flags: String(total),
    evidence_categorization: EVIDENCE[strength],
    reason_for_intercept: 'Demo text: answers did not agree',
    how_sure_was_trafficking: String(
      strength === 'clear' ? 5 : strength === 'some' ? 3 + random.int(2) : 1 + random.int(3),
    ),
    pv_stopped_on_own: 'False',
    rescue: chance(random, 0.1) ? 'True' : 'False',
    ...source(random),
    ...convinced(random),
    ...verification(random, strength, intercept.date, now),
  };
}

type Strength = 'clear' | 'some' | 'high';

const EVIDENCE: Readonly<Record<Strength, string>> = {
  clear: 'Clear Evidence',
  some: 'Some Evidence',
  high: 'High Risk of Trafficking',
};

function source(random: Random): CsvRow<InterceptColumn> {
  if (chance(random, 0.7))
    return { who_noticed: 'Staff', staff_who_noticed: 'Demo Staff 01', contact_paid: 'False' };
  const paid = chance(random, 0.25);
  return {
    who_noticed: 'Contact',
    which_contact: pick(random, ['Bus driver', 'Hotel owner', 'Rickshaw driver', 'Police']),
    contact_paid: paid ? 'True' : 'False',
    contact_paid_how_much: paid ? '500' : '',
  };
}

function convinced(random: Random): CsvRow<InterceptColumn> {
  const by = pick(random, ['staff', 'family', 'police']);
  return {
    talked_to_family_member: chance(random, 0.5) ? 'True' : 'False',
    convinced_by_staff: by === 'staff' ? 'True' : 'False',
    convinced_by_family: by === 'family' ? 'True' : 'False',
    convinced_by_police: by === 'police' ? 'True' : 'False',
  };
}

function verification(
  random: Random,
  strength: Strength,
  date: string,
  now: string,
): CsvRow<InterceptColumn> {
  const verified = addDays(date, 14 + random.int(46));
  if (verified >= now) return {};
  const evidence = strength === 'clear' ? 85 : strength === 'some' ? 60 : 15;
  return {
    verified_evidence_categorization: pickWeighted(random, [
      ['Evidence of Trafficking', evidence] as const,
      ['High Risk of Trafficking', 94 - evidence] as const,
      ['Should not count as an Intercept', 6] as const,
    ]),
    verified_date: verified,
  };
}
