import type { RuleInputs } from '../value/simple-rules.ts'
import type { Histories } from './histories.ts'
import type { SeasonClock } from './season-clock.ts'

/** What is known of each customer at the beginning of a day, in the days of a clock, and what came from then on. */
export type Known = RuleInputs

/** Customers with a purchase before `day`; `later` counts what came from `day` on and before `until`. */
export function knownAt({ start, day: days }: Histories, clock: SeasonClock, day: number, until: number): Known {
  const all = start.length - 1
  const column = () => new Float64Array(all)
  const [x, tx, T, later, lastPeriod] = [column(), column(), column(), column(), column()]
  const before = day - (until - day)
  let n = 0
  for (let c = 0; c < all; c++) {
    const [from, to] = [start[c]!, start[c + 1]!]
    if (from === to || days[from]! >= day) continue
    let last = from
    for (let i = from + 1; i < to; i++) {
      if (days[i]! >= day) {
        if (days[i]! < until) later[n] = later[n]! + 1
        continue
      }
      last = i
      if (days[i]! >= before) lastPeriod[n] = lastPeriod[n]! + 1
    }
    x[n] = last - from
    tx[n] = clock.between(days[from]!, days[last]!)
    T[n] = clock.between(days[from]!, day)
    n++
  }
  const cut = (values: Float64Array) => values.subarray(0, n)
  return { x: cut(x), tx: cut(tx), T: cut(T), later: cut(later), lastPeriod: cut(lastPeriod) }
}
