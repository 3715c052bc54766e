/** Suspects, agencies, vehicles and their identifiers, as one report speaks of them. */

import { normaliseSelector } from '../../intake/formats/selectors.ts';
import type { EntityDraft, SelectorDraft } from '../../intake/reports/report-draft.ts';
import type { EntityKind } from '../../kernel/vocabulary.ts';
import { bytesText } from '../../platform/bulk.ts';
import { seal } from '../../vault/sealing.ts';
import type { RowBook } from './record-rows.ts';
import { type ComposingReport, type ReportFrame, statementOf } from './report-frame.ts';
import { firstSuspicion } from './suspicion-desk.service.ts';

/** Identifiers of a person that are things of their own: what recurs across incidents is the phone, whoever holds it. */
const THING_OF_SELECTOR: Readonly<Record<string, EntityKind>> = {
  phone: 'phone',
  plate: 'vehicle',
  passport: 'document',
  account: 'account',
};

export function composeEntities(composing: ComposingReport, frame: ReportFrame, book: RowBook): void {
  const persons = addPersons(composing, frame, book);
  for (const entity of composing.draft.entities) {
    const personId = persons.get(entity) ?? null;
    const id = addEntity(composing, frame, book, entity.kind, labelOf(entity), entity.role, personId);
    addSelectors(composing, frame, book, id, entity.selectors, entity.kind === 'individual');
    sealPersonal(composing, frame, book, id, entity);
    if (entity.kind === 'individual') addThings(composing, frame, book, id, entity.selectors);
  }
}

/** Ids of those who may be suspected: the same as before where a corrected report names them again, else a suspicion that nobody reviewed. */
function addPersons(
  { tools, draft, decided, knownFrom, suspicions }: ComposingReport,
  frame: ReportFrame,
  book: RowBook,
): ReadonlyMap<EntityDraft, string> {
  const told = draft.entities.flatMap((entity) => {
    const status = entity.kind === 'individual' ? firstSuspicion(entity.role) : null;
    if (status === null) return [];
    const tokens = entity.selectors.flatMap(({ kind, value }) => {
      const selector = normaliseSelector(kind, value, true);
      return selector === null ? [] : [`${selector.kind}/${tokenOf(tools, selector)}`];
    });
    return [{ entity, status, role: labelOf(entity), tokens: new Set(tokens) }];
  });
  const known = suspicions.match(decided.recordId, told);
  return new Map(
    told.map(({ entity, status }, at) => {
      const before = known[at];
      if (before != null) return [entity, before];
      const personId = tools.ids();
      book.add('suspicion', {
        id: tools.ids(),
        ...frame.owned('entity'),
        person_id: personId,
        status,
        basis: 'report',
        due_at: suspicions.due,
        version: 1,
        known_from: knownFrom,
      });
      return [entity, personId];
    }),
  );
}

function tokenOf(
  { keys }: ComposingReport['tools'],
  { kind, value }: { readonly kind: string; readonly value: string },
): string {
  return Buffer.from(keys.token(`selector/${kind}`, value)).toString('hex');
}

function addEntity(
  { tools, decided, draft, knownFrom }: ComposingReport,
  frame: ReportFrame,
  book: RowBook,
  kind: EntityKind,
  label: string,
  role: string,
  personId: string | null,
): string {
  const id = tools.ids();
  book.add('entity', {
    id,
    ...frame.owned('entity'),
    kind,
    label,
    report_id: decided.recordId,
    person_id: personId,
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
    const id = addEntity(composing, frame, book, kind, `${kind} ${selector.hint}`, 'used', null);
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
