/** Suspects, agencies, vehicles and their identifiers, as one report speaks of them. */

import { normaliseSelector } from '../../intake/formats/selectors.ts';
import type { EntityDraft, SelectorDraft } from '../../intake/reports/report-draft.ts';
import type { EntityKind } from '../../kernel/vocabulary.ts';
import { bytesText } from '../../platform/bulk.ts';
import { seal } from '../../vault/sealing.ts';
import type { RowBook } from './record-rows.ts';
import { type ComposingReport, type ReportFrame, statementOf } from './report-frame.ts';

/** Identifiers of a person that are things of their own: what recurs across incidents is the phone, whoever holds it. */
const THING_OF_SELECTOR: Readonly<Record<string, EntityKind>> = {
  phone: 'phone',
  plate: 'vehicle',
  passport: 'document',
  account: 'account',
};

export function composeEntities(composing: ComposingReport, frame: ReportFrame, book: RowBook): void {
  for (const entity of composing.draft.entities) {
    const id = addEntity(composing, frame, book, entity.kind, labelOf(entity), entity.role);
    addSelectors(composing, frame, book, id, entity.selectors, entity.kind === 'individual');
    sealPersonal(composing, frame, book, id, entity);
    if (entity.kind === 'individual') addThings(composing, frame, book, id, entity.selectors);
  }
}

function addEntity(
  { tools, decided, draft, knownFrom }: ComposingReport,
  frame: ReportFrame,
  book: RowBook,
  kind: EntityKind,
  label: string,
  role: string,
): string {
  const id = tools.ids();
  book.add('entity', {
    id,
    ...frame.owned('entity'),
    kind,
    label,
    report_id: decided.recordId,
    known_from: knownFrom,
  });
  book.add('participation', {
    id: tools.ids(),
    ...frame.owned('entity'),
    incident_id: frame.incidentId,
    entity_id: id,
    role,
  });
  book.add('statement', {
    ...statementOf({ tools, knownFrom }, frame, decided.recordId, draft),
    about_kind: 'entity',
    about_id: id,
    claim: `took_part_as_${role}`,
  });
  return id;
}

function addSelectors(
  { tools }: ComposingReport,
  frame: ReportFrame,
  book: RowBook,
  entityId: string,
  selectors: readonly SelectorDraft[],
  ofPerson: boolean,
): void {
  const seen = new Set<string>();
  for (const written of selectors) {
    const selector = normaliseSelector(written.kind, written.value, ofPerson);
    if (selector === null || seen.has(`${selector.kind}/${selector.value}`)) continue;
    seen.add(`${selector.kind}/${selector.value}`);
    book.add('selector', {
      id: tools.ids(),
      ...frame.owned('entity'),
      entity_id: entityId,
      kind: selector.kind,
      token: bytesText(tools.keys.token(`selector/${selector.kind}`, selector.value)),
      hint: selector.hint,
    });
  }
}

function addThings(
  composing: ComposingReport,
  frame: ReportFrame,
  book: RowBook,
  personId: string,
  selectors: readonly SelectorDraft[],
): void {
  for (const written of selectors) {
    const kind = THING_OF_SELECTOR[written.kind];
    const selector = normaliseSelector(written.kind, written.value, true);
    if (kind === undefined || selector === null) continue;
    const id = addEntity(composing, frame, book, kind, `${kind} ${selector.hint}`, 'used');
    addSelectors(composing, frame, book, id, [written], false);
    book.add('entity_link', {
      id: composing.tools.ids(),
      ...frame.owned('entity'),
      from_entity: personId,
      to_entity: id,
      kind: 'uses',
      report_id: composing.decided.recordId,
    });
  }
}

function sealPersonal(
  { tools, subjectKeys }: ComposingReport,
  frame: ReportFrame,
  book: RowBook,
  entityId: string,
  entity: EntityDraft,
): void {
  const personal = { ...entity.personal, selectors: entity.selectors };
  if (Object.keys(entity.personal).length === 0 && entity.selectors.length === 0) return;
  const key = subjectKeys.pop();
  if (key === undefined) return;
  const id = tools.ids();
  book.add('vault_item', {
    id,
    ...frame.owned('personal'),
    about_kind: 'entity',
    about_id: entityId,
    field: 'personal',
    key_id: key.id,
    sealed: bytesText(seal(key.key, `vault_item/sealed/${id}`, JSON.stringify(personal))),
  });
}

/** A person's label is the role; a phone shows its end; agencies, establishments and plates show their name. */
function labelOf(entity: EntityDraft): string {
  if (entity.kind === 'individual') return entity.role;
  const known = entity.selectors.flatMap(({ kind, value }) => normaliseSelector(kind, value, false) ?? []);
  if (entity.kind === 'phone' || entity.kind === 'account' || entity.kind === 'document')
    return `${entity.kind} ${known[0]?.hint ?? ''}`.trim();
  return known.find(({ kind }) => SHOWN.has(kind))?.hint ?? entity.label;
}

const SHOWN: ReadonlySet<string> = new Set(['name', 'agency', 'establishment', 'plate', 'registration']);
