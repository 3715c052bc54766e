/** A PDF that only shows pages: nothing that runs, opens or fetches, no files in it, nothing after its end, and nothing that cannot be looked through. */
import { inflateSync } from 'node:zlib';

/** Names of actions and parts that do something else than show. A name may be written with #xx for any of its letters. */
const ACTIVE =
  /\/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia(?:Execute)?|SubmitForm|ImportData|GoTo[RE]|XFA|Rendition|Movie|Sound)(?![A-Za-z0-9_])/;
/** Long enough that chance does not spell them in the bytes of a picture. */
const ACTIVE_ANYWHERE =
  /\/(?:JavaScript|EmbeddedFiles?|RichMedia|SubmitForm|ImportData|Launch|Rendition)(?![A-Za-z0-9_])/;
const NOT_READ = 'a PDF of which parts cannot be looked through';
/** A page or the tables of a file come to kilobytes; what unpacks to more is no document. */
const MOST_UNPACKED = 64 * 1_048_576;
const END_WITHIN = 1_024;
const TOO_MUCH = Symbol('more than is looked through');

export function faultOfPdf(bytes: Buffer): string | null {
  const text = bytes.toString('latin1');
  if (!/^%PDF-[12]\.\d/.test(text)) return 'a PDF without its version';
  const end = text.lastIndexOf('%%EOF');
  if (end === -1 || end < text.length - END_WITHIN)
    return 'a PDF without its end, or with something after it';
  if (!/^[\s\0]*$/.test(text.slice(end + 5))) return 'a PDF with something after its end';
  const around = withoutStreams(text);
  const plain = named(around);
  if (/\/Encrypt(?![A-Za-z0-9_])/.test(plain))
    return 'a PDF that is locked, so that it cannot be looked through';
  const active = ACTIVE.exec(plain) ?? ACTIVE_ANYWHERE.exec(named(text));
  if (active !== null) return told(active);
  return faultOfStreams(bytes, text);
}

/** Objects may lie packed in streams: those are unpacked and looked through likewise. */
function faultOfStreams(bytes: Buffer, text: string): string | null {
  let unpacked = 0;
  for (const { head, from, to } of streamsOf(text)) {
    const dictionary = named(head);
    // A picture is not looked through; what names where objects begin in it is none.
    const holdsObjects = /\/ObjStm(?![A-Za-z])|\/First(?![A-Za-z])/.test(dictionary);
    if (!holdsObjects && /\/Subtype\s*\/Image(?![A-Za-z])/.test(dictionary)) continue;
    const filters = [...dictionary.matchAll(/\/(\w+Decode|Fl|LZW|AHx|A85|RL|Crypt)(?!\w)/g)].map(
      ([, name]) => name,
    );
    if (filters.length === 0) {
      if (holdsObjects && ACTIVE.test(named(text.slice(from, to))))
        return told(ACTIVE.exec(named(text.slice(from, to))));
      continue;
    }
    const flateAlone = filters.length === 1 && (filters[0] === 'FlateDecode' || filters[0] === 'Fl');
    if (holdsObjects && (!flateAlone || /\/(?:DecodeParms|DP)(?![A-Za-z])/.test(dictionary))) return NOT_READ;
    if (!flateAlone) continue;
    const content = inflated(bytes.subarray(from, to), MOST_UNPACKED - unpacked);
    if (content === TOO_MUCH) return 'a PDF that unpacks to more than is looked through';
    if (content === null) {
      if (holdsObjects) return NOT_READ;
      continue;
    }
    unpacked += content.length;
    const active = (holdsObjects ? ACTIVE : ACTIVE_ANYWHERE).exec(named(content));
    if (active !== null) return told(active);
  }
  return null;
}

const told = (found: RegExpExecArray | null): string =>
  `a PDF with ${found?.[0].slice(1) ?? 'actions'} in it`;

interface Stream {
  /** The dictionary before it. */
  readonly head: string;
  readonly from: number;
  readonly to: number;
}

const MOST_HEAD = 4_096;

function* streamsOf(text: string): Generator<Stream> {
  const begin = /(?<!end)stream\r?\n/g;
  for (let match = begin.exec(text); match !== null; match = begin.exec(text)) {
    const from = match.index + match[0].length;
    const end = text.indexOf('endstream', from);
    const to = end === -1 ? text.length : end;
    const opened = text.lastIndexOf(' obj', match.index);
    yield { head: text.slice(Math.max(opened, match.index - MOST_HEAD, 0), match.index), from, to };
    begin.lastIndex = to;
  }
}

function withoutStreams(text: string): string {
  const kept: string[] = [];
  let at = 0;
  for (const { from, to } of streamsOf(text)) {
    kept.push(text.slice(at, from));
    at = to;
  }
  return [...kept, text.slice(at)].join('\n');
}

/** Names with their letters in the clear. */
const named = (text: string): string =>
  text.replace(/#([0-9A-Fa-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

/** Null where it is not packed so. */
function inflated(bytes: Buffer, most: number): string | typeof TOO_MUCH | null {
  try {
    // What was cut still opens as far as it goes.
    return inflateSync(bytes, { finishFlush: 2, maxOutputLength: Math.max(most, 1) }).toString('latin1');
  } catch (error) {
    return (error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE' ? TOO_MUCH : null;
  }
}
