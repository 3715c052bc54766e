/** Invented files of every form that can be moved in, from a seed: good records, and faults planted where it is known which. */
import { pick, stream } from '../../seeds/draw.ts';
import {
  age,
  day,
  FAR,
  type Fault,
  type Form,
  NOBODY,
  name,
  phone,
  type Row,
  sex,
  TOWNS,
} from './fictional-answers.ts';
import { locations, suspects } from './fictional-cards.ts';

const intercepts: Form = {
  profile: 'border-intercept',
  id: 'irf_number',
  open: ['station_name', 'location', 'irf_number'],
  record: (random, id) => {
    const own = {
      irf_number: id,
      date_of_interception: day(random),
      country: 'Nepal',
      station_name: 'Example Gate',
      where_going_destination: pick(random, FAR),
      reason_for_intercept: `seen by ${name(random)}`,
      number_of_victims: '1',
      profile: 'tall',
    };
    const person = (role: string): Row => ({
      ...own,
      role,
      full_name: name(random),
      gender: sex(random),
      age: age(random),
      phone_contact: phone(random),
      address: `12 ${NOBODY} Road, ${pick(random, TOWNS)}, Nepal`,
    });
    return [person('PVOT'), person('Suspect')];
  },
  faults: [
    {
      change: { date_of_interception: '31/02/2024' },
      column: 'date_of_interception',
      wanted: 'a day of the calendar',
    },
    { change: { date_of_interception: '' }, column: 'date_of_interception', wanted: 'an answer' },
    { change: { number_of_victims: 'few' }, column: 'number_of_victims', wanted: 'a count' },
  ],
  correction: { date_of_interception: '2023-12-24' },
};

const cases: Form = {
  profile: 'htcds',
  id: 'cas_CaseNumber',
  open: ['cas_CaseNumber'],
  record: (random, id) => {
    const own = {
      cas_CaseNumber: id,
      prs_FirstName: name(random),
      prs_SecondName: NOBODY,
      prs_Gender: 'Feminine',
      prs_Citizenship: 'NP',
      prs_MobilePhone: phone(random),
      prs_Email: `${NOBODY}@example.org`,
      prs_MailingStreet: `12 ${NOBODY} Road`,
      vic_TraffickingStatus: 'PossibleVictimOfTrafficking',
      vic_TypeOfExploitation: 'Forced labour',
      vic_AgeWhenTrafficked: age(random),
      vic_Vulnerabilities: 'Addiction',
      cco_CaseComment: `spoke with ${name(random)}`,
    };
    const event = (type: string, country: string, city: string, date: string): Row => ({
      ...own,
      hte_Type: type,
      hte_Country: country,
      hte_City: city,
      hte_Date: date,
    });
    return [
      event('Exploitation', 'IN', pick(random, FAR), '2024-06-01'),
      event('Recruitment', 'NP', pick(random, TOWNS), '2024-03-01'),
      event('Transit', 'IN', 'Raxaul', '2024-03-05'),
    ];
  },
  faults: [
    {
      change: { hte_Type: 'Holiday' },
      column: 'hte_Type',
      wanted: 'one of Recruitment, Transit, Exploitation',
    },
    { change: { hte_Date: '2024-13-01' }, column: 'hte_Date', wanted: 'a day of the calendar' },
    { change: { hte_Country: 'Gulf Country' }, column: 'hte_Country', wanted: "one country's name or code" },
  ],
  correction: { vic_TraffickingStatus: 'ActualVictimOfTrafficking' },
};

