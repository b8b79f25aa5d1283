/** Shapes of the API's answers, taken from the schemas the server itself checks them with. */
import type { z } from 'zod'
import type * as analyze from '../../src/analyze/api.ts'
import type * as campaign from '../../src/campaign/api.ts'
import type * as collect from '../../src/collect/api.ts'
import type * as decay from '../../src/collect/decay/api.ts'
import type * as decisions from '../../src/collect/decisions/api.ts'
import type * as dryRun from '../../src/collect/dry-run/report.ts'
import type * as households from '../../src/collect/households/api.ts'
import type * as mappings from '../../src/collect/mappings/api.ts'
import type * as mending from '../../src/collect/mending/api.ts'
import type * as quality from '../../src/collect/quality/api.ts'
import type * as repair from '../../src/collect/repair/api.ts'
import type * as verification from '../../src/collect/verification/api.ts'
import type * as interact from '../../src/interact/api.ts'
import type * as optimize from '../../src/optimize/api.ts'
import type * as personalize from '../../src/personalize/api.ts'

export type { Text } from '../../src/platform/text.ts'

export type CustomerList = z.infer<typeof collect.customerList>
export type CustomerRow = z.infer<typeof collect.customerRow>
export type CustomerDetail = z.infer<typeof collect.customerDetail>
export type GoldenField = z.infer<typeof collect.goldenField>
export type ConsentState = z.infer<typeof collect.consentState>
export type PurchaseList = z.infer<typeof collect.purchaseList>
export type PurchaseRow = z.infer<typeof collect.purchaseRow>
export type EventList = z.infer<typeof collect.eventList>
export type CustomerEvent = z.infer<typeof collect.customerEvent>
export type Unmasked = z.infer<typeof collect.unmasked>
export type AnswerBody = z.input<typeof collect.answerBody>
export type AnswerResult = z.infer<typeof collect.answerResult>
export type QualityReport = z.infer<typeof quality.qualityReport>
export type QualityRow = QualityReport['rows'][number]
export type FailingRows = z.infer<typeof quality.failingRows>
export type RuleList = z.infer<typeof quality.ruleList>
export type KeptRule = RuleList['rows'][number]
export type RuleVersions = z.infer<typeof quality.ruleVersions>
export type TrialResult = z.infer<typeof quality.trialResult>
export type RuleSave = z.input<typeof quality.saveBody>
export type DecayReport = z.infer<typeof decay.decayReport>
export type VerifyFirstList = z.infer<typeof decay.verifyFirstList>
export type RepairPreview = z.infer<typeof repair.repairPreview>
export type RepairPropose = z.input<typeof repair.proposeBody>
export type RepairList = z.infer<typeof repair.repairList>
export type RepairRow = RepairList['rows'][number]
export type RepairDetail = z.infer<typeof repair.repairDetail>
export type RepairDone = z.infer<typeof repair.repairDone>
export type VerificationList = z.infer<typeof verification.verificationList>
export type VerificationAsk = z.input<typeof verification.askBody>
export type VerificationAsked = z.infer<typeof verification.asked>
export type VerificationLink = z.infer<typeof verification.linkView>
export type PublicQuestion = z.infer<typeof verification.publicQuestion>
export type PublicAnswer = z.input<typeof verification.publicAnswer>
export type PublicResult = z.infer<typeof verification.publicResult>
export type QuarantineList = z.infer<typeof mending.entryList>
export type QuarantineRow = QuarantineList['rows'][number]
export type QuarantineGroups = z.infer<typeof mending.groupList>
export type QuarantineGroup = QuarantineGroups['rows'][number]
export type QuarantineFacets = z.infer<typeof mending.facetList>
export type QuarantineEntry = z.infer<typeof mending.openedEntry>
export type MendPreview = z.infer<typeof mending.mendPreview>
export type MendResult = z.infer<typeof mending.mendResult>
export type MendHistory = z.infer<typeof mending.mendHistory>
export type MendRule = z.infer<typeof mending.ruleBody>['rule']
export type ImportList = z.infer<typeof collect.importList>
export type SourceList = z.infer<typeof mappings.sourceViews>
export type SourceRow = SourceList['rows'][number]
export type SourceDetail = z.infer<typeof mappings.sourceDetail>
export type SourceMapping = SourceDetail['mapping']
export type MappingPreview = z.infer<typeof mappings.preview>
export type MappingOptions = z.infer<typeof mappings.mappingOptions>
export type InboxList = z.infer<typeof mappings.inboxList>
export type Load = z.infer<typeof mappings.loadView>
export type LoadList = z.infer<typeof mappings.loadList>
export type ScheduleBody = z.infer<typeof mappings.scheduleBody>
export type DryRunReport = z.infer<typeof dryRun.dryRunReport>

export type PairView = z.infer<typeof decisions.pairView>
export type QueuePair = z.infer<typeof decisions.queuePair>
export type ReviewQueue = z.infer<typeof decisions.reviewQueue>
export type DecisionResult = z.infer<typeof decisions.decisionResult>
export type IdentityActions = z.infer<typeof decisions.actionList>
export type ActionResult = z.infer<typeof decisions.actionResult>
export type ChangePreview = z.infer<typeof decisions.changePreview>
export type ThresholdView = z.infer<typeof decisions.thresholdView>
export type IdentityRuns = z.infer<typeof decisions.identityRuns>
export type FlaggedClusters = z.infer<typeof decisions.flaggedClusters>
export type CustomerRelations = z.infer<typeof households.customerRelations>
export type HouseholdFigures = z.infer<typeof households.householdFigures>

export type CustomerInsight = z.infer<typeof analyze.customerInsight>
export type SegmentList = z.infer<typeof analyze.segmentList>
export type SegmentRow = SegmentList['rows'][number]
export type SegmentMemberList = z.infer<typeof analyze.segmentMemberList>
export type Board = z.infer<typeof analyze.board>
export type ModelList = z.infer<typeof analyze.modelList>
export type Model = ModelList['rows'][number]
export type Verdict = Model['verdict']

export type PlanView = z.infer<typeof optimize.planView>
export type OfferList = z.infer<typeof optimize.offerList>
export type ContactPolicy = z.infer<typeof optimize.contactPolicyView>
export type CustomerPlan = z.infer<typeof optimize.customerPlan>
export type PlanRestsOn = z.infer<typeof optimize.restsOnView>
export type Complaint = z.infer<typeof optimize.complaintView>

export type CampaignList = z.infer<typeof campaign.campaignList>
export type Campaign = z.infer<typeof campaign.campaignView>
export type CampaignResult = NonNullable<Campaign['result']>

export type CommunicationList = z.infer<typeof personalize.communicationList>
export type Communication = z.infer<typeof personalize.communicationRow>
export type TemplateList = z.infer<typeof personalize.templateList>
export type Template = TemplateList['rows'][number]

export type DeliveryList = z.infer<typeof interact.deliveryList>
export type Delivery = DeliveryList['rows'][number]
export type TaskList = z.infer<typeof interact.taskList>
export type TaskRow = z.infer<typeof interact.taskRow>
export type TaskDetail = z.infer<typeof interact.taskDetail>
export type ScriptBlock = z.infer<typeof interact.scriptBlock>
export type ScriptField = ScriptBlock['fields'][number]
export type Outcome = z.infer<typeof interact.outcomeCode>
export type OutcomeBody = z.input<typeof interact.outcomeBody>
export type OutcomeResult = z.infer<typeof interact.outcomeResult>
