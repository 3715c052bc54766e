/** Two importers who act at random on one organisation, checked step by step against the naive model. */
import { expect } from 'vitest';
import { planImportUndo, undoImport } from '../../src/intake/imports/import.service.ts';
import type { ImportSummary, RecordSink } from '../../src/intake/imports/import-types.ts';
import { tellObstacle, type UndoPlan } from '../../src/intake/imports/undo-plan.ts';
import { HeadwaterError } from '../../src/kernel/errors.ts';
import { type Random, seededRandom } from '../../src/kernel/random.ts';
import type { UnrestrictedDatabase } from '../../src/platform/database.ts';
import { importText, organisationFor } from './intake.ts';
import {
  countsOf,
  type NaiveFile,
  type NaiveImport,
  type NaiveRow,
  replay,
  standsOn,
} from './naive-imports.ts';
import { CALLS, FLOWS } from './small-profiles.ts';
import type { TestHub } from './test-hub.ts';

const ROUNDS = 30;
const ORDERS = ['dmy', 'mdy'] as const;
const HEADERS = {
  calls: 'id,day,people,to,note',
  flows: 'id,day,people',
  staffing: 'country,station_name,location,month,staff,work_fraction',
} as const;

interface Step {
  readonly batch: string;
  readonly what: 'import' | 'undo' | 'obstacle';
  /** Why an undo was refused. */
  readonly said: string | null;
  committed: boolean;
}

/** The world of two importers of one organisation; `hub` is shared by both, as a server's database is. */
export class ImportWorld {
  readonly slug: string;
  readonly files: readonly NaiveFile[];
  /** As they were taken in; imports that were undone are gone. */
  standing: NaiveImport[] = [];
  undone = 0;
  refused = 0;
  /** Imports taken back by the plans of others. */
  planned = 0;
  readonly #random: Random;
  readonly #given = new Map<string, Omit<NaiveImport, 'batch'>>();
  readonly #summaries = new Map<string, ImportSummary>();
  readonly #steps: Step[] = [];
  #organisation = '';

  readonly #shared: TestHub;

