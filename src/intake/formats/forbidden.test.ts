import { describe, expect, it } from 'vitest';
import { forbiddenTopic } from './forbidden.ts';

describe('forbidden columns', () => {
  it.each([
    ['profile', 'appearance'],
    ['Physical Description', 'appearance'],
    ['skin_colour', 'appearance'],
    ['Caste', 'caste'],
    ['ethnicGroup', 'ethnicity'],
    ['race', 'ethnicity'],
    ['heard_gospel_before', 'religion'],
    ['religious belief', 'religion'],
    ['suicidal_thoughts', 'health'],
    ['medical notes', 'health'],
    ['sexual_abuse_in_the_home', 'sexual life'],
    ['guardian_drinks_alcohol', 'home situation'],
    ["father's drugs use", 'home situation'],
    ['family_economic_situation', 'home situation'],
    ['home-situation alarms', 'home situation'],
    ['fundraisingPurpose', 'fundraising'],
    ['consent_to_use_photo', 'photos'],
    ['PHOTOS', 'photos'],
  ])('drops %s for %s', (name, topic) => {
    expect(forbiddenTopic(name)).toBe(topic);
  });

  it.each([
    'evade_appearance_avoid_officials',
    'control_drugged_or_drowsy',
    'vulnerability_group_facebook',
    'vulnerability_family_unwilling',
    'meansOfControlSexualAbuse',
    'nationality',
    'cause_death',
    'trace',
    'embraced',
    'not_physically_present',
    'gender',
  ])('keeps %s', (name) => {
    expect(forbiddenTopic(name)).toBeNull();
  });
});
