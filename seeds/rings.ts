/** The planted facilitators: phones, plates, agencies, houses and people that recur across owners, and look-alikes that do not count. */

export type FacilitatorKind = 'individual' | 'phone' | 'plate' | 'agency' | 'establishment';

export interface Facilitator {
  readonly id: string;
  readonly kind: FacilitatorKind;
  /** As usually written. */
  readonly value: string;
  /** Every way it is written, `value` included. */
  readonly spellings: readonly string[];
}

/** Members are drawn independently in each incident of the ring's corridors. */
export interface Ring {
  readonly id: string;
  readonly corridors: readonly string[];
  readonly individual: Facilitator;
  readonly phones: readonly Facilitator[];
  readonly plate: Facilitator;
  readonly agency: Facilitator;
  readonly establishment: Facilitator;
}

/** Something frequent and innocent, which a ranking by degree would put first. */
export interface Decoy {
  readonly kind: FacilitatorKind;
  readonly value: string;
  readonly why: string;
}

export const RINGS: readonly Ring[] = [
  ring(
    'a',
    '977',
    ['Bikram Kalpanik (demo)', 'Vikram Kalpanik (demo)', 'Bikram Kalpanic (demo)'],
    ['sindhupalchok-birgunj-mumbai', 'kaski-belahiya-dubai', 'kaski-birgunj-dubai'],
  ),
  ring(
    'b',
    '91',
    ['Laxmi Ashtitva (demo)', 'Lakshmi Astitwa (demo)', 'Laxmi Astitva (demo)'],
    ['jhapa-kakarbhitta-kolkata', 'satkhira-benapole-kolkata'],
  ),
  ring(
    'c',
    '66',
    ['Somchai Samutti (demo)', 'Somchay Samuti (demo)'],
    ['battambang-poipet-bangkok', 'khulna-benapole-mumbai'],
  ),
  ring(
    'd',
    '977',
    ['Shanta Banawati (demo)', 'Santa Banavati (demo)'],
    ['surkhet-nepalgunj-delhi', 'rolpa-nepalgunj-riyadh', 'okhaldhunga-kakarbhitta-doha'],
  ),
];

/** In about a third of one organisation's suspects of every corridor: its own usual ticket counter. */
export const COUNTER_PHONE = { organisation: 'lantern-line', phone: fictionalPhone('977', 999_999) };
/** Named in investigations of every corridor, because everybody passes through it. */
export const COMMON_PLACE = 'Fictional Central Bus Park';

export const DECOYS: readonly Decoy[] = [
  { kind: 'phone', value: COUNTER_PHONE.phone, why: 'recurs inside one owner only' },
  { kind: 'establishment', value: COMMON_PLACE, why: 'recurs everywhere, whatever the corridor' },
];

/** "+977 000 000123": no numbering plan gives out subscriber numbers after three zeros. */
export function fictionalPhone(countryCode: string, number: number): string {
  return `+${countryCode} 000 ${String(number).padStart(6, '0')}`;
}

/** All of them, in the rings' order. */
export function facilitators(): readonly Facilitator[] {
  return RINGS.flatMap((of) => [of.individual, ...of.phones, of.plate, of.agency, of.establishment]);
}

function ring(
  id: string,
  countryCode: string,
  spellings: readonly [string, ...string[]],
  corridors: readonly string[],
): Ring {
  const number = id.charCodeAt(0) - 'a'.charCodeAt(0) + 1;
  const member = (
    kind: FacilitatorKind,
    suffix: string,
    value: string,
    also = [value] as readonly string[],
  ) => ({
    id: `ring-${id}-${suffix}`,
    kind,
    value,
    spellings: also,
  });
  return {
    id: `ring-${id}`,
    corridors,
    individual: member('individual', 'individual', spellings[0], spellings),
    phones: [1, 2].map((nth) =>
      member('phone', `phone-${nth}`, fictionalPhone(countryCode, 900_000 + number * 10 + nth)),
    ),
    plate: member('plate', 'plate', `DEMO-9${number}00`, [`DEMO-9${number}00`, `demo 9${number}00`]),
    agency: member('agency', 'agency', `Fictional Overseas Placement ${number}`),
    establishment: member('establishment', 'house', `Fictional Guest House ${number}`),
  };
}
