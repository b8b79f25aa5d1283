import type { Random } from '../math/random.ts'

/** Customers drawn from a BG/NBD, first bought within `entry` days, watched until day `entry + watch`; times by whole days. */
export function simulateBgNbd(
  random: Random,
  [r, alpha, a, b]: readonly [number, number, number, number],
  customers: number,
  entry: number,
  watch: number,
  future = 0,
) {
  const x = new Float64Array(customers)
  const tx = new Float64Array(customers)
  const T = new Float64Array(customers)
  const later = new Float64Array(customers)
  for (let i = 0; i < customers; i++) {
    const lambda = random.gamma(r, alpha)
    const leave = random.beta(a, b)
    T[i] = Math.floor(watch + random.uniform() * entry)
    // The first purchase opens the record; the model lets a customer leave only after a repeat purchase.
    for (let t = 0; ; ) {
      t -= Math.log(1 - random.uniform()) / lambda
      if (t > T[i]! + future) break
      if (t <= T[i]!) {
        x[i] = x[i]! + 1
        tx[i] = t
      } else later[i] = later[i]! + 1
      if (random.uniform() < leave) break
    }
  }
  return { x, tx, T, later }
}
