/** Reports recorded, imported, corrected, regraded, verified and withdrawn, and their places decided, at random, and a naive model that remembers what each said when. */
import type { Viewer } from '../../src/access/viewer.ts';
import { undoImport } from '../../src/intake/imports/import.service.ts';
import { type Random, seededRandom } from '../../src/kernel/random.ts';
import { importText, organisationFor } from '../support/intake.ts';
import { NAMED_CALLS, NAMED_FLOWS } from '../support/small-profiles.ts';
import { answer, type TestHub, viewerFor } from '../support/test-hub.ts';
import { type Meaning, PlaceWords, SPELLINGS } from './place-words.ts';

/** What a report says, as the model keeps it and as the hub is asked for it. */
interface Said {
  readonly kind: string;
  readonly grade: string;
  readonly verification: string;
  readonly occurred: string;
  readonly persons: number;
  /** Sexes of the listed persons, sorted; an imported call lists none. */
  readonly party: readonly string[];
  /** Countries and words along the way; null: no movement. */
  readonly way: readonly string[] | null;
  /** A word for where it happened, or its country. */
  readonly at: string;
  readonly plates: readonly string[];
}

/** What words meant: their countries. */
type Reading = ReadonlyMap<string, Meaning>;

interface Version {
  readonly from: number;
  /** What its words meant, from when on. */
  readonly readings: { readonly from: number; readonly reading: Reading }[];
  /** The import that made it, where one did. */
  readonly batchId: string | null;
  readonly version: number;
  /** null: withdrawn. */
  readonly said: Said | null;
}

interface History {
  readonly id: string;
  /** Its id in a file; null: recorded by hand. */
  readonly reference: string | null;
  readonly versions: Version[];
  /** Answers of the verifiers' open round, by verifier. */
  round: Map<number, string>;
  /** Once somebody has answered, no import of it is taken back. */
  answered: boolean;
  readonly incidentId: string;
}

export interface Difference {
  readonly where: string;
  readonly found: unknown;
  readonly wanted: unknown;
}

export interface HistoriesSeen {
  histories: number;
  acts: number;
  refusals: number;
  moments: number;
  decisions: number;
  undoneImports: number;
  /** Answers of their time that were asked for again at the end. */
  snapshots: number;
  readonly differences: Difference[];
}

const HOUR = 3_600_000;
/** Before an undo; each asks the past of all places, whose cost grows with what there is. */
const LOOKED_AT_AGAIN = 2;
const BEGIN = Date.parse('2024-01-01T00:00:00Z');
const COUNTRIES = ['IND', 'BGD', 'ARE', 'MYS'];
const ANSWERS = ['EVIDENCE', 'HIGH_RISK', 'SHOULD_NOT_COUNT'];
const KINDS = ['INTERVIEW', 'HOTLINE', 'INVESTIGATION'];

const DONE = '... on ActDone { reportId version } ... on ActRefused { reasons { where found wanted } }';
const RECORD = `mutation ($report: HandReportInput!, $key: String!) { act: recordReport(report: $report, idempotencyKey: $key) { ${DONE} } }`;
const OF = 'reportId: $id, version: $version, idempotencyKey: $key';
const CORRECT = `mutation ($id: String!, $version: Int!, $key: String!, $report: HandReportInput!) {
  act: correctReport(${OF}, report: $report, reason: NEW_INFORMATION) { ${DONE} } }`;
const REGRADE = `mutation ($id: String!, $version: Int!, $key: String!, $reliability: Reliability!, $credibility: Int!) {
  act: regradeReport(${OF}, reliability: $reliability, credibility: $credibility, reason: SOURCE_DOUBTED) { ${DONE} } }`;
const WITHDRAW = `mutation ($id: String!, $version: Int!, $key: String!) { act: withdrawReport(${OF}, reason: DUPLICATE) { ${DONE} } }`;
const VERIFY = `mutation ($id: String!, $answer: VerificationAnswer!) { verifyIncident(incidentId: $id, answer: $answer) {
  ... on VerificationKept { stage } ... on ActRefused { reasons { found } } } }`;
