import type { Outcomes } from '../../analyze/index.ts'
import { contactPolicy, offers as readOffers } from '../../optimize/index.ts'
import type { App } from '../../platform/app.ts'
import { momentsByOffer } from './arms-sql.ts'
import type { PastCampaign } from './campaigns.ts'
import { addMoments, cuped, type PairedMoments } from './cuped.ts'
import { type Driver, driverOf } from './drivers.ts'
import { armParams } from './response-view.ts'
import { savedMail } from './saved-mail.ts'

/** What one campaign earned by one driver, in minor units; the variances of two add, their customers are compared with others. */
export interface Earned {
  asOf: string
  driver: Driver
  /** Margin more than the control group's: per customer, times those planned. */
  gain: number
  variance: number
  plain: number
  plainVariance: number
  /** Contacts, and the benefits of those who took the offer. */
  cost: number
  saved: number
}

interface Row extends PairedMoments {
  asOf: string
  offer: string
  arm: string
  cost: number
}

/** By campaign and driver: planned against those of the control group whom the plan would have chosen for the same. */
export async function earnedBy(
  app: App,
  campaigns: readonly PastCampaign[],
  taken: Awaited<ReturnType<Outcomes['takenOffers']>>,
): Promise<Earned[]> {
  const newest = campaigns.at(-1)
  if (!newest) return []
  const [rows, offers, policy] = await Promise.all([
    app.facts.query<Row>(momentsByOffer, armParams(campaigns, newest.identity)),
    readOffers(app),
    contactPolicy(app),
  ])
  const offerOf = new Map(offers.map(offer => [offer.id, offer]))
  const measured = campaigns.flatMap(({ asOf }) => {
    const its = rows.filter(row => row.asOf === asOf)
    return [...Map.groupBy(its, row => driverOf(offerOf.get(row.offer)?.kind))].flatMap(([driver, of]): Earned[] => {
      const planned = momentsOf(of, 'planned')
      const control = momentsOf(of, 'control')
      const found = planned && control && cuped(planned, control)
      const contacts = of.reduce((sum, row) => sum + (row.arm === 'planned' ? row.cost : 0), 0)
      const given = taken
        .filter(row => row.asOf === asOf && driverOf(offerOf.get(row.offer)?.kind) === driver)
        .reduce((sum, row) => sum + row.taken * (offerOf.get(row.offer)?.benefitCostMinor ?? 0), 0)
      if (!found) return []
      const { n } = planned
      return [
        {
          ...{ asOf, driver, gain: found.difference * n, variance: (found.standardError * n) ** 2 },
          plain: found.plain * n,
          plainVariance: (found.standardError * n) ** 2 / Math.max(1e-9, 1 - found.saved),
          ...{ cost: contacts + given, saved: found.saved },
        },
      ]
    })
  })
  const mail = await savedMail(
    app,
    policy.channels.letter?.unit_cost_minor,
    campaigns.map(one => one.asOf),
  )
  const nothing = { variance: 0, plainVariance: 0, cost: 0, saved: 0 }
  return [
    ...measured,
    ...[...mail].map(([asOf, saved]): Earned => ({ asOf, driver: 'mail', gain: saved, plain: saved, ...nothing })),
  ]
}

const momentsOf = (rows: readonly Row[], arm: string): PairedMoments | undefined =>
  rows
    .filter(row => row.arm === arm)
    .reduce<PairedMoments | undefined>((sum, row) => (sum ? addMoments(sum, row) : row), undefined)

export interface Net {
  net: number
  low: number
  high: number
}

/** Several together, with the 95 % interval. */
export function netOf(earned: readonly Earned[]): Net & { gain: number; cost: number } {
  const sum = (pick: (one: Earned) => number): number => earned.reduce((total, one) => total + pick(one), 0)
  const [gain, cost, reach] = [sum(one => one.gain), sum(one => one.cost), 1.96 * Math.sqrt(sum(one => one.variance))]
  return { gain, cost, net: gain - cost, low: gain - cost - reach, high: gain - cost + reach }
}

/** The same without what was known before taken out. */
export function plainRange(earned: readonly Earned[]): { plainLow: number; plainHigh: number } {
  const { net } = netOf(earned)
  const shift = earned.reduce((total, one) => total + one.plain - one.gain, 0)
  const reach = 1.96 * Math.sqrt(earned.reduce((total, one) => total + one.plainVariance, 0))
  return { plainLow: net + shift - reach, plainHigh: net + shift + reach }
}
