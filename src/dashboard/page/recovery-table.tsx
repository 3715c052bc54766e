/** Each recovery with how the wait for the next arrival ended, as certain as the dates let it be. */
import { dayOf, digits, say, wordFor } from '../words/words.ts';
import { DataTable } from './figures-table.tsx';
import type { Establishment, Recovery } from './resupply-answer.ts';

export function RecoveryTable({ establishments }: { readonly establishments: readonly Establishment[] }) {
  const all = establishments.flatMap(({ id, label, recoveries }) =>
    recoveries.map((recovery, index) => ({ id: `${id} ${index}`, label, recovery })),
  );
  return (
    <DataTable
      caption={say('count.recoveries', { count: all.length })}
      columns={[
        { word: 'recoveries.establishment' },
        { word: 'recoveries.when' },
        { word: 'recoveries.ended' },
        { word: 'recoveries.next', isNumber: true },
        { word: 'recoveries.new' },
      ]}
      rows={all.map(({ id, label, recovery }) => ({
        id,
        cells: [
          label,
          spanOf(recovery),
          wordFor('waitEnd', recovery.ended),
          nextOf(recovery),
          recovery.replacements
            .map((one) =>
              say('recoveries.lead.what', { label: one.label, role: wordFor('entityRole', one.role) }),
            )
            .join(', ') || say('legend.none'),
        ],
      }))}
    />
  );
}

const spanOf = ({ earliest, latest }: Recovery): string =>
  earliest === latest ? dayOf(earliest) : say('span', { from: dayOf(earliest), to: dayOf(latest) });

function nextOf({ next }: Recovery): string {
  if (next === null) return say('recoveries.next.none');
  const { low, high } = next.days;
  const days = high === low ? digits(low) : say('span', { from: low, to: high ?? say('interval.none') });
  return next.isSure ? days : say('recoveries.next.unsure', { days });
}
