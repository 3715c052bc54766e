/** The list of resolvers, the schema built from it, and the services they ask for. */
import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import { buildSchemaSync } from 'type-graphql';
import { ChangeAlertResolver } from './analysis/change/change.resolver.ts';
import { ClusterAlarmResolver } from './analysis/change/scan.resolver.ts';
import { ComparisonResolver } from './analysis/compare/comparison.resolver.ts';
import { CorridorResolver } from './analysis/corridors/corridor.resolver.ts';
import { CorridorBundleResolver } from './analysis/corridors/corridor-bundle.resolver.ts';
import { KEPT_TRAVEL, KeptTravel } from './analysis/corridors/kept-travel.ts';
import { BorderDensityResolver } from './analysis/crossings/border-density.resolver.ts';
import { CrossingChangeResolver } from './analysis/crossings/crossing-changes.resolver.ts';
import { CrossingClusterResolver } from './analysis/crossings/crossing-cluster.resolver.ts';
import { DisplacementResolver } from './analysis/displacement/displacement.resolver.ts';
import { EmergingHotspotResolver } from './analysis/hotspots/emerging.resolver.ts';
import { RouteHotspotCellResolver, RouteHotspotResolver } from './analysis/hotspots/hotspot.resolver.ts';
import { OriginDestinationPairResolver, PairClusterFoundResolver } from './analysis/pairs/pair.resolver.ts';
import { ResupplyNextResolver, ResupplyResolver } from './analysis/resupply/resupply.resolver.ts';
import { TrackBundleResolver } from './analysis/tracks/track.resolver.ts';
import { AnalysisUnderWayResolver } from './analysis/under-way/under-way.resolver.ts';
import { ANALYSES_UNDER_WAY, AnalysesUnderWay } from './graphql/analyses-under-way.ts';
import { partnerSchemaOf } from './graphql/for-partners.ts';
import { type AnswerStore, AnswersInMemory, KEPT_ANSWERS } from './graphql/kept-answers.ts';
import { type Services, services, wired } from './graphql/services.ts';
import { ImportResolver } from './intake/imports/import.resolver.ts';
import type { ImportTools } from './intake/imports/import-tools.service.ts';
import { QuarantineResolver } from './intake/imports/quarantine.resolver.ts';
import { IMPORT_TOOLS } from './intake/imports/small-file.service.ts';
import { ReportResolver } from './intake/reports/report.resolver.ts';
import { randomIds } from './kernel/ids.ts';
import { AccountResolver } from './people/accounts/account.resolver.ts';
import { ACCOUNT_TOOLS } from './people/accounts/read-accounts.service.ts';
import { BreakGlassResolver } from './people/break-glass/break-glass.resolver.ts';
import { GLASS_TOOLS } from './people/break-glass/break-glass.service.ts';
import { KeyResolver } from './people/keys/key.resolver.ts';
import { KEY_TOOLS } from './people/keys/officer-keys.service.ts';
import { SavedViewResolver } from './people/saved-views/saved-view.resolver.ts';
import { SAVED_VIEW_TOOLS } from './people/saved-views/saved-view.service.ts';
import type { AtlasSource } from './places/gazetteer.service.ts';
import { PlaceResolver } from './places/place.resolver.ts';
import type { Database } from './platform/database.ts';
import { ActResolver } from './records/acts/act.resolver.ts';
import { ACT_TOOLS } from './records/acts/act.service.ts';
import {
  AttachmentResolver,
  CaseAttachmentsResolver,
  ReportAttachmentsResolver,
} from './records/attachments/attachment.resolver.ts';
import { CommentResolver } from './records/comments/comment.resolver.ts';
import { COMMENT_EDGES } from './records/comments/comment-edges.resolver.ts';
import {
  EntityResolver,
  IncidentEntitiesResolver,
  StatementResolver,
} from './records/entities/entity.resolver.ts';
import { ErasureResolver } from './records/erasure/erasure.resolver.ts';
import { CaseExhibitsResolver, ExhibitResolver } from './records/exhibits/exhibit.resolver.ts';
import {
  AttachmentExhibitResolver,
  ExhibitFilesResolver,
} from './records/exhibits/exhibit-files.resolver.ts';
import { FlowObservationResolver } from './records/flow-observations/flow-observation.resolver.ts';
import { FlowResolver } from './records/flows/flow.resolver.ts';
import { StageFlowResolver } from './records/flows/stage-flow.resolver.ts';
import { IncidentResolver, ReportIncidentsResolver } from './records/incidents/incident.resolver.ts';
import {
  EntityInterdictionsResolver,
  IncidentInterdictionsResolver,
  InterdictionResolver,
  StationInterdictionsResolver,
} from './records/interdictions/interdiction.resolver.ts';
import { CASE_RESOLVERS } from './records/legal-cases/legal-case.resolver.ts';
import { CrossingResolver, MovementCrossingsResolver } from './records/movements/crossing.resolver.ts';
import {
  IncidentMovementsResolver,
  MovementResolver,
  WaypointResolver,
} from './records/movements/movement.resolver.ts';
import { PersonalResolver } from './records/personal/personal.resolver.ts';
import { VAULT_TOOLS } from './records/personal/personal.service.ts';
import { PLACE_REVIEW_TOOLS } from './records/place-review/place-resolution.service.ts';
import { PlaceAliasResolver, PlaceReviewResolver } from './records/place-review/place-review.resolver.ts';
import { QualityResolver } from './records/quality/quality.resolver.ts';
import { NoticeResolver } from './records/recipients/notice.resolver.ts';
import { IncidentRedFlagsResolver, RedFlagWeightResolver } from './records/red-flags/red-flag.resolver.ts';
import { ReferralResolver } from './records/referrals/referral.resolver.ts';
import { RetentionResolver } from './records/retention/retention.resolver.ts';
import { DECISION_TOOLS } from './records/same-incident/decide.service.ts';
import {
  EntityIndependenceResolver,
  IncidentIndependenceResolver,
  MovementIndependenceResolver,
} from './records/same-incident/independence.resolver.ts';
import {
  CandidateIncidentsResolver,
  LinkedIncidentsResolver,
  SameIncidentResolver,
} from './records/same-incident/same-incident.resolver.ts';
import { StationMonthResolver } from './records/stations/station.resolver.ts';
import { SuspicionResolver } from './records/suspicion/suspicion.resolver.ts';
import { TargetResolver } from './records/targets/target.resolver.ts';
import { TARGET_TOOLS } from './records/targets/target.service.ts';
import { PublicReleaseResolver } from './serving/views/public-release.resolver.ts';
import { SHARED_VIEW_TOOLS } from './serving/views/read-shared-view.service.ts';
import { SharedViewResolver } from './serving/views/shared-view.resolver.ts';
import { AgreementResolver } from './sharing/agreements/agreement.resolver.ts';
import { OnwardResolver } from './sharing/agreements/onward.resolver.ts';
import { AGREEMENT_TOOLS } from './sharing/agreements/read-agreements.service.ts';
import { ReleaseResolver } from './sharing/agreements/release.resolver.ts';
import { MATCHING_TOOLS } from './sharing/matching/arrangement.service.ts';
import { MatchResolver } from './sharing/matching/match.resolver.ts';
import { MatchingAlertResolver, MatchingResolver } from './sharing/matching/matching.resolver.ts';
import { PlanResolver } from './sharing/matching/plan.resolver.ts';
import { AuditResolver } from './sharing/oversight/audit.resolver.ts';
import { CHECKPOINT_TOOLS } from './sharing/oversight/oversight.service.ts';

