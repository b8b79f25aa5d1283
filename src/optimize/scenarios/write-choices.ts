import type { Facts } from '../../platform/stores/facts/index.ts'
import type { BasePlan } from './base-plan.ts'
import { partsOf } from './solve-again.ts'

const BATCH = 200_000

/** Writes what a solved scenario gives to whom, with the best option each beat; and what the control group would have got. */
export async function writeScenarioChoices(
  facts: Facts,
  run: number,
  base: BasePlan,
  chosen: Uint8Array,
  prices: Record<string, number>,
): Promise<void> {
  const { ids, start, cap, code, value, acceptance, kept } = base
  const codePrice = kept.uses.map(list => {
    let sum = 0
    for (let i = 0; i < list.length; i += 2) sum += (prices[kept.limits[list[i]!]!.id] ?? 0) * list[i + 1]!
    return sum
  })
  const bundles = partsOf(kept)
  let customers: number[] = []
  let options: number[] = []
  let nexts: number[] = []
  const named = (j: number) => kept.codes[code[j]!]!
  const flush = async () => {
    if (customers.length === 0) return
    await facts.insertColumns('scenario_choices', {
      run_id: { type: 'UInt64', values: customers.map(() => run) },
      customer_id: { type: 'UInt64', values: customers.map(c => ids[c]!) },
      control: { type: 'UInt8', values: customers.map(c => (cap[c] === 0 ? 1 : 0)) },
      offer: { type: 'LowCardinality(String)', values: options.map(j => named(j).offer) },
      channel: { type: 'LowCardinality(String)', values: options.map(j => named(j).channel) },
      value_minor: { type: 'Float64', values: options.map(j => value[j]!) },
      acceptance: { type: 'Float32', values: options.map(j => acceptance[j]!) },
      cost_minor: { type: 'Float64', values: options.map(j => named(j).cost) },
      wave: { type: 'UInt16', values: options.map(j => named(j).wave ?? 1) },
      basis: {
        type: 'LowCardinality(String)',
        values: options.map(j => (named(j).history === 1 ? 'history' : 'prior')),
      },
      next_best: {
        type: 'String',
        values: options.map((j, i) => {
          const next = nexts[i]!
          if (next < 0) return ''
          const { offer, channel } = named(next)
          const [worth, less] = [value[next]!, value[j]! - value[next]!].map(x => x.toFixed(2))
          return JSON.stringify({ offer, channel, valueMinor: worth, lessMinor: less })
        }),
      },
    })
    customers = []
    options = []
    nexts = []
  }
  for (let c = 0; c < ids.length; c++) {
    const picks: number[] = []
    if (cap[c] === 0) {
      let best = 0
      let pick = -1
      for (let j = start[c]!; j < start[c + 1]!; j++) {
        const reduced = value[j]! - codePrice[code[j]!]!
        if (reduced > best) [best, pick] = [reduced, j]
      }
      if (pick >= 0) picks.push(pick)
    } else for (let j = start[c]!; j < start[c + 1]!; j++) if (chosen[j] === 1) picks.push(j)
    if (picks.length === 0) continue
    // A bundle is a row for each of its options, which stand alone among the customer's too.
    for (const pick of [...picks]) {
      const parts = bundles.get(code[pick]!)
      if (!parts) continue
      picks.splice(picks.indexOf(pick), 1)
      for (let j = start[c]!; j < start[c + 1]!; j++) if (parts.includes(code[j]!)) picks.push(j)
    }
    let next = -1
    for (let j = start[c]!; j < start[c + 1]!; j++)
      if (!picks.includes(j) && !bundles.has(code[j]!) && (next < 0 || value[j]! > value[next]!)) next = j
    for (const pick of picks) {
      customers.push(c)
      options.push(pick)
      nexts.push(next)
    }
    if (customers.length >= BATCH) await flush()
  }
  await flush()
}
