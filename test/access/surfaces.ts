/**
 * Every surface through which a record, or a count of records, can leave the hub. Whatever adds a root field, a tile, an export or a
 * count joins this list: a test fails while a root field of the schema is missing, and another while a selectable field is.
 */
import { buildHubSchema } from '../../src/schema.ts';
import { wholeDocument } from './whole-document.ts';

export interface Surface {
  /** Root field of the schema. */
  readonly root: string;
  /** Takes the variables that its examples give; selects everything there is. */
  readonly document: string;
  /**
   * `oracle`: random worlds compare every answer with a naive policy, and two worlds that differ in hidden rows must answer alike.
   * `alike`: what it computes has tests of its own; here the two worlds are compared, refusals included.
   * `public`: the same for every viewer.
   */
  readonly compared: 'oracle' | 'alike' | 'public';
  /** Variables to ask with where a test does not choose its own. */
  readonly example: Readonly<Record<string, unknown>>;
}

const SPAN = '{ from to granularity zone basis }';
const OWNED = 'id version redacted owner';
const PLACED = 'position { longitude latitude } cell';
const PLACE =
  'id kind name country borderCountries population position { longitude latitude } footprintRadiusKm derived source';
const COUNTED =
  'totalCount countUpTo(limit: 3) pageInfo { hasNextPage endCursor } edges { cursor node { id } }';

const STATION = 'id name location country position { longitude latitude } interdictions { id }';
const INDEPENDENCE = 'independence { origins unknownOrigins groups { statements reason } }';
const EVIDENCE = '{ about weight words }';
const LAG = '{ median p90 known unknown }';
const CHECKPOINT = 'note hours until root publicKey';
const OUT_OF = '{ count of share }';

const RECORD = {
  report: `${OWNED} kind externalReference observed ${SPAN} reported ${SPAN} recordedAt evaluation { reliability credibility } originKind handling pap withdrawnAt sourceWithdrawn part incidents { id } legalCases { id } attachments { id } comments { id }
    history { version knownFrom knownTo act reason keyId fileName } acknowledgements { organisation at } recipients { organisation agreementId since until }`,
  incident: `${OWNED} kind population occurred ${SPAN} country ${PLACED} persons { min max } counts { name value } verification redFlagTotal
    report { id } place { id } indicators { scheme code value } movements { id } entities { id } statements { id } interdictions { id } legalCases { id } comments { id } redFlagTotals { form asOf points unweighted reported difference differs } ${INDEPENDENCE}`,
  movement: `${OWNED} purpose mode status exploitation occurred ${SPAN} persons { min max } originCountry destinationCountry countries { country role }
    verification evaluation { reliability credibility }
    waypoints { ordinal kind basis mode level country ${PLACED} uncertaintyKm occurredFrom place { id } }
    party { sex ageBand } incident { id } report { id } crossings { id } comments { id } ${INDEPENDENCE}`,
  crossing: `${OWNED} kind fromCountry toCountry ${PLACED} distanceKm occurred ${SPAN} persons { min max } movement { id } crossingPoint { id }`,
  entity: `${OWNED} kind label selectors { kind hint }
    suspicion { status basis basisOn reviewedAt reviewerId dueAt lapsedAt version } suspicionHistory { version status basis basisOn reviewerId knownFrom knownTo dueAt }
    statements { ${OWNED} claim originKind originKnown derived sourceWithdrawn evaluation { reliability credibility } statedFrom report { id } } incidents { id } interdictions { id } legalCases { id } comments { id } ${INDEPENDENCE}`,
  legalCase: `${OWNED} court country status openedOn reference defendants { id } incidents { id } reports { id } attachments { id } exhibits { id } comments { id }
    events { kind occurredOn law hearing result verdict sentenceMonths defendant { id } }`,
  attachment: `${OWNED} kind mediaType bytes sha256 attachedAt attachedBy report { id } legalCase { id } exhibit { id }`,
  exhibit: `${OWNED} kind label sha256 recordedAt recordedBy legalCase { id } file { id } attachments { id } custodian { role reference } custodyIntact
    custody { number kind occurredAt from { role reference } to { role reference } sha256 digestDiffers recordedAt recordedBy }`,
  interdiction: `${OWNED} kind basis occurredOn country ${PLACED} reference place { id } station { ${STATION} } incidents { id } entities { id }`,
  stationMonth: `${OWNED} month intercepts evidence highRisk invalid arrests station { ${STATION} }`,
  flowObservation: `${OWNED} publisher origin { country name position { longitude latitude } } destination { country name position { longitude latitude } }
    period ${SPAN} population unit measure valueMin valueMax`,
} as const;

