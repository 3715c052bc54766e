/** `npm run bench:matching [SELECTORS ASKED]`: the oblivious intersection of two lists equals the plain one, and takes so long. */
import { randomBytes } from 'node:crypto';
import { seededRandom } from '../src/kernel/random.ts';
import { evaluateBlindedApart, evaluateKnownApart } from '../src/sharing/matching/evaluate-work.ts';
import { blindInput, obliviousKey, selectorInput, unblindAll } from '../src/sharing/matching/oblivious.ts';
import { hitsIn, tokenSet } from '../src/sharing/matching/token-set.ts';

const [owned = 100_000, asked = 1_000] = process.argv.slice(2).map(Number);
const random = seededRandom(33);
/** As many numbers as make one in ten of those asked for known. */
const number = (): string => `+9779${random.int(owned * 10)}`;
const ours = [...drawn(owned)];
const theirs = [...drawn(asked)];
const known = new Set(ours);
const plain = theirs.filter((value) => known.has(value)).toSorted();

let at = performance.now();
const key = obliviousKey(randomBytes(32), 'bench');
const outputs = await evaluateKnownApart(key.secretKey, inputsOf(ours));
lap(`the hub evaluates ${ours.length} selectors of the owner, once`);
const salt = randomBytes(16);
const set = tokenSet(outputs, salt, randomBytes);
lap(
  `makes a set of ${set.length / 16} tokens of them (${(set.length / 1e6).toFixed(1)} MB), for each answer`,
);
const blinded = inputsOf(theirs).map(blindInput);
lap(`the partner blinds ${theirs.length} selectors`);
const told = await evaluateBlindedApart(
  key,
  blinded.map((each) => each.blinded),
);
lap('the hub evaluates them blindly, with one proof');
if (told === null) throw new Error('a point that was blinded is none');
const unblinded = unblindAll(blinded, told, key.publicKey);
lap('the partner checks the proof and unblinds');
const found = hitsIn(set, salt, unblinded)
  .map((place) => theirs[place] as string)
  .toSorted();
lap('and looks its outputs up in the set');

const equal = JSON.stringify(found) === JSON.stringify(plain);
console.log(
  `${found.length} hits, ${plain.length} in the plain intersection: ${equal ? 'equal' : 'NOT EQUAL'}`,
);
if (!equal || plain.length === 0) process.exitCode = 1;

function drawn(count: number): ReadonlySet<string> {
  const values = new Set<string>();
  while (values.size < count) values.add(number());
  return values;
}

function inputsOf(values: readonly string[]): readonly Uint8Array[] {
  return values.map((value) => selectorInput('phone', value));
}

function lap(what: string): void {
  const now = performance.now();
  console.log(`${((now - at) / 1000).toFixed(2).padStart(8)} s  ${what}`);
  at = now;
}
