/** By which ways a letter can go to this customer, and why not by the others: the kind's legal form and consent, as everywhere. */
import type { App } from '../../platform/app.ts'
import { decideWays, standingOf, type Verdict, verdicts } from '../kinds/decide-ways.ts'
import { kindOf } from '../kinds/kind-store.ts'
import { openWays } from '../kinds/open-ways.ts'
import { standingSql } from '../kinds/standing-sql.ts'
import { unitCosts } from '../plan/unit-costs.ts'
import { liveTemplates, type StoredVersion } from '../template-store.ts'
import { letterErrors } from './errors.ts'

export interface LetterWay {
  channel: string
  template: string
  verdict: Verdict
  /** The agent may choose it; what law or reach rule out stays ruled out. */
  open: boolean
}

const CLOSED: readonly Verdict[] = ['law-paper', 'not-agreed', 'no-record', 'unreachable']

/** The one that would be taken by itself comes first. */
export async function letterWays(app: App, kindCode: string, customerId: number): Promise<LetterWay[]> {
  const [kind, live, costs, standing] = await Promise.all([
    kindOf(app, kindCode),
    liveTemplates(app),
    unitCosts(app),
    standingOfCustomer(app, customerId),
  ])
  const open = openWays(kind, live)
  return decideWays(open, standing, costs).why.flatMap(({ channel, verdict }) => {
    const way = open.ways.find(each => each.channel === channel)
    return way ? [{ channel, template: way.template, verdict, open: !CLOSED.includes(verdict) }] : []
  })
}

async function standingOfCustomer(app: App, customerId: number) {
  const run = (await app.runs.latest('identity')) ?? 0
  const { any } = await app.facts.one<{ any: number }>('SELECT count() > 0 AS any FROM suppression_rules')
  const [row] = await app.facts.query<{ mask: number }>(
    standingSql('run', 'customer_id = {customer:UInt64}', any === 1),
    { run, customer: customerId },
  )
  if (!row) throw letterErrors['letters.customer']({ customer: customerId })
  return standingOf(row.mask)
}

/** To begin with: as the customer wishes, else on paper, which everybody reads. */
export const firstWay = (ways: readonly LetterWay[]): string =>
  (
    ways.find(({ verdict }) => verdict === 'preferred') ??
    ways.find(({ channel, open }) => channel === 'print' && open) ??
    ways.find(({ open }) => open)
  )?.channel ?? 'print'

/** The live template of the way; refused where the way is closed to this customer. */
export async function versionOfWay(
  app: App,
  letter: { kind: string; customerId: number; channel: string },
): Promise<StoredVersion> {
  const ways = await letterWays(app, letter.kind, letter.customerId)
  const way = ways.find(each => each.channel === letter.channel)
  if (!way?.open)
    throw letterErrors['letters.way']({ channel: letter.channel, reason: way ? verdicts[way.verdict] : '–' })
  const live = await liveTemplates(app)
  const version = live.find(({ content }) => content.id === way.template)
  if (!version) throw letterErrors['letters.template']({ template: way.template })
  return version
}