const READ = `query ($ids: [String!]!, $at: DateTimeISO) { reports(first: 500, filter: { ids: $ids, asKnownAt: $at }) { nodes {
  id version kind evaluation { reliability credibility } incidents { id country verification occurred { from } persons { max } entities { selectors { value: hint } }
    movements { persons { max } originCountry destinationCountry countries { country } waypoints { country } party { sex } verification evaluation { reliability credibility } } } } } }`;
const COUNT = `query ($at: DateTimeISO) { reports(filter: { asKnownAt: $at }) { totalCount } movements(filter: { asKnownAt: $at }) { totalCount }
  incidents(filter: { asKnownAt: $at }) { totalCount } flows(groupBy: [DESTINATION_COUNTRY], filter: { asKnownAt: $at }) { movements persons { max } }
  sharedFacilitators(incidentsAtLeast: 2, first: 500, asKnownAt: $at) { hint incidents }
  dataQuality(groupBy: [], filter: { asKnownAt: $at }) { reports incidents ungraded { count } unverified { count } verifiedInvalid { count of } quarantined { count of } } }`;
const ONE = `query ($id: String!, $incident: String!, $at: DateTimeISO) { report(id: $id, asKnownAt: $at) { version withdrawnAt evaluation { reliability credibility } }
  incident(id: $incident, asKnownAt: $at) { verification movements { id } } }`;

const SPOT = 'country cell position { longitude latitude } place { id }';
const PLACES = `query ($incidents: [String!]!, $at: DateTimeISO) {
  movements(first: 100, filter: { incidentIds: $incidents, asKnownAt: $at }) { nodes { id originCountry destinationCountry countries { country role }
    waypoints { ordinal level uncertaintyKm ${SPOT} } crossings { id kind fromCountry toCountry cell distanceKm position { longitude latitude } crossingPoint { id } }
    incident { id ${SPOT} } } }
  observed: crossings(filter: { asKnownAt: $at }) { totalCount }
  crossings(first: 500, filter: { asKnownAt: $at, border: ["NPL", "IND"], kinds: [OBSERVED, INFERRED] }) { totalCount nodes { id cell movement { id originCountry } } }
  there: movements(filter: { asKnownAt: $at, area: { within: { longitude: 84.87, latitude: 27, km: 60 } } }) { totalCount }
  origins: flows(first: 500, groupBy: [ORIGIN_CELL, ORIGIN_COUNTRY], filter: { asKnownAt: $at }) { cell originCountry movements howKnown { imprecise records } }
  passed: flows(first: 500, groupBy: [CROSSING_CELL, TRANSIT_COUNTRY], filter: { asKnownAt: $at }) { cell transitCountry movements }
  flowObservations(first: 100, filter: { asKnownAt: $at }) { nodes { id version destination { country position { longitude latitude } } } }
  dataQuality(groupBy: [], filter: { asKnownAt: $at }) { imprecise { count of } unresolved { count of } } }`;

interface Snapshot {
  readonly at: number;
  readonly incidents: readonly string[];
  readonly told: Readonly<Record<string, unknown>>;
}

