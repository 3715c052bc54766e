/** Named columns of numbers in one run of bytes, read back without copying: how the gazetteer is kept so that opening it costs no heap. */

export type Section = Uint8Array | Uint16Array | Uint32Array | Float64Array;

/** Changes whenever the layout below does. */
const MAGIC = 'HWATLAS1';
/** Typed arrays must begin at a multiple of their element's size; 8 suits them all. */
const ALIGNMENT = 8;

const KINDS = { Uint8Array, Uint16Array, Uint32Array, Float64Array } as const;
type Kind = keyof typeof KINDS;

interface Entry {
  readonly name: string;
  readonly kind: Kind;
  /** Bytes from the end of the header. */
  readonly offset: number;
  /** Elements. */
  readonly length: number;
}

/** Magic, length of the header, header (JSON), then the columns, each aligned. Numbers are little-endian, as on every machine Node runs on here. */
export function packSections(sections: Readonly<Record<string, Section>>): Uint8Array<ArrayBuffer> {
  const entries: Entry[] = [];
  let end = 0;
  for (const [name, section] of Object.entries(sections)) {
    entries.push({ name, kind: section.constructor.name as Kind, offset: end, length: section.length });
    end = aligned(end + section.byteLength);
  }
  const header = Buffer.from(JSON.stringify(entries));
  const start = aligned(MAGIC.length + 4 + header.length);
  const bytes = new Uint8Array(start + end);
  bytes.set(Buffer.from(MAGIC), 0);
  new DataView(bytes.buffer).setUint32(MAGIC.length, header.length, true);
  bytes.set(header, MAGIC.length + 4);
  for (const [i, section] of Object.values(sections).entries()) {
    bytes.set(
      new Uint8Array(section.buffer, section.byteOffset, section.byteLength),
      start + (entries[i]?.offset ?? 0),
    );
  }
  return bytes;
}

/** The columns by name, views on the same bytes. A file that is not one of ours, or is cut short, throws. */
export class Sections {
  readonly #found = new Map<string, Section>();

  constructor(bytes: Uint8Array) {
    const whole =
      bytes.byteOffset % ALIGNMENT === 0 && bytes.buffer instanceof ArrayBuffer
        ? (bytes as Uint8Array<ArrayBuffer>)
        : new Uint8Array(bytes);
    const magic = Buffer.from(whole.subarray(0, MAGIC.length)).toString('latin1');
    if (magic !== MAGIC) throw damaged(`it begins with ${JSON.stringify(magic)}, wanted ${MAGIC}`);
    const { buffer, byteOffset, byteLength } = whole;
    const size = new DataView(buffer, byteOffset).getUint32(MAGIC.length, true);
    const start = aligned(MAGIC.length + 4 + size);
    const header = Buffer.from(whole.subarray(MAGIC.length + 4, MAGIC.length + 4 + size)).toString('utf8');
    for (const { name, kind, offset, length } of JSON.parse(header) as Entry[]) {
      const Column = KINDS[kind];
      if (start + offset + length * Column.BYTES_PER_ELEMENT > byteLength) {
        throw damaged(`its ${byteLength} bytes end before the column ${name}`);
      }
      this.#found.set(name, new Column(buffer, byteOffset + start + offset, length));
    }
  }

  bytes(name: string): Uint8Array {
    return this.#column(name, Uint8Array);
  }
  shorts(name: string): Uint16Array {
    return this.#column(name, Uint16Array);
  }
  numbers(name: string): Uint32Array {
    return this.#column(name, Uint32Array);
  }
  doubles(name: string): Float64Array {
    return this.#column(name, Float64Array);
  }

  #column<Column extends Section>(name: string, kind: new () => Column): Column {
    const found = this.#found.get(name);
    if (!(found instanceof kind)) throw damaged(`it has no column ${name} of ${kind.name}`);
    return found;
  }
}

function aligned(size: number): number {
  return Math.ceil(size / ALIGNMENT) * ALIGNMENT;
}

function damaged(what: string): Error {
  return new Error(`the packed gazetteer cannot be read: ${what}`);
}
