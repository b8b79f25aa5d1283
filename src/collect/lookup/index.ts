/** One record at a time: who is this, and why. */
export { explainPair } from './explain-pair.ts'
export type { OneRecord } from './live-index.ts'
export { forgetLookup, lookupOf } from './lookup.ts'
export { standardRecord } from './one-record.ts'
export { lookupRoutes } from './routes.ts'
export { upsertRecords } from './upsert.ts'
