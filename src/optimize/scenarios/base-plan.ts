import { segmentNames } from '../../analyze/index.ts'
import type { App } from '../../platform/app.ts'
import type { Text } from '../../platform/text.ts'
import { Growing } from '../allocate/growing.ts'
import { codes as codeColumn, f32, u8, u16, u32 } from '../allocate/problem.ts'
import { optimizeErrors } from '../errors.ts'
import type { Limit } from '../plan/limits.ts'
import { limitsKept } from './kept-inputs.ts'
import type { KeptInputs } from './workflow-tables.ts'

/** A kept plan with all that solving it again takes, in shared memory. */
export interface BasePlan {
  planId: number
  runId: number
  asOf: string
  currency: string
  kept: KeptInputs
  limits: Limit[]
  /** Per unit of each limit: where a scenario's search starts. */
  prices: Record<string, number>
  ids: Float64Array
  cap: Uint8Array
  start: Uint32Array
  code: Uint16Array | Uint32Array
  value: Float32Array
  acceptance: Float32Array
  /** What the plan chose. */
  chosen: Uint8Array
  segment: Uint16Array
  segments: { id: string; name: Text }[]
}

/** Two plans stay in memory: at 10 M options one takes 180 MB. */
const KEPT_IN_MEMORY = 2
const cache = new WeakMap<object, Map<number, Promise<BasePlan>>>()

/** A plan's columns; read once (about 2 s at 10 M options), then from memory. */
export function basePlan(app: App, planId: number): Promise<BasePlan> {
  const plans = cache.get(app.facts) ?? new Map<number, Promise<BasePlan>>()
  cache.set(app.facts, plans)
  const known = plans.get(planId)
  if (known) {
    plans.delete(planId)
    plans.set(planId, known)
    return known
  }
  const reading = readBasePlan(app, planId)
  plans.set(planId, reading)
  reading.catch(() => plans.delete(planId))
  for (const old of [...plans.keys()].slice(0, Math.max(0, plans.size - KEPT_IN_MEMORY))) plans.delete(old)
  return reading
}

/** After an erasure nobody's options may stay in memory. */
export const forgetBasePlans = (app: Pick<App, 'facts'>): void => void cache.delete(app.facts)

async function readBasePlan(app: App, planId: number): Promise<BasePlan> {
  const plan = await app.workflow.db.selectFrom('plans').selectAll().where('id', '=', planId).executeTakeFirst()
  if (!plan) throw optimizeErrors['optimize.no-such-plan']({ plan: planId })
  const kept = plan.inputs
  if (!kept) throw optimizeErrors['optimize.plan-not-kept']({ plan: planId })
  const ids = new Growing(Float64Array)
  const cap = new Growing(Uint8Array)
  const start = new Growing(Uint32Array)
  const code = codeColumn(kept.codes.length, kept.options)
  const value = f32(kept.options)
  const acceptance = f32(kept.options)
  const chosen = u8(kept.options)
  let n = 0
  let last = -1
  for await (const batch of app.facts.stream(
    `SELECT customer_id, cap, code, value, acceptance, chosen FROM plan_options
     WHERE run_id = {runId:UInt64} ORDER BY row_no`,
    { runId: plan.run_id },
  )) {
    const customer = batch.f64('customer_id')
    const caps = batch.u32('cap')
    const codes = batch.u32('code')
    const values = batch.f64('value')
    const acceptances = batch.f64('acceptance')
    const taken = batch.u32('chosen')
    for (let i = 0; i < batch.rows; i++, n++) {
      if (customer[i]! !== last) {
        last = customer[i]!
        ids.push(last)
        cap.push(caps[i]!)
        start.push(n)
      }
      code[n] = codes[i]!
      value[n] = values[i]!
      acceptance[n] = acceptances[i]!
      chosen[n] = taken[i]!
    }
  }
  if (n === 0 && kept.options > 0) throw optimizeErrors['optimize.plan-not-kept']({ plan: planId })
  start.push(n)
  const { segment, segments } = await segmentsOf(app, plan.basis.runs.segmentsRun, ids.done())
  const view = plan.view as { currency: string }
  return {
    planId,
    runId: plan.run_id,
    asOf: plan.as_of,
    currency: view.currency,
    kept,
    limits: limitsKept(kept),
    prices: plan.prices,
    ids: ids.done(),
    cap: filled(u8(cap.length), cap.done()),
    start: filled(u32(start.length), start.done()),
    // People erased since leave fewer options than were kept.
    code: code.subarray(0, n),
    value: value.subarray(0, n),
    acceptance: acceptance.subarray(0, n),
    chosen: chosen.subarray(0, n),
    segment,
    segments,
  }
}

function filled<T extends Uint8Array | Uint16Array | Uint32Array>(to: T, from: T): T {
  to.set(from)
  return to
}

export async function segmentsOf(
  app: App,
  segmentsRun: number,
  ids: Float64Array,
): Promise<Pick<BasePlan, 'segment' | 'segments'>> {
  const names = await segmentNames(app)
  const places = new Map<string, number>([...names.keys()].map((id, i) => [id, i]))
  const listed = await app.facts.query<{ segment: string }>(
    'SELECT DISTINCT toString(segment) AS segment FROM segment_members WHERE run_id = {run:UInt64} ORDER BY segment',
    { run: segmentsRun },
  )
  for (const { segment } of listed) if (!places.has(segment)) places.set(segment, places.size)
  const placeOf = new Map<number, number>()
  for await (const batch of app.facts.stream(
    `SELECT customer_id, toUInt32(indexOf({segments:Array(String)}, toString(segment))) AS place
     FROM segment_members WHERE run_id = {run:UInt64}`,
    { run: segmentsRun, segments: [...places.keys()] },
  )) {
    const customer = batch.f64('customer_id')
    const place = batch.u32('place')
    for (let i = 0; i < batch.rows; i++) placeOf.set(customer[i]!, place[i]! - 1)
  }
  const segment = u16(ids.length)
  const nowhere = places.size
  let lost = false
  for (let c = 0; c < ids.length; c++) {
    const place = placeOf.get(ids[c]!)
    if (place === undefined) lost = true
    segment[c] = place ?? nowhere
  }
  const segments = [...places.keys()].map(id => ({ id, name: names.get(id) ?? { en: id, zh: id } }))
  if (lost) segments.push({ id: '', name: { en: 'No segment', zh: '无类别' } })
  return { segment, segments }
}
