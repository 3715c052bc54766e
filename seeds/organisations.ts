/** Five organisations that do not exist, each sending what an organisation of its kind can export. */

export type DemoProfile = 'border-intercept' | 'staffing' | 'demo-investigation' | 'interdictions';

export interface DemoOrganisation {
  readonly slug: string;
  readonly name: string;
  /** Where it works, alpha-3. */
  readonly countries: readonly string[];
  readonly sends: readonly DemoProfile[];
  /** One of them exports free-text case notes too, as some do: the hub must keep them in the vault. */
  readonly exportsCaseNotes: boolean;
}

export const DEMO_ORGANISATIONS: readonly DemoOrganisation[] = [
  {
    slug: 'lantern-line',
    name: 'Lantern Line (fictional)',
    countries: ['NPL'],
    sends: ['border-intercept', 'staffing', 'interdictions'],
    exportsCaseNotes: false,
  },
  {
    slug: 'terai-watch',
    name: 'Terai Watch (fictional)',
    countries: ['NPL'],
    sends: ['border-intercept', 'staffing', 'demo-investigation', 'interdictions'],
    exportsCaseNotes: true,
  },
  {
    slug: 'rain-gate',
    name: 'Rain Gate Network (fictional)',
    countries: ['KHM', 'THA'],
    sends: ['border-intercept', 'staffing', 'demo-investigation'],
    exportsCaseNotes: false,
  },
  {
    slug: 'delta-lights',
    name: 'Delta Lights (fictional)',
    countries: ['BGD'],
    sends: ['border-intercept', 'staffing', 'demo-investigation'],
    exportsCaseNotes: false,
  },
  {
    slug: 'harbour-lamp',
    name: 'Harbour Lamp Helpline (fictional)',
    countries: ['IND', 'ARE'],
    sends: ['demo-investigation'],
    exportsCaseNotes: false,
  },
];

export interface DemoAgreement {
  readonly name: string;
  readonly template: 'full_record' | 'pseudonymous';
  /** Who shows, and to whom, by slug. */
  readonly givers: readonly string[];
  readonly receiver: string;
}

/**
 * Who shows what to whom. The helpline works where the journeys end and sees how they began: it is where questions over several
 * organisations are tried. Lantern Line sees its neighbour's records coarsened; all others see their own only.
 */
export const DEMO_AGREEMENTS: readonly DemoAgreement[] = [
  {
    name: 'Where journeys end',
    template: 'full_record',
    givers: ['delta-lights', 'lantern-line', 'rain-gate', 'terai-watch'],
    receiver: 'harbour-lamp',
  },
  { name: 'Terai corridor', template: 'pseudonymous', givers: ['terai-watch'], receiver: 'lantern-line' },
];
