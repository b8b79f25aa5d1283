/** What the customer page shows: what holds for every purpose, the preferences, the lists the customer is on, and the history. */
import type { App } from '../../platform/app.ts'
import type { CustomerConsentView } from './api.ts'
import { consentHistory } from './history.ts'
import { purposes } from './purposes.ts'
import { standingConsents } from './standing.ts'
import { suppressedCustomersSql } from './suppression/suppressed-sql.ts'

export async function customerConsents(app: App, identityRun: number, id: number): Promise<CustomerConsentView> {
  const [history, all, suppressed] = await Promise.all([
    consentHistory(app, identityRun, id),
    purposes(app),
    app.facts.query<{ lists: string[] }>(suppressedCustomersSql('run_id', 'customer_id = {id:UInt64}'), {
      run_id: identityRun,
      id,
    }),
  ])
  const standing: CustomerConsentView['standing'] = []
  for (const { code } of all)
    for (const [key, { granted, at, source }] of await standingConsents(app, identityRun, [id], code))
      standing.push({ purpose: code, channel: key.split('/')[1]!, granted, at: at.toISOString(), source })
  const preferences: Record<string, string> = {}
  for (const row of history)
    if (row.kind === 'preference' && !(row.channel in preferences)) preferences[row.channel] = row.state
  return {
    standing,
    preferences: Object.fromEntries(Object.entries(preferences).filter(([, value]) => value !== '')),
    lists: (suppressed[0]?.lists ?? []).sort(),
    history,
  }
}
