/** Answers that the interview and the older case form share: the words on paper, and the hub's words for them. */
import type { Exploitation, Mode, PersonStatus } from '../../../kernel/vocabulary.ts';

export const INTERVIEW_STATUSES: Record<string, PersonStatus> = {
  'possible victim': 'possible_victim',
  possible_victim: 'possible_victim',
  PVOT: 'possible_victim',
  PV: 'possible_victim',
  victim: 'victim',
  'not a victim': 'not_a_victim',
  not_a_victim: 'not_a_victim',
};

export const MODES_OF_TRAVEL: Record<string, Mode> = {
  bus: 'bus',
  train: 'train',
  'private vehicle': 'private_vehicle',
  private_vehicle: 'private_vehicle',
  car: 'private_vehicle',
  taxi: 'private_vehicle',
  motorcycle: 'private_vehicle',
  airplane: 'air',
  plane: 'air',
  air: 'air',
  boat: 'sea',
  ship: 'sea',
  sea: 'sea',
  foot: 'foot',
  walking: 'foot',
  mixed: 'mixed',
};

export const RECRUITED_HOW: string[] = [
  'family member',
  'friend',
  'neighbour',
  'agency',
  'broker',
  'social media',
  'advertisement',
  'marriage proposal',
  'boyfriend or husband',
  'met on the way',
  'abduction',
  'sold',
  'other',
  'unknown',
];

export const EXPENSES: string[] = [
  'self',
  'family',
  'loan',
  'recruiter',
  'employer',
  'agency',
  'debt to be worked off',
  'other',
  'unknown',
];

export const PROMISED_WORK: string[] = [
  'agriculture',
  'beauty parlour',
  'care work',
  'cleaning',
  'construction',
  'dance bar',
  'domestic work',
  'driving',
  'education',
  'factory work',
  'hotel work',
  'marriage',
  'massage parlour',
  'office work',
  'restaurant work',
  'security guard',
  'sex work',
  'tourism',
  'no promise',
  'other',
  'unknown',
];

/** `column` is the one that names the kind. */
export function kindsOfExploitation(column: string) {
  const map: Record<string, Exploitation> = {
    'sexual exploitation': 'sexual',
    'sex work': 'sexual',
    sexual: 'sexual',
    'forced labour': 'labour',
    'forced labor': 'labour',
    labour: 'labour',
    'domestic servitude': 'domestic_servitude',
    domestic_servitude: 'domestic_servitude',
    'forced marriage': 'forced_marriage',
    forced_marriage: 'forced_marriage',
    'organ removal': 'organ_removal',
    organ_removal: 'organ_removal',
    begging: 'begging',
    'forced crime': 'criminal',
    criminal: 'criminal',
    other: 'other',
  };
  return { column, map, otherwise: 'unknown' as const };
}

/** A possible victim's own word is first hand and cannot be judged by the form alone; how sure the interviewer is says how credible it is. */
export const interviewGrades = {
  reliability: { constant: 'C' as const },
  credibility: {
    column: 'how_sure',
    map: { '5': 2 as const, '4': 3 as const, '3': 3 as const, '2': 4 as const, '1': 5 as const },
    otherwise: 6 as const,
  },
};

export const ageAndSex = {
  sex: {
    column: 'gender',
    map: {
      F: 'female' as const,
      Female: 'female' as const,
      M: 'male' as const,
      Male: 'male' as const,
      Other: 'other' as const,
    },
    otherwise: 'unknown' as const,
  },
  age: { column: 'age', min: 0, max: 120, onWrong: 'note' as const },
};

export const recruiter = {
  kind: { constant: 'individual' as const },
  role: {
    column: 'recruiter_role',
    map: {
      recruiter: 'recruiter',
      broker: 'broker',
      agent: 'broker',
      transporter: 'transporter',
      host: 'host',
      'family member': 'family_member',
      friend: 'friend',
    },
    otherwise: 'recruiter',
  },
  label: 'Recruiter',
  selectors: [
    { kind: 'name', value: { column: 'recruiter_name' } },
    { kind: 'phone', value: { column: 'recruiter_phone' }, split: ';' },
  ],
  personal: { fullName: { column: 'recruiter_name' }, phone: { column: 'recruiter_phone' } },
};

export const vehicle = {
  kind: { constant: 'vehicle' as const },
  role: { constant: 'transport' },
  label: 'Vehicle',
  selectors: [{ kind: 'plate', value: { column: 'vehicle_plate' }, split: ';' }],
};

export const VEHICLE_TYPES: string[] = [
  'bus',
  'car',
  'jeep',
  'motorcycle',
  'rickshaw',
  'taxi',
  'truck',
  'van',
  'boat',
  'other',
];
