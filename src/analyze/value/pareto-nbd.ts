import { digamma, logGamma } from '../math/gamma-functions.ts'
import type { Objective } from '../math/minimize.ts'
import { paretoNbdCounts } from './pareto-nbd-counts.ts'
import { paretoNbdTail } from './pareto-nbd-tail.ts'
import type { RepeatModel } from './repeat-model.ts'
import type { Summaries } from './summaries.ts'

/**
 * Pareto/NBD (Schmittlein, Morrison & Colombo 1987): purchases are Poisson with a rate λ ~ Gamma(r, α); the customer leaves after
 * an exponential time of rate μ ~ Gamma(s, β), whether buying or not.
 */
export const paretoNbd: RepeatModel<'r' | 'alpha' | 's' | 'beta'> = {
  id: 'pareto-nbd',
  source: 'Schmittlein, Morrison & Colombo 1987, Management Science 33(1); Fader & Hardie 2005, a note on deriving it',
  parameters: ['r', 'alpha', 's', 'beta'],
  timeParameters: ['alpha', 'beta'],
  starts: [
    [0.5, 0.3, 0.6, 0.35],
    [1, 0.5, 1, 1],
    [2, 1, 0.3, 1],
    [0.3, 0.1, 2, 2],
  ],
  negativeLogLikelihood,
  alive(p, x, tx, T) {
    const [r, alpha, s, beta] = [p[0]!, p[1]!, p[2]!, p[3]!]
    const stays = -(r + x) * Math.log(alpha + T) - s * Math.log(beta + T)
    paretoNbdTail(p, x, tx, early)
    paretoNbdTail(p, x, T, late)
    return 1 / (1 + s * Math.max(0, Math.exp(early[0]! - stays) - Math.exp(late[0]! - stays)))
  },
  // Alive at T after x repeats: a new customer of rates Gamma(r + x, α + T) and Gamma(s, β + T).
  expectedIfAlive: (p, x, T, t) => mean(p[0]! + x, p[1]! + T, p[2]!, p[3]! + T, t),
  rateIfAlive: (p, x, T) => (p[0]! + x) / (p[1]! + T),
  staysIfAlive: (p, _x, T, t) => Math.exp(-p[2]! * Math.log1p(t / (p[3]! + T))),
  expectedFromStart: (p, t) => mean(p[0]!, p[1]!, p[2]!, p[3]!, t),
  countsIfAlive: (p, x, T, t, tail) => paretoNbdCounts(p[0]! + x, p[1]! + T, p[2]!, p[3]! + T, t, tail),
}

const early = new Float64Array(5)
const late = new Float64Array(5)

/** rβ/(α(s − 1)) · [1 − (β/(β + t))^(s−1)], without the pole at s = 1. */
function mean(r: number, alpha: number, s: number, beta: number, t: number): number {
  if (t <= 0) return 0
  const log = Math.log1p(t / beta)
  const power = (s - 1) * log
  return ((r * beta) / alpha) * (Math.abs(power) < 1e-12 ? log : -Math.expm1(-power) / (s - 1))
}

/**
 * L = Γ(r+x)/Γ(r) αʳ βˢ [ (α+T)^−(r+x) (β+T)^−s + s·(G(x, tx) − G(x, T)) ]: the hypergeometric part once per distinct pair (x, t),
 * of which 10 M customers by days have some 60 k, the triples by three exponentials each.
 */
function negativeLogLikelihood(data: Summaries): Objective {
  const n = data.x.length
  const pairs = distinctPairs(data)
  const maxX = data.x.reduce((m, v) => Math.max(m, v), 0)
  const logRising = new Float64Array(maxX + 1)
  const psi = new Float64Array(maxX + 1)
  const tails = new Float64Array(5 * pairs.x.length)
  const one = new Float64Array(5)

  return (at, gradient) => {
    const p = Float64Array.from(at, Math.exp)
    const [r, alpha, s, beta] = [p[0]!, p[1]!, p[2]!, p[3]!]
    const [logGammaR, psiR] = [logGamma(r), digamma(r)]
    for (let x = 0; x <= maxX; x++) {
      logRising[x] = logGamma(r + x) - logGammaR + r * at[1]! + s * at[3]!
      psi[x] = digamma(r + x) - psiR + at[1]!
    }
    for (let k = 0; k < pairs.x.length; k++) {
      paretoNbdTail(p, pairs.x[k]!, pairs.t[k]!, one)
      tails.set(one, 5 * k)
    }
    let total = 0
    let [gr, ga, gs, gb] = [0, 0, 0, 0]
    for (let i = 0; i < n; i++) {
      const w = data.weight[i]!
      const x = data.x[i]!
      const T = data.T[i]!
      const [from, to] = [5 * pairs.early[i]!, 5 * pairs.late[i]!]
      const [logA, logB] = [Math.log(alpha + T), Math.log(beta + T)]
      const stays = -(r + x) * logA - s * logB
      const [before, after] = [tails[from]! + at[2]!, tails[to]! + at[2]!]
      const top = Math.max(stays, before)
      const sum = Math.exp(stays - top) + Math.max(0, Math.exp(before - top) - Math.exp(after - top))
      const log = top + Math.log(sum)
      const [q, q1, q2] = [Math.exp(stays - log), Math.exp(before - log), Math.exp(after - log)]
      total += w * (logRising[x]! + log)
      gr += w * (psi[x]! - q * logA + q1 * tails[from + 1]! - q2 * tails[to + 1]!)
      ga += w * (r / alpha - (q * (r + x)) / (alpha + T) + q1 * tails[from + 2]! - q2 * tails[to + 2]!)
      gs += w * (at[3]! - q * logB + (q1 - q2) / s + q1 * tails[from + 3]! - q2 * tails[to + 3]!)
      gb += w * (s / beta - (q * s) / (beta + T) + q1 * tails[from + 4]! - q2 * tails[to + 4]!)
    }
    gradient[0] = -gr * r
    gradient[1] = -ga * alpha
    gradient[2] = -gs * s
    gradient[3] = -gb * beta
    return -total
  }
}

/** The distinct (x, t) among the customers' (x, tx) and (x, T), and where each customer's two stand. */
function distinctPairs(data: Summaries) {
  const places = new Map<number, Map<number, number>>()
  const xs: number[] = []
  const ts: number[] = []
  const placeOf = (x: number, t: number): number => {
    let byT = places.get(x)
    if (!byT) {
      byT = new Map()
      places.set(x, byT)
    }
    let place = byT.get(t)
    if (place === undefined) {
      place = xs.length
      byT.set(t, place)
      xs.push(x)
      ts.push(t)
    }
    return place
  }
  const early = Uint32Array.from(data.x, (x, i) => placeOf(x, data.tx[i]!))
  const late = Uint32Array.from(data.x, (x, i) => placeOf(x, data.T[i]!))
  return { x: Float64Array.from(xs), t: Float64Array.from(ts), early, late }
}
