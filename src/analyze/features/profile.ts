import type { Facts } from '../../platform/stores/facts/index.ts'
import type { RuleFeature } from './catalogue.ts'

/** How a feature's values lie, as of a run. */
export interface FeatureProfile {
  id: string
  kind: 'number' | 'text' | 'list'
  /** Customers looked at, and those of them who have a value. */
  rows: number
  known: number
  number?: {
    min: number
    max: number
    mean: number
    /** At 1, 5, 10, 25, 50, 75, 90, 95 and 99 per cent. */
    quantiles: number[]
    /** Customers below edges[0], from edges[0] to edges[1] …, from the last on. */
    edges: number[]
    counts: number[]
  }
  text?: { different: number; top: { value: string; customers: number }[] }
  drift: Drift | null
}

export interface Drift {
  /** Run it is compared with. */
  before: number
  /** Population stability index: Σ (p − q)·ln(p / q) over the bins of the run before. */
  psi: number
  /** What chance alone stays below, 19 times of 20: χ² of the bins × (1/n + 1/m). */
  chance: number
}

export const QUANTILES = [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99]
/** Distributions need no more: a share of a tenth is then known to ±0.13 points. */
const MOST_ROWS = 200_000
const TOP = 12

const decile = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]
const from = (slices: number): string =>
  `FROM features AS f WHERE f.run_id = {featuresRun:UInt64}${slices > 1 ? ` AND f.customer_id % ${slices} = 0` : ''}`

/** Profiles of a run, with the drift against those of an earlier one. */
export async function profileFeatures(
  facts: Facts,
  featuresRun: number,
  customers: number,
  features: readonly Pick<RuleFeature, 'id' | 'domain' | 'sql'>[],
  before: { run: number; profile: readonly FeatureProfile[] } | null,
): Promise<FeatureProfile[]> {
  const slices = Math.max(1, Math.ceil(customers / MOST_ROWS))
  const numbers = features.filter(({ domain }) => domain.kind === 'number')
  const texts = features.filter(({ domain }) => domain.kind !== 'number')
  const known = new Map(before?.profile.map(profile => [profile.id, profile]))
  const profiles = [
    ...(await profileNumbers(facts, featuresRun, slices, numbers, known)),
    ...(await profileTexts(facts, featuresRun, slices, texts)),
  ].map(({ later, ...profile }) => {
    const earlier = known.get(profile.id)
    return { ...profile, drift: before && earlier ? driftOf(before.run, earlier, { ...profile, later }) : null }
  })
  const order = new Map(features.map(({ id }, place) => [id, place]))
  return profiles.sort((a, b) => order.get(a.id)! - order.get(b.id)!)
}

/** `later`: this run's counts over the earlier run's bins. */
type Made = Omit<FeatureProfile, 'drift'> & { later?: number[] }

async function profileNumbers(
  facts: Facts,
  featuresRun: number,
  slices: number,
  features: readonly Pick<RuleFeature, 'id' | 'sql'>[],
  before: ReadonlyMap<string, FeatureProfile>,
): Promise<Made[]> {
  if (features.length === 0) return []
  const value = (sql: string) => `toFloat64(${sql})`
  const first = await facts.one<Record<string, [number, number | null, number | null, number | null, number[]]>>(
    `SELECT ${features
      .map(
        ({ id, sql }) =>
          `(count(), min(${value(sql)}), max(${value(sql)}), avg(${value(sql)}), quantiles(${QUANTILES.join(', ')})(${value(sql)}), quantiles(${decile.join(', ')})(${value(sql)}), count(${sql})) AS its_${id}`,
      )
      .join(',\n')} ${from(slices)}`,
    { featuresRun },
  )
  const looked = features.map(({ id, sql }) => {
    const [rows, min, max, mean, quantiles, deciles, known] = first[`its_${id}`] as unknown as [
      number,
      number | null,
      number | null,
      number | null,
      number[],
      number[],
      number,
    ]
    const edges = [...new Set(deciles)].filter(edge => Number.isFinite(edge) && edge > (min ?? 0)).sort((a, b) => a - b)
    return { id, sql, rows, known, min: min ?? 0, max: max ?? 0, mean: mean ?? 0, quantiles, edges }
  })
  const bins = looked.map(({ id, edges }) => ({ own: edges, before: before.get(id)?.number?.edges ?? [] }))
  const above = (sql: string, edges: readonly number[]) =>
    edges.length === 0
      ? '[]::Array(UInt64)'
      : `sumForEach(arrayMap(edge -> toUInt64(ifNull(${value(sql)} >= edge, 0)), [${edges.join(', ')}]::Array(Float64)))`
  const second = await facts.one<Record<string, number[]>>(
    // The count makes one row of it also where nobody is, or no feature has a step.
    `SELECT count() AS everybody, ${looked.map(({ id, sql }, k) => `${above(sql, bins[k]!.own)} AS own_${id}, ${above(sql, bins[k]!.before)} AS before_${id}`).join(',\n')} ${from(slices)}`,
    { featuresRun },
  )
  return looked.map(({ id, rows, known, min, max, mean, quantiles, edges }) => ({
    id,
    kind: 'number' as const,
    rows,
    known,
    ...(known > 0
      ? {
          number: { min, max, mean, quantiles, edges, counts: between(second[`own_${id}`]!, known) },
          later: between(second[`before_${id}`]!, known),
        }
      : {}),
  }))
}

