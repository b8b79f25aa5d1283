import { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { communicationId } from '../communication-id.ts'
import { PLANNED_SQL } from './planned-sql.ts'

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
  offer: string
  productCode: string
  /** Not composable, known before anything is tried: `no-bill`. */
  reason: string
}

export interface Part {
  kind: string
  first: number
  last: number
}

/** The largest customer id that is a JavaScript number. */
const EVERYBODY: Part = { kind: '', first: 0, last: Number.MAX_SAFE_INTEGER }

/** The calendar month before the day: `{ month: '2010-11', start: '2010-11-01', end: '2010-12-01' }`. */
export function statementMonth(asOf: string): { month: string; start: string; end: string } {
  const [year = 0, month = 0] = asOf.split('-').map(Number)
  const first = (y: number, m: number) => new Date(Date.UTC(y, m, 1)).toISOString().slice(0, 10)
  const start = first(year, month - 2)
  return { month: start.slice(0, 7), start, end: first(year, month - 1) }
}

export async function planned(app: Pick<App, 'facts'>, basis: Basis, part: Part = EVERYBODY): Promise<Planned[]> {
  const { month, start, end } = statementMonth(basis.asOf)
  const columns = await app.facts.columns(PLANNED_SQL, {
    identityRun: basis.identityRun,
    campaignRun: basis.campaignRun,
    composedRuns: basis.composedRuns,
    runId: basis.runId,
    planRun: basis.planRun,
    only: basis.wave,
    later: basis.later,
    monthStart: start,
    monthEnd: end,
    ...part,
  })
  const [customers, campaigns, waves] = [columns.f64('customer_id'), columns.f64('campaign_id'), columns.f64('wave')]
  const [kinds, offers, products, reasons] = [
    columns.str('kind'),
    columns.str('offer'),
    columns.str('product_code'),
    columns.str('reason'),
  ]
  return Array.from({ length: columns.rows }, (_, row) => {
    const [customerId, kind, offer] = [customers[row]!, kinds[row]!, offers[row]!]
    const id = communicationId({ turnId: basis.turnId, month, customerId, kind, offer, channel: channelOf(kind) })
    return {
      id,
      customerId,
      campaignId: campaigns[row]!,
      wave: waves[row]!,
      kind,
      offer,
      productCode: products[row]!,
      reason: reasons[row]!,
    }
  })
}

const channels: Record<string, string> = {
  bill: 'print',
  letter: 'print',
  notice: 'print',
  email: 'email',
  sms: 'sms',
  script: 'call',
}
export const channelOf = (kind: string): string => channels[kind] ?? kind
