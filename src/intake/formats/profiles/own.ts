/** A profile of an organisation's own, as it was written: JSON text. */
import { type Outcome, refuse } from '../../../kernel/errors.ts';
import { readJson } from '../../../kernel/json-text.ts';
import { type ImportProfile, parseProfile } from '../profile.ts';
import { findProfile } from './named.ts';

/**
 * Refuses text that is no JSON, a profile that cannot work, and one that takes the name of a profile that comes with the hub: records
 * remember a profile by its name, and could not be told apart.
 */
export function readOwnProfile(text: string): Outcome<ImportProfile> {
  const json = readJson(text);
  if (!json.accepted) return json;
  const profile = parseProfile(json.value);
  if (!profile.accepted || findProfile(profile.value.name) === null) return profile;
  return refuse({
    where: 'profile name',
    found: `"${profile.value.name}", the name of a profile that comes with the hub`,
    wanted: `a name of its own, such as "my-${profile.value.name}"`,
  });
}