  constructor(hub: TestHub, seed: number) {
    this.#shared = hub;
    this.#random = seededRandom(seed);
    this.slug = `world-${seed}`;
    this.files = Array.from({ length: 9 }, (_, index) => fileOf(this.#random, index));
  }

  async run(): Promise<void> {
    this.#organisation = (await organisationFor(this.#shared, this.slug)).id;
    for (let round = 0; round < ROUNDS; round += 1) {
      const acts = Array.from({ length: 2 }, () => this.#act(round));
      for (const settled of await Promise.allSettled(acts))
        if (settled.status === 'rejected') throw settled.reason;
      this.#check();
    }
    await this.#finishAll();
    this.#check();
    await this.#followPlans();
  }

  /** Whatever stands on an import, its plan leads to its end: nobody did anything by hand here. */
  async #followPlans(): Promise<void> {
    const { imports } = this.#hub(Number.POSITIVE_INFINITY);
    for (let at = 0; at < 3 && this.standing.length > 3; at += 1) {
      const { batch } = this.standing[this.#random.int(this.standing.length)] as NaiveImport;
      const plan = (await planImportUndo(imports, this.#organisation, batch)) as UndoPlan;
      expect(plan.steps.length > 1).toBe(standsOn(this.standing, batch));
      expect([plan.byPeople, plan.steps.at(-1)?.batchId]).toEqual([[], batch]);
      if (plan.circular) continue;
      for (const { batchId } of plan.steps) await undoImport(imports, this.#organisation, null, batchId);
      this.planned += plan.steps.length;
      this.#check();
    }
  }

  /** One importer's next move: mostly a file, sometimes an undo; sometimes its process dies in the midst. */
  async #act(round: number): Promise<void> {
    const mine = this.#hub(this.#random.int(4) === 0 ? 2 + this.#random.int(4) : Number.POSITIVE_INFINITY);
    const all = [...this.#given.keys()];
    // The latest can be taken back more often than not; of all of them, hardly any.
    const batches = this.#random.int(3) === 0 ? all : all.slice(-3);
    if (round > 2 && this.#random.int(5) < 2 && batches.length > 0) {
      await this.#expected(
        undoImport(
          mine.imports,
          this.#organisation,
          null,
          batches[this.#random.int(batches.length)] as string,
        ),
      );
      return;
    }
    const file = this.files[this.#random.int(this.files.length)] as NaiveFile;
    const order = ORDERS[Number(this.#random.int(4) === 0)] as 'dmy' | 'mdy';
    await this.#expected(
      give(mine, this.slug, file, order).then((summary) => this.#note(summary, file, order)),
    );
  }

  #note(summary: ImportSummary, file: NaiveFile, order: 'dmy' | 'mdy'): void {
    expect(this.#given.get(summary.batchId)).toEqual({ file, order });
    if (!summary.repeated) this.#summaries.set(summary.batchId, summary);
  }

  async #expected(work: Promise<unknown>): Promise<void> {
    try {
      await work;
    } catch (error) {
      const code = error instanceof HeadwaterError ? error.code : (error as Error).message;
      expect(['BUSY', 'CONFLICT', 'died on purpose']).toContain(code);
      if (code !== 'died on purpose') this.refused += 1;
    }
  }

  /** Everything interrupted is gone on with, as it was read before. */
  async #finishAll(): Promise<void> {
    const open = await this.#shared.database.unrestricted('find what was interrupted', (connection) =>
      connection.query<{ id: string }>(
        `select id from import_batch where owner_id = $1 and state in ('reading', 'composing') order by id`,
        [this.#organisation],
      ),
    );
    for (const { id } of open) {
      const { file, order } = this.#given.get(id) as Omit<NaiveImport, 'batch'>;
      const summary = await give(this.#hub(Number.POSITIVE_INFINITY), this.slug, file, order);
      expect(summary).toMatchObject({ batchId: id, resumed: true });
      this.#note(summary, file, order);
    }
  }

  /** What happened since the last look, in the order in which it happened, is what the model says. */
  #check(): void {
    for (const { batch, what, committed, said } of this.#steps.splice(0)) {
      if (what === 'obstacle') {
        expect(standsOn(this.standing, batch), `an undo was refused: ${said}`).toBe(true);
      } else if (!committed) {
        continue;
      } else if (what === 'undo') {
        expect(standsOn(this.standing, batch), 'an undo was allowed').toBe(false);
        this.standing = this.standing.filter((each) => each.batch !== batch);
        this.undone += 1;
      } else {
        this.standing.push({ batch, ...(this.#given.get(batch) as Omit<NaiveImport, 'batch'>) });
        const summary = this.#summaries.get(batch);
        const fates = replay(this.standing).get(batch) ?? [];
        if (summary !== undefined) expect(summary.counts).toEqual(countsOf(fates));
      }
    }
  }

  /** A hub of one importer, which dies at its nth transaction: after its work, before its commit. */
  #hub(diesAt: number): TestHub {
    const hub = this.#shared;
    const { sink } = hub.imports;
    let transactions = 0;
    let pending: Step[] = [];
    const step = (batch: string, what: Step['what'], said: string | null = null): void => {
      const made = { batch, what, said, committed: false };
      pending.push(made);
      this.#steps.push(made);
    };
    const watched: RecordSink = {
      ...sink,
      write: async (connection, batch, drafts) => {
        await sink.write(connection, batch, drafts);
        step(String(batch.batchId), 'import');
      },
      undo: async (connection, batchId, now) => {
        const obstacle = await sink.undo(connection, batchId, now);
        step(batchId, obstacle === null ? 'undo' : 'obstacle', obstacle && tellObstacle(obstacle));
        return obstacle;
      },
    };
    const database: UnrestrictedDatabase = {
      unrestricted: async (purpose, work) => {
        transactions += 1;
        const dies = transactions >= diesAt;
        pending = [];
        const result = await this.#shared.database.unrestricted(purpose, async (connection) => {
          const done = await work(connection);
          if (dies) throw new Error('died on purpose');
          return done;
        });
        for (const made of pending) made.committed = true;
        return result;
      },
    };
    return {
      ...hub,
      database: hub.database,
      imports: { ...hub.imports, sink: watched, database: this.#remember(database) },
    };
  }

  /** Which file a batch is of, as soon as there is one. */
  #remember(database: UnrestrictedDatabase): UnrestrictedDatabase {
    return {
      unrestricted: async (purpose, work) => {
        const result = await database.unrestricted(purpose, work);
        const { batch } = (purpose === 'begin an import' ? result : {}) as {
          batch?: { id: string; file_name: string; options: { order: 'dmy' | 'mdy' } };
        };
        const file = this.files.find(({ name }) => name === batch?.file_name);
        if (batch !== undefined && file !== undefined)
          this.#given.set(batch.id, { file, order: batch.options.order });
        return result;
      },
    };
  }
}

export function give(
  at: TestHub,
  slug: string,
  file: NaiveFile,
  order: 'dmy' | 'mdy',
): Promise<ImportSummary> {
  const profile = { calls: CALLS, flows: FLOWS, staffing: 'staffing' }[file.kind];
  const text = [HEADERS[file.kind], ...file.rows.map((row) => row.text)].join('\n');
  return importText(at, slug, profile, text, file.name, { order });
}

/** Few ids, few things to say: files overlap, agree, correct each other and repeat ids. */
function fileOf(random: Random, index: number): NaiveFile {
  const kind = (['calls', 'flows', 'staffing'] as const)[index % 3] as NaiveFile['kind'];
  const rows = Array.from({ length: 1 + random.int(5) }, () => rowOf(random, kind));
  // Two files of the same bytes would be one; the id makes each its own.
  return { name: `${kind}-${index}.csv`, kind, rows: [...rows, rowOf(random, kind, `${kind}-${index}`)] };
}

function rowOf(random: Random, kind: NaiveFile['kind'], own?: string): NaiveRow {
  const people = random.int(12) === 0 ? 'many' : String(1 + random.int(2));
  if (kind === 'staffing') {
    const station = own ?? `Gate ${random.int(3)}`;
    const text = `Nepal,${station},,2024-0${1 + random.int(2)},${people},0.5`;
    const says = people === 'many' ? null : text;
    return { id: text.split(',').slice(0, 4).join(','), text, says: { dmy: says, mdy: says } };
  }
  const id = own ?? (random.int(5) === 0 ? '' : `R${random.int(4)}`);
  const [first, second] = [random.int(3) === 0 ? '04' : '02', '04'];
  const rest = kind === 'calls' ? `,${random.int(3) === 0 ? '' : 'IND'},said` : '';
  const text = `${id},${first}/${second}/2024,${people}${rest}`;
  const says = (month: string, day: string): string | null =>
    people === 'many' ? null : `${id} ${month}-${day} ${people}${rest}`;
  return { id, text, says: { dmy: says(second, first), mdy: says(first, second) } };
}
