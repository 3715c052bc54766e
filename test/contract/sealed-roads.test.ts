/** Every road on which what is sealed leaves the hub: each asks why and for which case, and none can be added unseen. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { getNamedType, isEnumType, isNonNullType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { buildHubSchema } from '../../src/schema.ts';

const source = fileURLToPath(new URL('../../src', import.meta.url));
const read = (file: string): string => readFileSync(path.join(source, file), 'utf8');

/** Opens it for somebody who asks. */
const FOR_SOMEBODY = [
  'records/attachments/open-file.service.ts',
  'records/own-records/read-notes.service.ts',
  'records/personal/personal.service.ts',
];
/** Opens a row that waits for whoever mends it, and answers with what a reason may show. */
const FOR_MENDING = ['intake/imports/waiting-row.service.ts'];
/** Opens it for the hub's own work, and answers with none of it; or it is no record: a colleague's own account. */
const FOR_ITSELF = [
  'intake/imports/prepared-rows.ts',
  'people/accounts/read-accounts.service.ts',
  'people/accounts/sign-in.service.ts',
  'records/erasure/erasure.service.ts',
  'records/erasure/raw-rows.service.ts',
  'sharing/matching/match.service.ts',
  'sharing/matching/plan.service.ts',
  'sharing/matching/prepare.service.ts',
  'sharing/matching/protected-tokens.service.ts',
];

describe('what is sealed', () => {
  it('is opened in these files and in no other', () => {
    const opening = readdirSync(source, { recursive: true, encoding: 'utf8' })
      .map((file) => file.replaceAll(path.sep, '/'))
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.startsWith('vault/'))
      .filter((file) => /\bunseal(Bytes)?\(/.test(read(file)));
    expect(opening.toSorted()).toEqual([...FOR_SOMEBODY, ...FOR_MENDING, ...FOR_ITSELF].toSorted());
  });

  it.each(FOR_MENDING)('is cut down in %s to what can name nobody, after a trace was left', (file) => {
    const text = read(file);
    expect(text).toContain('...shownCell(column, text, told, wrong)');
    expect(text).toMatch(/await leaveTrace\(.*'show_waiting_row'/);
  });

  it.each(FOR_SOMEBODY)(
    'is opened in %s after the permission was looked at and a trace with the purpose was left',
    (file) => {
      const text = read(file);
      for (const step of ['vaultOrganisation(', 'recordEvent(', 'case: caseToken', '...under'])
        expect(text).toContain(step);
      expect(text).toMatch(/^\s+purpose(: asked\.purpose)?,$/m);
    },
  );
});

describe('the fields that open it or erase by it', () => {
  const schema = buildHubSchema();
  const fields = { ...schema.getQueryType()?.getFields(), ...schema.getMutationType()?.getFields() };

  it.each(['personal', 'attachmentContent', 'commentTexts', 'referralTexts', 'eraseSubject', 'eraseEntity'])(
    '%s wants a purpose and a case reference, in the same words',
    (name) => {
      for (const argument of ['purpose', 'caseReference']) {
        const found = fields[name]?.args.find((each) => each.name === argument);
        expect(found === undefined || isNonNullType(found.type), `${name}.${argument}`).toBe(true);
        expect(found?.defaultValue).toBeUndefined();
        expect(String(found?.type)).toBe(argument === 'purpose' ? 'PersonalPurpose!' : 'String!');
      }
    },
  );

  it('know no purpose that is fundraising', () => {
    const purposes = Object.values(fields)
      .flatMap(({ args }) => args)
      .filter(({ name }) => name === 'purpose' || name === 'purposes')
      .map(({ type }) => getNamedType(type))
      .filter(isEnumType)
      .flatMap((type) => type.getValues().map(({ name }) => name));
    expect(purposes.length).toBeGreaterThan(5);
    expect(purposes.filter((name) => /FUND|DONOR|MARKET|PUBLICITY/.test(name))).toEqual([]);
  });
});
