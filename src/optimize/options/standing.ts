import type { Facts, Params } from '../../platform/stores/facts/index.ts'
import type { Offer } from '../offers/offer.ts'
import type { ContactPolicy } from '../policy/contact-policy.ts'
import type { Axes } from './axes.ts'
import { type OfferRules, words } from './offer-history.ts'
import { categoriesOf, type StandingHow, standingSql } from './standing-sql.ts'

/** How every customer stands to the plan's rules, a compact row each as columns: what `standingSql` answers. */
export interface Standing {
  customers: number
  ids: Float64Array
  control: Uint8Array
  /** Minor units; NaN: never bought. */
  usualOrder: Float32Array
  readiness: Float32Array
  /** Bit per category of the offers: the customer is expected to want a product of it next. */
  wants: Uint32Array[]
  segment: Uint8Array
  /** Class of the segment in the calibration, 0: none. */
  calibration: Uint16Array
  /** Bit per channel of the plan. */
  reached: Uint8Array
  agreed: Uint8Array
  preferred: Uint8Array
  statementDue: Uint8Array
  /** Bit per channel (in the order of `channelIds`) by which legal mail is planned before any offer. */
  noticeDue: Uint8Array
  /** Offers in 30 days the customer asked for at most; 255: did not say. */
  wish: Uint8Array
  /** Offers within the days of fatigue. */
  tired: Uint8Array
  /** Bit per offer whose eligibility holds, words of 32: fits[word][customer]. */
  fits: Uint32Array[]
  /** Bit per fact on single offers. */
  seen: Uint32Array[]
  /** By wave: quiet rules that hold, offers in 30 days; contacts in each rolling window, by limit. */
  dark: Uint32Array[]
  wished: Uint8Array[]
  contacts: Uint8Array[][]
}

/** Customers read in one query: keeps the engine's memory flat. */
const SLICE = 250_000

/** Reads the standing of everybody, range by range, in binary. */
export async function readStanding(
  facts: Facts,
  offers: readonly Offer[],
  policy: ContactPolicy,
  axes: Axes,
  rules: OfferRules,
  params: Params,
  how: Pick<StandingHow, 'promised' | 'calibrated'> = {},
  progress: (done: number, total: number) => void = () => undefined,
): Promise<Standing> {
  const ranges = await rangesOf(facts, params['identityRun'] as number)
  const sql = standingSql(offers, policy, axes, rules, {
    suppressed: await anyLists(facts),
    ...reading(params, how),
  })
  const customers = ranges.reduce((n, range) => n + range.customers, 0)
  const standing = emptyStanding(customers, offers, policy, axes, rules)
  let at = 0
  for (const [i, { fromId, toId }] of ranges.entries()) {
    for await (const batch of facts.stream(sql.sql, { ...sql.params, ...params, fromId, toId })) {
      for (const [name, column] of columnsOf(standing))
        column.set(
          column instanceof Float64Array || column instanceof Float32Array ? batch.f64(name) : batch.u32(name),
          at,
        )
      at += batch.rows
    }
    progress(i + 1, ranges.length)
  }
  // A customer without features, scores or segment is none of the turn's.
  return at === customers ? standing : cut(standing, at)
}

const reading = (params: Params, how: Pick<StandingHow, 'promised' | 'calibrated'>) => ({
  ...how,
  knownBy: 'knownAt' in params,
  notices: 'noticesRun' in params,
})

/** The standing of one customer, as a table of one row (none: not a customer of these runs). */
export async function standingOf(
  facts: Facts,
  offers: readonly Offer[],
  policy: ContactPolicy,
  axes: Axes,
  rules: OfferRules,
  params: Params,
  customer: number,
  how: Pick<StandingHow, 'promised' | 'calibrated'> = {},
): Promise<Standing> {
  const { sql, params: own } = standingSql(offers, policy, axes, rules, {
    suppressed: true,
    ...reading(params, how),
  })
  const rows = await facts.columns(sql, { ...own, ...params, fromId: customer, toId: customer + 1 })
  const standing = emptyStanding(rows.rows, offers, policy, axes, rules)
  for (const [name, column] of columnsOf(standing))
    column.set(column instanceof Float64Array || column instanceof Float32Array ? rows.f64(name) : rows.u32(name))
  return standing
}

type Column = Float64Array | Float32Array | Uint32Array | Uint16Array | Uint8Array

