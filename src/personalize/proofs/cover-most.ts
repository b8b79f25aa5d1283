import { featuresOf } from './features.ts'
import type { Measured } from './measure.ts'

interface Candidate {
  why: string[]
  measured: Measured
}

/**
 * Set cover, greedy: whoever adds most that nobody has yet, until nothing is left to add; at most 1 + ln n times as many as the fewest
 * possible (Chvátal, "A greedy heuristic for the set-covering problem", 1979). Those with a reason of their own are in from the start.
 */
export function coverMost<T extends Candidate>(candidates: readonly T[], most: number): (T & { covers: string[] })[] {
  const covered = new Set<string>()
  const chosen: (T & { covers: string[] })[] = []
  const open = candidates.map(one => ({ one, features: featuresOf(one.measured) }))
  const take = ({ one, features }: { one: T; features: string[] }): void => {
    const covers = features.filter(feature => !covered.has(feature))
    for (const feature of covers) covered.add(feature)
    chosen.push({ ...one, covers })
  }
  for (const each of open.filter(({ one }) => one.why.length > 0)) if (chosen.length < most) take(each)
  while (chosen.length < most) {
    let [best, gain] = [open[0], 0]
    for (const each of open) {
      const adds = each.features.reduce((sum, feature) => sum + (covered.has(feature) ? 0 : 1), 0)
      if (adds > gain) [best, gain] = [each, adds]
    }
    if (!best || gain === 0) break
    take({ ...best, one: { ...best.one, why: ['branch'] } })
  }
  return chosen
}