export const RESOLVERS = [
  PlaceResolver,
  ImportResolver,
  QuarantineResolver,
  ReportResolver,
  IncidentResolver,
  ReportIncidentsResolver,
  MovementResolver,
  WaypointResolver,
  IncidentMovementsResolver,
  CrossingResolver,
  MovementCrossingsResolver,
  EntityResolver,
  StatementResolver,
  IncidentEntitiesResolver,
  FlowObservationResolver,
  FlowResolver,
  QualityResolver,
  PersonalResolver,
  ActResolver,
  ErasureResolver,
  RetentionResolver,
  InterdictionResolver,
  IncidentInterdictionsResolver,
  EntityInterdictionsResolver,
  StationInterdictionsResolver,
  ...CASE_RESOLVERS,
  AttachmentResolver,
  ReportAttachmentsResolver,
  CaseAttachmentsResolver,
  ExhibitResolver,
  CaseExhibitsResolver,
  ExhibitFilesResolver,
  AttachmentExhibitResolver,
  CommentResolver,
  ...COMMENT_EDGES,
  ReferralResolver,
  StationMonthResolver,
  RedFlagWeightResolver,
  IncidentRedFlagsResolver,
  SameIncidentResolver,
  CandidateIncidentsResolver,
  LinkedIncidentsResolver,
  IncidentIndependenceResolver,
  MovementIndependenceResolver,
  EntityIndependenceResolver,
  SuspicionResolver,
  PlaceReviewResolver,
  PlaceAliasResolver,
  CorridorResolver,
  CorridorBundleResolver,
  RouteHotspotResolver,
  RouteHotspotCellResolver,
  BorderDensityResolver,
  CrossingClusterResolver,
  CrossingChangeResolver,
  DisplacementResolver,
  ResupplyResolver,
  ResupplyNextResolver,
  ComparisonResolver,
  StageFlowResolver,
  EmergingHotspotResolver,
  ChangeAlertResolver,
  ClusterAlarmResolver,
  TrackBundleResolver,
  OriginDestinationPairResolver,
  PairClusterFoundResolver,
  AnalysisUnderWayResolver,
  AuditResolver,
  AgreementResolver,
  OnwardResolver,
  ReleaseResolver,
  NoticeResolver,
  MatchingResolver,
  MatchingAlertResolver,
  MatchResolver,
  PlanResolver,
  SharedViewResolver,
  PublicReleaseResolver,
  AccountResolver,
  BreakGlassResolver,
  SavedViewResolver,
  TargetResolver,
  KeyResolver,
] as const;

