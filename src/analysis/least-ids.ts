/** The first of many ids in the order of their texts, without a text for each of the others. */
import { compareIds, type IdTable, idText } from './id-table.ts';

/** Ids are told apart by their first bits: so many kinds of them are counted. */
const KINDS = 65_536;
const KIND_SHIFT = 16;

/** Distinct, ascending as their texts are; `most` of them at most. O(n + most log most) for n ids where ids are spread over their range, as random ones are. */
export function leastIds(table: IdTable, numbers: Int32Array, most: number): readonly string[] {
  return leastNumbers(table, distinct(numbers, table.size), most).map((number) => idText(table, number));
}

function leastNumbers(table: IdTable, numbers: Int32Array, most: number): number[] {
  const candidates = numbers.length <= most ? numbers : withLeastKinds(table, numbers, most);
  return [...candidates].sort((a, b) => compareIds(table, a, b)).slice(0, most);
}

/** All of the least kinds that hold `most` together. */
function withLeastKinds({ words }: IdTable, numbers: Int32Array, most: number): Int32Array {
  const ofKind = new Int32Array(KINDS);
  for (const number of numbers) ofKind[words[4 * number]! >>> KIND_SHIFT]! += 1;
  let [held, kinds] = [0, 0];
  while (held < most) held += ofKind[kinds++]!;
  return numbers.filter((number) => words[4 * number]! >>> KIND_SHIFT < kinds);
}

/** Fewer than a share of the table are told apart without a mark for each that is in it. */
const FEW = 16;

function distinct(numbers: Int32Array, size: number): Int32Array {
  if (numbers.length * FEW < size) return Int32Array.from(new Set(numbers));
  const isTold = new Uint8Array(size);
  return numbers.filter((number) => {
    if (isTold[number] === 1) return false;
    isTold[number] = 1;
    return true;
  });
}
