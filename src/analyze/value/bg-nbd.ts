import { betaGeometricLikelihood } from './beta-geometric-likelihood.ts'
import { bgNbdCounts } from './bg-nbd-counts.ts'
import { bgNbdMean } from './bg-nbd-mean.ts'
import { bgNbdStays } from './bg-nbd-stays.ts'
import type { RepeatModel } from './repeat-model.ts'

/**
 * BG/NBD (Fader, Hardie & Lee 2005, "Counting your customers the easy way"): purchases are Poisson with a rate λ ~ Gamma(r, α);
 * after each purchase the customer leaves with probability p ~ Beta(a, b).
 */
export const bgNbd: RepeatModel<'r' | 'alpha' | 'a' | 'b'> = {
  id: 'bg-nbd',
  source: 'Fader, Hardie & Lee 2005, Marketing Science 24(2)',
  parameters: ['r', 'alpha', 'a', 'b'],
  timeParameters: ['alpha'],
  starts: [
    [0.5, 0.3, 0.8, 2.5],
    [2, 1, 0.3, 3],
    [0.2, 0.05, 2, 2],
  ],
  negativeLogLikelihood: data => betaGeometricLikelihood(data, 0),
  alive: (p, x, tx, T) => {
    const [r, alpha, a, b] = [p[0]!, p[1]!, p[2]!, p[3]!]
    if (x === 0) return 1
    return 1 / (1 + Math.exp(Math.log(a / (b + x - 1)) + (r + x) * Math.log((alpha + T) / (alpha + tx))))
  },
  // A customer alive at T after x repeats is a new customer of the updated priors (the exponential forgets).
  expectedIfAlive: (p, x, T, t) => bgNbdMean(p[0]! + x, p[1]! + T, p[2]!, p[3]! + x, t),
  rateIfAlive: (p, x, T) => (p[0]! + x) / (p[1]! + T),
  staysIfAlive: (p, x, T, t) => bgNbdStays(p[0]! + x, p[1]! + T, p[2]!, p[3]! + x, t),
  expectedFromStart: (p, t) => bgNbdMean(p[0]!, p[1]!, p[2]!, p[3]!, t),
  countsIfAlive: (p, x, T, t, tail) => bgNbdCounts(p[0]! + x, p[1]! + T, p[2]!, p[3]! + x, t, tail),
}
