import type { Facts, Params } from '../../platform/stores/facts/index.ts'
import { Growing } from '../allocate/growing.ts'
import { f32, u8, u16, u32 } from '../allocate/problem.ts'
import type { Offer } from '../offers/offer.ts'
import type { ChannelId, ContactPolicy } from '../policy/contact-policy.ts'
import { meanLikingSql } from './mean-liking-sql.ts'
import { NO_OPTION, noOptionReasons, optionsSql } from './options-sql.ts'

/** All options of all customers as columns, customers in the order they came; options of customer c at start[c] … start[c+1]. */
export interface OptionColumns {
  /** customer_id; a double holds it exactly up to 2^53. */
  ids: Float64Array
  control: Uint8Array
  start: Uint32Array
  /** offer index × number of channels + channel index. */
  code: Uint16Array
  value: Float32Array
  acceptance: Float32Array
  /** Customers outside the control group without any option, by the reason. */
  without: Record<(typeof noOptionReasons)[number], number>
  /** Customers of the turn, control group included. */
  customers: number
  inControl: number
  meanLiking: number[]
}

/** Customers whose options are made in one query: keeps the engine's memory flat. */
const SLICE = 300_000

/** Builds the options in the engine, slice by slice, and takes them over in binary. */
export async function collectOptions(
  facts: Facts,
  offers: readonly Offer[],
  policy: ContactPolicy,
  channels: readonly ChannelId[],
  runs: Params,
  progress: (done: number, total: number) => void,
): Promise<OptionColumns> {
  const { n } = await facts.one<{ n: number }>(
    'SELECT count() AS n FROM golden_records WHERE run_id = {identityRun:UInt64}',
    {
      identityRun: runs['identityRun']!,
    },
  )
  const slices = Math.max(1, Math.ceil(n / SLICE))
  const meanLiking = await meanLikings(facts, offers, runs, slices)
  const options = optionsSql(offers, policy, channels, 'slice')
  const ids = new Growing(Float64Array)
  const control = new Growing(Uint8Array)
  const start = new Growing(Uint32Array)
  const code = new Growing(Uint16Array)
  const value = new Growing(Float32Array)
  const acceptance = new Growing(Float32Array)
  const without = noOptionReasons.map(() => 0)
  let customers = 0
  let inControl = 0
  let last = -1
  for (let slice = 0; slice < slices; slice++) {
    const params = { ...options.params, ...runs, meanLiking, slices, slice }
    for await (const batch of facts.stream(options.sql, params)) {
      const customer = batch.f64('customer_id')
      const held = batch.u32('control')
      const codes = batch.u32('code')
      const values = batch.f64('value')
      const acceptances = batch.f64('acceptance')
      for (let i = 0; i < batch.rows; i++) {
        const id = customer[i]!
        const c = codes[i]!
        if (id !== last) {
          last = id
          customers++
          if (held[i] === 1) inControl++
          if (c < NO_OPTION) {
            ids.push(id)
            control.push(held[i]!)
            start.push(code.length)
          }
        }
        if (c >= NO_OPTION) {
          if (held[i] === 0) without[c - NO_OPTION] = without[c - NO_OPTION]! + 1
          continue
        }
        code.push(c)
        value.push(values[i]!)
        acceptance.push(acceptances[i]!)
      }
    }
    progress(slice + 1, slices)
  }
  start.push(code.length)
  return {
    ids: ids.done(),
    control: inShared(control.done(), u8(control.length)),
    start: inShared(start.done(), u32(start.length)),
    code: inShared(code.done(), u16(code.length)),
    value: inShared(value.done(), f32(value.length)),
    acceptance: acceptance.done(),
    without: Object.fromEntries(noOptionReasons.map((reason, i) => [reason, without[i]!])) as OptionColumns['without'],
    customers,
    inControl,
    meanLiking,
  }
}

/**
 * The mean liking of those an offer fits, per offer (0 where it fits nobody). To six digits: the engine adds in whatever order its
 * threads finish, and the same input must give the same plan.
 */
export async function meanLikings(
  facts: Facts,
  offers: readonly Offer[],
  runs: Params,
  slices: number,
): Promise<number[]> {
  const { sql, params } = meanLikingSql(offers)
  const fitting = offers.map(() => 0)
  const liking = offers.map(() => 0)
  for (let slice = 0; slice < slices; slice++) {
    const sums = await facts.one<{ fitting: number[]; liking: number[] }>(sql, { ...params, ...runs, slices, slice })
    for (const i of offers.keys()) {
      fitting[i] = fitting[i]! + (sums.fitting[i] ?? 0)
      liking[i] = liking[i]! + (sums.liking[i] ?? 0)
    }
  }
  return fitting.map((n, i) => (n > 0 ? Number((liking[i]! / n).toPrecision(6)) : 0))
}

function inShared<T extends Uint8Array | Uint16Array | Uint32Array | Float32Array>(from: T, to: T): T {
  to.set(from)
  return to
}
