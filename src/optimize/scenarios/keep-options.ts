import { dropRun, type Facts } from '../../platform/stores/facts/index.ts'
import type { OptionColumns } from '../options/options.ts'
import { planOptions } from './tables.ts'

/** Rows handed to the engine at a time. */
const BATCH = 500_000

/** Writes a plan's options and what was chosen of them, in the solver's order. */
export async function keepOptions(
  facts: Facts,
  runId: number,
  { ids, start, code, value, acceptance }: Pick<OptionColumns, 'ids' | 'start' | 'code' | 'value' | 'acceptance'>,
  cap: Uint8Array,
  chosen: Uint8Array,
): Promise<void> {
  await dropRun(facts, planOptions, String(runId))
  const total = code.length
  let customer = 0
  for (let from = 0; from < total; from += BATCH) {
    const n = Math.min(BATCH, total - from)
    const rowNo = new Uint32Array(n)
    const id = new Float64Array(n)
    const caps = new Uint8Array(n)
    for (let i = 0; i < n; i++) {
      while (start[customer + 1]! <= from + i) customer++
      rowNo[i] = from + i
      id[i] = ids[customer]!
      caps[i] = cap[customer]!
    }
    await facts.insertColumns('plan_options', {
      run_id: { type: 'UInt64', values: new Float64Array(n).fill(runId) },
      row_no: { type: 'UInt32', values: rowNo },
      customer_id: { type: 'UInt64', values: id },
      cap: { type: 'UInt8', values: caps },
      code: { type: 'UInt32', values: Uint32Array.from(code.subarray(from, from + n)) },
      value: { type: 'Float32', values: value.slice(from, from + n) },
      acceptance: { type: 'Float32', values: acceptance.slice(from, from + n) },
      chosen: { type: 'UInt8', values: chosen.slice(from, from + n) },
    })
  }
}

/** Options are kept of so many plans of turns; a million customers' take some 80 MB each. */
const PLANS_KEPT = 3

/** Drops the options of older plans: those are still shown and compared, but not solved again. */
export async function dropOldOptions(facts: Facts): Promise<void> {
  const present = await facts.query<{ run_id: number }>('SELECT DISTINCT run_id FROM plan_options ORDER BY run_id DESC')
  for (const { run_id } of present.slice(PLANS_KEPT)) await dropRun(facts, planOptions, String(run_id))
}
