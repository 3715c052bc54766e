/** A null model for pairs of ends: the same incidents, their destinations dealt again among them. */
import type { Random } from '../../kernel/random.ts';
import type { PairFlows } from './pair-flows.ts';

/** Exchanges a world, for each incident that can take part: with two, one in fifty keeps its destinations on the way to the hub and one in fifty on the way from it. */
const EXCHANGES = 2;

/**
 * All destinations of an incident go together, to an incident of the same shape (one of one pair to another of one pair, one of two origins and one destination to another of
 * that): every place keeps what it sends and what it gets. An exchange that would leave somebody where they began is not made. Worlds are steps of a chain that goes as
 * likely forth as back, each as far from a hub as the hub is from what was found: among them, what was found is one of many alike, whatever the number of steps (Besag & Clifford,
 * Biometrika 76, 1989).
 */
export class DealtDestinations {
  /** Incidents that have a shape of their own, and keep their destinations in every world. */
  readonly fixed: number;
  readonly #flows: PairFlows;
  readonly #random: Random;
  /** Incidents that can take part, those of one shape after one another. */
  readonly #incidents: Int32Array;
  /** For each of those, where its shape begins among them, and where it ends. */
  readonly #shapeFrom: Int32Array;
  readonly #shapeTo: Int32Array;
  readonly #hub: Int32Array;
  readonly #to: Int32Array;

  constructor(flows: PairFlows, random: Random) {
    this.#flows = flows;
    this.#random = random;
    const shapes = new Map<string, number[]>();
    for (let incident = 0; incident + 1 < flows.starts.length; incident += 1) {
      const shape = shapeOf(flows, incident);
      const alike = shapes.get(shape);
      if (alike) alike.push(incident);
      else shapes.set(shape, [incident]);
    }
    const moving = [...shapes.values()].filter((alike) => alike.length > 1);
    this.#incidents = Int32Array.from(moving.flat());
    this.fixed = flows.starts.length - 1 - this.#incidents.length;
    this.#shapeFrom = new Int32Array(this.#incidents.length);
    this.#shapeTo = new Int32Array(this.#incidents.length);
    let from = 0;
    for (const { length } of moving) {
      this.#shapeFrom.fill(from, from, from + length);
      this.#shapeTo.fill(from + length, from, from + length);
      from += length;
    }
    this.#to = flows.to.slice();
    this.#exchange();
    this.#hub = this.#to.slice();
  }

  /** The destination of each flow in one more world; good until the next is asked for. */
  deal(): Int32Array {
    this.#to.set(this.#hub);
    this.#exchange();
    return this.#to;
  }

  #exchange(): void {
    const { starts, from, samePlace } = this.#flows;
    const to = this.#to;
    const taking = this.#incidents.length;
    for (let step = EXCHANGES * taking; step > 0; step -= 1) {
      const at = this.#random.int(taking);
      const first = this.#shapeFrom[at]!;
      const other = this.#incidents[first + this.#random.int(this.#shapeTo[at]! - first)]!;
      const one = this.#incidents[at]!;
      const length = starts[one + 1]! - starts[one]!;
      const [a, b] = [starts[one]!, starts[other]!];
      let stays = false;
      for (let i = 0; i < length; i += 1) {
        if (samePlace[from[a + i]!] === to[b + i] || samePlace[from[b + i]!] === to[a + i]) stays = true;
      }
      if (stays) continue;
      for (let i = 0; i < length; i += 1) {
        const held = to[a + i]!;
        to[a + i] = to[b + i]!;
        to[b + i] = held;
      }
    }
  }
}

/** Which of its pairs share an origin, and which a destination. */
function shapeOf({ starts, from, to }: PairFlows, incident: number): string {
  const [origins, destinations] = [new Map<number, number>(), new Map<number, number>()];
  const numberIn = (numbers: Map<number, number>, place: number): number => {
    if (!numbers.has(place)) numbers.set(place, numbers.size);
    return numbers.get(place)!;
  };
  let shape = '';
  for (let flow = starts[incident]!; flow < starts[incident + 1]!; flow += 1)
    shape += `${numberIn(origins, from[flow]!)}-${numberIn(destinations, to[flow]!)} `;
  return shape;
}
