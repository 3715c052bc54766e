/** Who in a corrected report is who: what was decided about one is never said of another. */
import { describe, expect, it } from 'vitest';
import { matchPersons } from './same-person.ts';

const told = (role: string, ...tokens: string[]) => ({ role, tokens: new Set(tokens) });
const earlier = (personId: string, role: string, reviewed: boolean, ...tokens: string[]) => ({
  personId,
  reviewed,
  ...told(role, ...tokens),
});

describe('matchPersons', () => {
  it('takes those who share most identifiers for one, whatever their role', () => {
    const before = [earlier('a', 'host', true, 'phone/1'), earlier('b', 'host', true, 'phone/1', 'name/1')];
    expect(matchPersons([told('recruiter', 'phone/1', 'name/1'), told('host', 'phone/1')], before)).toEqual([
      'b',
      'a',
    ]);
  });

  it('takes nobody for somebody who has identifiers and none of them', () => {
    expect(matchPersons([told('host', 'name/2')], [earlier('a', 'host', true, 'name/1')])).toEqual([null]);
  });

  it('takes the only one of a role for the same where nothing identifies one of the two', () => {
    expect(matchPersons([told('host', 'name/1')], [earlier('a', 'host', true)])).toEqual(['a']);
    expect(matchPersons([told('host')], [earlier('a', 'host', true, 'name/1')])).toEqual(['a']);
    expect(matchPersons([told('master')], [earlier('a', 'host', true)])).toEqual([null]);
  });

  it('tells several without identifiers apart only where nothing was decided', () => {
    const two = [told('host'), told('host')];
    expect(matchPersons(two, [earlier('a', 'host', true), earlier('b', 'host', true)])).toEqual([null, null]);
    expect(matchPersons(two, [earlier('a', 'host', false), earlier('b', 'host', false)])).toEqual(['a', 'b']);
  });

  it('never gives one person to two', () => {
    const before = [earlier('a', 'host', true, 'name/1')];
    expect(matchPersons([told('host', 'name/1'), told('host', 'name/1')], before)).toEqual(['a', null]);
  });
});
