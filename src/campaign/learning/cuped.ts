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
  const variance = left(a) / planned.n + left(b) / control.n
  const before = a.yy / planned.n + b.yy / control.n
  return {
    ...{ plain, difference, standardError: Math.sqrt(variance) },
    saved: before > 0 ? Math.max(0, 1 - variance / before) : 0,
  }
}

export const addMoments = (a: PairedMoments, b: PairedMoments): PairedMoments => ({
  ...{ n: a.n + b.n, y: a.y + b.y, yy: a.yy + b.yy },
  ...{ x: a.x + b.x, xx: a.xx + b.xx, xy: a.xy + b.xy },
})
