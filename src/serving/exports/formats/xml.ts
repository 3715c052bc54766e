/** Text as XML 1.0 can hold it. */

/** All but what an XML document may hold: control characters, halves of surrogate pairs, U+FFFE and U+FFFF. */
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
};

/** Good in an element and in a double-quoted attribute; what XML cannot hold is U+FFFD. */
export function xmlText(text: string): string {
  return text.replace(FORBIDDEN, '\uFFFD').replace(/[&<>"\r]/g, (character) => ESCAPES[character] ?? '');
}

export const XML_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
export const XML_LOSS = 'Control characters, which XML cannot hold: each is U+FFFD.';
