/** Terms of an agreement that no template has: class by class, what each side shows the other. */
import { useState } from 'react';
import { fieldOf } from '../page/form-fields.ts';
import { say, wordFor } from '../words/words.ts';
import { Choice } from './fields.tsx';

const CLASSES = ['REPORT', 'INCIDENT', 'MOVEMENT', 'STATEMENT', 'ENTITY', 'FLOW'] as const;
const SIGHTS = ['NOTHING', 'COARSE', 'FULL'] as const;
const PLACES = ['AREA', 'REGION', 'DISTRICT', 'EXACT'] as const;
const TIMES = ['QUARTER', 'YEAR', 'MONTH', 'EXACT'] as const;
const CEILINGS = ['AMBER', 'GREEN', 'CLEAR', 'AMBER_STRICT'] as const;
const SIDES = ['we', 'they'] as const;

export function OwnTerms() {
  const [isOpen, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{say('terms.own')}</summary>
      {isOpen && (
        <div className="own-terms">
          <input type="hidden" name="ownTerms" value="yes" />
          <p className="quiet">{say('terms.own.what')}</p>
          {SIDES.map((side) => (
            <fieldset key={side} className="field">
              <legend>{say(`terms.own.${side}`)}</legend>
              {CLASSES.map((recordClass) => (
                <label key={recordClass} className="own-term">
                  <span>{wordFor('sharedClass', recordClass)}</span>
                  <select name={`${side} ${recordClass}`}>
                    {SIGHTS.map((sight) => (
                      <option key={sight} value={sight}>
                        {wordFor('termSight', sight)}
                      </option>
                    ))}
                  </select>
                </label>
              ))}
            </fieldset>
          ))}
          <div className="fields-in-row">
            <Choice word="terms.own.place" name="termPlace" group="sharedPlace" values={PLACES} />
            <Choice word="terms.own.time" name="termTime" group="sharedTime" values={TIMES} />
            <Choice word="terms.ceiling" name="termCeiling" group="tlp" values={CEILINGS} />
          </div>
        </div>
      )}
    </details>
  );
}

/** Null where they are not open: then the template says what is shown. */
export function ownTermsIn(
  form: HTMLFormElement,
  organisation: string,
  others: readonly string[],
): readonly Readonly<Record<string, string>>[] | null {
  if (fieldOf(form, 'ownTerms') === '') return null;
  const handlingCeiling = fieldOf(form, 'termCeiling');
  return SIDES.flatMap((side) =>
    CLASSES.flatMap((recordClass) => {
      const sight = fieldOf(form, `${side} ${recordClass}`);
      if (sight === 'NOTHING') return [];
      const fine =
        sight === 'COARSE' ? { place: fieldOf(form, 'termPlace'), time: fieldOf(form, 'termTime') } : {};
      return others.map((other) => ({
        giver: side === 'we' ? organisation : other,
        receiver: side === 'we' ? other : organisation,
        recordClass,
        sight,
        ...fine,
        handlingCeiling,
      }));
    }),
  );
}
