/** A place as somebody writes it down, or every reason why it is none. */
import { checkPosition } from '../../intake/formats/coordinates.ts';
import type { PlaceDraft } from '../../intake/reports/report-draft.ts';
import { COUNTRY_CODES } from '../../kernel/country-codes.ts';
import type { Reason } from '../../kernel/errors.ts';
import type { WrittenPlaceInput } from './hand-report.input.ts';

const MOST_CHARACTERS = 500;

/** The draft is whole when there are no reasons. */
export function writtenPlace(
  where: string,
  place: WrittenPlaceInput,
): { readonly draft: PlaceDraft; readonly reasons: readonly Reason[] } {
  const reasons: Reason[] = [];
  const { longitude, latitude } = place;
  if ((longitude == null) !== (latitude == null))
    reasons.push({ where, found: 'half a position', wanted: 'longitude and latitude, or neither' });
  const checked =
    longitude == null || latitude == null
      ? null
      : checkPosition(where, longitude, latitude, { country: place.country });
  if (checked?.accepted === false) reasons.push(...checked.reasons);
  const country = place.country ?? null;
  if (country !== null && !COUNTRY_CODES.has(country))
    reasons.push({
      where: `${where}.country`,
      found: `${country.length} characters`,
      wanted: 'ISO 3166-1 alpha-3, like NPL',
    });
  if (place.uncertaintyKm != null && !(place.uncertaintyKm >= 0 && place.uncertaintyKm <= 20_000))
    reasons.push({
      where: `${where}.uncertaintyKm`,
      found: String(place.uncertaintyKm),
      wanted: '0 to 20,000',
    });
  const position = checked?.accepted === true ? checked.value : null;
  const written = place.text?.trim() ?? '';
  if (written.length > MOST_CHARACTERS)
    reasons.push({
      where: `${where}.text`,
      found: `${written.length} characters`,
      wanted: `${MOST_CHARACTERS} at most`,
    });
  const text = written === '' ? null : written;
  const usual =
    position !== null ? 'exact' : text !== null ? 'locality' : country !== null ? 'country' : 'unknown';
  const level = place.level ?? usual;
  return { draft: { text, position, country, level, uncertaintyKm: place.uncertaintyKm ?? null }, reasons };
}
