/** Terms said by the same customers are one theme: average linkage on the Ochiai coefficient (1957) of who said them. */

/** Of pairs of terms of a theme, on average. */
const ALIKE = 0.5

/** Places of terms, grouped; `saidBy[i]` are the speakers of term i. */
export function groupTerms(saidBy: readonly ReadonlySet<number>[]): number[][] {
  const alike = saidBy.map(one => saidBy.map(other => ochiai(one, other)))
  let groups = saidBy.map((_, at) => [at])
  for (;;) {
    let best: { a: number; b: number; mean: number } | null = null
    for (let a = 0; a < groups.length; a++)
      for (let b = a + 1; b < groups.length; b++) {
        const mean = meanBetween(alike, groups[a]!, groups[b]!)
        if (mean >= ALIKE && mean > (best?.mean ?? 0)) best = { a, b, mean }
      }
    if (!best) return groups
    const { a, b } = best
    groups = [...groups.filter((_, at) => at !== a && at !== b), [...groups[a]!, ...groups[b]!]]
  }
}

function meanBetween(
  alike: readonly (readonly number[])[],
  some: readonly number[],
  others: readonly number[],
): number {
  let sum = 0
  for (const one of some) for (const other of others) sum += alike[one]![other]!
  return sum / (some.length * others.length)
}

function ochiai(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  if (a.size === 0 || b.size === 0) return 0
  const [few, many] = a.size < b.size ? [a, b] : [b, a]
  let both = 0
  for (const one of few) if (many.has(one)) both++
  return both / Math.sqrt(a.size * b.size)
}
