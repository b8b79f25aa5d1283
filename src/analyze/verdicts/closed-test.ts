/**
 * E-values of many hypotheses, corrected so that with probability 1 − α none that is true is ever rejected (adjusted ≥ 1/α), whatever
 * hangs on what, and at whatever time it is looked at: the closure of testing by averages (Vovk & Wang 2021, algorithm 2). Each is
 * held against the worst average it can be part of, with any number of the weakest others. In and out as logarithms.
 */
export function adjustedEvidence(logs: readonly number[]): number[] {
  const order = logs.map((_, i) => i).sort((a, b) => logs[a]! - logs[b]!)
  // Values are scaled by the greatest, so that sums of e^600 stay finite; what underflows beside it adds nothing.
  const top = Math.max(0, ...logs)
  const sums: number[] = [0]
  for (const i of order) sums.push(sums.at(-1)! + Math.exp(logs[i]! - top))
  const place = new Array<number>(logs.length)
  for (const [k, i] of order.entries()) place[i] = k
  return logs.map((log, i) => {
    const own = Math.exp(log - top)
    let least = own
    for (let n = 1; n < logs.length; n++) {
      // The n weakest others: one more is taken where this one is among them.
      const weakest = place[i]! < n ? sums[n + 1]! - own : sums[n]!
      const mean = (own + weakest) / (n + 1)
      // The others come in rising order: once the mean rises it goes on rising.
      if (mean >= least) break
      least = mean
    }
    return least > 0 ? Math.log(least) + top : log - Math.log(logs.length)
  })
}
