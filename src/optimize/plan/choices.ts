import type { ColumnData, Facts } from '../../platform/stores/facts/index.ts'
import type { OptionColumns } from '../options/collect-options.ts'
import type { SolvedPlan } from './solve-plan.ts'

/** As `next_code`: there was no other option. */
export const NO_CODE = 65_535

/** Rows handed to the engine at a time. */
const BATCH = 200_000

/**
 * Writes what each customer gets, as numbers. Customers of the control group appear with what the plan would have given
 * them: their best option at the plan's prices, when it is worth its price. So the groups compared later are alike,
 * whoever was planned and whoever would have been.
 */
export async function writeChoices(
  facts: Facts,
  runId: number,
  options: OptionColumns,
  plan: SolvedPlan,
): Promise<void> {
  const { ids, start, control, code, value, acceptance } = options
  const batch = makeBatch(Math.min(BATCH, ids.length))
  let n = 0
  const flush = async () => {
    if (n > 0) await facts.insertColumns('plan_choices', columns(runId, batch, n))
    n = 0
  }
  for (let c = 0; c < ids.length; c++) {
    const pick = control[c] === 1 ? wouldGet(options, plan, c) : getsInPlan(options, plan, c)
    if (pick < 0) continue
    let next = -1
    for (let j = start[c]!; j < start[c + 1]!; j++) if (j !== pick && (next < 0 || value[j]! > value[next]!)) next = j
    batch.id[n] = ids[c]!
    batch.control[n] = control[c]!
    batch.code[n] = code[pick]!
    batch.value[n] = value[pick]!
    batch.acceptance[n] = acceptance[pick]!
    batch.nextCode[n] = next < 0 ? NO_CODE : code[next]!
    batch.nextValue[n] = next < 0 ? 0 : value[next]!
    if (++n === batch.id.length) await flush()
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
  code: new Uint16Array(n),
  value: new Float32Array(n),
  acceptance: new Float32Array(n),
  nextCode: new Uint16Array(n),
  nextValue: new Float32Array(n),
})

const columns = (runId: number, b: ReturnType<typeof makeBatch>, n: number): Record<string, ColumnData> => ({
  run_id: { type: 'UInt64', values: new Float64Array(n).fill(runId) },
  customer_id: { type: 'UInt64', values: b.id.subarray(0, n) },
  control: { type: 'UInt8', values: b.control.subarray(0, n) },
  code: { type: 'UInt16', values: b.code.subarray(0, n) },
  value: { type: 'Float32', values: b.value.subarray(0, n) },
  acceptance: { type: 'Float32', values: b.acceptance.subarray(0, n) },
  next_code: { type: 'UInt16', values: b.nextCode.subarray(0, n) },
  next_value: { type: 'Float32', values: b.nextValue.subarray(0, n) },
})
