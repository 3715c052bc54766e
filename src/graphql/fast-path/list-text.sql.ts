/** A page of records as one statement that writes the connection's JSON: the same projection, conditions, order and cursors as list.sql.ts reads. */
import { projected } from '../../access/projected.sql.ts';
import type { ProjectedTable } from '../../access/projected-columns.sql.ts';
import type { ViewerReader } from '../../access/reader.ts';
import type { Cursor } from '../../kernel/cursor.ts';
import type { Statement } from '../../platform/database.ts';
import { type Parameters, WrittenNumbers } from '../../platform/parameters.ts';
import { countLimit } from '../connection.type.ts';
import type { ListQuery } from '../list.sql.ts';
import { joined, listJson, objectJson, quoted } from './json-text.sql.ts';
import { type PrintedType, type PrintField, type Printing, printObject } from './printed.ts';
import { LeftToExecution, type Selected } from './selected.ts';

export interface PageAsked {
  readonly first: number;
  readonly after: Cursor | null;
}

/** Answers with one row of one text. Throws for a field that is not printed, and BAD_INPUT as the conditions do. */
export function pageStatement(
  reader: ViewerReader,
  query: ListQuery,
  paging: PageAsked,
  node: PrintedType,
  asked: Selected,
  slugs: ReadonlyMap<string, string> | null,
): Statement {
  if (query.asKnown.at !== null || query.idColumn !== undefined) throw new LeftToExecution('the past');
  const parameters = new WrittenNumbers();
  const printing = printingOf(reader, parameters, slugs);
  const beyond = asked.below.some(({ name }) => name === 'pageInfo');
  const page: Page = { query, paging, node, printing, beyond, rows: rowsOf(reader, query, parameters) };
  // Where a page begins decides on no plan; what a filter binds may. What it writes is another text with another plan.
  const keepsPlan = parameters.values.length === 0;
  const members = asked.below.map((field): readonly [string, string] => [
    field.key,
    connectionMember(page, field, asked),
  ]);
  const rows = page.beyond
    ? `select p.*, row_number() over () as place from (${pageText(page)}) p`
    : pageText(page);
  return {
    text: `select ${objectJson(members)} as json from (${rows}) r`,
    values: parameters.values,
    keepsPlan,
  };
}

interface Page {
  readonly query: ListQuery;
  readonly paging: PageAsked;
  readonly node: PrintedType;
  readonly printing: Printing;
  /** Whether one row more than the page is read: what is asked tells that there is one. */
  readonly beyond: boolean;
  readonly rows: string;
}

function printingOf(
  { viewer }: ViewerReader,
  parameters: Parameters,
  slugs: ReadonlyMap<string, string> | null,
): Printing {
  let aliases = 0;
  return {
    viewer,
    parameters,
    slugs,
    alias: () => {
      aliases += 1;
      return `t${aliases}`;
    },
  };
}

function rowsOf({ viewer }: ViewerReader, query: ListQuery, parameters: Parameters): string {
  const from = `${projected(query.table, viewer, parameters, query.asKnown)} r`;
  const conditions = query.conditions(parameters);
  return `from ${from} where ${conditions.length === 0 ? 'true' : conditions.join(' and ')}`;
}

/** Later names first within a part: rows whose sort value is unknown are the second, as `readPage` asks for them apart. */
function pageText({ query, paging, printing, beyond, rows }: Page): string {
  const { after } = paging;
  const most = paging.first + (beyond ? 1 : 0);
  const { column, type } = query.sort;
  const some = (part: number, condition: string): string =>
    `(select r.*, ${part} as part ${rows} and ${condition} order by ${ordering(query, 'r')} limit ${most})`;
  if (after === null) return some(1, 'true');
  const id = `${printing.parameters.bind(after.id)}::uuid`;
  if (after.value === null) return some(2, `${column} is null and r.row_id < ${id}`);
  const value = `${printing.parameters.bind(after.value)}::${type}`;
  return (
    `select u.* from (${some(1, `(${column}, r.row_id) < (${value}, ${id})`)} union all ${some(2, `${column} is null`)}) u ` +
    `order by u.part, ${ordering(query, 'u')} limit ${most}`
  );
}

