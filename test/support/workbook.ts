/** Writes small .xlsx workbooks for tests: no more of the format than a sheet of cells needs. */
import { crc32, deflateRawSync } from 'node:zlib';

/** A text is shared; a number is one; the others say what they are. Null is no cell at all. */
export type CellWritten =
  | string
  | number
  | boolean
  | null
  | { readonly serial: number; readonly format: string }
  | { readonly inline: string }
  | { readonly formula: string; readonly value: string | number | null }
  | { readonly error: string };

export interface SheetWritten {
  readonly name: string;
  readonly hidden?: boolean;
  /** Row numbers of the sheet go up by one from 1; an empty list is a row without cells. */
  readonly rows: readonly (readonly CellWritten[])[];
  readonly merged?: readonly string[];
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

export function workbook(sheets: readonly SheetWritten[], from1904 = false): Buffer {
  const texts: string[] = [];
  const formats: string[] = [];
  const written = sheets.map((sheet) => sheetXml(sheet, texts, formats));
  const styles = formats.map((code, at) => `<numFmt numFmtId="${164 + at}" formatCode="${escaped(code)}"/>`);
  const used = formats.map((_, at) => `<xf numFmtId="${164 + at}"/>`);
  return zip(
    new Map([
      ['[Content_Types].xml', `${HEAD}<Types/>`],
      [
        'xl/workbook.xml',
        `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><workbookPr${from1904 ? ' date1904="1"' : ''}/><sheets>${sheets
          .map(
            ({ name, hidden }, at) =>
              `<sheet name="${escaped(name)}" sheetId="${at + 1}"${hidden === true ? ' state="hidden"' : ''} r:id="rId${at + 1}"/>`,
          )
          .join('')}</sheets></workbook>`,
      ],
      [
        'xl/_rels/workbook.xml.rels',
        `${HEAD}<Relationships>${sheets
          .map(
            (_, at) =>
              `<Relationship Id="rId${at + 1}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`,
          )
          .join(
            '',
          )}<Relationship Id="s" Type="${OFFICE}/styles" Target="styles.xml"/><Relationship Id="t" Type="${OFFICE}/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>`,
      ],
      [
        'xl/styles.xml',
        `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts>${styles.join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${used.join('')}</cellXfs></styleSheet>`,
      ],
      ...written.map((xml, at): [string, string] => [`xl/worksheets/sheet${at + 1}.xml`, xml]),
      [
        'xl/sharedStrings.xml',
        `${HEAD}<sst xmlns="${MAIN}">${texts.map((text) => `<si><t xml:space="preserve">${escaped(text)}</t></si>`).join('')}</sst>`,
      ],
    ]),
  );
}

/** A sheet of plain texts, as a form's export has them. */
export function textWorkbook(rows: readonly (readonly string[])[], name = 'Sheet1'): Buffer {
  return workbook([{ name, rows: rows.map((row) => row.map((text) => (text === '' ? null : text))) }]);
}

/** Parts by name; `Buffer` is stored as deflated already, with the size it claims. */
export function zip(parts: ReadonlyMap<string, string | { deflated: Buffer; size: number }>): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of parts) {
    const plain = typeof content === 'string' ? Buffer.from(content) : null;
    const body = plain === null ? (content as { deflated: Buffer }).deflated : deflateRawSync(plain);
    const size = plain?.length ?? (content as { size: number }).size;
    const sum = plain === null ? 0 : crc32(plain);
    const bytes = Buffer.from(name);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(sum, 10);
    fields.writeUInt32LE(body.length, 14);
    fields.writeUInt32LE(size, 18);
    fields.writeUInt16LE(bytes.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, bytes, body]);
    const entry = Buffer.alloc(16);
    entry.writeUInt32LE(offset, 12);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), fields, entry.subarray(2), bytes]));
    bodies.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(parts.size, 4);
  end.writeUInt16LE(parts.size, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...bodies, central, Buffer.from('PK\x05\x06'), end]);
}

function sheetXml({ rows, merged = [] }: SheetWritten, texts: string[], formats: string[]): string {
  const lines = rows.map((row, at) => {
    const cells = row.map((cell, column) => cellXml(cell, `${letters(column + 1)}${at + 1}`, texts, formats));
    return `<row r="${at + 1}">${cells.join('')}</row>`;
  });
  const areas = merged.map((area) => `<mergeCell ref="${area}"/>`).join('');
  return `${HEAD}<worksheet xmlns="${MAIN}"><dimension ref="A1:XFD1048576"/><sheetData>${lines.join('\n')}</sheetData><mergeCells>${areas}</mergeCells></worksheet>`;
}

function cellXml(cell: CellWritten, at: string, texts: string[], formats: string[]): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return `<c r="${at}"><v>${cell}</v></c>`;
  if (typeof cell === 'boolean') return `<c r="${at}" t="b"><v>${cell ? 1 : 0}</v></c>`;
  if (typeof cell === 'string') return `<c r="${at}" t="s"><v>${texts.push(cell) - 1}</v></c>`;
  if ('inline' in cell)
    return `<c r="${at}" t="inlineStr"><is><r><t>${escaped(cell.inline)}</t></r></is></c>`;
  if ('error' in cell) return `<c r="${at}" t="e"><v>${cell.error}</v></c>`;
  if ('formula' in cell) {
    const value = cell.value === null ? '' : `<v>${escaped(String(cell.value))}</v>`;
    const type = typeof cell.value === 'string' ? ' t="str"' : '';
    return `<c r="${at}"${type}><f>${escaped(cell.formula)}</f>${value}</c>`;
  }
  let format = formats.indexOf(cell.format);
  if (format < 0) format = formats.push(cell.format) - 1;
  return `<c r="${at}" s="${format + 1}"><v>${cell.serial}</v></c>`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function letters(number: number): string {
  const rest = Math.floor((number - 1) / 26);
  const last = String.fromCharCode(65 + ((number - 1) % 26));
  return rest === 0 ? last : letters(rest) + last;
}
