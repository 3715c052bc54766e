/** The places movements pass through, as numbered nodes: many ways of naming one place become one stage of a journey. */
import { normaliseLongitude } from '../../geo/antimeridian.ts';
import type { Position } from '../../geo/position.ts';
import type { PlaceLevel } from '../../kernel/vocabulary.ts';

export interface PlaceNode {
  /** Stable across runs; the caller resolves names to it. */
  readonly key: string;
  readonly label: string;
  /** The centre; null where the place has none (a country named, a place not found). */
  readonly position: Position | null;
  /** Alpha-3. */
  readonly country: string | null;
  /** Of a crossing point: the two countries it joins, alpha-3. It lies in neither: which side is meant, the way through it says. */
  readonly joins?: readonly [string, string];
  /** Radius of uncertainty around the centre; null when not known. */
  readonly radiusKm: number | null;
  readonly level: PlaceLevel;
}

/** Numbered nodes, from 0, each with a key of its own. */
export interface PlaceNodes {
  readonly size: number;
  node(number: number): PlaceNode;
}

/** Numbers nodes by key, from 0. A key given twice keeps the better-known form, whichever came first. */
export class PlaceGraph implements PlaceNodes {
  readonly #numbers = new Map<string, number>();
  readonly #nodes: PlaceNode[] = [];
  /** Of the very objects that were given: most are given many times. */
  readonly #given = new Map<PlaceNode, number>();

  get size(): number {
    return this.#nodes.length;
  }

  add(place: PlaceNode): number {
    const known = this.#given.get(place);
    if (known !== undefined) return known;
    const number = this.#number(place);
    this.#given.set(place, number);
    return number;
  }

  #number(place: PlaceNode): number {
    const node = place.position
      ? { ...place, position: [normaliseLongitude(place.position[0]), place.position[1]] as const }
      : place;
    const known = this.#numbers.get(node.key);
    if (known === undefined) {
      this.#numbers.set(node.key, this.#nodes.length);
      return this.#nodes.push(node) - 1;
    }
    if (isBetterKnown(node, this.#nodes[known]!)) this.#nodes[known] = node;
    return known;
  }

  /** Undefined where no place has the key. */
  numberOf(key: string): number | undefined {
    return this.#numbers.get(key);
  }

  node(number: number): PlaceNode {
    const node = this.#nodes[number];
    if (!node) throw new RangeError(`place graph: found node ${number}, wanted less than ${this.size}`);
    return node;
  }
}

/** With a position before without, then the smaller radius, then by content, so that the order of arrival never decides. */
function isBetterKnown(node: PlaceNode, other: PlaceNode): boolean {
  if ((node.position === null) !== (other.position === null)) return node.position !== null;
  const [radius, otherRadius] = [node.radiusKm ?? Infinity, other.radiusKm ?? Infinity];
  return radius !== otherRadius ? radius < otherRadius : JSON.stringify(node) < JSON.stringify(other);
}
