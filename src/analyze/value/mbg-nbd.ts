import { betaGeometricLikelihood } from './beta-geometric-likelihood.ts'
import { bgNbdCounts } from './bg-nbd-counts.ts'
import { bgNbdMean } from './bg-nbd-mean.ts'
import { bgNbdStays } from './bg-nbd-stays.ts'
import type { RepeatModel } from './repeat-model.ts'

/**
 * MBG/NBD (Batislam, Denizel & Filiztekin 2007; Hoppe & Wagner 2007): BG/NBD in which a customer can leave right after the first
 * purchase too, so that somebody who never came back need not be alive. The chances to leave are x + 1 instead of x; what follows a
 * customer known to be alive is BG/NBD with one more chance survived.
 */
export const mbgNbd: RepeatModel<'r' | 'alpha' | 'a' | 'b'> = {
  id: 'mbg-nbd',
  source: 'Batislam, Denizel & Filiztekin 2007, International Journal of Research in Marketing 24(3)',
  parameters: ['r', 'alpha', 'a', 'b'],
  timeParameters: ['alpha'],
  starts: [
    [0.6, 0.4, 0.8, 2],
    [2, 1, 0.3, 3],
    [0.3, 0.1, 2, 2],
  ],
  negativeLogLikelihood: data => betaGeometricLikelihood(data, 1),
  alive(p, x, tx, T) {
    const [r, alpha, a, b] = [p[0]!, p[1]!, p[2]!, p[3]!]
    return 1 / (1 + Math.exp(Math.log(a / (b + x)) + (r + x) * Math.log((alpha + T) / (alpha + tx))))
  },
  expectedIfAlive: (p, x, T, t) => bgNbdMean(p[0]! + x, p[1]! + T, p[2]!, p[3]! + x + 1, t),
  rateIfAlive: (p, x, T) => (p[0]! + x) / (p[1]! + T),
  staysIfAlive: (p, x, T, t) => bgNbdStays(p[0]! + x, p[1]! + T, p[2]!, p[3]! + x + 1, t),
  expectedFromStart: (p, t) => (p[3]! / (p[2]! + p[3]!)) * bgNbdMean(p[0]!, p[1]!, p[2]!, p[3]! + 1, t),
  countsIfAlive: (p, x, T, t, tail) => bgNbdCounts(p[0]! + x, p[1]! + T, p[2]!, p[3]! + x + 1, t, tail),
}