function ordering({ sort }: ListQuery, alias: string): string {
  const direction = sort.ascending === true ? 'asc' : 'desc';
  if (direction === 'asc') throw new LeftToExecution('an ascending list');
  return `${ofAlias(sort.column, alias)} ${direction} nulls last, ${alias}.row_id ${direction}`;
}

const ofAlias = (column: string, alias: string): string => column.replace(/^r\./, `${alias}.`);

function connectionMember(page: Page, field: Selected, { type }: Selected): string {
  const shown = page.beyond ? `filter (where r.place <= ${page.paging.first})` : '';
  const list = (each: string): string =>
    // Rows come in the order of the page.
    listJson(`string_agg(${each}, ',') ${shown}`);
  switch (field.name) {
    case '__typename':
      return quoted(JSON.stringify(type?.name ?? ''));
    case 'nodes':
      return list(printObject(page.node, 'r', field, page.printing));
    case 'edges':
      return list(printObject(edgeOf(page), 'r', field, page.printing));
    case 'pageInfo':
      return printObject(pageInfoOf(page, shown), 'r', field, page.printing);
    case 'totalCount':
      return countText(page, null);
    case 'countUpTo':
      return countText(page, countLimit(field.args.limit as number));
    default:
      throw new LeftToExecution(field.name);
  }
}

function edgeOf({ node, query }: Page): PrintedType {
  return {
    node: (alias, field, printing) => printObject(node, alias, field, printing),
    cursor: (alias) => cursorJson(query, alias),
  };
}

function pageInfoOf({ query, paging }: Page, shown: string): PrintedType {
  return {
    hasNextPage: () => `(count(*) > ${paging.first})::text`,
    endCursor: (alias) =>
      `coalesce((array_agg(${cursorJson(query, alias)} order by r.place desc) ${shown})[1], 'null')`,
  };
}

/** What writeCursor makes: base64url of [value, id] as JSON. */
function cursorJson({ sort }: ListQuery, alias: string): string {
  const value = `coalesce(to_json(${ofAlias(sort.column, alias)}::text)::text, 'null')`;
  const bytes = `convert_to('[' || ${value} || ',"' || ${alias}.row_id || '"]', 'UTF8')`;
  return joined([`'"'`, `translate(encode(${bytes}, 'base64'), e'+/=\\n', '-_')`, `'"'`]);
}

function countText({ rows }: Page, upTo: number | null): string {
  return `(select count(*)::text from (select 1 ${rows}${upTo === null ? '' : ` limit ${upTo}`}) counted)`;
}

/** Records of a table that hang on the row, as a list in that order. `on` and `order` are written against the alias. */
export function manyText(
  table: ProjectedTable,
  type: PrintedType,
  on: (many: string, one: string) => string,
  order: (many: string) => string,
): PrintField {
  return (one, field, printing) => {
    const many = printing.alias();
    const text = printObject(type, many, field, printing);
    const from = projected(table, printing.viewer, printing.parameters);
    // Sorted below the aggregate: an index may have them in that order already.
    return listJson(
      `(select string_agg(each.json, ',') from (select ${text} as json from ${from} ${many} where ${on(many, one)} order by ${order(many)}) each)`,
    );
  };
}

/** The record of a table that the row leads to, where the viewer may see it. */
export function oneText(
  table: ProjectedTable,
  type: () => PrintedType,
  on: (other: string, one: string) => string,
): PrintField {
  return (one, field, printing) => {
    const other = printing.alias();
    return (
      `coalesce((select ${printObject(type(), other, field, printing)} ` +
      `from ${projected(table, printing.viewer, printing.parameters)} ${other} where ${on(other, one)}), 'null')`
    );
  };
}
