import { digamma, logBeta, logGamma } from '../math/gamma-functions.ts'
import type { Objective } from '../math/minimize.ts'
import type { RepeatModel } from './repeat-model.ts'
import type { Summaries } from './summaries.ts'

/**
 * BG/BB (Fader, Hardie & Shang 2010): at each of n opportunities (`T`; a season, a yearly appeal) a living customer buys with probability
 * p ~ Beta(α, β), having left before it with probability θ ~ Beta(γ, δ). `x` opportunities were taken, the last of them `tx`.
 */
export const bgBb: RepeatModel<'alpha' | 'beta' | 'gamma' | 'delta'> = {
  id: 'bg-bb',
  source: 'Fader, Hardie & Shang 2010, Marketing Science 29(6)',
  parameters: ['alpha', 'beta', 'gamma', 'delta'],
  timeParameters: [],
  discrete: true,
  starts: [
    [1, 1, 0.7, 3],
    [0.5, 3, 0.5, 8],
    [0.5, 8, 0.5, 30],
    [3, 1, 2, 8],
  ],
  negativeLogLikelihood,
  alive(p, x, tx, n) {
    const [alpha, beta, gamma, delta] = [p[0]!, p[1]!, p[2]!, p[3]!]
    const here = logBeta(alpha + x, beta + n - x) + logBeta(gamma, delta + n)
    let gone = 0
    for (let m = tx; m < n; m++)
      gone += Math.exp(logBeta(alpha + x, beta + m - x) + logBeta(gamma + 1, delta + m) - here)
    return 1 / (1 + gone)
  },
  expectedIfAlive: (p, x, n, t) => mean(p[0]! + x, p[1]! + n - x, p[2]!, p[3]! + n, t),
  rateIfAlive: (p, x, n) => (p[0]! + x) / (p[0]! + p[1]! + n),
  staysIfAlive: (p, _x, n, t) => Math.exp(logBeta(p[2]!, p[3]! + n + t) - logBeta(p[2]!, p[3]! + n)),
  expectedFromStart: (p, t) => mean(p[0]!, p[1]!, p[2]!, p[3]!, t),
  countsIfAlive: (p, x, n, t, tail) => counts(p[0]! + x, p[1]! + n - x, p[2]!, p[3]! + n, t, tail),
}

/** α/(α+β) · Σⱼ B(γ, δ+j)/B(γ, δ) over the opportunities to come; of one begun, its part. */
function mean(alpha: number, beta: number, gamma: number, delta: number, t: number): number {
  let [stays, sum] = [1, 0]
  for (let j = 0; j < t; j++) {
    stays *= (delta + j) / (gamma + delta + j)
    sum += stays * Math.min(1, t - j)
  }
  return (alpha / (alpha + beta)) * sum
}

/** The beta-binomial of the opportunities lived through, mixed over how many those are. */
function counts(alpha: number, beta: number, gamma: number, delta: number, t: number, tail: number): Float64Array {
  const n = Math.round(t)
  const out = new Float64Array(n + 1)
  let stays = 1
  for (let lived = 0; lived <= n; lived++) {
    const leaves = lived < n ? gamma / (gamma + delta + lived) : 1
    // Beta-binomial by recurrence from y = 0: B(α, β+m)/B(α, β), then (m−y)/(y+1) · (α+y)/(β+m−y−1).
    let mass = stays * leaves * Math.exp(logBeta(alpha, beta + lived) - logBeta(alpha, beta))
    for (let y = 0; y <= lived; y++) {
      out[y] = out[y]! + mass
      mass *= (((lived - y) / (y + 1)) * (alpha + y)) / (beta + lived - y - 1)
    }
    stays *= 1 - leaves
  }
  let [covered, last] = [0, 0]
  while (last < n && covered + out[last]! < 1 - tail) covered += out[last++]!
  return out.subarray(0, last + 1)
}

/** Equation 4: Σₘ over the last opportunity lived through, m = tx … n; every function of a whole number once, from a table. */
function negativeLogLikelihood(data: Summaries): Objective {
  const rows = data.x.length
  const most = data.T.reduce((m, v) => Math.max(m, v), 0) + 2
  const table = () => ({ log: new Float64Array(most), slope: new Float64Array(most) })
  const tables = { a: table(), b: table(), ab: table(), d: table(), gd: table() }
  const fill = ({ log, slope }: ReturnType<typeof table>, base: number) => {
    for (let k = 0; k < most; k++) {
      log[k] = logGamma(base + k)
      slope[k] = digamma(base + k)
    }
  }
  return (at, gradient) => {
    const [alpha, beta, gamma, delta] = [Math.exp(at[0]!), Math.exp(at[1]!), Math.exp(at[2]!), Math.exp(at[3]!)]
    const { a, b, ab, d, gd } = tables
    fill(a, alpha)
    fill(b, beta)
    fill(ab, alpha + beta)
    fill(d, delta)
    fill(gd, gamma + delta)
    const base = ab.log[0]! - a.log[0]! - b.log[0]! + gd.log[0]! - d.log[0]!
    let total = 0
    let [ga, gb, gg, gd4] = [0, 0, 0, 0]
    for (let i = 0; i < rows; i++) {
      const [x, tx, n, w] = [data.x[i]!, data.tx[i]!, data.T[i]!, data.weight[i]!]
      let top = Number.NEGATIVE_INFINITY
      let [sum, sb, sab, sd, sgd, left] = [0, 0, 0, 0, 0, 0]
      for (let m = tx; m <= n; m++) {
        // m < n: left before opportunity m + 1, B(γ+1, δ+m)/B(γ, δ) = γ Γ(δ+m) Γ(γ+δ)/(Γ(δ) Γ(γ+δ+m+1)).
        const gone = m < n
        const log = b.log[m - x]! - ab.log[m]! + d.log[m]! - (gone ? gd.log[m + 1]! - at[2]! : gd.log[m]!)
        if (log > top) {
          const fade = Math.exp(top - log)
          sum *= fade
          sb *= fade
          sab *= fade
          sd *= fade
          sgd *= fade
          left *= fade
          top = log
        }
        const f = Math.exp(log - top)
        sum += f
        sb += f * b.slope[m - x]!
        sab += f * ab.slope[m]!
        sd += f * d.slope[m]!
        sgd += f * gd.slope[gone ? m + 1 : m]!
        if (gone) left += f
      }
      total += w * (base + a.log[x]! + top + Math.log(sum))
      const [eb, eab, ed, egd] = [sb / sum, sab / sum, sd / sum, sgd / sum]
      ga += w * (ab.slope[0]! - a.slope[0]! + a.slope[x]! - eab)
      gb += w * (ab.slope[0]! - b.slope[0]! + eb - eab)
      gg += w * (gd.slope[0]! - egd + left / sum / gamma)
      gd4 += w * (gd.slope[0]! - d.slope[0]! + ed - egd)
    }
    gradient[0] = -ga * alpha
    gradient[1] = -gb * beta
    gradient[2] = -gg * gamma
    gradient[3] = -gd4 * delta
    return -total
  }
}