const list = (root: string, filter: string, node: string): string =>
  `query ($filter: ${filter}, $first: Int! = 500, $after: String) {
    ${root}(filter: $filter, first: $first, after: $after) { ${COUNTED} nodes { ${node} } } }`;
const single = (root: string, node: string): string =>
  `query ($id: String!) { ${root}(id: $id) { ${node} } }`;
const singleThen = (root: string, node: string): string =>
  `query ($id: String!, $asKnownAt: DateTimeISO) { ${root}(id: $id, asKnownAt: $asKnownAt) { ${node} } }`;

const NO_SUCH_ID = '00000000-0000-4000-8000-000000000000';

export const SURFACES: readonly Surface[] = [
  {
    root: 'places',
    document: list('places', 'PlaceFilter', PLACE),
    compared: 'public',
    example: { first: 20 },
  },
  { root: 'place', document: single('place', PLACE), compared: 'public', example: { id: NO_SUCH_ID } },
  {
    root: 'reports',
    document: list('reports', 'ReportFilter', RECORD.report),
    compared: 'oracle',
    example: {},
  },
  {
    root: 'report',
    document: singleThen('report', RECORD.report),
    compared: 'oracle',
    example: { id: NO_SUCH_ID },
  },
  {
    root: 'incidents',
    document: list('incidents', 'IncidentFilter', RECORD.incident),
    compared: 'oracle',
    example: {},
  },
  {
    root: 'incident',
    document: singleThen('incident', RECORD.incident),
    compared: 'oracle',
    example: { id: NO_SUCH_ID },
  },
  {
    root: 'movements',
    document: list('movements', 'MovementFilter', RECORD.movement),
    compared: 'oracle',
    example: {},
  },
  {
    root: 'movement',
    document: singleThen('movement', RECORD.movement),
    compared: 'oracle',
    example: { id: NO_SUCH_ID },
  },
  {
    root: 'crossings',
    document: list('crossings', 'CrossingFilter', RECORD.crossing),
    compared: 'oracle',
    example: {},
  },
  {
    root: 'entities',
    document: list('entities', 'EntityFilter', RECORD.entity),
    compared: 'oracle',
    example: {},
  },
  {
    root: 'sharedFacilitators',
    document: `query ($kinds: [EntityKind!], $incidentsAtLeast: Int! = 2, $ownersAtLeast: Int! = 1, $standsWithoutVictim: Boolean! = false, $asKnownAt: DateTimeISO) {
      sharedFacilitators(asKnownAt: $asKnownAt, kinds: $kinds, incidentsAtLeast: $incidentsAtLeast, ownersAtLeast: $ownersAtLeast, standsWithoutVictim: $standsWithoutVictim, first: 500) {
        kind selectorKind hint incidents owners independentOrigins incidentsWithoutVictim missingEvidence surprise entityIds incidentIds } }`,
    compared: 'oracle',
    example: {},
  },
  {
    root: 'flowObservations',
    document: list('flowObservations', 'FlowObservationFilter', RECORD.flowObservation),
    compared: 'oracle',
    example: {},
  },
  {
    root: 'interdictions',
    document: list('interdictions', 'InterdictionFilter', RECORD.interdiction),
    compared: 'oracle',
    example: {},
  },
  {
    root: 'legalCases',
    document: list('legalCases', 'LegalCaseFilter', RECORD.legalCase),
    compared: 'oracle',
    example: {},
  },
  {
    root: 'attachments',
    document: list('attachments', 'AttachmentFilter', RECORD.attachment),
    compared: 'oracle',
    example: {},
  },
  {
    root: 'exhibits',
    document: list('exhibits', 'ExhibitFilter', RECORD.exhibit),
    compared: 'oracle',
    example: {},
  },
  {
    root: 'comments',
    document: list('comments', 'CommentFilter', `${OWNED} aboutKind aboutId writtenBy writtenAt`),
    compared: 'oracle',
    example: {},
  },
  {
    root: 'stationStatistics',
    document: list('stationStatistics', 'StationMonthFilter', RECORD.stationMonth),
    compared: 'oracle',
    example: {},
  },
  {
    root: 'redFlagWeights',
    document: list('redFlagWeights', 'RedFlagWeightFilter', `${OWNED} form code points validFrom`),
    compared: 'oracle',
    example: {},
  },
  {
    root: 'flows',
    document: `query ($groupBy: [FlowDimension!]!, $filter: MovementFilter, $having: [FlowHaving!]! = [], $orderBy: [FlowOrder!]! = [], $cellResolution: Int! = 4) {
      flows(groupBy: $groupBy, filter: $filter, having: $having, orderBy: $orderBy, cellResolution: $cellResolution, first: 5000) {
        originCountry transitCountry destinationCountry period mode purpose status exploitation sex ageBand cell owner crossingPoint { id }
        movements persons { min max } incidents independentOrigins
        detectionsPerStaffMonth { status reason detections staffMonths rate low high }
        howKnown { records complete independentOrigins observed stated inferred unverified singleSource imprecise
          oldestRecordedAt newestRecordedAt discount sentence } } }`,
    compared: 'oracle',
    example: { groupBy: ['ORIGIN_COUNTRY', 'DESTINATION_COUNTRY'] },
  },
  {
    root: 'dataQuality',
    document: `query ($groupBy: [QualityDimension!]!, $filter: QualityFilter, $having: [QualityHaving!]! = [], $orderBy: [QualityOrder!]! = []) {
      dataQuality(groupBy: $groupBy, filter: $filter, having: $having, orderBy: $orderBy, first: 5000) {
        owner station { stationId name location } kind period reports incidents
        occurredToRecorded ${LAG} observedToReported ${LAG} reportedToRecorded ${LAG}
        ungraded ${OUT_OF} unverified ${OUT_OF} singleSource ${OUT_OF} verifiedInvalid ${OUT_OF}
        imprecise ${OUT_OF} countryOnly ${OUT_OF} unresolved ${OUT_OF} quarantined ${OUT_OF} } }`,
    compared: 'oracle',
    example: { groupBy: ['OWNER', 'STATION', 'MONTH'] },
  },
  {
    root: 'sameIncidentCandidates',
    document: `query ($filter: SameIncidentFilter, $first: Int! = 500) {
      sameIncidentCandidates(filter: $filter, first: $first) { total complete method unknowns
        candidates { incidentIds grade reasons ${EVIDENCE} contradictions ${EVIDENCE} incidents { id } } } }`,
    compared: 'oracle',
    example: {},
  },
  {
    root: 'sameIncidentLinks',
    document: list(
      'sameIncidentLinks',
      'SameIncidentLinkFilter',
      `id incidentIds state grade owner decidedAt reasons ${EVIDENCE} contradictions ${EVIDENCE} incidents { id }`,
    ),
    compared: 'oracle',
    example: {},
  },
  alike('caseFunnel', {}),
  alike('corridors', { supportAtLeast: 2 }),
  alike('routeHotspots', { simulations: 19 }),
  alike('emergingHotspots', { simulations: 19, monthsAStep: 1 }),
  alike('trackBundles', { minIncidents: 2, epsKm: 30 }),
  alike('myAnalyses', {}),
  alike('stageFlows', {}),
  alike('compareFlows', {
    groupBy: ['ORIGIN_COUNTRY', 'MONTH'],
    a: { occurred: { to: '2026-01-01T00:00:00Z' } },
    b: { occurred: { from: '2026-01-01T00:00:00Z' } },
  }),
  alike('changeAlerts', { method: 'EARS_C1', worlds: 20 }),
  alike('clusterAlarms', { months: 12, replications: 99 }),
  alike('pairClusters', { replications: 99 }),
  alike('crossingClusters', { minIncidents: 2, epsKm: 40 }),
  alike('crossingChanges', { minIncidents: 2, epsKm: 40, months: 6, replications: 99 }),
  alike('displacement', {
    crossingPoints: [NO_SUCH_ID],
    on: '2025-07-01',
    months: 12,
    ringKm: 200,
    replications: 99,
  }),
  alike('resupply', { actions: ['RECOVERY', 'ARREST'] }),
  alike('imports', {}),
  alike('quarantine', { batchId: NO_SUCH_ID }),
  alike('waitingRow', { batchId: NO_SUCH_ID, line: 2 }),
  {
    root: 'importProfiles',
    document:
      '{ importProfiles { name version description format joins columns { name required meaning takes goes } } }',
    compared: 'public',
    example: {},
  },
  alike('undoPlan', { batchId: NO_SUCH_ID }),
  alike('notes', { batchId: NO_SUCH_ID }),
  alike('placeReview', { first: 20 }),
  alike('retentionPolicies', {}),
  alike('retentionReview', { first: 20 }),
  alike('legalHolds', { first: 20 }),
  alike('placeAliases', { first: 20 }),
  alike('accounts', {}),
  alike('me', {}),
  alike('myAccount', {}),
  alike('breakGlassNotices', {}),
  alike('savedViews', { first: 20 }),
  alike('targets', { first: 20 }),
  alike('apiKeys', {}),
  {
    root: 'referrals',
    document: list(
      'referrals',
      'ReferralFilter',
      `${OWNED} aboutKind aboutId reportId agencyKind consent legalBasis retaliation agencyCorruption writtenBy writtenAt`,
    ),
    compared: 'alike',
    example: {},
  },
  alike('referralTexts', { about: NO_SUCH_ID, purpose: 'PROSECUTION', caseReference: 'CASE-1' }),
  alike('agreements', {}),
  alike('notices', { first: 20 }),
  alike('noticesGiven', { first: 20 }),
  alike('agreement', { id: NO_SUCH_ID }),
  alike('onwardRequests', {}),
  alike('agreementPreview', { id: NO_SUCH_ID, receiver: 'nobody' }),
  alike('matchingArrangements', {}),
  alike('matchingExclusions', {}),
  alike('matchingAlerts', {}),
  alike('plannedEvents', {}),
  alike('talkTo', {}),
  alike('sharedViews', {}),
  alike('sharedView', { name: 'nowhere' }),
  alike('sharedViewProposals', {}),
  alike('publicReleases', {}),
  alike('auditEvents', { filter: { byOthers: true } }),
  {
    root: 'auditCheckpoint',
    document: `{ auditCheckpoint { ${CHECKPOINT} } }`,
    compared: 'public',
    example: {},
  },
  {
    root: 'auditProof',
    document: `query ($since: String!) { auditProof(since: $since) { hashes checkpoint { ${CHECKPOINT} } } }`,
    compared: 'public',
    example: { since: 'none' },
  },
  alike('attachmentContent', { id: NO_SUCH_ID, purpose: 'PROSECUTION', caseReference: 'CASE-1' }),
  alike('commentTexts', { about: NO_SUCH_ID, purpose: 'PROSECUTION', caseReference: 'CASE-1' }),
  alike('personal', { about: NO_SUCH_ID, purpose: 'SAFEGUARDING', caseReference: 'CASE-1' }),
];