/** Lists in the order of what they say. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value))
    return value.map(sorted).toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, sorted(each)]));
}

interface Told {
  readonly id: string;
  readonly version: number;
  readonly kind: string;
  readonly evaluation: Grade;
  readonly incidents: readonly {
    readonly id: string;
    readonly country: string | null;
    readonly verification: string;
    readonly occurred: { readonly from: string } | null;
    readonly persons: { readonly max: number };
    readonly entities: readonly { readonly selectors: readonly { readonly value: string }[] }[];
    readonly movements: readonly {
      readonly persons: { readonly max: number };
      readonly originCountry: string | null;
      readonly destinationCountry: string | null;
      readonly countries: readonly { readonly country: string }[];
      readonly waypoints: readonly { readonly country: string | null }[];
      readonly party: readonly { readonly sex: string }[];
      readonly verification: string;
      readonly evaluation: Grade;
    }[];
  }[];
}
interface OutOf {
  readonly count: number;
  readonly of?: number;
}
interface Quality {
  readonly reports: number;
  readonly incidents: number;
  readonly ungraded: OutOf;
  readonly unverified: OutOf;
  readonly verifiedInvalid: OutOf;
  readonly quarantined: OutOf;
}
interface Grade {
  readonly reliability: string;
  readonly credibility: number;
}
const gradeOf = ({ reliability, credibility }: Grade): string => `${reliability}${credibility}`;

const NONE_SEEN = {
  histories: 0,
  acts: 0,
  refusals: 0,
  moments: 0,
  decisions: 0,
  undoneImports: 0,
  snapshots: 0,
};

export class EditHistories {
  readonly seen: HistoriesSeen = { ...NONE_SEEN, differences: [] };
  readonly #random: Random;
  readonly #all: History[] = [];
  readonly #words: PlaceWords;
  /** What the hub said of places when it was so. */
  readonly #snapshots: Snapshot[] = [];
  #flows = 0;
  /** When each row of a file came in: its files have one each. */
  readonly #imports: number[] = [];
  #clock = BEGIN;
  #serial = 0;
  #analyst!: Viewer;
  #verifiers: readonly Viewer[] = [];

  readonly #hub: TestHub;
  readonly #slug: string;

  constructor(hub: TestHub, seed: number) {
    this.#hub = hub;
    this.#slug = `edits-${seed}`;
    this.#random = seededRandom(seed);
    this.#words = new PlaceWords(this.#random);
  }

  /** `count` histories, each of one to eight acts, all of them mixed in time. */
  async run(count: number): Promise<HistoriesSeen> {
    await this.#openClasses();
    this.#analyst = await viewerFor(this.#hub, this.#slug, 'analyst');
    this.#verifiers = [
      await viewerFor(this.#hub, this.#slug, 'investigator'),
      await viewerFor(this.#hub, this.#slug, 'investigator'),
      await viewerFor(this.#hub, this.#slug, 'data_officer'),
    ];
    const isShort = (): boolean =>
      this.#all.length < count ||
      this.seen.acts < count * 4 ||
      // Few imports can be taken back: it goes on until one was, within reason.
      (this.seen.undoneImports === 0 && this.seen.acts < count * 12);
    while (isShort()) {
      this.#clock += 1_000 * (1 + this.#random.int(3_600));
      for (const [one, beside] of [
        [4, () => this.#decide()],
        [4, () => this.#look()],
        [8, () => this.#publish()],
      ] as const) {
        if (this.#random.int(one) === 0) await beside();
        this.#clock += 1_000;
      }
      const begins = this.#all.length < count && (this.#all.length < 3 || this.#random.int(4) === 0);
      await (begins ? this.#begin() : this.#change(this.#all[this.#random.int(this.#all.length)] as History));
    }
    this.seen.histories = this.#all.length;
    for (const history of this.#all) await this.#replay(history);
    for (const snapshot of this.#snapshots) await this.#lookAgain(snapshot);
    for (let at = 0; at < Math.min(count, 200); at += 1) await this.#count(this.#moment());
    await this.#count(BEGIN - HOUR);
    await this.#count(this.#clock + HOUR);
    return this.seen;
  }

  /** A viewer of this test is read once: the classes of its organisation are to be there before. */
  async #openClasses(): Promise<void> {
    const text = 'id,day,people,to,word,note\nfirst,01/01/2023,1,IND,,said\n';
    const { batchId } = await importText(this.#then(), this.#slug, NAMED_CALLS, text, 'first.csv');
    const { id } = await organisationFor(this.#hub, this.#slug);
    await undoImport(this.#hub.imports, id, null, batchId);
  }

  async #begin(): Promise<void> {
    const said = this.#draw();
    if (this.#random.int(3) > 0) {
      const done = await this.#act(RECORD, { report: reportOf(said) });
      return this.#remember(String(done?.reportId), null, said);
    }
    const reference = `C${this.#all.length}`;
    const call = callOf(said);
    const batchId = await this.#import(reference, call);
    const found = await answer<{ reports: { nodes: { id: string }[] } }>(
      this.#hub,
      this.#analyst,
      `{ reports(filter: { externalReference: "${reference}" }) { nodes { id } } }`,
    );
    return this.#remember(String(found.reports.nodes[0]?.id), reference, call, batchId);
  }

  async #remember(
    id: string,
    reference: string | null,
    said: Said,
    batchId: string | null = null,
  ): Promise<void> {
    this.seen.acts += 1;
    const [living] = await this.#read([id], null);
    const versions = [await this.#version(id, 1, said, batchId)];
    const incidentId = String(living?.incidents[0]?.id);
    this.#all.push({ id, reference, versions, round: new Map(), answered: false, incidentId });
  }

  async #change(history: History): Promise<void> {
    const last = history.versions.at(-1) as Version;
    const { id } = history;
    this.seen.acts += 1;
    const choice = this.#random.int(10);
    if (last.batchId !== null && history.versions.length > 1 && !history.answered && choice > 5)
      return this.#takeBack(history, last, last.batchId);
    if (last.said === null || choice === 0) return this.#refused(history, last);
    const target = { id, version: last.version };
    // What was said again without being said anew is read as it was.
    const becomes = (said: Said | null): void => {
      const readings = [{ from: this.#clock, reading: readingOf(last, this.#clock) }];
      history.versions.push({ from: this.#clock, version: last.version + 1, said, readings, batchId: null });
    };
    const says = async (said: Said, batchId: string | null = null): Promise<void> => {
      history.versions.push(await this.#version(id, last.version + 1, said, batchId));
    };
    if (choice <= 3) {
      const said = { ...this.#draw(), verification: 'UNVERIFIED' };
      if (history.reference !== null && choice <= 2) {
        const call = callOf(said);
        await says(call, await this.#import(history.reference, call));
      } else {
        await this.#act(CORRECT, { ...target, report: reportOf(said) });
        await says(said);
      }
      history.round.clear();
    } else if (choice <= 5) {
      const grade = {
        reliability: 'ABCDEF'[this.#random.int(6)] as string,
        credibility: 1 + this.#random.int(6),
      };
      await this.#act(REGRADE, { ...target, ...grade });
      becomes({ ...last.said, grade: gradeOf(grade) });
    } else if (choice === 6) {
      await this.#act(WITHDRAW, target);
      becomes(null);
      history.round.clear();
    } else {
      await this.#verify(history, last.said, becomes);
    }
  }

  /** As it is said now: its words mean what they mean today. */
  async #version(id: string, version: number, said: Said, batchId: string | null): Promise<Version> {
    const from = this.#clock;
    const reading = new Map(wordsOf(said).map((word) => [word, this.#words.mention(word)]));
    const stops = await this.#hub.database.unrestricted('find the references of a test', (connection) =>
      connection.query<{ ordinal: number; reference: string }>(
        `select w.ordinal, w.place_reference_id as reference from waypoint w where w.movement_id in (select id from movement where report_id = $1 and known_to is null)
         union all select -1, place_reference_id from incident where report_id = $1 and known_to is null`,
        [id],
      ),
    );
    for (const { ordinal, reference } of stops) {
      const word = ordinal < 0 ? said.at : said.way?.[ordinal];
      if (word !== undefined && SPELLINGS.includes(word)) this.#words.identify(word, reference);
    }
    return { from, version, said, readings: [{ from, reading }], batchId };
  }

  /** What the living say follows, unless it was read otherwise than the reference. */
  async #decide(): Promise<void> {
    const changes = await this.#words.act(this.#then(), this.#analyst);
    if (changes.length > 0) this.seen.decisions += 1;
    for (const { versions } of this.#all) {
      const last = versions.at(-1) as Version;
      if (last.said === null) continue;
      const reading = new Map(readingOf(last, this.#clock));
      for (const { spelling, before, after } of changes)
        if (reading.get(spelling)?.town === before.town) reading.set(spelling, after);
      last.readings.push({ from: this.#clock, reading });
    }
  }

  /** The version before stands again, as it was read when it ended; what was between is in no past. */
  async #takeBack({ versions }: History, last: Version, batchId: string): Promise<void> {
    const { id } = await organisationFor(this.#hub, this.#slug);
    // What was seen since it came will never have been so: some of it is asked for again while it still was.
    const untold = this.#snapshots.findIndex(({ at }) => at >= last.from);
    const dropped = untold < 0 ? [] : this.#snapshots.splice(untold);
    for (const snapshot of dropped.slice(-LOOKED_AT_AGAIN)) await this.#lookAgain(snapshot);
    await undoImport(this.#then().imports, id, null, batchId);
    versions.pop();
    this.#imports.splice(this.#imports.indexOf(last.from), 1);
    this.seen.undoneImports += 1;
  }

  /** A published flow, or a correction of one, to somewhere that a word names. */
  async #publish(): Promise<void> {
    const word = this.#drawWord();
    this.#words.mention(word);
    this.#flows += 1;
    const text = `id,day,people,to\n${this.#random.int(4)},01/02/2023,${this.#flows},${word}\n`;
    await importText(this.#then(), this.#slug, NAMED_FLOWS, text, `flows-${this.#flows}.csv`);
    this.#imports.push(this.#clock);
    const [flow] = await this.#hub.database.unrestricted('find the reference of a test', (connection) =>
      connection.query<{ reference: string }>(
        `select f.destination_reference_id as reference from flow_observation f join organisation o on o.id = f.owner_id
         where o.slug = $1 and f.value_min = $2 and f.known_to is null`,
        [this.#slug, this.#flows],
      ),
    );
    this.#words.identify(word, (flow as { reference: string }).reference);
  }

  async #look(): Promise<void> {
    const incidents = this.#all.slice(-30).map(({ incidentId }) => incidentId);
    const at = this.#clock;
    this.#snapshots.push({ at, incidents, told: await this.#placesAt(incidents, null) });
  }

  async #lookAgain({ at, incidents, told }: Snapshot): Promise<void> {
    this.seen.snapshots += 1;
    const found = await this.#placesAt(incidents, new Date(at).toISOString());
    for (const [name, wanted] of Object.entries(told))
      if (JSON.stringify(found[name]) !== JSON.stringify(wanted))
        this.#differ(`${name} at ${at}`, found[name], wanted);
  }

  /** Everything that is asked of places, in an order that ids do not decide. */
  async #placesAt(
    incidents: readonly string[],
    at: string | null,
  ): Promise<Readonly<Record<string, unknown>>> {
    const told = await answer<Record<string, unknown>>(this.#hub, this.#analyst, PLACES, { incidents, at });
    return Object.fromEntries(Object.entries(told).map(([name, value]) => [name, sorted(value)]));
  }

  /** An act on a version that is not the latest, or on what was withdrawn, changes nothing. */
  async #refused(history: History, last: Version): Promise<void> {
    const stale = last.said === null ? last.version : last.version - 1;
    const grade = { reliability: 'F', credibility: 6 };
    const done = await this.#act(REGRADE, { id: history.id, version: stale, ...grade }, true);
    if (done !== null) this.#differ(`a stale act on ${history.id}`, done, 'a refusal');
    this.seen.refusals += 1;
  }

  /** Two that agree decide; where two differ, the third does. */
  async #verify(history: History, said: Said, becomes: (said: Said) => void): Promise<void> {
    const at = this.#random.int(this.#verifiers.length);
    const given = ANSWERS[this.#random.int(ANSWERS.length)] as string;
    const told = await this.#verifyAs(at, history.incidentId, given);
    if (history.round.has(at)) {
      if (told !== 'a key that has answered')
        this.#differ('a second answer of one verifier', told, 'a refusal');
      this.seen.refusals += 1;
      return;
    }
    history.round.set(at, given);
    history.answered = true;
    const answers = [...history.round.values()];
    const agreed = answers.find((one, index) => answers.indexOf(one) !== index);
    const decided = agreed ?? (answers.length === 3 ? 'HIGH_RISK' : undefined);
    const stage =
      decided === undefined ? (answers.length === 1 ? 'AWAITING_SECOND' : 'AWAITING_TIE_BREAK') : 'DECIDED';
    if (told !== stage) this.#differ(`answers ${answers.join(', ')}`, told, stage);
    if (decided === undefined) return;
    becomes({ ...said, verification: decided });
    history.round.clear();
  }

  async #verifyAs(at: number, id: string, given: string): Promise<string> {
    const then = this.#then();
    const told = await answer<{ verifyIncident: { stage?: string; reasons?: { found: string }[] } }>(
      then,
      this.#verifiers[at] as Viewer,
      VERIFY,
      { id, answer: given },
    );
    return told.verifyIncident.stage ?? told.verifyIncident.reasons?.[0]?.found ?? '';
  }

  async #replay(history: History): Promise<void> {
    const moments = [this.#moment(), this.#moment(), ...history.versions.map(({ from }) => from)];
    for (const at of moments) {
      this.seen.moments += 1;
      const standing = readAt(history, at);
      // Who was moved is told with the movement.
      const wanted =
        standing?.said.way === null ? { ...standing, said: { ...standing.said, party: [] } } : standing;
      const [told] = await this.#read([history.id], new Date(at).toISOString());
      const found = told === undefined ? null : tell(told);
      if (JSON.stringify(found) !== JSON.stringify(wanted))
        this.#differ(`${history.id} at ${at}`, found, wanted);
      await this.#open(history, at);
    }
  }

  /** One record by its id says of a moment what the list says, and of one that was withdrawn when. */
  async #open({ id, incidentId, versions }: History, at: number): Promise<void> {
    const version = versions.findLast(({ from }) => from <= at);
    const said = version?.said ?? null;
    const wanted = {
      report:
        version === undefined
          ? null
          : { version: version.version, withdrawn: said === null, ...(said && { grade: said.grade }) },
      incident: said && { verification: said.verification, movements: said.way === null ? 0 : 1 },
    };
    const { report, incident } = await answer<{
      report: { version: number; withdrawnAt: string | null; evaluation: Grade } | null;
      incident: { verification: string; movements: unknown[] } | null;
    }>(this.#hub, this.#analyst, ONE, { id, incident: incidentId, at: new Date(at).toISOString() });
    const found = {
      report: report && {
        version: report.version,
        withdrawn: report.withdrawnAt !== null,
        ...(report.withdrawnAt === null && { grade: gradeOf(report.evaluation) }),
      },
      incident: incident && { verification: incident.verification, movements: incident.movements.length },
    };
    if (JSON.stringify(found) !== JSON.stringify(wanted))
      this.#differ(`${id} by its id at ${at}`, found, wanted);
  }

  async #count(at: number): Promise<void> {
    this.seen.moments += 1;
    const standing = this.#all.flatMap((history) => saidAt(history, at)?.said ?? []);
    const counting = standing.filter(
      ({ way, verification }) => way !== null && verification !== 'SHOULD_NOT_COUNT',
    );
    const wanted = {
      reports: standing.length,
      incidents: standing.length,
      movements: counting.length,
      counted: counting.length,
      persons: counting.reduce((sum, { persons }) => sum + persons, 0),
      recurring: recurring(standing),
      quality: this.#quality(standing, at),
    };
    const told = await answer<
      Record<'reports' | 'movements' | 'incidents', { totalCount: number }> & {
        flows: { movements: number; persons: { max: number } }[];
        sharedFacilitators: { hint: string; incidents: number }[];
        dataQuality: Quality[];
      }
    >(this.#hub, this.#analyst, COUNT, { at: new Date(at).toISOString() });
    const found = {
      reports: told.reports.totalCount,
      incidents: told.incidents.totalCount,
      movements: told.movements.totalCount,
      counted: told.flows.reduce((sum, { movements }) => sum + movements, 0),
      persons: told.flows.reduce((sum, { persons }) => sum + persons.max, 0),
      recurring: told.sharedFacilitators.map(({ hint, incidents }) => `${hint}: ${incidents}`).sort(),
      quality: told.dataQuality,
    };
    if (JSON.stringify(found) !== JSON.stringify(wanted)) this.#differ(`counts at ${at}`, found, wanted);
  }

  #quality(standing: readonly Said[], at: number): readonly Quality[] {
    const verified = standing.filter(({ verification }) => verification !== 'UNVERIFIED');
    return [
      {
        reports: standing.length,
        incidents: standing.length,
        ungraded: { count: standing.filter(({ grade }) => grade === 'F6').length },
        unverified: { count: standing.length - verified.length },
        verifiedInvalid: {
          count: verified.filter(({ verification }) => verification === 'SHOULD_NOT_COUNT').length,
          of: verified.length,
        },
        quarantined: { count: 0, of: this.#imports.filter((when) => when <= at).length },
      },
    ];
  }

  async #read(ids: readonly string[], at: string | null): Promise<readonly Told[]> {
    const told = await answer<{ reports: { nodes: Told[] } }>(this.#hub, this.#analyst, READ, { ids, at });
    return told.reports.nodes;
  }

  /** null: refused. */
  async #act(
    text: string,
    variables: Readonly<Record<string, unknown>>,
    mayBeRefused = false,
  ): Promise<{ reportId: string; version: number } | null> {
    this.#serial += 1;
    const all = { ...variables, key: `${this.#slug}-${this.#serial}` };
    const told = await answer<{ act: { reportId?: string; version?: number; reasons?: unknown } }>(
      this.#then(),
      this.#analyst,
      text,
      all,
    );
    const { reportId, version, reasons } = told.act;
    if (reportId !== undefined && version !== undefined) return { reportId, version };
    if (!mayBeRefused) throw new Error(`${text}: ${JSON.stringify([variables, reasons])}`);
    return null;
  }

  async #import(reference: string, { occurred, persons, way }: Said): Promise<string> {
    const [year, month, day] = occurred.split('-');
    const to = way?.at(-1) ?? '';
    const end = SPELLINGS.includes(to) ? `,${to}` : `${to},`;
    const text = `id,day,people,to,word,note\n${reference},${day}/${month}/${year},${persons},${end},\n`;
    this.#serial += 1;
    const summary = await importText(this.#then(), this.#slug, NAMED_CALLS, text, `${this.#serial}.csv`);
    this.#imports.push(this.#clock);
    if (summary.counts.quarantined > 0) throw new Error(JSON.stringify(summary.quarantine));
    return summary.batchId;
  }

  #then(): TestHub {
    const now = new Date(this.#clock);
    return { ...this.#hub, imports: { ...this.#hub.imports, now: () => now } };
  }

  #moment(): number {
    return BEGIN + Math.floor(this.#random.next() * (this.#clock - BEGIN + HOUR));
  }

  #draw(): Said {
    const random = this.#random;
    const party = Array.from({ length: 1 + random.int(3) }, () =>
      random.int(2) === 0 ? 'FEMALE' : 'MALE',
    ).sort();
    const occurred = `2023-${String(1 + random.int(12)).padStart(2, '0')}-${String(1 + random.int(28)).padStart(2, '0')}`;
    return {
      kind: KINDS[random.int(KINDS.length)] as string,
      grade: `${'ABCDEF'[random.int(6)]}${1 + random.int(6)}`,
      verification: 'UNVERIFIED',
      occurred,
      persons: party.length,
      party,
      way: random.int(4) === 0 ? null : this.#drawWay(),
      at: random.int(3) === 0 ? this.#drawWord() : 'NPL',
      plates: random.int(2) === 0 ? [] : [`NA 1 KHA ${1_000 + random.int(25)}`],
    };
  }

  /** Two stops or three; the one in between is where somebody was met at the border. */
  #drawWay(): readonly string[] {
    const random = this.#random;
    const start = random.int(3) === 0 ? this.#drawWord() : 'NPL';
    const end = random.int(2) === 0 ? this.#drawWord() : (COUNTRIES[random.int(COUNTRIES.length)] as string);
    return random.int(2) === 0 ? [start, this.#drawWord(), end] : [start, end];
  }

  #drawWord(): string {
    return SPELLINGS[this.#random.int(SPELLINGS.length)] as string;
  }

  #differ(where: string, found: unknown, wanted: unknown): void {
    this.seen.differences.push({ where, found, wanted });
  }
}

/** Plates of two incidents or more, of those that count, with how many. */
function recurring(standing: readonly Said[]): readonly string[] {
  const plates = standing
    .filter(({ verification }) => verification !== 'SHOULD_NOT_COUNT')
    .flatMap((said) => said.plates);
  return [...new Set(plates)]
    .map((plate) => ({ plate, incidents: plates.filter((other) => other === plate).length }))
    .filter(({ incidents }) => incidents > 1)
    .map(({ plate, incidents }) => `${plate}: ${incidents}`)
    .sort();
}

function callOf(said: Said): Said {
  return {
    ...said,
    kind: 'HOTLINE',
    grade: 'C4',
    verification: 'UNVERIFIED',
    party: [],
    plates: [],
    at: 'NPL',
    // A call names where it went.
    way: said.way && ['NPL', said.way.at(-1) as string],
  };
}

const wordsOf = ({ way, at }: Said): readonly string[] =>
  [...(way ?? []), at].filter((stop) => SPELLINGS.includes(stop));

function readingOf({ readings }: Version, at: number): Reading {
  return (readings.findLast(({ from }) => from <= at) ?? readings[0])?.reading ?? new Map();
}

/** What is read of a report: its words as they were understood at the moment. */
interface Read extends Omit<Said, 'way' | 'at'> {
  readonly way: readonly (string | null)[] | null;
  readonly at: string | null;
  readonly countries: readonly string[] | null;
  readonly ends: readonly (string | null)[] | null;
}

function readAt(history: History, at: number): { readonly version: number; readonly said: Read } | null {
  const version = history.versions.findLast(({ from }) => from <= at);
  if (version === undefined || version.said === null) return null;
  const reading = readingOf(version, at);
  const country = (stop: string): string | null =>
    SPELLINGS.includes(stop) ? (reading.get(stop)?.country ?? null) : stop;
  const { said } = version;
  const way = said.way?.map(country) ?? null;
  const passed = way?.filter((each) => each !== null) ?? null;
  return {
    version: version.version,
    said: {
      ...said,
      way,
      at: country(said.at),
      countries: passed?.filter((each, index) => each !== passed[index - 1]) ?? null,
      ends: way && [way[0] ?? null, way.at(-1) ?? null],
    },
  };
}

function saidAt(history: History, at: number): { readonly version: number; readonly said: Said } | null {
  const version = history.versions.findLast(({ from }) => from <= at);
  return version === undefined || version.said === null
    ? null
    : { version: version.version, said: version.said };
}

/** The answer in the model's words; what has to be the same in two places, and is not, is told as both. */
function tell(told: Told): { readonly version: number; readonly said: Read } {
  const [incident] = told.incidents;
  const [movement] = incident?.movements ?? [];
  const once = (one: string, other: string | undefined): string =>
    other === undefined || one === other ? one : `${one} and ${other}`;
  const grade = gradeOf(told.evaluation);
  return {
    version: told.version,
    said: {
      kind: told.kind,
      grade: once(grade, movement && gradeOf(movement.evaluation)),
      verification: once(String(incident?.verification), movement?.verification),
      // Days are written in Nepal, whose midnight is 18:15 of the day before in UTC.
      occurred: new Date(Date.parse(String(incident?.occurred?.from)) + 6 * HOUR).toISOString().slice(0, 10),
      persons: Number(once(String(incident?.persons.max), movement && String(movement.persons.max))),
      party: (movement?.party ?? []).map(({ sex }) => sex).sort(),
      way: movement === undefined ? null : movement.waypoints.map(({ country }) => country),
      at: incident?.country ?? null,
      plates: (incident?.entities ?? []).flatMap(({ selectors }) => selectors.map(({ value }) => value)),
      countries: movement === undefined ? null : movement.countries.map(({ country }) => country),
      ends: movement === undefined ? null : [movement.originCountry, movement.destinationCountry],
    },
  };
}

const placeOf = (stop: string): object => (SPELLINGS.includes(stop) ? { text: stop } : { country: stop });

function reportOf(said: Said): unknown {
  return {
    kind: said.kind,
    origin: {
      kind: 'STAFF',
      reference: 'Staff Sample',
      reliability: said.grade[0],
      credibility: Number(said.grade[1]),
    },
    incident: {
      kind: 'INTERCEPTION',
      occurred: { text: said.occurred, zone: 'Asia/Kathmandu' },
      place: placeOf(said.at),
    },
    movement:
      said.way === null
        ? null
        : {
            purpose: 'TRAFFICKING',
            status: 'INTERCEPTED',
            mode: 'BUS',
            waypoints: said.way.map((stop, at, { length }) => ({
              place: placeOf(stop),
              kind: at === 0 || at === length - 1 ? 'STATED' : 'OBSERVED',
              basis: at === 0 ? 'DEPARTURE' : at === length - 1 ? 'DESTINATION' : 'CROSSING',
            })),
          },
    persons: said.party.map((sex) => ({ status: 'POSSIBLE_VICTIM', sex, ageBand: 'AGE_9_17' })),
    entities: said.plates.map((value) => ({
      kind: 'VEHICLE',
      role: 'TRANSPORT',
      selectors: [{ kind: 'plate', value }],
    })),
  };
}
