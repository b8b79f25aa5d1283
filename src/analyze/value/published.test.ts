import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { bgBb } from './bg-bb.ts'
import { fitRepeatModel } from './fit-repeat-model.ts'
import {
  contractResidualLifetime,
  contractRetention,
  contractSurvival,
  fitShiftedBetaGeometric,
} from './shifted-beta-geometric.ts'
import { distinctSummaries } from './summaries.ts'

const prints = (value: number, printed: string) =>
  assert.equal(value.toFixed(printed.split('.')[1]?.length ?? 0), printed)

test('BG/BB: the 11,104 donors of Fader, Hardie & Shang 2010, table 1', () => {
  // x, tx, customers, of six yearly opportunities.
  const donors = [
    [6, 6, 1203],
    [5, 6, 728],
    [4, 6, 512],
    [3, 6, 357],
    [2, 6, 234],
    [1, 6, 129],
    [5, 5, 335],
    [4, 5, 284],
    [3, 5, 225],
    [2, 5, 173],
    [1, 5, 119],
    [4, 4, 240],
    [3, 4, 181],
    [2, 4, 155],
    [1, 4, 78],
    [3, 3, 322],
    [2, 3, 255],
    [1, 3, 129],
    [2, 2, 613],
    [1, 2, 277],
    [1, 1, 1091],
    [0, 0, 3464],
  ] as const
  const column = (k: 0 | 1 | 2) => donors.map(row => row[k])
  const fit = fitRepeatModel(
    bgBb,
    distinctSummaries(
      column(0),
      column(1),
      donors.map(() => 6),
      column(2),
    ),
  )
  assert.equal(fit.customers, 11_104)
  assert.equal(fit.converged, true)
  for (const [k, printed] of ['1.204', '0.750', '0.657', '2.783'].entries()) prints(fit.parameters[k]!, printed)
  prints(fit.logLikelihood, '-33225.6')
})

describe('shifted-beta-geometric: the two cohorts of Fader & Hardie 2007', () => {
  const cohorts = [
    {
      name: 'high end',
      survivors: [1000, 869, 743, 653, 593, 551, 517, 491],
      printed: ['0.668', '3.806', '-1611.2'],
      later: [468, 445, 427, 409, 394],
    },
    {
      name: 'regular',
      survivors: [1000, 631, 468, 382, 326, 289, 262, 241],
      printed: ['0.704', '1.182', '-1680.3'],
      later: [223, 207, 194, 183, 173],
    },
  ]
  for (const { name, survivors, printed, later } of cohorts)
    test(name, () => {
      const lost = survivors.slice(1).map((v, i) => survivors[i]! - v)
      const fit = fitShiftedBetaGeometric({
        periods: [...lost.map((_, i) => i + 1), 7],
        ended: [...lost.map(() => true), false],
        weight: [...lost, survivors[7]!],
      })
      assert.equal(fit.converged, true)
      prints(fit.parameters[0]!, printed[0]!)
      prints(fit.parameters[1]!, printed[1]!)
      prints(fit.logLikelihood, printed[2]!)
      // Years 8 to 12, not seen by the fit: within two percentage points.
      for (const [k, actual] of later.entries()) {
        const projected = contractSurvival(fit.parameters, 8 + k)
        assert.ok(Math.abs(projected - actual / 1000) < 0.02, `year ${8 + k}: ${projected}`)
      }
      // The residual lifetime is the discounted sum of the survival that is left.
      for (const renewals of [0, 5]) {
        let sum = 0
        for (let t = 1; t < 3000; t++)
          sum +=
            contractSurvival(fit.parameters, renewals + t) / contractSurvival(fit.parameters, renewals) / 1.1 ** (t - 1)
        const direct = contractResidualLifetime(fit.parameters, renewals, 0.1)
        assert.ok(Math.abs(direct / sum - 1) < 1e-9, `${direct} is not ${sum}`)
      }
      assert.ok(contractRetention(fit.parameters, 5) > contractRetention(fit.parameters, 1))
    })
})
