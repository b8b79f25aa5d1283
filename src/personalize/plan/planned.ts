import { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { communicationId } from '../communication-id.ts'

/** Which runs and which month a compose run works on: fixed when it starts, so that every part sees the same plan. */
export const basisSchema = z.object({
  turnId: z.number(),
  asOf: z.string(),
  runId: z.number(),
  identityRun: z.number(),
  campaignRun: z.number(),
  composedRuns: z.array(z.number()),
  /** Whose legal notices go out with the turn; 0: none. */
  planRun: z.number().default(0),
  /** The one wave that is composed by itself; 0: a turn, with what is due on its day. */
  wave: z.number().default(0),
  /** Waves of the turn's campaign that are left to their day. */
  later: z.array(z.number()).default([]),
})
export type Basis = z.infer<typeof basisSchema>

export interface Planned {
  id: string
  customerId: number
  campaignId: number
  wave: number
  kind: string
  channel: string
  /** Beside an original that goes another way. */
  copy: boolean
  offer: string
  productCode: string
  /** Not composable, known before anything is tried: `no-bill`. */
  reason: string
  /** `channel:verdict`, the chosen first: kinds/decide-ways.ts. */
  why: string
}

/** Communications of one kind that go one way, of a range of customers. */
export const partRange = z.object({
  kind: z.string(),
  channel: z.string(),
  copy: z.number(),
  first: z.number(),
  last: z.number(),
})
export type Part = z.infer<typeof partRange>

/** The calendar month before the day: `{ month: '2010-11', start: '2010-11-01', end: '2010-12-01' }`. */
export function statementMonth(asOf: string): { month: string; start: string; end: string } {
  const [year = 0, month = 0] = asOf.split('-').map(Number)
  const first = (y: number, m: number) => new Date(Date.UTC(y, m, 1)).toISOString().slice(0, 10)
  const start = first(year, month - 2)
  return { month: start.slice(0, 7), start, end: first(year, month - 1) }
}

/** Of a part, as the run's plan has it; see write-plan.ts. */
const PART_SQL = `
SELECT customer_id, campaign_id, wave, toString(offer) AS offer, toString(product_code) AS product_code, toString(reason) AS reason,
  toString(why) AS why
FROM communication_plan
WHERE run_id = {runId:UInt64} AND kind = {kind:String} AND channel = {channel:String} AND copy = {copy:UInt8}
  AND customer_id BETWEEN {first:UInt64} AND {last:UInt64}
ORDER BY customer_id, offer`

export async function planned(app: Pick<App, 'facts'>, basis: Basis, part: Part): Promise<Planned[]> {
  const { month } = statementMonth(basis.asOf)
  const columns = await app.facts.columns(PART_SQL, { runId: basis.runId, ...part })
  const [customers, campaigns, waves] = [columns.f64('customer_id'), columns.f64('campaign_id'), columns.f64('wave')]
  const [offers, products] = [columns.str('offer'), columns.str('product_code')]
  const [reasons, whys] = [columns.str('reason'), columns.str('why')]
  const { kind, channel } = part
  const copy = part.copy === 1
  return Array.from({ length: columns.rows }, (_, row) => {
    const [customerId, offer] = [customers[row]!, offers[row]!]
    return {
      id: communicationId({ turnId: basis.turnId, month, customerId, kind, offer, channel, copy }),
      customerId,
      campaignId: campaigns[row]!,
      wave: waves[row]!,
      kind,
      channel,
      copy,
      offer,
      productCode: products[row]!,
      reason: reasons[row]!,
      why: whys[row]!,
    }
  })
}
