/** Detections per staff-month: on a line with their interval, and in a table; what has no rate says why. */
import type { PlottedInterval } from '../charts/interval-plot.tsx';
import { number, say, small, wordFor } from '../words/words.ts';
import { DataTable } from './figures-table.tsx';

export interface Rate {
  readonly status: string;
  readonly rate: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly detections: number | null;
  readonly staffMonths: number | null;
  readonly reason: string | null;
}

export interface Rated {
  readonly incidents: number;
  readonly detectionsPerStaffMonth: Rate | null;
}

export function plotted(
  id: string,
  name: string,
  { incidents, detectionsPerStaffMonth: rate }: Rated,
): PlottedInterval {
  const isRate = rate !== null && rate.status === 'RATE';
  return {
    id,
    name,
    note:
      rate?.staffMonths == null
        ? say('count.incidents', { count: incidents })
        : say('stations.effort', {
            incidents: say('count.incidents', { count: rate.detections ?? incidents }),
            months: number(rate.staffMonths),
          }),
    value: rate?.rate ?? null,
    low: rate?.low ?? null,
    high: rate?.high ?? null,
    instead: isRate ? null : wordFor('rate', rate?.status ?? 'NOT_AVAILABLE'),
    tone: 'steady',
  };
}

export function RateTable({
  caption,
  first,
  rows,
}: {
  readonly caption: string;
  readonly first: 'table.place' | 'stations.quarter';
  readonly rows: readonly (Rated & { readonly id: string; readonly name: string })[];
}) {
  return (
    <details>
      <summary>{say('chart.table')}</summary>
      <DataTable
        caption={caption}
        columns={[
          { word: first },
          { word: 'table.incidents', isNumber: true },
          { word: 'stations.counted', isNumber: true },
          { word: 'closing.effort', isNumber: true },
          { word: 'stations.rate', isNumber: true },
        ]}
        rows={rows.map(({ id, name, incidents, detectionsPerStaffMonth: rate }) => ({
          id,
          cells: [
            name,
            incidents,
            rate?.detections ?? null,
            rate?.staffMonths ?? null,
            rate?.status === 'RATE'
              ? say('interval', {
                  estimate: small(rate.rate ?? 0),
                  low: small(rate.low ?? 0),
                  high: small(rate.high ?? 0),
                })
              : wordFor('rate', rate?.status ?? 'NOT_AVAILABLE'),
          ],
        }))}
      />
    </details>
  );
}
