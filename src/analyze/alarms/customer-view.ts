import type { App } from '../../platform/app.ts'
import { bought } from '../features/purchase-rows.ts'
import { daysBefore } from '../models/dates.ts'
import type { CustomerAlarms } from './api.ts'
import { alarmList, alarmRun } from './view.ts'
import { WINDOWS } from './windows.ts'

/** Windows before one that say what is usual. */
const BASELINE = 4

/** A customer's windows with the usual range of those before each, and the alarms raised. */
export async function customerAlarms(app: App, customerId: number): Promise<CustomerAlarms> {
  const run = await alarmRun(app)
  const { window } = run.settings
  const asOf = run.as_of
  const [list, identity] = await Promise.all([
    alarmList(app, { customer: customerId, order: 'surprise', offset: 0, limit: 50 }),
    app.runs.latest('identity'),
  ])
  const rows = await app.facts.query<{ day: string; spent: number }>(
    `SELECT toDate(sold_at) AS day, sum(amount_minor) AS spent FROM purchases
     WHERE run_id = {identity:UInt64} AND customer_id = {customerId:UInt64} AND sold_at < {asOf:Date} AND sold_at >= {asOf:Date} - {back:UInt32} AND ${bought}
     GROUP BY day ORDER BY day`,
    { identity: identity ?? 0, customerId, asOf, back: WINDOWS * window },
  )
  const whole = Array.from({ length: WINDOWS }, (_, i) => {
    const k = WINDOWS - 1 - i
    const [from, to] = [daysBefore(asOf, (k + 1) * window), daysBefore(asOf, k * window)]
    const within = rows.filter(({ day }) => day >= from && day < to)
    return { from, to, days: within.length, spent: within.reduce((sum, row) => sum + row.spent, 0) }
  })
  const first = whole.findIndex(({ days }) => days > 0)
  const own = list.rows.find(({ unit }) => unit === 'money')
  return {
    asOf,
    currency: list.currency,
    window,
    rows: list.rows,
    purchaseDays: rows.map(({ day }) => day),
    windows: whole.slice(Math.max(0, first)).map((entry, i, shown) => {
      const before = shown.slice(Math.max(0, i - BASELINE), i)
      // Of the newest window the turn said what it expected; the others show what was usual before them.
      if (own && i === shown.length - 1) return { ...entry, expected: own.expected, low: own.low, high: own.high }
      if (before.length < 2) return { ...entry, expected: null, low: null, high: null }
      const mean = before.reduce((sum, row) => sum + row.spent, 0) / before.length
      const sd = Math.sqrt(before.reduce((sum, row) => sum + (row.spent - mean) ** 2, 0) / (before.length - 1))
      return { ...entry, expected: mean, low: Math.max(0, mean - 2 * sd), high: mean + 2 * sd }
    }),
  }
}