const interviews: Form = {
  profile: 'victim-interview',
  id: 'interview_id',
  open: ['interview_id'],
  record: (random, id) => [
    {
      interview_id: id,
      interview_date: '2024-10-02',
      status: 'possible victim',
      interviewer: name(random),
      full_name: name(random),
      gender: sex(random),
      age: age(random),
      phone_contact: phone(random),
      home_address: `12 ${NOBODY} Road, ${pick(random, TOWNS)}, Nepal`,
      recruited_how: pick(random, ['friend', 'agency', 'social media']),
      recruiter_name: name(random),
      recruiter_phone: phone(random),
      left_home_date: day(random),
      left_from: pick(random, TOWNS),
      left_from_country: 'Nepal',
      travelled_by: pick(random, ['bus', 'train', 'foot']),
      crossing_place: 'Raxaul',
      exploitation: 'forced labour',
      exploitation_place: pick(random, FAR),
      vehicle_plate: `XX ${10 + random.int(90)} YY ${1_000 + random.int(9_000)}`,
      notes: `told of ${name(random)}`,
    },
  ],
  faults: [
    { change: { interview_date: '' }, column: 'interview_date', wanted: 'an answer' },
    { change: { status: 'perhaps' }, column: 'status', wanted: 'one of possible victim' },
    { change: { left_home_date: '03/04/2024' }, column: 'left_home_date', wanted: 'order (dmy or mdy)' },
  ],
  correction: { travelled_by: 'airplane' },
};

const caseForms: Form = {
  profile: 'case-form',
  id: 'case_number',
  open: ['case_number', 'location_name'],
  record: (random, id) => {
    const own = {
      case_number: id,
      form_date: '2024-10-03',
      full_name: name(random),
      gender: sex(random),
      age: age(random),
      home_address: `12 ${NOBODY} Road, ${pick(random, TOWNS)}, Nepal`,
      recruiter_name: name(random),
      vehicle_plate: `XX 11 YY ${1_000 + random.int(9_000)}`,
      vehicle_type: 'jeep',
      location_kind: 'hotel',
      location_name: 'Example Lodge',
      exploitation: 'sexual exploitation',
      notes: `see ${name(random)}`,
    };
    const leg = (order: string, kind: string, to: string, end: string, date: string): Row => ({
      ...own,
      leg_order: order,
      leg_kind: kind,
      leg_to: to,
      leg_ended_at: end,
      leg_date: date,
    });
    return [
      leg('2', 'foot', 'Raxaul', 'crossing', '2024-03-02'),
      leg('1', 'bus', 'Birgunj', 'transit', '2024-03-01'),
      leg('3', 'train', pick(random, FAR), 'exploitation', '2024-03-03'),
    ];
  },
  faults: [
    { change: { leg_order: '' }, column: 'leg_order', wanted: 'an answer' },
    { change: { leg_order: '1.5' }, column: 'leg_order', wanted: 'a whole number' },
    { change: { form_date: '1824-01-01' }, column: 'form_date', wanted: 'a year from 1900 on' },
  ],
  correction: { exploitation: 'begging' },
};

export const FORMS: readonly Form[] = [intercepts, cases, interviews, caseForms, suspects, locations];

export interface FormFile {
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  /** Row numbers of the file, from 1, whose record is refused, with the reason that is due. */
  readonly planted: readonly { readonly rows: readonly number[]; readonly fault: Fault }[];
}

/** `records` good ones, and each fault once, among them. The same seed writes the same file. */
export function formFile(form: Form, seed: number, records: number): FormFile {
  const random = stream(seed, form.profile);
  const told: { rows: readonly Row[]; fault: Fault | null }[] = [];
  for (let at = 0; at < records; at += 1)
    told.push({ rows: form.record(random, `EX${100 + at}`), fault: null });
  for (const [at, fault] of form.faults.entries()) {
    const [first = {}] = form.record(random, `EX${900 + at}`);
    told.splice(random.int(told.length), 0, { rows: [{ ...first, ...fault.change }], fault });
  }
  const rows: Row[] = [];
  const planted: { rows: readonly number[]; fault: Fault }[] = [];
  for (const { rows: its, fault } of told) {
    if (fault !== null) planted.push({ rows: its.map((_, at) => rows.length + at + 1), fault });
    rows.push(...its);
  }
  return { columns: [...new Set(rows.flatMap(Object.keys))], rows, planted };
}

export function cellsOf({
  columns,
  rows,
}: Pick<FormFile, 'columns' | 'rows'>): readonly (readonly string[])[] {
  return [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))];
}
