/** Plain text: UTF-8 that no program takes for a page, a script or a formula. */

/** How far programs look to guess what a text is; what stands further on is only read. */
const GUESSED_WITHIN = 4_096;
const MARKUP =
  /<(?:!doctype|html|head|body|script|svg|iframe|object|embed|\?xml|\?php|%)|^\s*(?:#!|\{\\rtf|%!ps|%pdf-)/i;
/** Control characters that no text has. */
const CONTROL = /[^\P{Cc}\t\n\f\r]/u;
/** A cell that a spreadsheet would compute. */
const FORMULA = /(?:^|[,;\t\r\n])\s*"?\s*=/;

export function faultOfText(bytes: Buffer): string | null {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return 'bytes that are no text';
  }
  if (CONTROL.test(text)) return 'bytes that are no text';
  return MARKUP.test(text.slice(0, GUESSED_WITHIN)) ? 'a page or a script' : null;
}

export function faultOfCsv(bytes: Buffer): string | null {
  const fault = faultOfText(bytes);
  if (fault !== null) return fault;
  return FORMULA.test(new TextDecoder().decode(bytes)) ? 'a cell that begins with =, a formula' : null;
}
