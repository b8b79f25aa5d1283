import type { App } from '../../../platform/app.ts'
import type { ParamValue } from '../../../platform/stores/facts/index.ts'
import { errors } from '../../errors.ts'
import { runsOfTurn } from '../../runs-of-turn.ts'
import { compileRule, type FeatureColumn } from '../compile.ts'
import { catalogueOf } from '../rule-catalogue.ts'
import type { SegmentSet } from '../segment-set.ts'
import { askedOf, customersSql, type LookRuns } from './from-sql.ts'
import { type Tree, treeSql } from './tree.ts'

export interface Holding {
  /** Customers looked at, all there are, and which share of all was looked at (1: every one). */
  customers: number
  sampled: number
  /** Per segment: whom it takes, and whom its rule alone would. */
  taken: number[]
  holds: number[]
  none: number
  twice: number
  /** Pairs of rules that hold for the same customers, most first. */
  pairs: { a: number; b: number; customers: number }[]
  /** Customers per leaf of the tree. */
  leaves: number[]
}

/** Above this a look while typing takes one customer in so many: 250 thousand are counted in 50 ms. */
const LOOKED_AT = 250_000
const MOST_PAIRS = 50

/**
 * How many customers each rule takes, holds for, shares with another and leaves out, in one pass: each customer's answers to all
 * rules are one bit each, and equal answers are counted together.
 */
export async function countHolding(
  app: App,
  { segments }: SegmentSet,
  { exact = false, tree, runs }: { exact?: boolean; tree?: Tree | undefined; runs?: LookRuns } = {},
): Promise<Holding> {
  const { features } = await catalogueOf(app)
  const at = runs ?? (await runsOfTurn(app))
  const { all } = await app.facts.one<{ all: number }>(
    'SELECT count() AS all FROM features WHERE run_id = {featuresRun:UInt64}',
    { featuresRun: at.features },
  )
  if (all === 0) throw errors['analyze.nothing-yet']()
  const every = exact ? 1 : Math.ceil(all / LOOKED_AT)
  const columnOf = (id: string): FeatureColumn => features.get(id)!
  const params: Record<string, ParamValue> = { featuresRun: at.features, modelsRun: at.models, every }
  const rules = segments.map(({ rule }, i) => {
    const compiled = compileRule(rule, columnOf, `s${i}_`)
    Object.assign(params, compiled.params)
    return `(${compiled.sql})`
  })
  const words = Array.from({ length: Math.ceil(rules.length / BITS) }, (_, w) => {
    const own = rules.slice(w * BITS, (w + 1) * BITS)
    return `${own.map((rule, bit) => `toUInt32(${rule}) * ${2 ** bit}`).join(' + ') || '0'} AS word${w}`
  })
  const leaf = tree ? treeSql(tree, columnOf, params) : '0'
  const asked = askedOf(segments.map(s => s.rule))
  const rows = await app.facts.query<{ leaf: number; customers: number } & Record<`word${number}`, number>>(
    `SELECT ${[...words, `${leaf} AS leaf`].join(', ')}, count() AS customers
     ${customersSql(asked, features)}
     GROUP BY ALL`,
    params,
  )
  return sum(segments.length, all, rows, tree?.leaves ?? 0)
}

const BITS = 31

function sum(
  segments: number,
  all: number,
  rows: readonly ({ leaf: number; customers: number } & Record<`word${number}`, number>)[],
  leaves: number,
): Holding {
  const looked = rows.reduce((total, row) => total + row.customers, 0)
  const result: Holding = {
    customers: all,
    sampled: looked / all,
    taken: new Array(segments).fill(0),
    holds: new Array(segments).fill(0),
    none: 0,
    twice: 0,
    pairs: [],
    leaves: new Array(leaves).fill(0),
  }
  const scale = looked > 0 ? all / looked : 0
  const pairs = new Map<number, number>()
  for (const row of rows) {
    const n = row.customers * scale
    const held: number[] = []
    for (let i = 0; i < segments; i++)
      if ((row[`word${Math.floor(i / BITS)}`]! >>> (i % BITS)) & 1) {
        held.push(i)
        result.holds[i]! += n
      }
    if (held.length === 0) result.none += n
    else result.taken[held[0]!]! += n
    if (held.length > 1) result.twice += n
    for (const [k, a] of held.entries())
      for (const b of held.slice(k + 1)) pairs.set(a * segments + b, (pairs.get(a * segments + b) ?? 0) + n)
    if (leaves > 0) result.leaves[row.leaf]! += n
  }
  result.pairs = [...pairs]
    .sort((a, b) => b[1] - a[1])
    .slice(0, MOST_PAIRS)
    .map(([key, customers]) => ({ a: Math.floor(key / segments), b: key % segments, customers: Math.round(customers) }))
  for (const counts of [result.taken, result.holds, result.leaves])
    for (const [i, n] of counts.entries()) counts[i] = Math.round(n)
  return Object.assign(result, { none: Math.round(result.none), twice: Math.round(result.twice) })
}