export function buildHubSchema(): GraphQLSchema {
  return buildSchemaSync({ resolvers: [...RESOLVERS], validate: false });
}

/** What partner keys speak. */
export function buildPartnerSchema(): GraphQLSchema {
  return partnerSchemaOf(buildHubSchema());
}

/** What the resolvers' use cases stand on; the hub fits. The import tools bring the database, the keys and the clock. */
export function hubServices({
  database,
  imports,
  atlas,
  answers = new AnswersInMemory(),
}: {
  readonly database: Database;
  readonly imports: ImportTools;
  readonly atlas: AtlasSource;
  readonly answers?: AnswerStore;
}): Services {
  return services(
    wired(KEPT_ANSWERS, answers),
    wired(KEPT_TRAVEL, new KeptTravel()),
    wired(ANALYSES_UNDER_WAY, new AnalysesUnderWay(randomIds)),
    wired(IMPORT_TOOLS, imports),
    wired(VAULT_TOOLS, imports),
    wired(ACT_TOOLS, imports),
    wired(CHECKPOINT_TOOLS, imports),
    wired(AGREEMENT_TOOLS, { ...imports, database }),
    wired(MATCHING_TOOLS, imports),
    wired(SHARED_VIEW_TOOLS, { ...imports, database }),
    wired(DECISION_TOOLS, imports),
    wired(ACCOUNT_TOOLS, imports),
    wired(GLASS_TOOLS, imports),
    wired(KEY_TOOLS, imports),
    wired(SAVED_VIEW_TOOLS, imports),
    wired(TARGET_TOOLS, imports),
    wired(PLACE_REVIEW_TOOLS, { ...imports, atlas }),
  );
}
