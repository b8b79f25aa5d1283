/** The face of collect: sources, quality, identity, golden records, consents, events. */
import type { Stage } from '../platform/app.ts'
import { commands } from './commands.ts'
import { jobs } from './jobs.ts'
import { marts } from './marts.ts'
import { collectMigrations } from './migrations.ts'
import { routes } from './routes.ts'
import { factTables } from './tables.ts'
import { publicRoutes } from './web-events/public-routes.ts'
import './personal-data.ts'

export { type Purpose, purposes } from './consent/purposes.ts'
export { recordStatements } from './consent/record-statements.ts'
export { preferencesOf, type Standing, standingConsents } from './consent/standing.ts'
export { standingConsentsSql } from './consent/standing-sql.ts'
export type { Statement } from './consent/statement.ts'
export { stoppedByLists } from './consent/suppression/suppressed.ts'
export { suppressedCustomersSql } from './consent/suppression/suppressed-sql.ts'
export { type Wording, wordings } from './consent/wordings.ts'
export { type CustomerContact, customerContacts } from './customers/contacts.ts'
export { searchCustomers } from './customers/search.ts'
export { tellAttributes, untellAttributes } from './customers/tell-attributes.ts'
export { holdsNow, knownDecay } from './decay/measure.ts'
export { registerVerifyWeight, type VerifyWeight } from './decay/verify-first.ts'
export { type CustomerEvent, recordEvents } from './events/record-events.ts'
export { recordEventsFrom } from './events/record-from-select.ts'
export { whenReported } from './events/reported.ts'
export { type SaidType, saidEvents, saidTypes } from './events/said-events.ts'
export { takeLateRows } from './identity/late-rows.ts'
export { mainCurrency } from './identity/purchases.ts'
export { type ImportResult, importFile } from './import/import-file.ts'
export type { Mapping } from './mapping.ts'
export { hasNews } from './news.ts'
export { customersOnHold, placeHold, releaseHold } from './rights/holds.ts'
export { listRequests, openRequest } from './rights/requests.ts'
export { resumeErasures } from './rights/resume-erasures.ts'
export { userNames } from './rights/views.ts'
export { loadSample } from './sample.ts'
export { registerSource } from './sources.ts'
export { isoOf, readDate } from './standardise/date.ts'
export { readEmail } from './standardise/email.ts'
export { readPhoneAnywhere } from './standardise/phone.ts'
export { simplify } from './standardise/text.ts'
export { steps } from './steps.ts'
export {
  type AgentQuestion,
  agentQuestions,
  confirmedFields,
  mayReopenQuestion,
  questionFields,
  questionFor,
  reopenAgentQuestion,
  settleAgentQuestion,
} from './verification/agent-tasks.ts'
export { takeUp as takeUpAnswers } from './verification/verifications.ts'
export { visitorToken } from './web-events/visitor-token.ts'

declare const customer: unique symbol
/** Number of a customer, stable over runs. */
export type CustomerId = number & { readonly [customer]: true }

export const stage: Stage = {
  name: 'collect',
  title: { en: 'Collect', zh: '数据收集' },
  factTables,
  workflowMigrations: collectMigrations,
  jobs,
  routes,
  publicRoutes,
  marts,
  commands,
}
