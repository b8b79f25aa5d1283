import type { TrialPeriod } from './trial-result.ts'

export interface DatedFlow {
  since: string
  until: string
  from: string
  to: string
  customers: number
}

/**
 * How steady the segments are between two dates: the share of customers who stay, and the population stability index
 * Σ (q − p) ln (q / p) over segments, beside what sampling alone would make of it: (bins − 1)(1/n + 1/n), Yurdakul (2018).
 * Half a customer stands in an empty segment, or the logarithm would have no value.
 */
export function periodsOf(flows: readonly DatedFlow[]): TrialPeriod[] {
  return [...Map.groupBy(flows, flow => `${flow.since} ${flow.until}`).values()].map(of => {
    const total = sum(of)
    const codes = new Set(of.flatMap(flow => [flow.from, flow.to]))
    let psi = 0
    for (const code of codes) {
      const p = Math.max(0.5, sum(of.filter(flow => flow.from === code))) / total
      const q = Math.max(0.5, sum(of.filter(flow => flow.to === code))) / total
      psi += (q - p) * Math.log(q / p)
    }
    return {
      from: of[0]!.since,
      to: of[0]!.until,
      customers: total,
      stays: sum(of.filter(flow => flow.from === flow.to)) / total,
      psi,
      psiExpected: (codes.size - 1) * (2 / total),
    }
  })
}

/** Of one segment over all periods: the mean and the least share of those who stay. */
export function staysOf(flows: readonly DatedFlow[], code: string): { stays: number | null; least: number | null } {
  const shares = [...Map.groupBy(flows, flow => flow.since).values()].flatMap(of => {
    const own = of.filter(flow => flow.from === code)
    const all = sum(own)
    return all > 0 ? [sum(own.filter(flow => flow.to === code)) / all] : []
  })
  if (shares.length === 0) return { stays: null, least: null }
  return { stays: shares.reduce((a, b) => a + b, 0) / shares.length, least: Math.min(...shares) }
}

const sum = (flows: readonly { customers: number }[]): number =>
  flows.reduce((total, { customers }) => total + customers, 0)
