/** Shapes of the API's answers, taken from the schemas the server itself checks them with. */
import type { z } from 'zod'
import type * as analyze from '../../src/analyze/api.ts'
import type * as campaign from '../../src/campaign/api.ts'
import type * as collect from '../../src/collect/api.ts'
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
export type QualityReport = z.infer<typeof collect.qualityReport>
export type QualityRow = QualityReport['rows'][number]
export type FailingRows = z.infer<typeof collect.failingRows>
export type QuarantineList = z.infer<typeof collect.quarantineList>
export type ImportList = z.infer<typeof collect.importList>
export type SourceList = z.infer<typeof collect.sourceList>

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
