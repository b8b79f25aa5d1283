/** So many tries in a window per key; kept in memory, which a restart forgives. */
export interface RateLimit {
  /** Counts a try; seconds still to wait, 0 when it is allowed. */
  take(key: string): number
}

export function rateLimit(most: number, windowMs: number, now: () => number = Date.now): RateLimit {
  const tries = new Map<string, number[]>()
  return {
    take(key) {
      const recent = (tries.get(key) ?? []).filter(at => now() - at < windowMs)
      if (recent.length >= most) return Math.ceil((recent[0]! + windowMs - now()) / 1000)
      // A flood of addresses must not fill the memory.
      if (tries.size > 20_000) tries.clear()
      tries.set(key, [...recent, now()])
      return 0
    },
  }
}
