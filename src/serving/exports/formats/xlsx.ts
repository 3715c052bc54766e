/** Excel workbooks, written as they are read: a sheet for every million rows, text that is never a formula, and a sheet about the export. */
import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { wellKnownText } from '../geometry.ts';
import {
  type About,
  type Column,
  type ExportRow,
  type Layer,
  type Pages,
  tlpText,
  type Value,
} from '../layer.ts';
import { cellOf, isFormula } from './csv.ts';
import { type Format, geometryWords } from './format.ts';
import { XML_HEAD, XML_LOSS, xmlText } from './xml.ts';

/** Excel's own limits: rows of a sheet, the heading among them, and characters of a cell. */
const ROWS_A_SHEET = 1_048_575;
const CHARACTERS_A_CELL = 32_767;

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

export const XLSX: Format = {
  extension: 'xlsx',
  mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  async *write(layer, pages, about) {
    const zip = new ZipFile();
    const rows = rowsOf(pages);
    let sheet: Readable | null = null;
    const fill = async (): Promise<void> => {
      const names: string[] = [];
      do {
        sheet = Readable.from(sheetText(layer, rows));
        names.push(names.length === 0 ? layer.name : `${layer.name} ${names.length + 1}`);
        zip.addReadStream(sheet, `xl/worksheets/sheet${names.length}.xml`);
        await finished(sheet);
      } while (!rows.isOver());
      names.push('about');
      zip.addBuffer(Buffer.from(aboutSheet(about)), `xl/worksheets/sheet${names.length}.xml`);
      for (const [name, text] of partsOf(names)) zip.addBuffer(Buffer.from(text), name);
      zip.end();
    };
    const output = zip.outputStream as Readable;
    // Without its sheets it is no workbook: whoever reads the output hears why.
    fill().catch((error: Error) => output.destroy(error));
    try {
      for await (const piece of output) yield piece as Uint8Array;
    } finally {
      (sheet as Readable | null)?.destroy();
      await rows.leave();
    }
  },
  cannotCarry: (layer) => [
    `Text of more than ${CHARACTERS_A_CELL} characters, which no cell can hold: the cell says how many there were.`,
    'Types of moments, lists and objects: they are text, as in CSV (moments ISO 8601 in UTC, lists parted by semicolons, objects JSON), and geometries are well-known text.',
    'Text that looks like a formula is marked as text (quotePrefix): a spreadsheet shows it as it is and does not run it; saved as CSV it loses that mark.',
    `Rows beyond ${ROWS_A_SHEET} go on in the next sheet.`,
    XML_LOSS,
    ...geometryWords(layer),
  ],
};

interface Rows {
  take(): Promise<ExportRow | null>;
  /** Known once a row more was asked for. */
  isOver(): boolean;
  leave(): Promise<void>;
}

/** Row by row out of pages, so that a sheet may end in the middle of one. */
function rowsOf(pages: Pages<ExportRow>): Rows {
  const iterator = pages[Symbol.asyncIterator]();
  let page: readonly ExportRow[] = [];
  let at = 0;
  let over = false;
  return {
    take: async () => {
      while (at >= page.length && !over) {
        const next = await iterator.next();
        over = next.done === true;
        page = next.done === true ? [] : next.value;
        at = 0;
      }
      at += 1;
      return page[at - 1] ?? null;
    },
    isOver: () => over,
    leave: async () => {
      await iterator.return?.();
    },
  };
}

async function* sheetText(layer: Layer, rows: Rows): AsyncGenerator<string> {
  const names = [
    ...layer.columns.map(({ name }) => name),
    ...(layer.geometry === 'none' ? [] : ['geometry']),
  ];
  yield `${XML_HEAD}<worksheet xmlns="${MAIN}"><sheetData><row>${names.map(textCell).join('')}</row>`;
  let text = '';
  for (let count = 0; count < ROWS_A_SHEET; count += 1) {
    const row = await rows.take();
    if (row === null) break;
    text += rowText(layer, row);
    if (text.length > 65_536) {
      yield text;
      text = '';
    }
  }
  yield `${text}</sheetData></worksheet>`;
}

function rowText({ columns, geometry }: Layer, row: ExportRow): string {
  const cells = columns.map((column) => cellText(column, row.values[column.name]));
  if (geometry !== 'none') cells.push(row.geometry === null ? '<c/>' : textCell(wellKnownText(row.geometry)));
  return `<row>${cells.join('')}</row>`;
}

function cellText(column: Column, value: Value | undefined): string {
  if (value === null || value === undefined) return '<c/>';
  if (typeof value === 'number') return `<c><v>${value}</v></c>`;
  if (typeof value === 'boolean') return `<c t="b"><v>${value ? 1 : 0}</v></c>`;
  return textCell(cellOf(column, value) ?? '');
}

function textCell(text: string): string {
  const fits = text.length > CHARACTERS_A_CELL ? `(${text.length} characters, too many for a cell)` : text;
  return `<c t="inlineStr"${isFormula(fits) ? ' s="1"' : ''}><is><t xml:space="preserve">${xmlText(fits)}</t></is></c>`;
}

function aboutSheet({ exportId, handling, at, organisation }: About): string {
  const lines = [
    ['handling', tlpText(handling)],
    ['export', exportId],
    ['organisation', organisation],
    ['begun', at.toISOString()],
  ];
  const rows = lines.map((cells) => `<row>${cells.map(textCell).join('')}</row>`);
  return `${XML_HEAD}<worksheet xmlns="${MAIN}"><sheetData>${rows.join('')}</sheetData></worksheet>`;
}

/** What makes sheets a workbook; style 1 marks text that would else be taken for a formula. */
function partsOf(names: readonly string[]): readonly (readonly [string, string])[] {
  const sheets = names.map((name, i) => `<sheet name="${name}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`);
  const related = names.map(
    (_, i) =>
      `<Relationship Id="rId${i + 1}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`,
  );
  const typed = names.map(
    (_, i) => `<Override PartName="/xl/worksheets/sheet${i + 1}.xml" ContentType="${TYPE}.worksheet+xml"/>`,
  );
  const relations = (list: string): string =>
    `${XML_HEAD}<Relationships xmlns="${PACKAGE}/relationships">${list}</Relationships>`;
  return [
    [
      'xl/workbook.xml',
      `${XML_HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${sheets.join('')}</sheets></workbook>`,
    ],
    [
      'xl/styles.xml',
      `${XML_HEAD}<styleSheet xmlns="${MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders>` +
        '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf quotePrefix="1"/></cellXfs></styleSheet>',
    ],
    [
      'xl/_rels/workbook.xml.rels',
      relations(
        `${related.join('')}<Relationship Id="rIdS" Type="${RELATIONS}/styles" Target="styles.xml"/>`,
      ),
    ],
    [
      '_rels/.rels',
      relations(`<Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/>`),
    ],
    [
      '[Content_Types].xml',
      `${XML_HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
        `<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/>` +
        `<Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/>${typed.join('')}</Types>`,
    ],
  ];
}