/** Mutations answer only about what the caller itself gave; their own tests say so. */
export const MUTATIONS: Readonly<Record<string, string>> = {
  cancelAnalysis: 'test/api/analyses-under-way.test.ts',
  importFile: 'test/api/imports.test.ts',
  mendRow: 'test/api/quarantine.test.ts',
  leaveRowOut: 'test/api/quarantine.test.ts',
  letRowWait: 'test/api/quarantine.test.ts',
  undoImport: 'test/api/imports.test.ts',
  recordReport: 'test/api/acts.test.ts',
  correctReport: 'test/api/acts.test.ts',
  regradeReport: 'test/api/acts.test.ts',
  withdrawReport: 'test/api/acts.test.ts',
  eraseSubject: 'test/api/erasure.test.ts',
  eraseEntity: 'test/api/erasure.test.ts',
  verifyIncident: 'test/api/acts.test.ts',
  acknowledgeRetraction: 'test/api/acts.test.ts',
  recordInterdiction: 'test/api/interdictions.test.ts',
  correctInterdiction: 'test/api/interdictions.test.ts',
  withdrawInterdiction: 'test/api/interdictions.test.ts',
  recordLegalCase: 'test/api/legal-cases.test.ts',
  correctLegalCase: 'test/api/legal-cases.test.ts',
  withdrawLegalCase: 'test/api/legal-cases.test.ts',
  attachFile: 'test/api/attachments.test.ts',
  withdrawAttachment: 'test/api/attachments.test.ts',
  recordExhibit: 'test/api/exhibits.test.ts',
  correctExhibit: 'test/api/exhibits.test.ts',
  withdrawExhibit: 'test/api/exhibits.test.ts',
  addCustodyEntry: 'test/api/exhibits.test.ts',
  writeComment: 'test/api/comments.test.ts',
  correctComment: 'test/api/comments.test.ts',
  withdrawComment: 'test/api/comments.test.ts',
  recordReferral: 'test/api/referral.test.ts',
  correctReferral: 'test/api/referral.test.ts',
  withdrawReferral: 'test/api/referral.test.ts',
  recordStationMonth: 'test/api/interdictions.test.ts',
  correctStationMonth: 'test/api/interdictions.test.ts',
  withdrawStationMonth: 'test/api/interdictions.test.ts',
  recordRedFlagWeight: 'test/api/red-flags.test.ts',
  correctRedFlagWeight: 'test/api/red-flags.test.ts',
  withdrawRedFlagWeight: 'test/api/red-flags.test.ts',
  confirmSameIncident: 'test/api/same-incident.test.ts',
  rejectSameIncident: 'test/api/same-incident.test.ts',
  undoSameIncident: 'test/api/same-incident.test.ts',
  reviewSuspicion: 'test/api/suspicion.test.ts',
  setSuspicionMonths: 'test/api/suspicion.test.ts',
  setRetention: 'test/api/retention.test.ts',
  decideRetention: 'test/api/retention.test.ts',
  placeLegalHold: 'test/api/retention.test.ts',
  liftLegalHold: 'test/api/retention.test.ts',
  purgeDue: 'test/api/retention.test.ts',
  resolvePlace: 'test/api/place-review.test.ts',
  undoPlaceResolution: 'test/api/place-review.test.ts',
  forgetPlaceAlias: 'test/api/place-review.test.ts',
  makeKey: 'test/api/officer-keys.test.ts',
  revokeKey: 'test/api/officer-keys.test.ts',
  openTarget: 'test/api/targets.test.ts',
  planTarget: 'test/api/targets.test.ts',
  addToTarget: 'test/api/targets-grown.test.ts',
  takeTarget: 'test/api/targets.test.ts',
  closeTarget: 'test/api/targets.test.ts',
  saveView: 'test/api/saved-views.test.ts',
  renameView: 'test/api/saved-views.test.ts',
  shareView: 'test/api/saved-views.test.ts',
  removeView: 'test/api/saved-views.test.ts',
  acknowledgeNotices: 'test/api/notices.test.ts',
  makeAccount: 'test/api/accounts.test.ts',
  changeAccount: 'test/api/accounts.test.ts',
  disableAccount: 'test/api/accounts.test.ts',
  enableAccount: 'test/api/accounts.test.ts',
  inviteAgain: 'test/api/accounts.test.ts',
  forgetAccount: 'test/api/accounts.test.ts',
  endSession: 'test/api/accounts.test.ts',
  breakGlass: 'test/api/break-glass.test.ts',
  endBreakGlass: 'test/api/break-glass.test.ts',
  reviewBreakGlass: 'test/api/break-glass.test.ts',
  draftAgreement: 'test/api/agreements.test.ts',
  amendAgreement: 'test/api/agreements.test.ts',
  signAgreement: 'test/api/agreements.test.ts',
  suspendAgreement: 'test/api/agreements.test.ts',
  resumeAgreement: 'test/api/agreements.test.ts',
  revokeAgreement: 'test/api/agreements.test.ts',
  reviewAgreement: 'test/api/agreements.test.ts',
  releaseReport: 'test/api/case-by-case.test.ts',
  endReportRelease: 'test/api/case-by-case.test.ts',
  askOnward: 'test/api/onward.test.ts',
  answerOnward: 'test/api/onward.test.ts',
  openMatching: 'test/api/matching.test.ts',
  closeMatching: 'test/api/matching.test.ts',
  excludeFromMatching: 'test/api/matching.test.ts',
  includeInMatching: 'test/api/matching.test.ts',
  matchOne: 'test/api/matching.test.ts',
  matchBatch: 'test/api/matching.test.ts',
  matchContact: 'test/api/matching.test.ts',
  planEvent: 'test/api/deconfliction.test.ts',
  releasePublicCounts: 'test/api/public-releases.test.ts',
  proposeSharedView: 'test/api/shared-views.test.ts',
  approveSharedView: 'test/api/shared-views.test.ts',
  revokeSharedViewApproval: 'test/api/shared-views.test.ts',
  withdrawEvent: 'test/api/deconfliction.test.ts',
};

/** The surface of a root field. Throws when there is none. */
export function surfaceOf(root: string): Surface {
  const surface = SURFACES.find((candidate) => candidate.root === root);
  if (surface === undefined)
    throw new Error(`found no surface for ${root}, wanted one in test/access/surfaces.ts`);
  return surface;
}

/** Selects all there is; the example's arguments are the document's variables. */
function alike(root: string, example: Readonly<Record<string, unknown>>): Surface {
  return {
    root,
    document: wholeDocument(buildHubSchema(), root, Object.keys(example)),
    compared: 'alike',
    example,
  };
}
