/** One figure for a source or a field: 100 less the share of failed checks, errors counting in full, warnings half, hints a tenth. */
export const WEIGHT = { error: 1, warning: 0.5, info: 0.1 } as const

export interface Scored {
  severity: keyof typeof WEIGHT
  checked: number
  failed: number
}

/** 0 to 100, with one decimal. */
export function scoreOf(rows: readonly Scored[]): number {
  let lost = 0
  let weight = 0
  for (const { severity, checked, failed } of rows) {
    lost += WEIGHT[severity] * failed
    weight += WEIGHT[severity] * checked
  }
  return weight === 0 ? 100 : Math.round(1000 * (1 - lost / weight)) / 10
}
