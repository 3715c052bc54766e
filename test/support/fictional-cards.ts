/** Invented suspect and location forms: one card a row. */
import { pick } from '../../seeds/draw.ts';
import type { Random } from '../../src/kernel/random.ts';
import { type Fault, type Form, NOBODY, name, phone, type Row, TOWNS } from './fictional-answers.ts';

const card = (random: Random, id: string): Row => ({
  card_id: id,
  card_date: '2024-10-04',
  source_type: pick(random, ['intercept', 'victim', 'police', 'open source']),
  source_name: name(random),
  interviewer: name(random),
  evaluation_interviewer: pick(random, ['definitely trafficked many', 'suspect trafficked', "don't believe"]),
  associations: `friend of ${name(random)}`,
  notes: `as ${name(random)} said`,
});

const cardFaults: readonly Fault[] = [
  { change: { source_type: 'hearsay' }, column: 'source_type', wanted: 'one of intercept' },
  { change: { card_date: 'March' }, column: 'card_date', wanted: 'a date with its year' },
];

export const suspects: Form = {
  profile: 'suspect-card',
  id: 'card_id',
  open: ['card_id', 'agency_name'],
  record: (random, id) => [
    {
      ...card(random, id),
      role: pick(random, ['recruiter', 'transporter', 'boss trafficker']),
      full_name: name(random),
      alias: NOBODY,
      address: `12 ${NOBODY} Road, Itahari`,
      phone_contact: phone(random),
      vehicle_plate: `XX 22 YY ${1_000 + random.int(9_000)}`,
      place: pick(random, TOWNS),
      agency_name: 'Example Overseas',
      arrested: 'no',
      needed_for_arrest: `a statement by ${name(random)}`,
    },
  ],
  faults: [...cardFaults, { change: { role: 'cousin' }, column: 'role', wanted: 'one of recruiter' }],
  correction: { role: 'master' },
};

export const locations: Form = {
  profile: 'location-card',
  id: 'card_id',
  open: ['card_id', 'agency_name', 'location_name'],
  record: (random, id) => [
    {
      ...card(random, id),
      place_use: pick(random, ['transit', 'meeting point', 'destination']),
      location_kind: 'guest house',
      location_name: 'Example Lodge',
      location_phone: phone(random),
      location_address: `12 ${NOBODY} Road`,
      location_place: pick(random, TOWNS),
      person_in_charge: name(random),
      free_to_go: 'no',
    },
  ],
  faults: [
    ...cardFaults,
    { change: { place_use: 'holiday' }, column: 'place_use', wanted: 'one of transit' },
  ],
  correction: { place_use: 'source of id' },
};
