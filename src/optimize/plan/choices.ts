import type { ColumnData, Facts } from '../../platform/stores/facts/index.ts'
import { coordinatesOf } from '../options/axes.ts'
import type { OptionColumns } from '../options/options.ts'
import type { PlanInput } from './plan-input.ts'
import type { SolvedPlan } from './solve-plan.ts'

/** As `next_offer`: there was no other option. */
export const NO_OFFER = 65_535

/** Rows handed to the engine at a time. */
const BATCH = 200_000

/**
 * Writes what each customer gets, as numbers; a bundle is a row for each of its options. Customers of the control group appear
 * with what the plan would have given them: their best option at the plan's prices, when it is worth its price. So the groups
 * compared later are alike, whoever was planned and whoever would have been.
 */
export async function writeChoices(facts: Facts, runId: number, input: PlanInput, plan: SolvedPlan): Promise<void> {
  const { options, axes, acceptance: believed } = input
  const { ids, start, control, code, value, acceptance, bundles } = options
  const batch = makeBatch(Math.min(BATCH, ids.length * (input.inputs.policy.most_offers ?? 1)))
  let n = 0
  const flush = async () => {
    if (n > 0) await facts.insertColumns('plan_choices', columns(runId, batch, n))
    n = 0
  }
  for (let c = 0; c < ids.length; c++) {
    const pick = control[c] === 1 ? wouldGet(options, plan, c) : getsInPlan(options, plan, c)
    if (pick < 0) continue
    const parts = bundles[code[pick]! - axes.codes] ?? [code[pick]!]
    let next = -1
    for (let j = start[c]!; j < start[c + 1]!; j++)
      if (!parts.includes(code[j]!) && code[j]! < axes.codes && (next < 0 || value[j]! > value[next]!)) next = j
    const beaten = next < 0 ? null : coordinatesOf(axes, code[next]!)
    for (const part of parts) {
      // The option of a bundle stands alone among the customer's options too.
      let j = start[c]!
      while (code[j] !== part) j++
      const at = coordinatesOf(axes, part)
      batch.id[n] = ids[c]!
      batch.control[n] = control[c]!
      batch.offer[n] = at.offer
      batch.channel[n] = at.channel
      batch.wave[n] = at.wave + 1
      batch.history[n] = believed.history[at.offer * axes.channels.length + at.channel]!
      batch.value[n] = value[j]!
      batch.acceptance[n] = acceptance[j]!
      batch.nextOffer[n] = beaten ? beaten.offer : NO_OFFER
      batch.nextChannel[n] = beaten ? beaten.channel : 0
      batch.nextValue[n] = next < 0 ? 0 : value[next]!
      if (++n === batch.id.length) await flush()
    }
  }
  await flush()
}

function getsInPlan({ start }: OptionColumns, { solution }: SolvedPlan, customer: number): number {
  for (let j = start[customer]!; j < start[customer + 1]!; j++) if (solution.chosen[j] === 1) return j
  return -1
}

function wouldGet({ start, value, code }: OptionColumns, { codePrice }: SolvedPlan, customer: number): number {
  let best = 0
  let pick = -1
  for (let j = start[customer]!; j < start[customer + 1]!; j++) {
    const reduced = value[j]! - codePrice[code[j]!]!
    if (reduced > best) {
      best = reduced
      pick = j
    }
  }
  return pick
}

const makeBatch = (n: number) => ({
  id: new Float64Array(n),
  control: new Uint8Array(n),
  offer: new Uint16Array(n),
  channel: new Uint8Array(n),
  wave: new Uint8Array(n),
  history: new Uint8Array(n),
  value: new Float32Array(n),
  acceptance: new Float32Array(n),
  nextOffer: new Uint16Array(n),
  nextChannel: new Uint8Array(n),
  nextValue: new Float32Array(n),
})

const columns = (runId: number, b: ReturnType<typeof makeBatch>, n: number): Record<string, ColumnData> => ({
  run_id: { type: 'UInt64', values: new Float64Array(n).fill(runId) },
  customer_id: { type: 'UInt64', values: b.id.subarray(0, n) },
  control: { type: 'UInt8', values: b.control.subarray(0, n) },
  offer_no: { type: 'UInt16', values: b.offer.subarray(0, n) },
  channel_no: { type: 'UInt8', values: b.channel.subarray(0, n) },
  wave: { type: 'UInt8', values: b.wave.subarray(0, n) },
  history: { type: 'UInt8', values: b.history.subarray(0, n) },
  value: { type: 'Float32', values: b.value.subarray(0, n) },
  acceptance: { type: 'Float32', values: b.acceptance.subarray(0, n) },
  next_offer: { type: 'UInt16', values: b.nextOffer.subarray(0, n) },
  next_channel: { type: 'UInt8', values: b.nextChannel.subarray(0, n) },
  next_value: { type: 'Float32', values: b.nextValue.subarray(0, n) },
})
