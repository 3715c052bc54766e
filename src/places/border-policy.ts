/**
 * Where borders are disputed, which country a place counts to is a policy, stated here and passed as an
 * argument.
 */
import type { Position } from '../geo/position.ts';

/**
 * How to read the two packages that know borders. country-coder (points) and Natural Earth (lines) both draw
 * who is in control on the ground; a policy overrides them where an organisation counts otherwise.
 */
export interface BorderPolicy {
  /** Stored with what was derived under it. */
  readonly name: string;
  /** country-coder's area id (Wikidata or ISO alpha-2) → alpha-3, or null for "of no country". */
  readonly areas: Readonly<Record<string, string | null>>;
  /**
   * Areas country-coder has no shape of: what lies in the ring and is coded `from` counts to `to`. Planar,
   * closed or not.
   */
  readonly rings: readonly {
    readonly from: string;
    readonly to: string;
    readonly ring: readonly Position[];
  }[];
  /**
   * Natural Earth's shapes without an ISO number, by its name → alpha-3, or null: such a shape has no land
   * border.
   */
  readonly shapes: Readonly<Record<string, string | null>>;
}

const SHAPES_WITHOUT_NUMBER: BorderPolicy['shapes'] = {
  Kosovo: 'XKX',
  Somaliland: 'SOM',
  'N. Cyprus': 'CYP',
  'Cyprus U.N. Buffer Zone': 'CYP',
  Akrotiri: 'GBR',
  Dhekelia: 'GBR',
  Baikonur: 'KAZ',
  'USNB Guantanamo Bay': 'CUB',
  'Siachen Glacier': null,
};

/**
 * As the packages draw it: Crimea counts to Russia, Western Sahara west of the berm to Morocco. Northern
 * Cyprus, which has no ISO code, counts to Cyprus. Use it where what matters is who guards the crossing.
 */
export const ON_THE_GROUND: BorderPolicy = {
  name: 'on-the-ground/1',
  areas: { Q23681: 'CYP', Q620634: null },
  rings: [],
  shapes: SHAPES_WITHOUT_NUMBER,
};

/**
 * The default: as the United Nations' General Assembly and statistics count. Crimea counts to Ukraine
 * (resolution 68/262), Western Sahara is itself (non-self-governing territory; its border with Morocco is the
 * parallel 27°40′N), Northern Cyprus counts to Cyprus (Security Council resolution 541). Kosovo keeps a code
 * of its own, XKX, without prejudice to its status (resolution 1244). The Golan and East Jerusalem are read
 * as country-coder draws them, because no package gives their outline.
 */
export const UNITED_NATIONS: BorderPolicy = {
  name: 'united-nations/1',
  areas: { Q7835: 'UKR', Q23681: 'CYP', Q620634: null },
  rings: [
    {
      from: 'MAR',
      to: 'ESH',
      ring: [
        [-20, 20],
        [-8.66, 20],
        [-8.66, 27.6667],
        [-20, 27.6667],
      ],
    },
  ],
  shapes: SHAPES_WITHOUT_NUMBER,
};

export const DEFAULT_BORDER_POLICY = UNITED_NATIONS;
