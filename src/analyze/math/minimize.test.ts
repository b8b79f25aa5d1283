import assert from 'node:assert/strict'
import { test } from 'node:test'
import { minimize, type Objective } from './minimize.ts'

const rosenbrock: Objective = (at, gradient) => {
  const [x, y] = [at[0]!, at[1]!]
  gradient[0] = -400 * x * (y - x * x) - 2 * (1 - x)
  gradient[1] = 200 * (y - x * x)
  return 100 * (y - x * x) ** 2 + (1 - x) ** 2
}

test('finds the bottom of the banana valley and its curvature', () => {
  const found = minimize(rosenbrock, [-1.2, 1])
  assert.equal(found.converged, true)
  assert.ok(Math.abs(found.at[0]! - 1) < 1e-8 && Math.abs(found.at[1]! - 1) < 1e-8)
  // The inverse of [[802, −400], [−400, 200]] is [[.5, 1], [1, 2.005]].
  assert.ok(Math.abs(found.covariance![0]! - 0.5) < 1e-3 && Math.abs(found.covariance![3]! - 2.005) < 1e-3)
})

test('an open valley has no covariance', () => {
  const slide: Objective = (at, gradient) => {
    gradient[0] = -Math.exp(-at[0]!)
    gradient[1] = 2 * at[1]!
    return Math.exp(-at[0]!) + at[1]! ** 2
  }
  const found = minimize(slide, [0, 1])
  assert.ok(found.covariance === undefined || found.covariance[0]! > 1e3, 'the flat direction must show')
})
