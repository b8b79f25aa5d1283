/** The face of collect: sources, quality, identity, golden records, consents, events. */
import type { Stage } from '../platform/app.ts'
import { commands } from './commands.ts'
import { collectMigrations } from './migrations.ts'
import { routes } from './routes.ts'
import { factTables } from './tables.ts'

export { type CustomerContact, customerContacts } from './customers/contacts.ts'
export { searchCustomers } from './customers/search.ts'
export { type CustomerEvent, recordEvents } from './events.ts'
export { type ImportResult, importFile } from './import/import-file.ts'
export type { Mapping } from './mapping.ts'
export { hasNews } from './news.ts'
export { loadSample } from './sample.ts'
export { registerSource } from './sources.ts'
export { steps } from './steps.ts'

declare const customer: unique symbol
/** Number of a customer, stable over runs. */
export type CustomerId = number & { readonly [customer]: true }

export const stage: Stage = {
  name: 'collect',
  title: { en: 'Collect', zh: '数据收集' },
  factTables,
  workflowMigrations: collectMigrations,
  // An import is one step or one command; it starts no work of its own in the background.
  jobs: [],
  routes,
  commands,
}
