/** q-values of Benjamini and Hochberg (1995): the smallest rate of false discoveries at which each would still be one. `among`: tests in all. */
export function qValues(p: readonly number[], among = p.length): number[] {
  const order = p.map((_, i) => i).sort((a, b) => p[b]! - p[a]!)
  const q = new Array<number>(p.length)
  let least = 1
  for (const [k, i] of order.entries()) {
    const rank = p.length - k
    least = Math.min(least, (p[i]! * among) / rank)
    q[i] = least
  }
  return q
}
