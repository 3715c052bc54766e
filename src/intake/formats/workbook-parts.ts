/** What a workbook says beside its sheets: their names, the formats of numbers, and the texts that cells share. */
import { StringDecoder } from 'node:string_decoder';
import sax from 'sax';
import { type NumberFormat, numberFormat } from './number-formats.ts';
import { badInput, damaged, tooLarge, WORKBOOK_LIMITS, type ZipParts } from './zip-parts.ts';

export interface Workbook {
  /** The sheet's name, as its tab shows it. */
  readonly sheet: string;
  readonly part: string;
  readonly from1904: boolean;
  /** By a cell's style. */
  readonly formats: readonly NumberFormat[];
  readonly texts: readonly string[];
}

/** More texts than this, however short, take more memory than their bytes. */
const MOST_TEXTS = 4_000_000;

export interface XmlVisitor {
  readonly open?: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly text?: (text: string) => void;
  readonly close?: (name: string) => void;
}

/** Streams XML through a visitor: names come without their prefix. Throws BAD_INPUT for what is no plain XML; entities are not followed. */
export async function* visitXml(
  pieces: AsyncIterable<Uint8Array>,
  visitor: XmlVisitor,
): AsyncGenerator<undefined> {
  const parser = sax.parser(true, { position: false });
  parser.onerror = (error) => {
    throw damaged(error);
  };
  parser.ondoctype = () => {
    throw badInput(
      'a workbook part with declarations of its own',
      'a workbook as a spreadsheet program saves it',
    );
  };
  parser.onopentag = ({ name, attributes }) =>
    visitor.open?.(localName(name), attributes as Record<string, string>);
  parser.ontext = (text) => visitor.text?.(text);
  parser.oncdata = (text) => visitor.text?.(text);
  parser.onclosetag = (name) => visitor.close?.(localName(name));
  const decoder = new StringDecoder('utf8');
  for await (const piece of pieces) {
    parser.write(decoder.write(piece));
    yield undefined;
  }
  parser.write(decoder.end()).close();
  yield undefined;
}

/** `name` null: the first sheet that is not hidden. Throws BAD_INPUT, naming the sheets there are, when there is none of the name. */
export async function readWorkbook(parts: ZipParts, name: string | null): Promise<Workbook> {
  if (!parts.has('xl/workbook.xml')) throw notAWorkbook(parts);
  const sheets: { name: string; hidden: boolean; relation: string }[] = [];
  let from1904 = false;
  await visitAll(parts, 'xl/workbook.xml', {
    open: (tag, attributes) => {
      if (tag === 'workbookPr') from1904 = ['1', 'true'].includes(attributes['date1904'] ?? '');
      if (tag !== 'sheet') return;
      const relation = Object.entries(attributes).find(([key]) => localName(key) === 'id' && key !== 'id');
      sheets.push({
        name: attributes['name'] ?? '',
        hidden: attributes['state'] !== undefined && attributes['state'] !== 'visible',
        relation: relation?.[1] ?? '',
      });
    },
  });
  const targets = await readRelations(parts);
  const readable = sheets.filter(({ relation }) => targets.sheets.has(relation));
  const same = (sheet: { name: string }): boolean =>
    sheet.name.trim().toLowerCase() === name?.trim().toLowerCase();
  const found = name === null ? (readable.find(({ hidden }) => !hidden) ?? readable[0]) : readable.find(same);
  if (found === undefined) {
    const there = readable.map((sheet) => `"${sheet.name}"`).join(', ');
    throw name === null
      ? badInput('a workbook without a sheet of cells', 'one sheet at least')
      : badInput(`no sheet "${name}"`, `one of ${there}`);
  }
  const shared = targets.texts ?? 'xl/sharedStrings.xml';
  return {
    sheet: found.name,
    part: targets.sheets.get(found.relation) ?? '',
    from1904,
    formats: await readFormats(parts, targets.styles ?? 'xl/styles.xml'),
    texts: parts.has(shared) ? await readTexts(parts, shared) : [],
  };
}

/** Control characters stand as _x000D_ in a workbook's texts. */
export function plainText(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9a-f]{4})_/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

async function visitAll(parts: ZipParts, part: string, visitor: XmlVisitor): Promise<void> {
  const pieces = visitXml(await parts.stream(part, WORKBOOK_LIMITS.small), visitor);
  for await (const _ of pieces);
}

interface Relations {
  readonly sheets: ReadonlyMap<string, string>;
  readonly styles: string | null;
  readonly texts: string | null;
}

async function readRelations(parts: ZipParts): Promise<Relations> {
  const sheets = new Map<string, string>();
  let styles: string | null = null;
  let texts: string | null = null;
  await visitAll(parts, 'xl/_rels/workbook.xml.rels', {
    open: (tag, attributes) => {
      const target = attributes['Target'] ?? '';
      if (tag !== 'Relationship' || attributes['TargetMode'] === 'External') return;
      const part = target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//, '')}`;
      const type = (attributes['Type'] ?? '').split('/').at(-1);
      if (type === 'worksheet') sheets.set(attributes['Id'] ?? '', part);
      if (type === 'styles') styles = part;
      if (type === 'sharedStrings') texts = part;
    },
  });
  return { sheets, styles, texts };
}

async function readFormats(parts: ZipParts, part: string): Promise<readonly NumberFormat[]> {
  if (!parts.has(part)) return [];
  const declared = new Map<number, string>();
  const used: number[] = [];
  let inCells = false;
  await visitAll(parts, part, {
    open: (tag, attributes) => {
      if (tag === 'numFmt') declared.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '');
      else if (tag === 'cellXfs') inCells = true;
      else if (tag === 'xf' && inCells) used.push(Number(attributes['numFmtId'] ?? 0));
    },
    close: (tag) => {
      if (tag === 'cellXfs') inCells = false;
    },
  });
  return used.map((id) => numberFormat(id, declared));
}

async function readTexts(parts: ZipParts, part: string): Promise<readonly string[]> {
  const texts: string[] = [];
  let current = '';
  let inText = false;
  // Phonetic readings stand beside a text and are no part of it.
  let inReading = false;
  const pieces = visitXml(await parts.stream(part, WORKBOOK_LIMITS.sharedTexts), {
    open: (tag) => {
      if (tag === 'si') current = '';
      else if (tag === 't') inText = true;
      else if (tag === 'rPh') inReading = true;
    },
    text: (text) => {
      if (inText && !inReading) current += text;
    },
    close: (tag) => {
      if (tag === 't') inText = false;
      else if (tag === 'rPh') inReading = false;
      else if (tag === 'si' && texts.push(plainText(current)) > MOST_TEXTS)
        throw tooLarge(
          `a workbook with ${MOST_TEXTS} texts,`,
          WORKBOOK_LIMITS.sharedTexts,
          WORKBOOK_LIMITS.sharedTexts,
        );
    },
  });
  for await (const _ of pieces);
  return texts;
}

function notAWorkbook(parts: ZipParts): Error {
  if (parts.has('xl/workbook.bin'))
    return badInput('a binary workbook (.xlsb)', 'save it as .xlsx, or the sheet as CSV');
  if (parts.has('content.xml'))
    return badInput('an OpenDocument sheet (.ods)', 'save it as .xlsx, or the sheet as CSV');
  return badInput('a zip archive that is no workbook', 'an .xlsx workbook, or text: unpack it first');
}