/** Columns by their names in the engine's answer. */
const columnsOf = (s: Standing): [string, Column][] => [
  ['customer_id', s.ids],
  ['control', s.control],
  ['usual_order', s.usualOrder],
  ['readiness', s.readiness],
  ['segment_class', s.segment],
  ['calibration_class', s.calibration],
  ['reached', s.reached],
  ['agreed', s.agreed],
  ['preferred', s.preferred],
  ['statement_due', s.statementDue],
  ['notice_due', s.noticeDue],
  ['wish', s.wish],
  ['tired', s.tired],
  ...s.fits.map((column, w): [string, Column] => [`fit_${w}`, column]),
  ...s.wants.map((column, w): [string, Column] => [`wants_${w}`, column]),
  ...s.seen.map((column, w): [string, Column] => [`seen_${w}`, column]),
  ...s.dark.map((column, w): [string, Column] => [`dark_${w}`, column]),
  ...s.wished.map((column, w): [string, Column] => [`wished_${w}`, column]),
  ...s.contacts.flatMap((limits, w) => limits.map((column, i): [string, Column] => [`n${i}_${w}`, column])),
]

export function emptyStanding(
  n: number,
  offers: readonly Offer[],
  policy: ContactPolicy,
  axes: Axes,
  rules: OfferRules,
): Standing {
  const u8s = (count: number) => Array.from({ length: count }, () => new Uint8Array(n))
  const u32s = (count: number) => Array.from({ length: count }, () => new Uint32Array(n))
  const waves = axes.waves.length
  return {
    customers: n,
    ids: new Float64Array(n),
    control: new Uint8Array(n),
    usualOrder: new Float32Array(n),
    readiness: new Float32Array(n),
    wants: u32s(Math.max(1, words(categoriesOf(offers).length))),
    segment: new Uint8Array(n),
    calibration: new Uint16Array(n),
    reached: new Uint8Array(n),
    agreed: new Uint8Array(n),
    preferred: new Uint8Array(n),
    statementDue: new Uint8Array(n),
    noticeDue: new Uint8Array(n),
    wish: new Uint8Array(n),
    tired: new Uint8Array(n),
    fits: u32s(words(offers.length)),
    seen: u32s(words(rules.facts.length)),
    dark: u32s(waves),
    wished: u8s(waves),
    contacts: axes.waves.map(() => u8s(policy.limits.length)),
  }
}

function cut(s: Standing, n: number): Standing {
  const part = <T extends Column>(column: T): T => column.subarray(0, n) as T
  return {
    customers: n,
    ids: part(s.ids),
    control: part(s.control),
    usualOrder: part(s.usualOrder),
    readiness: part(s.readiness),
    wants: s.wants.map(part),
    segment: part(s.segment),
    calibration: part(s.calibration),
    reached: part(s.reached),
    agreed: part(s.agreed),
    preferred: part(s.preferred),
    statementDue: part(s.statementDue),
    noticeDue: part(s.noticeDue),
    wish: part(s.wish),
    tired: part(s.tired),
    fits: s.fits.map(part),
    seen: s.seen.map(part),
    dark: s.dark.map(part),
    wished: s.wished.map(part),
    contacts: s.contacts.map(limits => limits.map(part)),
  }
}

/** Ranges of ids with about SLICE customers each; the bounds are those of a sample, in order. */
async function rangesOf(
  facts: Facts,
  identityRun: number,
): Promise<{ fromId: number; toId: number; customers: number }[]> {
  const { n, last } = await facts.one<{ n: number; last: number }>(
    'SELECT count() AS n, max(customer_id) AS last FROM golden_records WHERE run_id = {identityRun:UInt64}',
    { identityRun },
  )
  const slices = Math.max(1, Math.ceil(n / SLICE))
  const inner =
    slices === 1
      ? []
      : (
          await facts.one<{ bounds: number[] }>(
            `SELECT quantilesExact(${Array.from({ length: slices - 1 }, (_, i) => (i + 1) / slices).join(', ')})(customer_id) AS bounds
             FROM golden_records WHERE run_id = {identityRun:UInt64} AND (sipHash64(customer_id) % 16 = 0)`,
            { identityRun },
          )
        ).bounds
  const bounds = [0, ...new Set(inner), last + 1]
  const counts = await Promise.all(
    bounds.slice(1).map((toId, i) =>
      facts.one<{ n: number }>(
        `SELECT count() AS n FROM golden_records
         WHERE run_id = {identityRun:UInt64} AND customer_id >= {fromId:UInt64} AND customer_id < {toId:UInt64}`,
        { identityRun, fromId: bounds[i]!, toId },
      ),
    ),
  )
  return counts.map((row, i) => ({ fromId: bounds[i]!, toId: bounds[i + 1]!, customers: row.n }))
}

/** Without any list nobody need be looked up on them (that hashes every address). */
async function anyLists(facts: Facts): Promise<boolean> {
  const [row] = await facts.query('SELECT 1 FROM suppression_entries LIMIT 1')
  return row !== undefined
}
