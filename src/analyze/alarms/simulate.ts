/** For tests: customers who behave as ever for years, and some who change in the last window. */
import { seededRandom } from '../math/random.ts'
import type { Behaviour } from './find-alarms.ts'
import { historiesOf } from './histories.ts'
import { WINDOWS } from './windows.ts'

export type Change = 'none' | 'stops' | 'half' | 'triple' | 'category' | 'returns'

export interface World {
  customers: number
  seed: number
  asOf: number
  window: number
  /** What becomes of customer i in the last window. */
  changeOf?: (customer: number) => Change
  /** Whole company's factor by days before the date: a season everybody shares. */
  season?: (daysBefore: number) => number
}

const CATEGORIES = 6
const YEARS_BACK = 3

export function simulate({
  customers,
  seed,
  asOf,
  window,
  changeOf = () => 'none',
  season = () => 1,
}: World): Behaviour {
  const random = seededRandom(seed)
  const rows = {
    customer: [] as number[],
    day: [] as number[],
    bought: [] as number[],
    returned: [] as number[],
    lines: [] as number[],
    returnLines: [] as number[],
  }
  const byCategory = new Map<string, { id: number; category: number; window: number; days: number; spent: number }>()
  const normal = () => Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform())
  for (let id = 1; id <= customers; id++) {
    const change = changeOf(id)
    // Days between purchases: gamma by chance or more regular, a mean of each customer's own.
    const regular = 1 + Math.floor(random.uniform() * 3)
    const pace = 1 / random.gamma(3, 3 / 30)
    const level = Math.exp(8 + 0.6 * normal())
    const returning = 0.01 + 0.06 * random.uniform()
    const tastes = Array.from({ length: CATEGORIES }, () => random.uniform() ** 3)
    const favourite = tastes.indexOf(Math.max(...tastes))
    tastes[favourite] = Math.max(0.6, tastes[favourite]!)
    let day = asOf - YEARS_BACK * 365 + random.uniform() * 200
    while (day < asOf) {
      const now = day >= asOf - window
      if (now && change === 'stops') break
      const keep = season(asOf - day) * (now && change === 'half' ? 0.35 : 1)
      if (random.uniform() < Math.min(1, keep)) {
        const factor = now && change === 'triple' ? 4 : now && change === 'half' ? 0.5 : 1
        const bought = Math.round(level * factor * Math.exp(0.5 * normal()))
        const lines = 1 + Math.floor(random.uniform() * 6)
        let returnLines = 0
        for (let k = 0; k < lines; k++)
          if (random.uniform() < returning * (now && change === 'returns' ? 12 : 1)) returnLines++
        rows.customer.push(id)
        rows.day.push(Math.floor(day))
        rows.bought.push(bought)
        rows.returned.push((returnLines * bought) / lines)
        rows.lines.push(lines)
        rows.returnLines.push(returnLines)
        const w = Math.floor((asOf - 1 - Math.floor(day)) / window)
        for (let c = 0; c < CATEGORIES; c++) {
          if (random.uniform() >= tastes[c]! || (now && change === 'category' && c === favourite) || w >= WINDOWS)
            continue
          const key = `${id} ${c} ${w}`
          const entry = byCategory.get(key) ?? { id, category: c, window: w, days: 0, spent: 0 }
          entry.days++
          entry.spent += bought / 3
          byCategory.set(key, entry)
        }
      }
      day += random.gamma(regular, regular * pace)
    }
  }
  // One row per day, as the engine groups them.
  const merged = mergeDays(rows)
  const categories = [...byCategory.values()].sort(
    (a, b) => a.id - b.id || a.category - b.category || a.window - b.window,
  )
  return {
    histories: historiesOf(merged),
    categories: {
      ids: Float64Array.from(categories, row => row.id),
      category: Uint16Array.from(categories, row => row.category),
      window: Uint8Array.from(categories, row => row.window),
      days: Float64Array.from(categories, row => row.days),
      spent: Float64Array.from(categories, row => row.spent),
      names: Array.from({ length: CATEGORIES }, (_, c) => `C${c}`),
    },
    complaints: { ids: new Float64Array(0), window: new Uint8Array(0), complaints: new Float64Array(0) },
  }
}

function mergeDays(rows: Record<'customer' | 'day' | 'bought' | 'returned' | 'lines' | 'returnLines', number[]>) {
  const out = {
    customer: [] as number[],
    day: [] as number[],
    bought: [] as number[],
    returned: [] as number[],
    lines: [] as number[],
    returnLines: [] as number[],
  }
  const sums = ['bought', 'returned', 'lines', 'returnLines'] as const
  for (let i = 0; i < rows.day.length; i++) {
    const last = out.day.length - 1
    if (last >= 0 && out.customer[last] === rows.customer[i] && out.day[last] === rows.day[i])
      for (const name of sums) out[name][last]! += rows[name][i]!
    else {
      out.customer.push(rows.customer[i]!)
      out.day.push(rows.day[i]!)
      for (const name of sums) out[name].push(rows[name][i]!)
    }
  }
  return {
    customer: Float64Array.from(out.customer),
    day: Int32Array.from(out.day),
    bought: Float64Array.from(out.bought),
    returned: Float64Array.from(out.returned),
    lines: Float64Array.from(out.lines),
    returnLines: Float64Array.from(out.returnLines),
  }
}
