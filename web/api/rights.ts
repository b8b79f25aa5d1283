/** Shapes of consent and rights, from the schemas the server checks its answers with. */
import type { z } from 'zod'
import type * as consent from '../../src/collect/consent/api.ts'
import type * as rights from '../../src/collect/rights/api.ts'

export type PurposeList = z.infer<typeof consent.purposeList>
export type WordingList = z.infer<typeof consent.wordingList>
export type CustomerConsentView = z.infer<typeof consent.customerConsentView>
export type StatementRow = z.infer<typeof consent.statementRow>
export type StatementBody = z.input<typeof consent.statementBody>
export type SuppressionView = z.infer<typeof consent.suppressionList>
export type Uploaded = z.infer<typeof consent.uploaded>
export type Verified = z.infer<typeof consent.verified>
export type RequestList = z.infer<typeof rights.requestList>
export type RequestRow = z.infer<typeof rights.requestRow>
export type HoldList = z.infer<typeof rights.holdList>
export type CertificateView = z.infer<typeof rights.certificateView>
export type AccessLog = z.infer<typeof rights.accessLog>
