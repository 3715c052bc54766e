/** Answers and statements as text that is the same for every build of the demo: ids are random, so each becomes a number. */

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
/** Ids of derived things: keyed by scope, whose classes and organisation differ from build to build. */
const DERIVED_ID = /"id": "([0-9a-zA-Z_-]{16,64})"/g;
const CURSOR = /("(?:endCursor|cursor)": )"[^"]+"/g;

/** JSON, indented, with ids numbered in the order in which they are met and cursors left out. */
export function answerText(data: unknown): string {
  const known = new Map<string, string>();
  const numbered = (id: string): string => {
    const name = known.get(id) ?? `id-${known.size + 1}`;
    known.set(id, name);
    return name;
  };
  return JSON.stringify(data, null, 2)
    .replaceAll(CURSOR, '$1"…"')
    .replaceAll(UUID, numbered)
    .replaceAll(DERIVED_ID, (whole, id: string) => (id.startsWith('id-') ? whole : `"id": "${numbered(id)}"`));
}

/** One statement a paragraph, white space evened out. */
export function statementsText(statements: readonly string[]): string {
  const lines = statements.map((statement) => statement.trim().replaceAll(/\s+/g, ' '));
  return `${lines.map((line) => wrap(line, 110)).join('\n\n')}\n`;
}

function wrap(line: string, width: number): string {
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(' ')) {
    if (current !== '' && current.length + word.length >= width) {
      lines.push(current);
      current = `  ${word}`;
    } else current = current === '' ? word : `${current} ${word}`;
  }
  return [...lines, current].join('\n');
}
