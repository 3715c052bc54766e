/** A null model for pairs of ends: the same incidents, their destinations dealt again among them. */
import type { Random } from '../../kernel/random.ts';
import type { PairFlows } from './pair-flows.ts';

/** Every incident that can take part is offered an exchange once a world; few incidents more often, until there were so many offers. */
const FEWEST_OFFERS = 500;

/**
 * All destinations of an incident go together, to an incident of the same shape (one of one pair to another of one pair, one of two origins and one destination to another of
 * that): every place keeps what it sends and what it gets. An exchange that would leave somebody where they began is not made. From what was found one round of exchanges leads to a hub, and from the
 * hub each world is one round the other way: among those worlds what was found is one of many alike, however few exchanges a round has (Besag & Clifford, Biometrika 76, 1989).
 */
export class DealtDestinations {
  readonly #starts: Int32Array;
  /** Of each flow, the destination that is the place it began in, or -1. */
  readonly #home: Int32Array;
  readonly #random: Random;
  /** Incidents that can take part, those of one shape after one another. One that has a shape of its own keeps its destinations. */
  readonly #incidents: Int32Array;
  /** For each of those, where its shape begins among them, and where it ends. */
  readonly #shapeFrom: Int32Array;
  readonly #shapeTo: Int32Array;
  readonly #hub: Int32Array;
  readonly #to: Int32Array;

  constructor(flows: PairFlows, random: Random) {
    this.#starts = flows.starts;
    this.#home = flows.from.map((origin) => flows.samePlace[origin]!);
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
    this.#shapeFrom = new Int32Array(this.#incidents.length);
    this.#shapeTo = new Int32Array(this.#incidents.length);
    let from = 0;
    for (const { length } of moving) {
      this.#shapeFrom.fill(from, from, from + length);
      this.#shapeTo.fill(from + length, from, from + length);
      from += length;
    }
    this.#to = flows.to.slice();
    this.#round(-1);
    this.#hub = this.#to.slice();
  }

  /** The destination of each flow in one more world; good until the next is asked for. */
  deal(): Int32Array {
    this.#to.set(this.#hub);
    this.#round(1);
    return this.#to;
  }

  /** Offers each incident an exchange with any of its shape, in order or backwards: an exchange is as likely as its undoing. */
  #round(direction: 1 | -1): void {
    const taking = this.#incidents.length;
    for (let sweep = taking > 0 ? Math.ceil(FEWEST_OFFERS / taking) : 0; sweep > 0; sweep -= 1) {
      for (let step = 0; step < taking; step += 1) {
        const at = direction > 0 ? step : taking - 1 - step;
        const first = this.#shapeFrom[at]!;
        const other = first + this.#random.int(this.#shapeTo[at]! - first);
        this.#exchange(this.#incidents[at]!, this.#incidents[other]!);
      }
    }
  }

  #exchange(one: number, other: number): void {
    const [home, to] = [this.#home, this.#to];
    const a = this.#starts[one]!;
    const b = this.#starts[other]!;
    const length = this.#starts[one + 1]! - a;
    for (let i = 0; i < length; i += 1) if (home[a + i] === to[b + i] || home[b + i] === to[a + i]) return;
    for (let i = 0; i < length; i += 1) {
      const held = to[a + i]!;
      to[a + i] = to[b + i]!;
      to[b + i] = held;
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
