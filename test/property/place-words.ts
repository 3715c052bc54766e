/** What invented words mean to an organisation that decides, learns and undoes: a naive model, and the hub's own acts beside it. */
import type { Viewer } from '../../src/access/viewer.ts';
import type { Random } from '../../src/kernel/random.ts';
import type { TestHub } from '../support/test-hub.ts';
import { decide, placeNamed, takeBack } from '../support/told-places.ts';

/** No gazetteer knows them; each is one name in two spellings, and each spelling a reference of its own. */
const NAMES = ['Blorptangwicz', 'Quazzelby', 'Vrinterhoekz'];
export const SPELLINGS: readonly string[] = NAMES.flatMap((name) => [name, name.toUpperCase()]);
const nameOf = (spelling: string): string => spelling.toLowerCase();

/** Towns inland and at the border, on both sides; null: no place. */
const TOWNS = [
  ['Kathmandu', 'NPL'],
  ['Birgunj', 'NPL'],
  ['Raxaul', 'IND'],
  ['Lucknow', 'IND'],
] as const;

export interface Meaning {
  /** null: no place, or nothing known. */
  readonly town: string | null;
  readonly country: string | null;
}

const NOTHING: Meaning = { town: null, country: null };

interface Decision {
  readonly act: number;
  readonly meaning: Meaning;
}

interface Change {
  readonly spelling: string;
  readonly before: Meaning;
  readonly after: Meaning;
}

export class PlaceWords {
  /** Decisions that stand of each reference there is, the latest last. */
  readonly #references = new Map<string, Decision[]>();
  readonly #aliases = new Map<string, Decision>();
  readonly #ids = new Map<string, string>();
  readonly #states = new Map<string, number>();
  #acts = 0;

  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  /** What the word means to a report that says it now; a reference that is new means what was learnt. */
  mention(spelling: string): Meaning {
    if (!this.#references.has(spelling)) {
      const learnt = this.#aliases.get(nameOf(spelling));
      this.#references.set(spelling, learnt === undefined ? [] : [learnt]);
      this.#states.set(spelling, learnt === undefined ? 1 : 2);
    }
    return this.#meaning(spelling);
  }

  /** The hub's id of the word's reference, which never changes. */
  identify(spelling: string, id: string): void {
    const known = this.#ids.get(spelling) ?? id;
    if (known !== id) throw new Error(`${spelling} is two references`);
    this.#ids.set(spelling, id);
  }

  /** A decision or an undo, of any word that was said. Says what changed. */
  async act(hub: TestHub, viewer: Viewer): Promise<readonly Change[]> {
    const known = [...this.#references.keys()];
    const spelling = known[this.#random.int(known.length)];
    if (spelling === undefined) return [];
    const before = new Map(known.map((each) => [each, this.#meaning(each)]));
    const id = this.#ids.get(spelling) as string;
    const state = this.#states.get(spelling) as number;
    const standing = this.#references.get(spelling)?.at(-1);
    if (standing !== undefined && this.#random.int(2) === 0) {
      const undone = await takeBack(hub, viewer, id, state);
      if (undone.reasons) throw new Error(JSON.stringify(undone.reasons));
      this.#undo(standing.act);
    } else {
      const drawn = TOWNS[this.#random.int(TOWNS.length + 1)];
      const learn = this.#random.int(2) === 0;
      const meant =
        drawn === undefined
          ? { notAPlace: true }
          : { placeId: await placeNamed(hub, viewer, drawn[0], 'LOCALITY', drawn[1]) };
      const decided = await decide(hub, viewer, { id, state }, { ...meant, learn });
      if (decided.reasons) throw new Error(JSON.stringify(decided.reasons));
      this.#decide(spelling, drawn === undefined ? NOTHING : { town: drawn[0], country: drawn[1] }, learn);
    }
    return known.map((each) => ({
      spelling: each,
      before: before.get(each) as Meaning,
      after: this.#meaning(each),
    }));
  }

  #meaning(spelling: string): Meaning {
    return this.#references.get(spelling)?.at(-1)?.meaning ?? NOTHING;
  }

  #decide(spelling: string, meaning: Meaning, learn: boolean): void {
    this.#acts += 1;
    const decision = { act: this.#acts, meaning };
    const name = nameOf(spelling);
    for (const [each, standing] of this.#references) {
      const alike = learn && nameOf(each) === name && standing.length === 0;
      if (each === spelling || alike) this.#put(each, [...standing, decision]);
    }
    if (learn) this.#aliases.set(name, decision);
  }

  /** With everything decided along with it of which nothing later stands. */
  #undo(act: number): void {
    for (const [each, standing] of this.#references)
      if (standing.at(-1)?.act === act) this.#put(each, standing.slice(0, -1));
    for (const [name, learnt] of this.#aliases) if (learnt.act === act) this.#aliases.delete(name);
  }

  #put(spelling: string, standing: Decision[]): void {
    this.#references.set(spelling, standing);
    this.#states.set(spelling, (this.#states.get(spelling) as number) + 1);
  }
}
