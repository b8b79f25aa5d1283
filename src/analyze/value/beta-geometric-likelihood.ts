import { digamma, logGamma } from '../math/gamma-functions.ts'
import type { Objective } from '../math/minimize.ts'
import { dictionary, type Summaries } from './summaries.ts'

/**
 * Minus the log-likelihood of BG/NBD (Fader, Hardie & Lee 2005, equation 6; `extra` = 0) and of MBG/NBD (Batislam, Denizel & Filiztekin
 * 2007; `extra` = 1): a customer of x repeat purchases has had x + extra chances to leave.
 *
 * By tables: everything that depends on x alone or on one time alone is computed once per distinct value, so that the loop over
 * triples holds one exp and one log1p.
 */
export function betaGeometricLikelihood(data: Summaries, extra: 0 | 1): Objective {
  const n = data.x.length
  const last = dictionary(data.tx)
  const end = dictionary(data.T)
  const maxX = data.x.reduce((m, v) => Math.max(m, v), 0)
  const byX = { logTerm: new Float64Array(maxX + 1), dr: new Float64Array(maxX + 1), da: new Float64Array(maxX + 1) }
  const db = new Float64Array(maxX + 1)
  const logDrop = new Float64Array(maxX + 1)
  const logLast = new Float64Array(last.values.length)
  const logEnd = new Float64Array(end.values.length)

  return (at, gradient) => {
    const [r, alpha, a, b] = [Math.exp(at[0]!), Math.exp(at[1]!), Math.exp(at[2]!), Math.exp(at[3]!)]
    const base = { r: logGamma(r), ab: logGamma(a + b), b: logGamma(b) }
    const slope = { r: digamma(r), ab: digamma(a + b), b: digamma(b) }
    const logAlpha = Math.log(alpha)
    for (let x = 0; x <= maxX; x++) {
      const m = x + extra
      byX.logTerm[x] =
        logGamma(r + x) - base.r + base.ab - logGamma(a + b + m) + logGamma(b + m) - base.b + r * logAlpha
      byX.dr[x] = digamma(r + x) - slope.r + logAlpha
      byX.da[x] = slope.ab - digamma(a + b + m)
      db[x] = digamma(b + m) - slope.b
      logDrop[x] = m > 0 ? Math.log(a / (b + m - 1)) : Number.NEGATIVE_INFINITY
    }
    for (let k = 0; k < logLast.length; k++) logLast[k] = Math.log(alpha + last.values[k]!)
    for (let k = 0; k < logEnd.length; k++) logEnd[k] = Math.log(alpha + end.values[k]!)

    let total = 0
    let [gr, galpha, ga, gb] = [0, 0, 0, 0]
    for (let i = 0; i < n; i++) {
      const w = data.weight[i]!
      const x = data.x[i]!
      const le = logEnd[end.index[i]!]!
      const ll = logLast[last.index[i]!]!
      const stillHere = -(r + x) * le
      const left = logDrop[x]! - (r + x) * ll
      const gap = Math.exp(-Math.abs(stillHere - left))
      const q = left > stillHere ? 1 / (1 + gap) : gap / (1 + gap)
      total += w * (byX.logTerm[x]! + Math.max(stillHere, left) + Math.log1p(gap))
      gr += w * (byX.dr[x]! - (1 - q) * le - q * ll)
      galpha += w * (r / alpha - (r + x) * ((1 - q) * Math.exp(-le) + q * Math.exp(-ll)))
      ga += w * (byX.da[x]! + q / a)
      gb += w * (byX.da[x]! + db[x]! - (x + extra > 0 ? q / (b + x + extra - 1) : 0))
    }
    gradient[0] = -gr * r
    gradient[1] = -galpha * alpha
    gradient[2] = -ga * a
    gradient[3] = -gb * b
    return -total
  }
}