/** Counts at or above each edge, to counts per bin. */
const between = (above: readonly number[], known: number): number[] =>
  [known, ...above].map((count, k) => Number(count) - Number(above[k] ?? 0))

async function profileTexts(
  facts: Facts,
  featuresRun: number,
  slices: number,
  features: readonly Pick<RuleFeature, 'id' | 'domain' | 'sql'>[],
): Promise<Made[]> {
  if (features.length === 0) return []
  const part = ({ id, domain, sql }: (typeof features)[number]): string => {
    const list = domain.kind === 'list'
    const rows = `SELECT ${list ? `arrayJoin(if(empty(${sql}), ['']::Array(String), arrayMap(word -> toString(word), ${sql})))` : `ifNull(toString(${sql}), '')`} AS word ${from(slices)}`
    return `SELECT '${id}' AS id, word, count() AS customers FROM (${rows}) GROUP BY word`
  }
  const rows = await facts.query<{ id: string; words: [string, number][]; different: number }>(
    `SELECT id, arraySlice(arrayReverseSort(pair -> (pair.2, pair.1), groupArray((word, customers))), 1, ${TOP + 1}) AS words,
       countIf(word != '') AS different
     FROM (${features.map(part).join('\nUNION ALL\n')}) GROUP BY id`,
    { featuresRun },
  )
  const counts = await facts.one<Record<string, number>>(
    `SELECT count() AS everybody, ${features
      .map(
        ({ id, domain, sql }) =>
          `countIf(${domain.kind === 'list' ? `notEmpty(${sql})` : `ifNull(toString(${sql}), '') != ''`}) AS its_${id}`,
      )
      .join(', ')} ${from(slices)}`,
    { featuresRun },
  )
  const byId = new Map(rows.map(row => [row.id, row]))
  return features.map(({ id, domain }) => {
    const row = byId.get(id)
    return {
      id,
      kind: domain.kind === 'list' ? ('list' as const) : ('text' as const),
      rows: Number(counts['everybody']),
      known: Number(counts[`its_${id}`]),
      text: {
        different: Number(row?.different ?? 0),
        top: (row?.words ?? [])
          .filter(([value]) => value !== '')
          .slice(0, TOP)
          .map(([value, customers]) => ({ value, customers: Number(customers) })),
      },
    }
  })
}

/** Bins of the earlier run, those without a value among them. */
function driftOf(run: number, earlier: FeatureProfile, now: Made): Drift | null {
  const [was, is] = pairOf(earlier, now)
  if (!was || !is || was.length < 2) return null
  const sum = (counts: readonly number[]) => counts.reduce((s, c) => s + c, 0)
  const [n, m] = [sum(was), sum(is)]
  if (n === 0 || m === 0) return null
  // Half a customer in every bin: an empty one would say that the change is infinite.
  const share = (counts: readonly number[], total: number) =>
    counts.map(count => (count + 0.5) / (total + 0.5 * counts.length))
  const q = share(was, n)
  const p = share(is, m)
  const psi = p.reduce((s, value, k) => s + (value - q[k]!) * Math.log(value / q[k]!), 0)
  return { before: run, psi, chance: chiSquared95(was.length - 1) * (1 / n + 1 / m) }
}

function pairOf(earlier: FeatureProfile, now: Made): [number[], number[]] | [null, null] {
  const missing = (profile: { rows: number; known: number }) => profile.rows - profile.known
  if (earlier.number && now.later)
    return [
      [...earlier.number.counts, missing(earlier)],
      [...now.later, missing(now)],
    ]
  if (!earlier.text || !now.text) return [null, null]
  const here = new Map(now.text.top.map(({ value, customers }) => [value, customers]))
  // A value that has fallen out of the list has at most as many as the last in it.
  const least = Math.min(...here.values(), now.known)
  const same = earlier.text.top.map(({ value, customers }) => [customers, here.get(value) ?? least] as const)
  if (earlier.kind === 'list') return [same.map(([a]) => a), same.map(([, b]) => b)]
  const rest = (known: number, counts: readonly number[]) => Math.max(0, known - counts.reduce((s, c) => s + c, 0))
  return [
    [
      ...same.map(([a]) => a),
      rest(
        earlier.known,
        same.map(([a]) => a),
      ),
      missing(earlier),
    ],
    [
      ...same.map(([, b]) => b),
      rest(
        now.known,
        same.map(([, b]) => b),
      ),
      missing(now),
    ],
  ]
}

/** Wilson and Hilferty (1931): right to 0.5 % from one degree of freedom on. */
const chiSquared95 = (degrees: number): number =>
  degrees * (1 - 2 / (9 * degrees) + 1.6449 * Math.sqrt(2 / (9 * degrees))) ** 3
