import { type ArmRow, armMoments, type Gain, gainOf, type Outcomes } from '../../analyze/index.ts'
import { contactPolicy, offers as readOffers } from '../../optimize/index.ts'
import type { App } from '../../platform/app.ts'
import { studentQuantile975 } from '../measure/difference.ts'
import { armMembers, armParams } from './arms.ts'
import type { PastCampaign } from './campaigns.ts'
import { type Driver, driverOf } from './drivers.ts'
import { savedMail } from './saved-mail.ts'

/** What one campaign earned by one driver, in minor units; the variances of two add, their customers are compared with others. */
export interface Earned {
  asOf: string
  driver: Driver
  /** Margin more than the control group's: per customer, times those planned. */
  gain: number
  variance: number
  /** Degrees of freedom of the variance. */
  freedom: number
  plain: number
  plainVariance: number
  /** Contacts, and the benefits of those who took the offer. */
  cost: number
  saved: number
  /** Customers whose gain nobody can tell, for want of a control group: their cost counts. */
  unmeasured: number
}

interface EarnedHow {
  /** Of the newest turn, whose purchases know most. */
  identity: number
  unheard: readonly string[]
  taken: Awaited<ReturnType<Outcomes['takenOffers']>>
}

/** By campaign and driver: planned against those of the control group whom the plan would have chosen for the same. */
export async function earnedBy(
  app: App,
  campaigns: readonly PastCampaign[],
  { identity, unheard, taken }: EarnedHow,
): Promise<Earned[]> {
  if (campaigns.length === 0) return []
  const [rows, offers, policy] = await Promise.all([
    app.facts.query<ArmRow>(armMoments(armMembers), armParams(campaigns, identity, unheard)),
    readOffers(app),
    contactPolicy(app),
  ])
  const offerOf = new Map(offers.map(offer => [offer.id, offer]))
  const driver = (offer: string): Driver => driverOf(offerOf.get(offer)?.kind)
  const measured = [...Map.groupBy(rows, row => `${row.asOf}/${driver(row.offer)}`).values()].map((its): Earned => {
    const { asOf, offer } = its[0]!
    const planned = its.filter(row => row.arm === 'planned')
    const given = taken
      .filter(row => row.asOf === asOf && driver(row.offer) === driver(offer))
      .reduce((sum, row) => sum + row.taken * (offerOf.get(row.offer)?.benefitCostMinor ?? 0), 0)
    const found: Gain | null = gainOf(its)
    return {
      ...{ asOf, driver: driver(offer), ...(found ?? nothing) },
      cost: planned.reduce((sum, row) => sum + row.cost, 0) + given,
      unmeasured: found ? 0 : planned.reduce((sum, row) => sum + row.n, 0),
    }
  })
  const mail = await savedMail(
    app,
    policy.channels.letter?.unit_cost_minor,
    campaigns.map(one => one.asOf),
  )
  return [
    ...measured,
    ...[...mail].map(
      ([asOf, saved]): Earned => ({
        ...{ asOf, driver: 'mail', ...nothing, gain: saved, plain: saved, cost: 0, unmeasured: 0 },
      }),
    ),
  ]
}

const nothing = { gain: 0, variance: 0, freedom: 1, plain: 0, plainVariance: 0, saved: 0 }

export interface Net {
  net: number
  low: number
  high: number
}

const sumOf = (earned: readonly Earned[], pick: (one: Earned) => number): number =>
  earned.reduce((total, one) => total + pick(one), 0)

/** Half a 95 % interval of a sum of independent differences: Student's t with Satterthwaite's degrees of freedom. */
function reachOf(earned: readonly Earned[], variance: (one: Earned) => number): number {
  const total = sumOf(earned, variance)
  if (total <= 0) return 0
  const freedom = total ** 2 / sumOf(earned, one => variance(one) ** 2 / one.freedom)
  return studentQuantile975(freedom) * Math.sqrt(total)
}

/** Several together, with the 95 % interval. */
export function netOf(earned: readonly Earned[]): Net & { gain: number; cost: number } {
  const [gain, cost] = [sumOf(earned, one => one.gain), sumOf(earned, one => one.cost)]
  const reach = reachOf(earned, one => one.variance)
  return { gain, cost, net: gain - cost, low: gain - cost - reach, high: gain - cost + reach }
}

/** The same without what was known before taken out. */
export function plainRange(earned: readonly Earned[]): { plainLow: number; plainHigh: number } {
  const net = sumOf(earned, one => one.plain - one.cost)
  const reach = reachOf(earned, one => one.plainVariance)
  return { plainLow: net - reach, plainHigh: net + reach }
}
