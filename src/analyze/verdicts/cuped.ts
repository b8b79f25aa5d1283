/** One arm: the outcome y and what was known before, x, as sums. */
export interface PairedMoments {
  n: number
  y: number
  yy: number
  x: number
  xx: number
  xy: number
}

export interface Adjusted {
  /** Difference of means, planned against control: as it is, and with what was known before taken out. */
  plain: number
  difference: number
  standardError: number
  /** Degrees of freedom of it (Welch–Satterthwaite). */
  freedom: number
  /** Share of the variance that was taken out. */
  saved: number
}

interface Spread {
  yy: number
  xx: number
  xy: number
}

const spreadOf = ({ n, y, yy, x, xx, xy }: PairedMoments): Spread => ({
  yy: (yy - (y * y) / n) / (n - 1),
  xx: (xx - (x * x) / n) / (n - 1),
  xy: (xy - (x * y) / n) / (n - 1),
})

/**
 * CUPED (Deng, Xu, Kohavi & Walker 2013): of the outcome is taken θ times what was known before the date, θ from both arms together;
 * who is in which arm was drawn by hash, so that nothing of the effect goes with it. Variances of the arms stay apart (Welch). Null where an
 * arm is too small to know its spread.
 */
export function cuped(planned: PairedMoments, control: PairedMoments): Adjusted | null {
  if (planned.n < 2 || control.n < 2) return null
  const [a, b] = [spreadOf(planned), spreadOf(control)]
  const weight = (pick: (s: Spread) => number) => pick(a) * (planned.n - 1) + pick(b) * (control.n - 1)
  const xx = weight(s => s.xx)
  const theta = xx > 0 ? weight(s => s.xy) / xx : 0
  const left = ({ yy, xx, xy }: Spread): number => Math.max(0, yy - 2 * theta * xy + theta * theta * xx)
  const plain = planned.y / planned.n - control.y / control.n
  const difference = plain - theta * (planned.x / planned.n - control.x / control.n)
  const [own, held] = [left(a) / planned.n, left(b) / control.n]
  const variance = own + held
  // One degree goes to θ; the control group, being small, decides.
  const freedom =
    variance > 0 ? variance ** 2 / (own ** 2 / Math.max(1, planned.n - 2) + held ** 2 / Math.max(1, control.n - 2)) : 1
  const before = a.yy / planned.n + b.yy / control.n
  return {
    ...{ plain, difference, standardError: Math.sqrt(variance), freedom },
    saved: before > 0 ? Math.max(0, 1 - variance / before) : 0,
  }
}

export const addMoments = (a: PairedMoments, b: PairedMoments): PairedMoments => ({
  ...{ n: a.n + b.n, y: a.y + b.y, yy: a.yy + b.yy },
  ...{ x: a.x + b.x, xx: a.xx + b.xx, xy: a.xy + b.xy },
})

/** What those planned brought more than those held out, put together over the rows of each arm; null where an arm has fewer than `least`. */
export interface Gain {
  planned: number
  control: number
  /** Difference per customer times those planned; of what was known before taken out, and as it is. */
  gain: number
  variance: number
  freedom: number
  plain: number
  plainVariance: number
  saved: number
}

export function gainOf(rows: readonly (PairedMoments & { arm: string })[], least = 2): Gain | null {
  const sum = (arm: string) => rows.filter(row => row.arm === arm).reduce(addMoments, noMoments)
  const [planned, control] = [sum('planned'), sum('control')]
  if (planned.n < least || control.n < least) return null
  const found = cuped(planned, control)
  if (!found) return null
  const { n } = planned
  const variance = (found.standardError * n) ** 2
  return {
    ...{ planned: n, control: control.n, gain: found.difference * n, variance, freedom: found.freedom },
    ...{ plain: found.plain * n, plainVariance: variance / Math.max(1e-9, 1 - found.saved), saved: found.saved },
  }
}

const noMoments: PairedMoments = { n: 0, y: 0, yy: 0, x: 0, xx: 0, xy: 0 }
