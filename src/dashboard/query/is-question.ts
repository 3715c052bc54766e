/** Whether a text only asks. What changes something is never done by a page that was only to show an answer. */

/** Comments, block strings and strings, in which anything may stand. */
const NOT_SAID = /#[^\n\r]*|"""(?:\\"""|[\s\S])*?"""|"(?:\\.|[^"\\\n\r])*"/g;

/** False as soon as anything but a query or a fragment stands outside all brackets. */
export function isQuestion(text: string): boolean {
  let depth = 0;
  for (const [token] of text.replaceAll(NOT_SAID, ' ').matchAll(/[{}()[\]]|\w+/g)) {
    if ('{(['.includes(token)) depth += 1;
    else if ('})]'.includes(token)) depth -= 1;
    else if (depth <= 0 && (token === 'mutation' || token === 'subscription')) return false;
  }
  return true;
}
